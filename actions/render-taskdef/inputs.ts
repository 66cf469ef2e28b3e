import type { InputReader } from '../lib/input/reader.ts';
import { type Assignment, parseAssignments } from '../lib/taskdef/assignment.ts';
import {
  parseServiceName,
  parseSource,
  type ServiceName,
  type TaskDefinitionSource,
} from '../lib/taskdef/registered.ts';
import type { RenderSettings } from '../lib/taskdef/render.ts';

export interface RenderTaskdefInputs {
  readonly source: TaskDefinitionSource;
  readonly settings: RenderSettings;
  readonly compareWith: ServiceName | undefined;
}

export function readRenderTaskdefInputs(input: InputReader): RenderTaskdefInputs {
  const assignments = (name: string): Assignment[] => input.parsed(name, parseAssignments, []);
  return {
    source: readSource(input),
    compareWith:
      input.optionalText('compare-with') === undefined
        ? undefined
        : input.parsed('compare-with', parseServiceName, undefined),
    settings: {
      variables: assignments('variables'),
      strict: input.bool('strict'),
      overrides: {
        images: assignments('images'),
        environment: assignments('environment'),
        environmentMode: input.oneOf('environment-mode', ['merge', 'replace']),
        environmentRemove: input.lines('environment-remove'),
        secrets: assignments('secrets'),
        tags: assignments('tags'),
        family: input.optionalText('family'),
        cpu: input.optionalText('cpu'),
        memory: input.optionalText('memory'),
      },
    },
  };
}

function readSource(input: InputReader): TaskDefinitionSource {
  const nowhere: TaskDefinitionSource = { kind: 'file', path: '' };
  return input.text('task-definition') === ''
    ? nowhere
    : input.parsed('task-definition', parseSource, nowhere);
}
