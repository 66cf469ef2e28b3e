import { describe, expect, it } from '@jest/globals';
import { equalTaskDefinitions } from './canonical.ts';
import type { JsonObject } from './json-value.ts';

const web = { name: 'web', image: 'nginx:1', memory: 128 };

function task(container: JsonObject, members: JsonObject = {}): JsonObject {
  return { family: 'web', containerDefinitions: [{ ...web, ...container }], ...members };
}

describe('equalTaskDefinitions', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'what ECS fills into a container',
      task({}),
      task({
        cpu: 0,
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        portMappings: [],
        systemControls: [],
      }),
    ],
    [
      'read-only members and tags',
      task({}),
      task(
        {},
        {
          taskDefinitionArn: 'arn:x',
          revision: 7,
          status: 'ACTIVE',
          requiresAttributes: [{ name: 'a' }],
          compatibilities: ['EC2'],
          registeredAt: 1,
          registeredBy: 'me',
          volumes: [],
          placementConstraints: [],
          tags: [{ key: 'a', value: 'b' }],
        },
      ),
    ],
    [
      'environment in another order',
      task({
        environment: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      }),
      task({
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      }),
    ],
    [
      'keys in another order',
      task({ environment: [{ name: 'A', value: '1' }] }),
      task({ environment: [{ value: '1', name: 'A' }] }),
    ],
    [
      'the host port under awsvpc',
      task({ portMappings: [{ containerPort: 80 }] }, { networkMode: 'awsvpc' }),
      task(
        { portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] },
        { networkMode: 'awsvpc' },
      ),
    ],
    [
      'a dynamic host port',
      task({ portMappings: [{ containerPort: 80 }] }),
      task({ portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }] }),
    ],
    [
      'sizes in words',
      task({}, { cpu: '1 vCPU', memory: '2 GB' }),
      task({}, { cpu: '1024', memory: '2048' }),
    ],
    [
      'health check defaults',
      task({ healthCheck: { command: ['CMD', 'true'] } }),
      task({ healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } }),
    ],
    [
      'an empty volume',
      task({}, { volumes: [{ name: 'tmp' }] }),
      task({}, { volumes: [{ name: 'tmp', host: {} }] }),
    ],
    [
      'a role by name',
      task({}, { taskRoleArn: 'app' }),
      task({}, { taskRoleArn: 'arn:aws:iam::123456789012:role/service/app' }),
    ],
    [
      'log options without secrets',
      task({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'a' } } }),
      task({
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'a' }, secretOptions: [] },
      }),
    ],
    ['the default network', task({}), task({}, { networkMode: 'bridge' })],
    [
      'the default platform',
      task({}),
      task({}, { runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' } }),
    ],
    [
      'flags that are off',
      task({ mountPoints: [{ sourceVolume: 'a', containerPath: '/a' }] }),
      task({ privileged: false, mountPoints: [{ sourceVolume: 'a', containerPath: '/a', readOnly: false }] }),
    ],
  ])('does not see %s', (_what, a, b) => {
    expect(equalTaskDefinitions(a, b)).toBe(true);
    expect(equalTaskDefinitions(b, a)).toBe(true);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['another image', task({}), task({ image: 'nginx:2' })],
    [
      'another variable',
      task({ environment: [{ name: 'A', value: '1' }] }),
      task({ environment: [{ name: 'A', value: '2' }] }),
    ],
    ['an empty variable', task({ environment: [{ name: 'A', value: '' }] }), task({})],
    ['an empty argument', task({ command: ['sh', '-c', ''] }), task({ command: ['sh', '-c'] })],
    ['an empty label', task({ dockerLabels: { a: '' } }), task({})],
    ['arguments in another order', task({ command: ['a', 'b'] }), task({ command: ['b', 'a'] })],
    [
      'environment files in another order',
      task({
        environmentFiles: [
          { value: 'a', type: 's3' },
          { value: 'b', type: 's3' },
        ],
      }),
      task({
        environmentFiles: [
          { value: 'b', type: 's3' },
          { value: 'a', type: 's3' },
        ],
      }),
    ],
    [
      'which of two equal names comes last',
      task({
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      task({
        environment: [
          { name: 'A', value: '2' },
          { name: 'A', value: '1' },
        ],
      }),
    ],
    [
      'a fixed host port in bridge mode',
      task({ portMappings: [{ containerPort: 80 }] }),
      task({ portMappings: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    ['an inessential container', task({}), task({ essential: false })],
    [
      'another health check interval',
      task({ healthCheck: { command: ['CMD', 'true'] } }),
      task({ healthCheck: { command: ['CMD', 'true'], interval: 10 } }),
    ],
    ['another size', task({}, { cpu: '256' }), task({}, { cpu: '512' })],
    [
      'a secret from elsewhere',
      task({ secrets: [{ name: 'A', valueFrom: 'x' }] }),
      task({ secrets: [{ name: 'A', valueFrom: 'y' }] }),
    ],
    ['ARM', task({}), task({}, { runtimePlatform: { cpuArchitecture: 'ARM64' } })],
    ['another family', task({}), { ...task({}), family: 'api' }],
    ['a further container', task({}), { ...task({}), containerDefinitions: [web, { ...web, name: 'b' }] }],
    ['a key this version does not know', task({}), task({ brandNew: 1 })],
  ])('sees %s', (_what, a, b) => {
    expect(equalTaskDefinitions(a, b)).toBe(false);
    expect(equalTaskDefinitions(b, a)).toBe(false);
  });
});
