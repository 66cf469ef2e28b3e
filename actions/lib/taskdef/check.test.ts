import { describe, expect, it } from '@jest/globals';
import { readReadOnlyNames, readTaskDefinitionShape } from '../aws/task-definition-shape.ts';
import { UserError } from '../message/user-error.ts';
import { checkTaskDefinition } from './check.ts';
import { refuseInvalidTaskDefinition } from './finding.ts';
import { type JsonObject, type JsonValue, sayPath } from './json-value.ts';
import { parseTaskDefinition } from './parse.ts';
import { readOnlyNames } from './task-definition.ts';

const shape = readTaskDefinitionShape();
const web = { name: 'web', image: 'nginx', memory: 128 };

function problemsOf(definition: JsonObject): string[] {
  return checkTaskDefinition(definition, shape).map(
    ({ kind, path, message }) => `${kind} ${sayPath(path)}: ${message}`,
  );
}

function task(members: JsonObject, ...containers: JsonObject[]): JsonObject {
  return { family: 'web', containerDefinitions: containers.length > 0 ? containers : [web], ...members };
}

function fargate(cpu: JsonValue, memory: JsonValue): JsonObject {
  return task({ requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu, memory });
}

it('the read-only members are those that the SDK shows and does not take', () => {
  expect([...readOnlyNames].sort()).toEqual(readReadOnlyNames().sort());
});

describe('structure, by the model of the SDK', () => {
  it.each<[string, JsonObject, string]>([
    [
      'a misspelt key',
      task({}, { ...web, enviroment: [] }),
      'unknown-key containerDefinitions[0].enviroment: unknown key; did you mean "environment"?',
    ],
    [
      'a key of CloudFormation',
      task({ NetworkMode: 'host' }),
      'unknown-key NetworkMode: unknown key; did you mean "networkMode"?',
    ],
    [
      'a key deep down',
      task({}, { ...web, portMappings: [{ containerPort: 80, hostport: 80 }] }),
      'unknown-key containerDefinitions[0].portMappings[0].hostport: unknown key; did you mean "hostPort"?',
    ],
    [
      'a key unlike any other',
      task({}, { ...web, ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 2, colour: 1 }] }),
      'unknown-key containerDefinitions[0].ulimits[0].colour: unknown key; legal here: name, softLimit, hardLimit',
    ],
    [
      'a key that objects inherit',
      task({ constructor: {} as JsonObject }),
      'unknown-key constructor: unknown key; ECS has no such key here',
    ],
    [
      'a number where ECS wants text',
      task({ cpu: 256 }),
      'type cpu: expected text, got a number; put it in quotes',
    ],
    [
      'a value that is no text',
      task({}, { ...web, environment: [{ name: 'A', value: true }] }),
      'type containerDefinitions[0].environment[0].value: expected text, got true or false; put it in quotes',
    ],
    [
      'text where ECS wants a number',
      task({}, { ...web, cpu: '10' }),
      'type containerDefinitions[0].cpu: expected a whole number, got text; take the quotes off',
    ],
    [
      'a fraction',
      task({}, { ...web, cpu: 0.5 }),
      'type containerDefinitions[0].cpu: expected a whole number, got a fraction',
    ],
    [
      'text where ECS wants a flag',
      task({}, { ...web, essential: 'true' }),
      'type containerDefinitions[0].essential: expected true or false, got text; take the quotes off',
    ],
    [
      'text where ECS wants a list',
      task({}, { ...web, command: 'run' }),
      'type containerDefinitions[0].command: expected a list, got text',
    ],
    [
      'null in a list',
      task({}, { ...web, command: [null] }),
      'type containerDefinitions[0].command[0]: expected text, got null',
    ],
    [
      'a list where ECS wants an object',
      task({}, { ...web, dockerLabels: [] }),
      'type containerDefinitions[0].dockerLabels: expected an object, got a list',
    ],
    [
      'a number in a map',
      task({}, { ...web, dockerLabels: { 'a.b': 1 } }),
      'type containerDefinitions[0].dockerLabels["a.b"]: expected text, got a number; put it in quotes',
    ],
    [
      'a map where ECS wants a list',
      task({}, { ...web, environment: { A: '1' } }),
      'type containerDefinitions[0].environment: expected a list, got an object',
    ],
    ['no family', { containerDefinitions: [web] }, 'missing family: missing; ECS requires it'],
    [
      'no log driver',
      task({}, { ...web, logConfiguration: {} }),
      'missing containerDefinitions[0].logConfiguration.logDriver: missing; ECS requires it',
    ],
  ])('%s', (_what, definition, problem) => {
    expect(problemsOf(definition)).toEqual([problem]);
  });

  it('a task definition without containers is told once what it lacks', () => {
    expect(problemsOf({ family: 'web' })).toEqual(['missing containerDefinitions: missing; ECS requires it']);
    expect(problemsOf({ family: 'web', containerDefinitions: [] })).toEqual([
      'rule containerDefinitions: there is no container; a task needs at least one',
    ]);
  });
});

describe('rules that can be checked offline', () => {
  it.each<[string, JsonObject, string]>([
    [
      'two containers of one name',
      task({}, web, { ...web }),
      'rule containerDefinitions[1].name: containerDefinitions[0] is already called "web"; names must differ',
    ],
    [
      'a container without a name',
      task({}, { image: 'nginx', memory: 4 }),
      'rule containerDefinitions[0]: the container has no "name"',
    ],
    [
      'a blank in a name',
      task({}, { ...web, name: 'my web' }),
      'rule containerDefinitions[0].name: a container name is 1 to 255 letters',
    ],
    [
      'no image',
      task({}, { name: 'web', memory: 4 }),
      'rule containerDefinitions[0]: container "web" has no image; set it here or by the input "images"',
    ],
    [
      'no essential container',
      task({}, { ...web, essential: false }),
      'rule containerDefinitions: no container is essential',
    ],
    ['a family ECS refuses', task({ family: 'my web' }), 'rule family: a family is 1 to 255'],
    [
      'a secret named as a variable',
      task(
        { executionRoleArn: 'r' },
        { ...web, environment: [{ name: 'A', value: '1' }], secrets: [{ name: 'A', valueFrom: 'x' }] },
      ),
      'rule containerDefinitions[0].secrets[0].name: "A" is also the name of an environment variable of this container',
    ],
    [
      'two secrets of one name',
      task(
        { executionRoleArn: 'r' },
        {
          ...web,
          secrets: [
            { name: 'A', valueFrom: 'x' },
            { name: 'A', valueFrom: 'y' },
          ],
        },
      ),
      'rule containerDefinitions[0].secrets[1].name: "A" is also the name of another secret',
    ],
    [
      'a soft limit above the hard one',
      task({}, { ...web, memoryReservation: 512 }),
      'rule containerDefinitions[0].memory: "memory" must not be smaller than "memoryReservation"',
    ],
    [
      'no memory anywhere',
      task({}, { name: 'web', image: 'nginx' }),
      'advice containerDefinitions[0]: without a task "memory", ECS asks every container',
    ],
    [
      'secrets without an execution role',
      task({}, { ...web, secrets: [{ name: 'A', valueFrom: 'x' }] }),
      'advice containerDefinitions[0]: secrets need an "executionRoleArn"',
    ],
    [
      'a mount without its volume',
      task(
        { volumes: [{ name: 'cache' }] },
        { ...web, mountPoints: [{ sourceVolume: 'cahce', containerPath: '/c' }] },
      ),
      'rule containerDefinitions[0].mountPoints[0].sourceVolume: there is no volume "cahce"; there are: cache',
    ],
    [
      'volumes from nobody',
      task({}, { ...web, volumesFrom: [{ sourceContainer: 'db' }] }),
      'rule containerDefinitions[0].volumesFrom[0].sourceContainer: there is no container "db"; there are: web',
    ],
    [
      'a link to nobody',
      task({}, { ...web, links: ['db:database'] }),
      'rule containerDefinitions[0].links[0]: there is no container "db"',
    ],
    [
      'a proxy that is not there',
      task({ proxyConfiguration: { containerName: 'envoy' } }),
      'rule proxyConfiguration.containerName: there is no container "envoy"',
    ],
    [
      'waiting for nobody',
      task({}, { ...web, dependsOn: [{ containerName: 'wbe', condition: 'START' }] }),
      'rule containerDefinitions[0].dependsOn[0].containerName: there is no container "wbe"; there are: web',
    ],
    [
      'waiting for oneself',
      task({}, { ...web, dependsOn: [{ containerName: 'web', condition: 'START' }] }),
      'rule containerDefinitions[0].dependsOn: the containers wait for each other in a circle: web → web',
    ],
    [
      'HEALTHY without a health check',
      task(
        {},
        { ...web, dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }] },
        { ...web, name: 'db' },
      ),
      'rule containerDefinitions[0].dependsOn[0].condition: HEALTHY needs a "healthCheck" in container "db"',
    ],
    [
      'SUCCESS of an essential container',
      task(
        {},
        { ...web, dependsOn: [{ containerName: 'db', condition: 'SUCCESS' }] },
        { ...web, name: 'db' },
      ),
      'rule containerDefinitions[0].dependsOn[0].condition: SUCCESS waits for "db" to end',
    ],
    [
      'a host port under awsvpc',
      task({ networkMode: 'awsvpc' }, { ...web, portMappings: [{ containerPort: 80, hostPort: 8080 }] }),
      'rule containerDefinitions[0].portMappings[0].hostPort: in networkMode awsvpc the hostPort is the containerPort: leave it out or set it to 80, not 8080',
    ],
    [
      'ports without a network',
      task({ networkMode: 'none' }, { ...web, portMappings: [{ containerPort: 80 }] }),
      'rule containerDefinitions[0].portMappings: networkMode none takes no port mappings',
    ],
    [
      'links under awsvpc',
      task({ networkMode: 'awsvpc' }, { ...web, links: ['web'] }),
      'rule containerDefinitions[0].links: links work in networkMode bridge only',
    ],
    [
      'a mapping without a port',
      task({}, { ...web, portMappings: [{ hostPort: 80 }] }),
      'rule containerDefinitions[0].portMappings[0]: a port mapping needs a "containerPort"',
    ],
    [
      'a mapping with port and range',
      task({}, { ...web, portMappings: [{ containerPort: 80, containerPortRange: '80-90' }] }),
      'rule containerDefinitions[0].portMappings[0]: "containerPort" and "containerPortRange" exclude',
    ],
    [
      'a port beyond the last',
      task({}, { ...web, portMappings: [{ containerPort: 70_000 }] }),
      'rule containerDefinitions[0].portMappings[0].containerPort: a port is 1 to 65535, got 70000',
    ],
    [
      'a host port below 0',
      task({}, { ...web, portMappings: [{ containerPort: 80, hostPort: -1 }] }),
      'rule containerDefinitions[0].portMappings[0].hostPort: a port is 0 to 65535, got -1',
    ],
    [
      'Fargate in another network',
      { ...fargate('256', '512'), networkMode: 'bridge' },
      'rule networkMode: Fargate asks for networkMode "awsvpc", not "bridge"',
    ],
    [
      'a size that is no size',
      fargate('one', '512'),
      'rule cpu: expected CPU units such as "256" or "1 vCPU", got "one"',
    ],
    [
      'more than 64 KiB',
      task({}, { ...web, command: ['x'.repeat(70_000)] }),
      'rule : the task definition has',
    ],
  ])('%s', (_what, definition, problem) => {
    const problems = problemsOf(definition);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('Fargate without sizes and network is told all it lacks', () => {
    expect(problemsOf(task({ requiresCompatibilities: ['EC2', 'FARGATE'] }))).toEqual([
      'rule networkMode: Fargate asks for networkMode "awsvpc"; none is set',
      'rule : Fargate asks for a task-level "cpu"; set it here or by the input "cpu"',
      'rule : Fargate asks for a task-level "memory"; set it here or by the input "memory"',
    ]);
  });

  it('a longer circle is reported once, with the whole way', () => {
    const waits = (name: string, on: string): JsonObject => ({
      ...web,
      name,
      dependsOn: [{ containerName: on, condition: 'START' }],
    });
    expect(
      problemsOf(task({}, waits('start', 'a'), waits('a', 'b'), waits('b', 'c'), waits('c', 'a'))),
    ).toEqual([
      'rule containerDefinitions[3].dependsOn: the containers wait for each other in a circle: a → b → c → a',
    ]);
  });

  it('a chain of 3,000 containers and a circle at its end are followed without recursion', () => {
    const chain = Array.from({ length: 3000 }, (_, index) => ({
      ...web,
      name: `c${index}`,
      dependsOn: [{ containerName: `c${Math.min(index + 1, 2999)}`, condition: 'START' }],
    }));
    expect(problemsOf(task({}, ...chain)).at(-1)).toBe(
      'rule containerDefinitions[2999].dependsOn: the containers wait for each other in a circle: c2999 → c2999',
    );
  });

  it('two circles are two problems', () => {
    const waits = (name: string, on: string): JsonObject => ({
      ...web,
      name,
      dependsOn: [{ containerName: on, condition: 'START' }],
    });
    expect(problemsOf(task({}, waits('a', 'b'), waits('b', 'a'), waits('c', 'd'), waits('d', 'c')))).toEqual([
      'rule containerDefinitions[1].dependsOn: the containers wait for each other in a circle: a → b → a',
      'rule containerDefinitions[3].dependsOn: the containers wait for each other in a circle: c → d → c',
    ]);
  });

  it('two ways to the same container are no circle', () => {
    const on = (...names: string[]): JsonObject => ({
      dependsOn: names.map((containerName) => ({ containerName, condition: 'START' })),
    });
    const definition = task(
      {},
      { ...web, ...on('a', 'b') },
      { ...web, name: 'a', ...on('b') },
      { ...web, name: 'b' },
    );
    expect(problemsOf(definition)).toEqual([]);
  });

  it.each<[string, string, string | undefined]>([
    ['256', '512', undefined],
    ['.25 vCPU', '0.5GB', undefined],
    ['256', '2048', undefined],
    ['256', '1536', 'Fargate has no memory 1536 with cpu 256; legal: 512, 1024, 2048'],
    ['512', '512', 'Fargate has no memory 512 with cpu 512; legal: 1024 to 4096 in steps of 1024'],
    ['1 vCPU', '8 GB', undefined],
    ['1024', '9216', 'Fargate has no memory 9216 with cpu 1024; legal: 2048 to 8192 in steps of 1024'],
    ['4096', '30720', undefined],
    ['8192', '20480', undefined],
    ['8192', '17408', 'Fargate has no memory 17408 with cpu 8192; legal: 16384 to 61440 in steps of 4096'],
    ['16384', '122880', undefined],
    ['16384', '36864', 'Fargate has no memory 36864 with cpu 16384; legal: 32768 to 122880 in steps of 8192'],
    ['100', '512', 'Fargate has no cpu 100; legal: 256, 512, 1024, 2048, 4096, 8192, 16384'],
  ])('Fargate cpu %s with memory %s', (cpu, memory, problem) => {
    expect(problemsOf(fargate(cpu, memory))).toEqual(
      problem === undefined ? [] : [`fargate-size memory: ${problem}`],
    );
  });

  it('values of the wrong type never break another check', () => {
    const wild: JsonValue[] = [null, 'x', 3, true, [], [null], ['x'], {}, { name: [] }, [[{}]]];
    for (const value of wild) {
      for (const name of [
        'family',
        'cpu',
        'memory',
        'networkMode',
        'requiresCompatibilities',
        'volumes',
        'proxyConfiguration',
      ])
        expect(() => problemsOf(task({ [name]: value, containerDefinitions: [web] }))).not.toThrow();
      for (const name of [
        'name',
        'image',
        'environment',
        'secrets',
        'dependsOn',
        'portMappings',
        'links',
        'mountPoints',
        'logConfiguration',
        'essential',
        'memory',
      ])
        expect(() => problemsOf(task({}, { ...web, [name]: value }))).not.toThrow();
      expect(() => problemsOf({ family: 'web', containerDefinitions: value })).not.toThrow();
      expect(() => problemsOf({ family: 'web', containerDefinitions: [value] })).not.toThrow();
    }
  });

  it('200 containers end in one clear problem, within a second', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...web,
      name: `c${index}`,
      dependsOn: Array.from({ length: index }, (_unused, other) => ({
        containerName: `c${other}`,
        condition: 'START',
      })),
    }));
    expect(problemsOf(task({}, ...many)).at(-1)).toBe(
      'rule containerDefinitions: there are 200 containers; ECS takes up to 10',
    );
  });
});

describe('refuseInvalidTaskDefinition', () => {
  const text =
    '{"family": "web",\n "containerDefinitions": [\n  {"name": "web", "image": "x", "memory": 4,\n   "enviroment": [], "cpu": "2"}]}';

  function refuse(source: string, strict: boolean): string[] {
    return refuseInvalidTaskDefinition(parseTaskDefinition(source, 'taskdef.json'), shape, strict);
  }

  it('names every problem at once, with file, line, column and path', () => {
    expect(() => refuse(text, true)).toThrow(
      new UserError(
        'task-definition-invalid',
        '2 problems in the task definition:\n' +
          'taskdef.json:4:4: containerDefinitions[0].enviroment: unknown key; did you mean "environment"?\n' +
          'taskdef.json:4:22: containerDefinitions[0].cpu: expected a whole number, got text; take the quotes off',
      ),
    );
  });

  it('without strict, an unknown key is a warning and a wrong type still an error', () => {
    expect(() => refuse(text, false)).toThrow(/^taskdef.json:4:22: containerDefinitions\[0\].cpu/);
    expect(refuse(text.replace('"2"', '2'), false)).toEqual([
      'taskdef.json:4:4: containerDefinitions[0].enviroment: unknown key; did you mean "environment"?',
    ]);
  });

  it('a problem of the whole names the file', () => {
    expect(() =>
      refuse('{"containerDefinitions": [{"name": "a", "image": "b", "memory": 4}]}', true),
    ).toThrow(/^taskdef.json: family: missing; ECS requires it$/);
  });

  it('shows fifty problems and counts the rest', () => {
    const keys = Array.from({ length: 70 }, (_, index) => `"zz${index}": 1`).join(', ');
    expect(() =>
      refuse(
        `{"family": "a", "containerDefinitions": [{"name": "a", "image": "b", "memory": 4}], ${keys}}`,
        true,
      ),
    ).toThrow(/^70 problems[\s\S]*… and 20 more$/);
  });

  it('text from the file cannot give the runner a command', () => {
    const source =
      '{"family": "a", "containerDefinitions": [{"name": "a", "image": "b", "memory": 4}], "\\n::set-output name=x::y": 1}';
    expect(() => refuse(source, true)).toThrow(/^[^\n]*$/);
  });
});
