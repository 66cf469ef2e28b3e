import { mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { userDockerConfig, writeDockerConfig } from './docker-config.ts';

const login = { origin: 'http://127.0.0.1:4566', username: 'AWS', password: 'token:with:colons' };
const auth = Buffer.from('AWS:token:with:colons').toString('base64');
let work = '';
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'slipway-docker-config-'));
  await mkdir(join(work, 'user'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function write(user?: object | string): Promise<Record<string, unknown>> {
  if (user !== undefined) {
    await writeFile(
      join(work, 'user', 'config.json'),
      typeof user === 'string' ? user : JSON.stringify(user),
    );
  }
  await writeDockerConfig(join(work, 'private'), join(work, 'user'), login);
  return JSON.parse(await readFile(join(work, 'private', 'config.json'), 'utf8'));
}

describe('the private docker configuration', () => {
  it('is for its owner only', async () => {
    await write();
    expect((await stat(join(work, 'private'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(work, 'private', 'config.json'))).mode & 0o777).toBe(0o600);
  });

  it('works where the user has none', async () => {
    await rm(join(work, 'user'), { recursive: true });
    expect(await write()).toEqual({ auths: { '127.0.0.1:4566': { auth } }, credHelpers: {} });
  });

  it('keeps the user’s logins and settings, and leaves the user’s file alone', async () => {
    const user = { auths: { 'ghcr.io': { auth: 'x' } }, proxies: { default: {} }, currentContext: 'remote' };
    expect(await write(user)).toEqual({
      ...user,
      auths: { ...user.auths, '127.0.0.1:4566': { auth } },
      credHelpers: {},
    });
    expect(JSON.parse(await readFile(join(work, 'user', 'config.json'), 'utf8'))).toEqual(user);
  });

  it('lets no credential helper answer for its registry', async () => {
    const user = {
      credsStore: 'ecr-login',
      credHelpers: { '127.0.0.1:4566': 'ecr-login', 'gcr.io': 'gcloud' },
    };
    expect(await write(user)).toMatchObject({
      credsStore: 'ecr-login',
      credHelpers: { '127.0.0.1:4566': '', 'gcr.io': 'gcloud' },
    });
  });

  it('drops a helper of its registry where there is no store', async () => {
    expect((await write({ credHelpers: { '127.0.0.1:4566': 'ecr-login' } }))['credHelpers']).toEqual({});
  });

  it('finds plugins, contexts and builders where the user has them', async () => {
    await mkdir(join(work, 'user', 'cli-plugins'));
    await write();
    expect(await readlink(join(work, 'private', 'cli-plugins'))).toBe(join(work, 'user', 'cli-plugins'));
    await rm(join(work, 'private'), { recursive: true });
    expect((await stat(join(work, 'user', 'cli-plugins'))).isDirectory()).toBe(true);
  });

  it('says which file it cannot read', async () => {
    await expect(write('{')).rejects.toMatchObject({
      code: 'docker-unavailable',
      message: expect.stringContaining('user/config.json'),
    });
  });
});

it.each([
  [{ DOCKER_CONFIG: '/a', HOME: '/h' }, '/a'],
  [{ DOCKER_CONFIG: '', HOME: '/h' }, '/h/.docker'],
])('the user’s directory under %j is %s', (env, expected) => {
  expect(userDockerConfig(env)).toBe(expected);
});
