import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { readSharedProfile } from './shared-profile.ts';

let directory: string;
const names = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_ECR'];
const before = new Map(names.map((name) => [name, process.env[name]]));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-profile-'));
  process.env['AWS_CONFIG_FILE'] = join(directory, 'config');
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(directory, 'credentials');
  await writeFile(
    join(directory, 'config'),
    [
      '[profile plain]',
      'region = eu-west-1',
      '[profile own]',
      'endpoint_url = http://own',
      '[profile by-service]',
      'services = all',
      'endpoint_url = http://own',
      '[services all]',
      'ecr =',
      '  endpoint_url = http://ecr',
    ].join('\n'),
  );
  await writeFile(join(directory, 'credentials'), '[keys]\naws_access_key_id = AKIA\n');
});
beforeEach(() => {
  delete process.env['AWS_ENDPOINT_URL'];
  delete process.env['AWS_ENDPOINT_URL_ECR'];
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await rm(directory, { recursive: true, force: true });
});

it.each([
  ['plain', { profile: 'plain' }],
  ['keys', { profile: 'keys' }],
  ['own', { profile: 'own', endpoint: 'http://own' }],
  ['by-service', { profile: 'by-service', endpoint: 'http://ecr' }],
])('reads the profile %s', async (name, profile) => {
  expect(await readSharedProfile(name)).toEqual(profile);
});

it('puts the environment’s endpoint before the profile’s, and ECR’s own before all', async () => {
  process.env['AWS_ENDPOINT_URL'] = 'http://all';
  expect(await readSharedProfile('by-service')).toEqual({ profile: 'by-service', endpoint: 'http://all' });
  process.env['AWS_ENDPOINT_URL_ECR'] = 'http://one';
  expect(await readSharedProfile('by-service')).toEqual({ profile: 'by-service', endpoint: 'http://one' });
});

it.each(['staging', 'constructor'])('refuses the unknown profile %s', async (name) => {
  await expect(readSharedProfile(name)).rejects.toMatchObject({ code: 'credentials-missing' });
});
