import { describe, expect, it } from '@jest/globals';
import type { Json } from '../server/service.ts';
import { createBench, refusalOf, taskDefinition } from './ecs-fixture.ts';

const container = (taskDefinition['containerDefinitions'] as Json[])[0]!;

function withContainer(change: Json): Json {
  return { ...taskDefinition, containerDefinitions: [{ ...container, ...change }] };
}

describe('RegisterTaskDefinition', () => {
  it('fills in what ECS fills in', () => {
    const bench = createBench();
    const { taskDefinition: registered } = bench.call('RegisterTaskDefinition', taskDefinition);
    expect(registered).toMatchObject({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
      family: 'web',
      revision: 1,
      status: 'ACTIVE',
      volumes: [],
      placementConstraints: [],
      compatibilities: ['EC2', 'FARGATE'],
      requiresCompatibilities: ['FARGATE'],
      registeredAt: expect.any(Date),
      registeredBy: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\//),
      containerDefinitions: [
        {
          name: 'app',
          cpu: 0,
          essential: true,
          environment: [],
          mountPoints: [],
          volumesFrom: [],
          systemControls: [],
          portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        },
      ],
    });
    expect((registered as Json)['requiresAttributes']).toEqual(
      expect.arrayContaining([
        { name: 'ecs.capability.task-eni' },
        { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' },
      ]),
    );
  });

  it('leaves alone what is given', () => {
    const bench = createBench();
    const given = withContainer({
      cpu: 128,
      essential: true,
      environment: [{ name: 'EMPTY', value: '' }],
      healthCheck: { command: ['CMD', 'true'], interval: 7 },
    });
    const { taskDefinition: registered } = bench.call('RegisterTaskDefinition', given);
    expect((registered as Json)['containerDefinitions']).toMatchObject([
      {
        cpu: 128,
        environment: [{ name: 'EMPTY', value: '' }],
        healthCheck: { command: ['CMD', 'true'], interval: 7, timeout: 5, retries: 3 },
      },
    ]);
  });

  it('numbers the revisions of a family', () => {
    const bench = createBench();
    const revisions = [1, 2, 3].map(
      () => (bench.call('RegisterTaskDefinition', taskDefinition)['taskDefinition'] as Json)['revision'],
    );
    expect(revisions).toEqual([1, 2, 3]);
  });

  it.each([
    ['256', '512'],
    ['.25 vCPU', '0.5GB'],
    ['1024', '3072'],
    ['4 vCPU', '30 GB'],
    ['16384', '122880'],
  ])('takes a Fargate task with cpu %j and memory %j', (cpu, memory) => {
    const bench = createBench();
    expect(() => bench.call('RegisterTaskDefinition', { ...taskDefinition, cpu, memory })).not.toThrow();
  });

  const refused: [string, Json, RegExp][] = [
    ['no family', { ...taskDefinition, family: '' }, /^Family should not be null or empty\.$/],
    ['a family with a slash', { ...taskDefinition, family: 'a/b' }, /^Family contains invalid characters/],
    ['no containers', { ...taskDefinition, containerDefinitions: [] }, /^Container list cannot be empty\.$/],
    [
      'a container without a name',
      withContainer({ name: '' }),
      /^Container\.name should not be null or empty\.$/,
    ],
    [
      'a container without an image',
      withContainer({ image: undefined }),
      /^Container\.image should not be null or empty\.$/,
    ],
    [
      'two containers of one name',
      { ...taskDefinition, containerDefinitions: [container, container] },
      /^Container name should be unique: app$/,
    ],
    [
      'no essential container',
      withContainer({ essential: false }),
      /At least one container must be essential/,
    ],
    ['Fargate without cpu', { ...taskDefinition, cpu: undefined }, /'cpu' be defined at the task level/],
    [
      'Fargate without memory',
      { ...taskDefinition, memory: undefined },
      /At least one of 'memory'|'memory' be defined/,
    ],
    [
      'a size that Fargate does not sell',
      { ...taskDefinition, memory: '300' },
      /^No Fargate configuration exists for given values: 256 CPU, 300 memory/,
    ],
    ['a size that is no number', { ...taskDefinition, cpu: 'much' }, /^Invalid 'cpu' setting for task\.$/],
    [
      'Fargate in another network mode',
      { ...taskDefinition, networkMode: 'bridge' },
      /^Fargate only supports network mode 'awsvpc'\.$/,
    ],
    [
      'different ports in awsvpc',
      withContainer({ portMappings: [{ containerPort: 80, hostPort: 8080 }] }),
      /host ports and container ports in port mappings must match/,
    ],
    [
      'secrets without an execution role',
      withContainer({ secrets: [{ name: 'A', valueFrom: 'arn:x' }] }),
      /must also specify a value for 'executionRoleArn'/,
    ],
  ];

  it.each(refused)('refuses %s', (_, input, message) => {
    const bench = createBench();
    expect(refusalOf(() => bench.call('RegisterTaskDefinition', input))).toEqual({
      code: 'ClientException',
      message: expect.stringMatching(message),
    });
    expect(bench.call('ListTaskDefinitions')['taskDefinitionArns']).toEqual([]);
  });
});
