import { describe, expect, it } from '@jest/globals';
import { parseServices } from './service-reference.ts';

describe('parseServices', () => {
  it('reads names in the cluster given, and ARNs with theirs', () => {
    const arn = 'arn:aws-cn:ecs:cn-north-1:111122223333:service/other/api';
    const old = 'arn:aws:ecs:eu-west-1:111122223333:service/worker';
    expect(parseServices(['web', arn, old], 'prod')).toEqual([
      { cluster: 'prod', service: 'web' },
      { cluster: 'other', service: 'api' },
      { cluster: 'prod', service: 'worker' },
    ]);
  });

  it.each([
    ['no service', [], 'is required'],
    ['a name that ECS does not allow', ['my service'], 'my service'],
    ['a path', ['prod/web'], 'prod/web'],
    ['the ARN of something else', ['arn:aws:ecs:eu-west-1:111122223333:task/prod/1'], 'task/prod/1'],
    ['one service twice', ['web', 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web'], 'twice'],
  ])('refuses %s', (_what, items, words) => {
    expect(() => parseServices(items, 'prod')).toThrow(words);
  });

  it('tells the cluster by name or ARN the same', () => {
    const items = ['web', 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web'];
    expect(() => parseServices(items, 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod')).toThrow('twice');
  });
});
