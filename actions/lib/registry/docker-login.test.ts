import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findDockerLogin } from './docker-login.ts';

let directory: string;
const lines: string[] = [];
const log = { info: (line: string) => void lines.push(line), warning() {}, group() {} };
const basic = (text: string): string => Buffer.from(text).toString('base64');

beforeEach(async () => {
  lines.length = 0;
  directory = await mkdtemp(join(tmpdir(), 'slipway-login-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function find(host: string, config: string | object): Promise<unknown> {
  await writeFile(
    join(directory, 'config.json'),
    typeof config === 'string' ? config : JSON.stringify(config),
  );
  return findDockerLogin(host, log, { DOCKER_CONFIG: directory });
}

describe('findDockerLogin', () => {
  it.each([
    ['a host', 'ghcr.io', { 'ghcr.io': { auth: basic('me:se:cret') } }],
    ['a URL', 'ghcr.io', { 'https://ghcr.io/v1/': { auth: basic('me:se:cret') } }],
    ['a host with its port', '127.0.0.1:5000', { '127.0.0.1:5000': { auth: basic('me:se:cret') } }],
    ['Docker Hub', 'docker.io', { 'https://index.docker.io/v1/': { auth: basic('me:se:cret') } }],
    ['name and password apart', 'ghcr.io', { 'ghcr.io': { username: 'me', password: 'se:cret' } }],
  ])('finds the login of %s', async (_name, host, auths) => {
    expect(await find(host, { auths })).toEqual({ username: 'me', password: 'se:cret' });
  });

  it.each<[string, string | object]>([
    ['another host', { auths: { 'ghcr.io.evil.example': { auth: basic('me:secret') } } }],
    ['an empty entry', { auths: { 'ghcr.io': {} } }],
    ['an entry without a password', { auths: { 'ghcr.io': { auth: basic('me:') } } }],
    ['an identity token', { auths: { 'ghcr.io': { identitytoken: 'x' } } }],
    ['nothing', {}],
    ['odd shapes', { auths: [1], credHelpers: 7, credsStore: {} }],
    ['no object', 'null'],
  ])('finds none in %s', async (_name, config) => {
    expect(await find('ghcr.io', config)).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it.each([
    ['for the host', { credHelpers: { 'ghcr.io': 'pass' } }],
    ['for all', { auths: { 'ghcr.io': {} }, credsStore: 'pass' }],
  ])('says that a credential helper %s was passed over', async (_name, config) => {
    expect(await find('ghcr.io', config)).toBeUndefined();
    expect(lines).toEqual([expect.stringContaining('credential helper "pass", which is not asked')]);
  });

  it('says that a broken file was passed over, and nothing of what is in it', async () => {
    expect(await find('ghcr.io', '{"auths": secret')).toBeUndefined();
    expect(lines).toEqual([`${directory}/config.json is not valid JSON, so no login is taken from it.`]);
  });

  it('looks in the home directory by default, and takes a missing file for none', async () => {
    expect(await findDockerLogin('ghcr.io', log, { HOME: directory })).toBeUndefined();
    await mkdir(join(directory, '.docker'));
    const auths = { 'ghcr.io': { auth: basic('me:secret') } };
    await writeFile(join(directory, '.docker', 'config.json'), JSON.stringify({ auths }));
    expect(await findDockerLogin('ghcr.io', log, { HOME: directory })).toMatchObject({ username: 'me' });
  });
});
