// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders under test look like templates.
import { describe, expect, it } from '@jest/globals';
import { readTaskDefinitionShape } from '../aws/task-definition-shape.ts';
import { parseAssignments } from './assignment.ts';
import type { JsonObject } from './json-value.ts';
import { parseTaskDefinition } from './parse.ts';
import { formatTaskDefinition, type RenderedTaskDefinition, renderTaskDefinition } from './render.ts';

const shape = readTaskDefinitionShape();

interface Settings {
  images?: string;
  environment?: string;
  mode?: 'merge' | 'replace';
  remove?: string[];
  secrets?: string;
  tags?: string;
  variables?: string;
  family?: string;
  cpu?: string;
  memory?: string;
  strict?: boolean;
}

function render(
  file: JsonObject | string,
  settings: Settings,
  fileName = 'taskdef.json',
): RenderedTaskDefinition {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const overrides = {
    images: parseAssignments(settings.images ?? ''),
    environment: parseAssignments(settings.environment ?? ''),
    environmentMode: settings.mode ?? 'merge',
    environmentRemove: settings.remove ?? [],
    secrets: parseAssignments(settings.secrets ?? ''),
    tags: parseAssignments(settings.tags ?? ''),
    family: settings.family,
    cpu: settings.cpu,
    memory: settings.memory,
  } as const;
  const variables = parseAssignments(settings.variables ?? '');
  return renderTaskDefinition(
    parseTaskDefinition(text, fileName),
    { overrides, variables, strict: settings.strict ?? true },
    shape,
  );
}

function containers(rendered: RenderedTaskDefinition): JsonObject[] {
  return rendered.definition['containerDefinitions'] as unknown as JsonObject[];
}

const web = { name: 'web', image: 'web:old', memory: 64 };
const log = { name: 'log', image: 'log:old', memory: 64 };
const two = { family: 'shop', executionRoleArn: 'exec', containerDefinitions: [web, log] };

describe('images', () => {
  it('sets several containers in one step and leaves the others', () => {
    const rendered = render(
      { ...two, containerDefinitions: [web, log, { ...log, name: 'third' }] },
      { images: 'web=host/web@sha256:abc\nlog = host/log:2 ' },
    );
    expect(containers(rendered).map(({ image }) => image)).toEqual([
      'host/web@sha256:abc',
      'host/log:2',
      'log:old',
    ]);
    expect(rendered.changes).toEqual([
      { kind: 'image', container: 'web', image: 'host/web@sha256:abc' },
      { kind: 'image', container: 'log', image: 'host/log:2' },
    ]);
  });

  it.each([
    ['wbe=x', 'input "images": the task definition has no container "wbe"; there are: web, log'],
    ['webs=x', 'input "images": the task definition has no container "webs"; did you mean "web"?'],
    ['web=', 'input "images": the image of "web" is empty; check the step output it comes from'],
    ['web=a b', 'input "images": the image of "web" holds a blank'],
    ['web=a\nweb=b', 'input "images": container "web" is given two images'],
  ])('%j is refused', (images, message) => {
    expect(() => render(two, { images })).toThrow(message);
  });
});

describe('environment and secrets', () => {
  const file = {
    ...two,
    containerDefinitions: [
      {
        ...web,
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        secrets: [{ name: 'S', valueFrom: 'arn:s' }],
      },
      log,
    ],
  };

  it('merge sets in place, adds at the end, and keeps the rest', () => {
    const rendered = render(file, { environment: 'web.C=x=y=z\nweb.A=\n' });
    expect(containers(rendered)[0]?.['environment']).toEqual([
      { name: 'A', value: '' },
      { name: 'B', value: '2' },
      { name: 'C', value: 'x=y=z' },
    ]);
    expect(containers(rendered)[1]).not.toHaveProperty('environment');
  });

  it('replace leaves only what is given, in the containers it is given for, and no secret goes', () => {
    const rendered = render(file, { environment: 'web.C=3', mode: 'replace' });
    expect(containers(rendered)[0]).toMatchObject({
      environment: [{ name: 'C', value: '3' }],
      secrets: [{ name: 'S', valueFrom: 'arn:s' }],
    });
  });

  it('remove takes variables and secrets out, and says when there is nothing to take out', () => {
    const rendered = render(file, { remove: ['web.A', 'S', 'web.NONE'] });
    expect(containers(rendered)[0]).toMatchObject({ environment: [{ name: 'B', value: '2' }], secrets: [] });
    expect(rendered.changes).toEqual([
      { kind: 'removed', container: 'web', name: 'A' },
      { kind: 'removed', container: 'web', name: 'S' },
    ]);
    expect(rendered.warnings).toEqual([
      'taskdef.json: there is no "NONE" that environment-remove could take out',
    ]);
  });

  it('a secret takes the place of a plain variable of its name, and the reverse', () => {
    const rendered = render(file, { environment: 'web.S=plain', secrets: 'web.A=arn:a' });
    expect(containers(rendered)[0]).toMatchObject({
      environment: [
        { name: 'B', value: '2' },
        { name: 'S', value: 'plain' },
      ],
      secrets: [{ name: 'A', valueFrom: 'arn:a' }],
    });
  });

  it('a name without container goes to the containers that get an image, else to all', () => {
    const named = (settings: Settings): unknown[] =>
      containers(render(two, settings)).map(({ environment }) => environment);
    expect(named({ environment: 'X=1', images: 'web=new' })).toEqual([
      [{ name: 'X', value: '1' }],
      undefined,
    ]);
    expect(named({ environment: 'X=1' })).toEqual([[{ name: 'X', value: '1' }], [{ name: 'X', value: '1' }]]);
  });

  it('only the first of several equal names stays when it is set', () => {
    const repeated = {
      ...two,
      containerDefinitions: [
        {
          ...web,
          environment: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
      ],
    };
    expect(containers(render(repeated, { environment: 'A=3' }))[0]?.['environment']).toEqual([
      { name: 'A', value: '3' },
    ]);
  });

  it('a name may hold dots when its container stands in front', () => {
    const rendered = render(file, { environment: 'web.spring.datasource.url=jdbc:x' });
    expect(containers(rendered)[0]?.['environment']).toContainEqual({
      name: 'spring.datasource.url',
      value: 'jdbc:x',
    });
  });

  it.each<[Settings, string]>([
    [
      { environment: 'wed.A=hunter2' },
      'input "environment": the task definition has no container "wed"; did you mean "web"?',
    ],
    [
      { secrets: 'web.A=' },
      'input "secrets": the ARN of "web.A" is empty; check the step output it comes from',
    ],
    [{ environment: 'web.=hunter2' }, 'input "environment": "web." has no name behind the dot'],
    [{ environment: 'web.A=hunter2\nweb.A=2' }, 'input "environment": "web.A" is given twice'],
    [
      { environment: 'web.A=hunter2', secrets: 'web.A=x' },
      'input "secrets": "web.A" is also given by "environment"',
    ],
    [
      { environment: 'web.A=hunter2', remove: ['web.A'] },
      'input "environment-remove": "web.A" is also given by "environment"',
    ],
    [
      { environment: 'A=hunter2', mode: 'replace' },
      'input "environment": say which container "A" belongs to, as in web.A',
    ],
    [{ mode: 'replace' }, 'input "environment-mode": replace needs the variables to keep'],
  ])('%j is refused, without its value', (settings, message) => {
    expect(() => render(two, settings)).toThrow(message);
    expect(() => render(two, settings)).not.toThrow('hunter2');
  });

  it('a list of the wrong type is reported, not replaced', () => {
    const wrong = { ...two, containerDefinitions: [{ ...web, environment: { A: '1' } }] };
    expect(() => render(wrong, { environment: 'B=2' })).toThrow(
      'containerDefinitions[0].environment: expected a list, got an object',
    );
  });
});

describe('family, cpu, memory', () => {
  it('are set at the task, and mend what the file lacks', () => {
    const { definition, changes } = render(
      { containerDefinitions: [web] },
      { family: 'f', cpu: '256', memory: '512' },
    );
    expect(definition).toEqual({ family: 'f', containerDefinitions: [web], cpu: '256', memory: '512' });
    expect(changes).toEqual([
      { kind: 'task', name: 'family', value: 'f' },
      { kind: 'task', name: 'cpu', value: '256' },
      { kind: 'task', name: 'memory', value: '512' },
    ]);
  });

  it('tags are set by key, and the others kept', () => {
    const tagged = {
      ...two,
      tags: [
        { key: 'team', value: 'a' },
        { key: 'commit', value: 'old' },
      ],
    };
    const { definition, changes } = render(tagged, { tags: 'commit=abc\nrun=https://x/?a=b' });
    expect(definition['tags']).toEqual([
      { key: 'team', value: 'a' },
      { key: 'commit', value: 'abc' },
      { key: 'run', value: 'https://x/?a=b' },
    ]);
    expect(changes).toEqual([
      { kind: 'tag', name: 'commit' },
      { kind: 'tag', name: 'run' },
    ]);
    expect(() => render(two, { tags: 'a=1\na=2' })).toThrow('input "tags": "a" is given twice');
  });

  it('an image given for a container that has none is enough', () => {
    expect(() =>
      render({ family: 'f', containerDefinitions: [{ name: 'web', memory: 4 }] }, { images: 'web=x' }),
    ).not.toThrow();
  });
});

describe('variables', () => {
  const file = `
family: shop-\${ENV}
containerDefinitions:
  - name: web
    image: \${REGISTRY}/web:\${TAG}
    memory: \${MEMORY}
    essential: \${ESSENTIAL}
    command: [sh, -c, 'echo \${ENV} $ENV \${ENV:-x} $\${ENV}']
    dockerLabels:
      \${ENV}.rule: Host
`;
  const variables = 'ENV=dev\nREGISTRY=1.dkr\nTAG=a=b${ENV}\nMEMORY=128\nESSENTIAL=true';

  it('stand for their values in texts, keys, numbers and flags, once and in no other form', () => {
    expect(render(file, { variables }, 'taskdef.yaml').definition).toEqual({
      family: 'shop-dev',
      containerDefinitions: [
        {
          name: 'web',
          image: '1.dkr/web:a=b${ENV}',
          memory: 128,
          essential: true,
          command: ['sh', '-c', 'echo dev $ENV ${ENV:-x} $dev'],
          dockerLabels: { 'dev.rule': 'Host' },
        },
      ],
    });
  });

  it('an undefined one is an error with its line, unless an input sets that place', () => {
    const settings = { variables: variables.replace('TAG', 'TAGS') };
    expect(() => render(file, settings, 'taskdef.yaml')).toThrow(
      'taskdef.yaml:5:5: containerDefinitions[0].image: ${TAG} is not defined; add a line TAG=… to the input "variables"',
    );
    expect(render(file, { ...settings, images: 'web=x' }, 'taskdef.yaml').warnings).toEqual([
      'input "variables": ${TAGS} stands nowhere in taskdef.yaml',
    ]);
  });

  it('a number that is none stays text, and is reported as that', () => {
    expect(() => render(file, { variables: variables.replace('128', '128MB') }, 'taskdef.yaml')).toThrow(
      'taskdef.yaml:6:5: containerDefinitions[0].memory: expected a whole number, got text',
    );
  });

  it('without variables, ${X} is an error in an image, a warning in a value, and nothing in a command', () => {
    const plain = {
      ...two,
      containerDefinitions: [
        { ...web, command: ['${HOME}'], environment: [{ name: 'A', value: '${HOME}' }] },
      ],
    };
    expect(render(plain, {}).warnings).toEqual([
      expect.stringContaining('containerDefinitions[0].environment[0].value: ${HOME} is taken literally'),
    ]);
    expect(() => render({ ...two, containerDefinitions: [{ ...web, image: 'x:${TAG}' }] }, {})).toThrow(
      '${TAG} is taken literally',
    );
    expect(
      render({ ...two, containerDefinitions: [{ ...web, image: 'x:${TAG}' }] }, { images: 'web=x' }).warnings,
    ).toEqual([]);
  });

  it.each([
    ['A-B=1', 'input "variables": "A-B" is no name'],
    ['A=1\nA=2', 'input "variables": "A" is given twice'],
  ])('%j is refused', (given, message) => {
    expect(() => render(two, { variables: given })).toThrow(message);
  });
});

describe('renderTaskDefinition', () => {
  it('names the problems of file, variables and inputs in one error', () => {
    const file = '{"family": "a b",\n"containerDefinitions": [{"name": "web", "imag": "x:${T}"}]}';
    expect(() => render(file, { images: 'api=1', environment: 'web.=2', variables: 'U=1' })).toThrow(
      [
        '6 problems in the task definition:',
        'input "images": the task definition has no container "api"; there are: web',
        'input "environment": "web." has no name behind the dot',
        'taskdef.json:1:2: family: a family is 1 to 255 letters, digits, hyphens and underscores',
        'taskdef.json:2:26: containerDefinitions[0]: container "web" has no image; set it here or by the input "images"',
        'taskdef.json:2:42: containerDefinitions[0].imag: ${T} is not defined; add a line T=… to the input "variables"',
        'taskdef.json:2:42: containerDefinitions[0].imag: unknown key; did you mean "image"?',
      ].join('\n'),
    );
  });

  it('places a problem rightly though an input made the container anew', () => {
    const file =
      '{"family": "a",\n"containerDefinitions": [\n{"name": "web", "image": "x", "memory": 4,\n "dependsOn": [{"containerName": "b",\n "condition": "START"}]}]}';
    expect(() => render(file, { environment: 'A=1' })).toThrow(
      /^taskdef.json:4:17: containerDefinitions\[0\].dependsOn/,
    );
  });

  it('writes members in the order of ECS, map entries by name, lists as they are, and keeps what is empty', () => {
    const rendered = render(
      '{"containerDefinitions": [{"dockerLabels": {"b": "", "a": "1"}, "entryPoint": [], "command": ["sh", "-c", ""], "memory": 4, "image": "x", "name": "web"}], "family": "f"}',
      {},
    );
    expect(formatTaskDefinition(rendered.definition)).toBe(`{
  "family": "f",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "x",
      "memory": 4,
      "entryPoint": [],
      "command": [
        "sh",
        "-c",
        ""
      ],
      "dockerLabels": {
        "a": "1",
        "b": ""
      }
    }
  ]
}
`);
  });

  it('without strict, an unknown key is warned of and stays', () => {
    const { definition, warnings } = render({ ...two, brandNew: 1 }, { strict: false });
    expect(definition['brandNew']).toBe(1);
    expect(warnings).toEqual([expect.stringContaining('brandNew: unknown key')]);
  });
});
