import { readdirSync, readFileSync } from 'node:fs';
import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/rehearsal.ts';
import { equalTaskDefinitions } from '../taskdef/canonical.ts';
import { diffTaskDefinitions } from '../taskdef/diff.ts';
import { parseTaskDefinition } from '../taskdef/parse.ts';
import { readRegistered } from '../taskdef/registered.ts';
import { createRegisteredTaskDefinitions } from './task-definition-registry.ts';

const directory = new URL('../taskdef/samples/', import.meta.url);
const before = { ...process.env };
let aws: Rehearsal;
let client: ECSClient;

beforeAll(async () => {
  aws = await startRehearsal({ speed: 1000 });
  Object.assign(process.env, aws.environment());
  client = new ECSClient();
});
afterAll(async () => {
  client.destroy();
  process.env = before;
  await aws.close();
});

describe('registered and described again, a task definition is unchanged', () => {
  it.each(readdirSync(directory))('%s', async (fileName) => {
    const { definition } = parseTaskDefinition(readFileSync(new URL(fileName, directory), 'utf8'), fileName);
    const input = definition as unknown as RegisterTaskDefinitionCommandInput;
    const { taskDefinition } = await client.send(new RegisterTaskDefinitionCommand(input));
    const described = await createRegisteredTaskDefinitions().describe(
      taskDefinition?.taskDefinitionArn ?? '',
    );
    expect(diffTaskDefinitions(definition, described.taskDefinition)).toEqual([]);
    expect(equalTaskDefinitions(definition, described.taskDefinition)).toBe(true);
    expect(readRegistered(described).definition['tags']).toEqual(definition['tags']);
  });
});
