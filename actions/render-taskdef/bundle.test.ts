import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BundleStage, openBundleStage } from '../../rehearsal/runner/bundle-stage.ts';
import type { StepResult } from '../../rehearsal/runner/run-step.ts';

jest.setTimeout(120_000);
const shop = {
  family: 'shop',
  containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64, command: ['sh', '-c', ''] }],
};
let stage: BundleStage;

beforeAll(async () => {
  stage = await openBundleStage('render-taskdef', {});
  const put = (name: string, text: string): Promise<void> => writeFile(join(stage.workspace, name), text);
  // Kept, so that what a step rendered can be looked at.
  await mkdir(join(stage.workspace, 'temp'));
  await put('taskdef.json', JSON.stringify(shop));
  await put(
    'taskdef.yaml',
    'family: shop\ncontainerDefinitions:\n  - name: web\n    image: web:1\n    enviroment: []\n    cpu: "1"\n',
  );
  await put('broken.json', '{\n  "family": "shop"\n  "cpu": "256"\n}\n');
  await put('large.json', ' '.repeat(256 * 1024 + 1));
  const ecs = (operation: string, input: { [key: string]: unknown }) =>
    stage.aws.call('ecs', operation, input);
  await ecs('RegisterTaskDefinition', { ...shop, tags: [{ key: 'team', value: 'a' }] });
  await ecs('CreateCluster', { clusterName: 'prod' });
  await ecs('CreateService', {
    cluster: 'prod',
    serviceName: 'shop',
    taskDefinition: 'shop:1',
    desiredCount: 0,
  });
});
afterAll(() => stage.close());

function render(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  return stage.run(inputs, { RUNNER_TEMP: join(stage.workspace, 'temp'), ...env });
}

describe('the bundle of render-taskdef', () => {
  it('renders a file without AWS, for this user alone, and shows no value of a variable', async () => {
    const step = await render({
      'task-definition': 'taskdef.json',
      images: 'web=host/web@sha256:abc',
      environment: 'MODE=hunter2=x\nTEXT<<END\none\ntwo\nEND',
    });
    expect(step.exitCode).toBe(0);
    const path = step.outputs['task-definition'] ?? '';
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      family: 'shop',
      containerDefinitions: [
        {
          ...shop.containerDefinitions[0],
          image: 'host/web@sha256:abc',
          environment: [
            { name: 'MODE', value: 'hunter2=x' },
            { name: 'TEXT', value: 'one\ntwo' },
          ],
        },
      ],
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Object.keys(step.outputs)).toEqual(['task-definition', 'family']);
    expect(step.summary).toContain('| web | image | `host/web@sha256:abc` |');
    expect(step.log + step.summary).not.toContain('hunter2');
    expect(stage.takeCalls()).toEqual([]);
  });

  it('takes what a service runs, and says what changes', async () => {
    const step = await render({ 'task-definition': 'service:prod/shop', images: 'web=web:2' });
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({
      family: 'shop',
      changed: 'true',
      diff: '~ web image: web:1 → web:2',
    });
    const rendered = JSON.parse(await readFile(step.outputs['task-definition'] ?? '', 'utf8')) as object;
    expect(rendered).toMatchObject({
      tags: [{ key: 'team', value: 'a' }],
      containerDefinitions: [{ image: 'web:2' }],
    });
    expect(rendered).not.toHaveProperty('revision');
  });

  it('sees that a file is what the service runs', async () => {
    const step = await render({ 'task-definition': 'taskdef.json', 'compare-with': 'prod/shop' });
    expect(step.outputs).toMatchObject({ changed: 'false', diff: '' });
  });

  it.each([
    [{}, ['input "task-definition" is required']],
    [{ 'task-definition': 'none.json' }, ['There is no task definition none.json']],
    [{ 'task-definition': 'large.json' }, ['has 262145 bytes; up to 262144 are read']],
    [{ 'task-definition': 'broken.json' }, ['broken.json:3:3: this is no valid JSON: expected "," or "}"']],
    [
      { 'task-definition': 'taskdef.yaml', images: 'api=x' },
      [
        'taskdef.yaml:5:5: containerDefinitions[0].enviroment: unknown key; did you mean "environment"?',
        'taskdef.yaml:6:5: containerDefinitions[0].cpu: expected a whole number, got text',
        'input "images": the task definition has no container "api"; there are: web',
      ],
    ],
    [{ 'task-definition': 'shop' }, ['No usable AWS credentials']],
  ])('%j fails with one error and writes nothing', async (inputs: Record<string, string>, messages) => {
    const step = await render(inputs, {
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: '',

      HOME: stage.workspace,
    });
    expect(step.exitCode).toBe(1);
    const errors = step.annotations.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    for (const message of messages) expect(errors[0]?.message).toContain(message);
    expect(step.outputs).toEqual({});
    expect(step.log).not.toContain('Stack');
  });
});
