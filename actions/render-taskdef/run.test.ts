import { describe, expect, it } from '@jest/globals';
import { readTaskDefinitionShape } from '../lib/aws/task-definition-shape.ts';
import { readInputs } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';
import type { JsonObject } from '../lib/taskdef/json-value.ts';
import { readRenderTaskdefInputs } from './inputs.ts';
import { type RenderTaskdefOutcome, runRenderTaskdef } from './run.ts';

const shape = readTaskDefinitionShape();
const shop = {
  family: 'shop',
  containerDefinitions: [
    { name: 'web', image: 'web:1', memory: 64, environment: [{ name: 'MODE', value: 'hunter1' }] },
    { name: 'log', image: 'log:1', memory: 64, essential: false },
  ],
};

/** A workspace, and an ECS that holds revisions and services. */
function createWorld() {
  const files = new Map<string, string>([['taskdef.json', JSON.stringify(shop)]]);
  const revisions = new Map<string, JsonObject>();
  const services = new Map<string, string>();
  const written = new Map<string, string>();
  const log: string[] = [];
  return {
    files,
    revisions,
    services,
    written,
    log,
    ports: {
      async readFile(path: string) {
        const text = files.get(path);
        if (text === undefined) throw new UserError('file-unreadable', `There is no task definition ${path}`);
        return text;
      },
      async writeTaskDefinition(json: string) {
        const path = `/temp/${written.size + 1}.json`;
        written.set(path, json);
        return path;
      },
      registered: {
        async describe(reference: string) {
          const taskDefinition = revisions.get(reference);
          if (taskDefinition === undefined) throw new UserError('task-definition-not-found', reference);
          return { taskDefinition, tags: [{ key: 'team', value: 'a' }] };
        },
        async findOfService({ cluster, service }: { cluster: string; service: string }) {
          const arn = services.get(`${cluster}/${service}`);
          if (arn === undefined) throw new UserError('service-not-found', service);
          return arn;
        },
      },
      shape,
      log: {
        info: (line: string) => void log.push(line),
        warning: (message: string) => void log.push(`warning: ${message}`),
        group: (title: string, lines: readonly string[]) => void log.push(title, ...lines),
      },
    },
  };
}

const defaults: Readonly<Record<string, string>> = {
  'task-definition': 'taskdef.json',
  'environment-mode': 'merge',
  strict: 'true',
};

async function run(
  inputs: Record<string, string>,
  world = createWorld(),
): Promise<RenderTaskdefOutcome & { rendered: JsonObject }> {
  const read = readInputs((name) => inputs[name] ?? defaults[name] ?? '', readRenderTaskdefInputs);
  const outcome = await runRenderTaskdef(read, world.ports);
  const json = world.written.get(outcome.outputs['task-definition']);
  return { ...outcome, rendered: JSON.parse(json ?? 'null') as JsonObject };
}

describe('a file', () => {
  it('is rendered to a new file, and its family given', async () => {
    const { rendered, outputs } = await run({
      images: 'web=host/web@sha256:abc',
      environment: 'MODE=a=b',
      cpu: '256',
    });
    expect(outputs).toEqual({
      'task-definition': '/temp/1.json',
      family: 'shop',
      changed: undefined,
      diff: undefined,
    });
    expect(rendered).toEqual({
      ...shop,
      cpu: '256',
      containerDefinitions: [
        {
          ...shop.containerDefinitions[0],
          image: 'host/web@sha256:abc',
          environment: [{ name: 'MODE', value: 'a=b' }],
        },
        shop.containerDefinitions[1],
      ],
    });
  });

  it('log and summary name what was set, images in full and no value of a variable', async () => {
    const world = createWorld();
    const { summary } = await run(
      {
        images: 'web=host/web@sha256:abc',
        environment: 'A=hunter2\nB=hunter2',
        'environment-remove': 'web.MODE',
        family: 'shop2',
      },
      world,
    );
    expect(summary).toBe(
      [
        '### Task definition `shop2`',
        '',
        '| container | set | to |',
        '| - | - | - |',
        '| (task) | family | `shop2` |',
        '| web | image | `host/web@sha256:abc` |',
        '| web | environment | `A`, `B` |',
        '| web | removed | `MODE` |',
      ].join('\n'),
    );
    expect(world.log).toContain('web image: host/web@sha256:abc');
    expect(world.log).toContain('web environment: A, B');
    expect(world.log.join('\n')).not.toContain('hunter');
  });

  it('compared with a service, it says what changes', async () => {
    const world = createWorld();
    world.services.set('prod/shop', 'arn:shop:4');
    world.revisions.set('arn:shop:4', { ...shop, revision: 4 });
    const { outputs, summary } = await run(
      { images: 'web=web:2', environment: 'web.MODE=hunter2', 'compare-with': 'prod/shop' },
      world,
    );
    expect(outputs).toMatchObject({
      changed: 'true',
      diff: '~ web image: web:1 → web:2\n~ web environment MODE',
    });
    expect(summary).toContain(
      'Compared with `shop:4 of prod/shop`:\n\n```diff\n! web image: web:1 → web:2\n! web environment MODE\n```',
    );
    expect(world.log).toContain('2 differences from shop:4 of prod/shop');
    expect(world.log.join('\n')).not.toContain('hunter');
  });

  it('compared with the same, it says so', async () => {
    const world = createWorld();
    world.services.set('prod/shop', 'arn:shop:4');
    world.revisions.set('arn:shop:4', { ...shop, revision: 4, status: 'ACTIVE' });
    const { outputs, summary } = await run({ 'compare-with': 'prod/shop' }, world);
    expect(outputs).toMatchObject({ changed: 'false', diff: '' });
    expect(summary).toContain('The same as `shop:4 of prod/shop`.');
  });

  it('says what it left out on reading, and warns once for all advice', async () => {
    const world = createWorld();
    world.files.set(
      'reply.json',
      JSON.stringify({
        taskDefinition: {
          ...shop,
          revision: 3,
          memory: undefined,
          containerDefinitions: [
            { name: 'a', image: 'a' },
            { name: 'b', image: 'b' },
          ],
        },
      }),
    );
    await run({ 'task-definition': 'reply.json' }, world);
    expect(world.log.slice(0, 2)).toEqual([
      'The file is a whole describe-task-definition reply; its "taskDefinition" is used.',
      'Left out what ECS sets itself: revision.',
    ]);
    expect(world.log.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
  });
});

describe('what ECS holds', () => {
  it.each([
    ['a family', 'shop', 'shop'],
    ['a revision', 'shop:4', 'shop:4'],
    [
      'an ARN',
      'arn:aws:ecs:eu-west-1:1:task-definition/shop:4',
      'arn:aws:ecs:eu-west-1:1:task-definition/shop:4',
    ],
    ['a service', 'service:prod/shop', 'arn:of-service'],
  ])(
    '%s is rendered with its tags, without read-only members, and compared with what it was',
    async (_what, input, key) => {
      const world = createWorld();
      world.services.set('prod/shop', 'arn:of-service');
      world.revisions.set(key, { ...shop, revision: 4, status: 'ACTIVE', registeredAt: 'x' });
      const { rendered, outputs } = await run({ 'task-definition': input, images: 'web=web:2' }, world);
      expect(rendered['tags']).toEqual([{ key: 'team', value: 'a' }]);
      expect(Object.keys(rendered)).toEqual(['family', 'containerDefinitions', 'tags']);
      expect(outputs).toMatchObject({ changed: 'true', diff: '~ web image: web:1 → web:2' });
    },
  );
});

it('what looks like a placeholder is worth a warning in a file, and literal in what ECS holds', async () => {
  const world = createWorld();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what looks like a template is what is under test.
  const environment = [{ name: 'PATTERN', value: '${x}' }];
  const definition = { ...shop, containerDefinitions: [{ ...shop.containerDefinitions[0], environment }] };
  world.files.set('taskdef.json', JSON.stringify(definition));
  world.revisions.set('shop', { ...definition, revision: 4 });
  await run({ 'task-definition': 'shop' }, world);
  expect(world.log.join('\n')).not.toContain('warning');
  await run({}, world);
  expect(world.log.join('\n')).toContain('is taken literally, as the input "variables" is empty');
});

describe('nothing is written when', () => {
  it.each<[string, Record<string, string>, string]>([
    ['the file is not there', { 'task-definition': 'none.json' }, 'file-unreadable'],
    ['the family is not there', { 'task-definition': 'none' }, 'task-definition-not-found'],
    ['the service to compare with is not there', { 'compare-with': 'prod/none' }, 'service-not-found'],
    ['a container is not there', { images: 'api=x' }, 'task-definition-invalid'],
  ])('%s', async (_what, inputs, code) => {
    const world = createWorld();
    await expect(run(inputs, world)).rejects.toMatchObject({ code });
    expect(world.written.size).toBe(0);
  });
});

describe('inputs', () => {
  it('all problems are named at once', async () => {
    await expect(
      run({
        'task-definition': '',
        strict: 'maybe',
        'environment-mode': 'append',
        environment: 'A',
        secrets: '=x',
        'compare-with': 'prod',
      }),
    ).rejects.toThrow(
      [
        '6 inputs need correction:',
        'input "task-definition" is required: give a value',
        'input "compare-with": expected CLUSTER/SERVICE, got "prod"',
        'input "strict": expected true or false, got "maybe"',
        'input "environment": line 1: expected NAME=value, found no "="',
        'input "environment-mode": expected one of merge, replace, got "append"',
        'input "secrets": line 1: there is no name before the "="',
      ].join('\n'),
    );
  });

  it.each([
    ['service:shop', 'input "task-definition": expected CLUSTER/SERVICE, got "shop"'],
    ['service:a/b/c', 'input "task-definition": expected CLUSTER/SERVICE, got "a/b/c"'],
    [
      'arn:aws:ecs:eu-west-1:1:service/a/b',
      'input "task-definition": "arn:aws:ecs:eu-west-1:1:service/a/b" is an ARN, but of no task definition',
    ],
  ])('%s is no source', async (source, message) => {
    await expect(run({ 'task-definition': source })).rejects.toThrow(message);
  });

  it.each(['./shop', 'deploy/shop', 'shop.yaml', 'a b.json'])('%s is a file', async (path) => {
    const world = createWorld();
    world.files.set(path, JSON.stringify(shop));
    expect((await run({ 'task-definition': path }, world)).outputs.family).toBe('shop');
  });
});
