import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { type LoginSources, resolveLogin } from './registry-access.ts';

const plain = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function sources(given: {
  ecr?: string;
  docker?: string;
  failure?: Error;
}): LoginSources & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async authorize() {
      asked.push('ecr');
      if (given.failure !== undefined) throw given.failure;
      return { origin: given.ecr ?? `https://${plain}`, username: 'AWS', password: 'token' };
    },
    async findDockerLogin(host) {
      asked.push(`docker ${host}`);
      return given.docker === undefined ? undefined : { username: given.docker, password: 'secret' };
    },
    log: { info() {}, warning() {}, group() {} },
  };
}

describe('resolveLogin', () => {
  it('asks ECR where no host is given', async () => {
    expect(await resolveLogin(undefined, sources({}))).toEqual({
      login: { origin: `https://${plain}`, username: 'AWS', password: 'token' },
      registry: plain,
      isEcr: true,
    });
  });

  it('keeps the address of ECR that the user chose', async () => {
    const dual = '123456789012.dkr-ecr.eu-west-1.on.aws';
    const { login, registry } = await resolveLogin(dual, sources({}));
    expect(login).toMatchObject({ origin: `https://${dual}`, password: 'token' });
    expect(registry).toBe(dual);
  });

  it('takes an emulator’s word for where its registry is', async () => {
    const { login } = await resolveLogin(plain, sources({ ecr: 'http://127.0.0.1:4566' }));
    expect(login.origin).toBe('http://127.0.0.1:4566');
  });

  it('asks docker’s configuration for any other host, and never ECR', async () => {
    const from = sources({ docker: 'me' });
    expect(await resolveLogin('ghcr.io', from)).toEqual({
      login: { origin: 'https://ghcr.io', username: 'me', password: 'secret' },
      registry: 'ghcr.io',
      isEcr: false,
    });
    const nobody = sources({});
    expect((await resolveLogin('docker.io', nobody)).login).toEqual({
      origin: 'https://registry-1.docker.io',
      username: '',
      password: '',
    });
    expect([...from.asked, ...nobody.asked]).toEqual(['docker ghcr.io', 'docker docker.io']);
  });

  it.each([
    ['docker’s login', { docker: 'me', ecr: 'http://127.0.0.1:5000' }, 'me', false],
    ['the emulator’s, when it is there', { ecr: 'http://127.0.0.1:5000' }, 'AWS', true],
    ['none, when the emulator is elsewhere', { ecr: 'http://127.0.0.1:4566' }, '', false],
    ['none, when AWS does not answer', { failure: new UserError('credentials-missing', 'None.') }, '', false],
  ])('takes for this machine %s', async (_name, given, username, isEcr) => {
    const access = await resolveLogin('127.0.0.1:5000', sources(given));
    expect(access).toMatchObject({ login: { origin: 'http://127.0.0.1:5000', username }, isEcr });
  });

  it('hides no bug of ours', async () => {
    const failure = new TypeError('x is not a function');
    await expect(resolveLogin('127.0.0.1:5000', sources({ failure }))).rejects.toBe(failure);
  });
});
