import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../lib/input/reader.ts';
import { type PromoteInputs, readPromoteInputs } from './inputs.ts';

const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function read(values: Record<string, string>): PromoteInputs {
  const given: Record<string, string> = { from: 'web:v1', to: 'web', 'max-retries': '3', ...values };
  return readInputs((name) => given[name] ?? '', readPromoteInputs);
}

describe('registry and credentials', () => {
  it('are the job’s by default', () => {
    const { from, to } = read({});
    const own = { host: undefined, registryId: undefined, region: undefined, profile: undefined };
    expect(from).toMatchObject({ ...own, repository: 'web', tag: 'v1' });
    expect(to).toMatchObject({ ...own, repository: 'web' });
  });

  it('are in the name of an ECR host', () => {
    expect(read({ from: `${host}/web:v1` }).from).toMatchObject({
      registryId: '123456789012',
      region: 'eu-west-1',
    });
  });

  it('may be given for each end', () => {
    const { from, to } = read({ 'from-profile': 'dev', 'from-region': 'eu-central-1', 'to-profile': 'prod' });
    expect(from).toMatchObject({ profile: 'dev', region: 'eu-central-1' });
    expect(to).toMatchObject({ profile: 'prod', region: undefined });
  });

  it('may not contradict each other', () => {
    expect(() => read({ to: `${host}/web`, 'to-region': 'us-east-1' })).toThrow(
      /contradicts the host of "to"/,
    );
    expect(read({ to: `${host}/web`, 'to-region': 'eu-west-1' }).to.region).toBe('eu-west-1');
  });
});

describe('tags', () => {
  it.each([
    [{}, ['v1']],
    [{ tags: 'stable\n\n v2 \nstable\n' }, ['stable', 'v2']],
    [{ from: `web@sha256:${'a'.repeat(64)}` }, []],
    [{ from: `web:v1@sha256:${'a'.repeat(64)}` }, ['v1']],
  ])('of %j are %j', (values, tags) => {
    expect(read(values).tags).toEqual(tags);
  });
});

it('all that is missing is said at once', () => {
  expect(() => read({ from: '', to: '' })).toThrow(/input "from" is required[\s\S]*input "to" is required/);
});
