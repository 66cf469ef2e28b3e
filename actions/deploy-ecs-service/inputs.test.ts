import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../lib/input/reader.ts';
import { type DeployInputs, readDeployInputs } from './inputs.ts';

const good: Readonly<Record<string, string>> = {
  'task-definition': 'taskdef.json',
  cluster: 'prod',
  service: 'web, api\nworker',
  wait: 'true',
  'wait-for': 'completed',
  'timeout-minutes': '0.5',
  'poll-seconds': '1.5',
  'abort-after': '3',
  'on-failure': 'rollback',
  'on-cancel': 'leave',
  'on-superseded': 'warn',
  force: 'false',
  'log-lines': '30',
  'max-retries': '3',
};

function read(over: Readonly<Record<string, string>> = {}): DeployInputs {
  const all: Record<string, string> = { ...good, ...over };
  return readInputs((name) => all[name] ?? '', readDeployInputs);
}

describe('readDeployInputs', () => {
  it('reads fractions of minutes and seconds, and several services', () => {
    expect(read()).toMatchObject({
      taskDefinition: { kind: 'file', path: 'taskdef.json' },
      services: ['web', 'api', 'worker'].map((service) => ({ cluster: 'prod', service })),
      options: { timeoutSeconds: 30, pollSeconds: 1.5, onCancel: 'leave' },
      onSuperseded: 'warn',
    });
  });

  it('tells the ARN of a revision from a path', () => {
    const arn = 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task-definition/web:42';
    expect(read({ 'task-definition': arn }).taskDefinition).toEqual({ kind: 'revision', arn });
  });

  it('names every bad input at once', () => {
    const bad = {
      'task-definition': 'arn:aws:ecs:x',
      service: '',
      'timeout-minutes': '0',
      'on-failure': 'undo',
      wait: 'yes',
      'abort-after': '1.5',
    };
    expect(() => read(bad)).toThrow(
      /6 inputs need correction[\s\S]*service[\s\S]*timeout-minutes[\s\S]*abort-after[\s\S]*on-failure[\s\S]*task-definition[\s\S]*wait/,
    );
  });
});
