import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/rehearsal.ts';
import { AwsError } from '../../../rehearsal/server/service.ts';
import { equalTaskDefinitions } from '../taskdef/canonical.ts';
import { readRegistered } from '../taskdef/registered.ts';
import { createRegisteredTaskDefinitions } from './task-definition-registry.ts';

const before = { ...process.env };
const shop = {
  family: 'shop',
  containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64, command: ['sh', '-c', ''] }],
};
let aws: Rehearsal;

beforeAll(async () => {
  aws = await startRehearsal({ speed: 1000 });
  Object.assign(process.env, aws.environment());
  await aws.call('ecs', 'RegisterTaskDefinition', { ...shop, tags: [{ key: 'team', value: 'a' }] });
  await aws.call('ecs', 'RegisterTaskDefinition', { ...shop, cpu: '256', memory: '512' });
  await aws.call('ecs', 'CreateCluster', { clusterName: 'prod' });
  await aws.call('ecs', 'CreateService', {
    cluster: 'prod',
    serviceName: 'shop',
    taskDefinition: 'shop:1',
    desiredCount: 0,
  });
});
beforeEach(() => {
  aws.faults.length = 0;
});
afterAll(async () => {
  process.env = before;
  await aws.close();
});

describe('createRegisteredTaskDefinitions', () => {
  const registered = createRegisteredTaskDefinitions();

  it('describes a revision with its tags, in a form equal to what was registered', async () => {
    const described = await registered.describe('shop:1');
    expect(described.tags).toEqual([{ key: 'team', value: 'a' }]);
    expect(described.taskDefinition['revision']).toBe(1);
    expect(equalTaskDefinitions(described.taskDefinition, shop)).toBe(true);
    const { definition, fileName } = readRegistered(described);
    expect(fileName).toBe('shop:1');
    expect(definition).toMatchObject({ family: 'shop', tags: [{ key: 'team', value: 'a' }] });
    expect(definition).not.toHaveProperty('registeredAt');
  });

  it('a family means its newest revision', async () => {
    expect((await registered.describe('shop')).taskDefinition['revision']).toBe(2);
  });

  it('finds what a service is set to', async () => {
    expect(await registered.findOfService({ cluster: 'prod', service: 'shop' })).toBe(
      'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1',
    );
  });

  it.each([
    [
      'a family that is not there',
      () => registered.describe('taskdef'),
      'task-definition-not-found',
      'If taskdef is a file, write ./taskdef.',
    ],
    [
      'a cluster that is not there',
      () => registered.findOfService({ cluster: 'dev', service: 'shop' }),
      'cluster-not-found',
      'There is no cluster dev',
    ],
    [
      'a service that is not there',
      () => registered.findOfService({ cluster: 'prod', service: 'api' }),
      'service-not-found',
      'There is no service api in cluster prod',
    ],
  ])('%s is one clear sentence', async (_what, ask, code, message) => {
    await expect(ask()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('a denied call names itself', async () => {
    const error = new AwsError('AccessDeniedException', 'User: x is not authorized');
    aws.faults.push({ service: 'ecs', operation: 'DescribeTaskDefinition', fault: { error } });
    await expect(registered.describe('shop')).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('AWS denied ecs:DescribeTaskDefinition on shop'),
    });
  });
});
