import { listAt, textAt } from './json-value.ts';
import { type Problem, rule } from './problem.ts';
import type { TaskDefinition } from './task-definition.ts';
import { explainFargateSize, parseCpuUnits, parseMemoryMib } from './task-size.ts';

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
const maximumBytes = 64 * 1024;

/** What ECS asks of the task as a whole. */
export function checkTask(definition: TaskDefinition): Problem[] {
  const family = textAt(definition, 'family');
  const problems: Problem[] = [];
  if (family !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(family))
    problems.push(rule(['family'], 'a family is 1 to 255 letters, digits, hyphens and underscores'));
  const bytes = new TextEncoder().encode(JSON.stringify(definition)).length;
  if (bytes > maximumBytes)
    problems.push(rule([], `the task definition has ${bytes} bytes; ECS takes up to ${maximumBytes}`));
  if (listAt(definition, 'requiresCompatibilities').includes('FARGATE'))
    problems.push(...checkFargate(definition));
  return problems;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
function checkFargate(definition: TaskDefinition): Problem[] {
  const mode = textAt(definition, 'networkMode');
  const problems: Problem[] = [];
  if (mode !== 'awsvpc')
    problems.push(
      rule(
        ['networkMode'],
        `Fargate asks for networkMode "awsvpc"${mode === undefined ? '; none is set' : `, not "${mode}"`}`,
      ),
    );
  const cpu = readSize(definition, 'cpu', parseCpuUnits, problems);
  const memory = readSize(definition, 'memory', parseMemoryMib, problems);
  const wrong = cpu === undefined || memory === undefined ? undefined : explainFargateSize(cpu, memory);
  if (wrong !== undefined) problems.push({ kind: 'fargate-size', path: ['memory'], message: wrong });
  return problems;
}

function readSize(
  definition: TaskDefinition,
  name: 'cpu' | 'memory',
  parse: (text: string) => number | undefined,
  problems: Problem[],
): number | undefined {
  const text = textAt(definition, name);
  if (definition[name] === undefined)
    problems.push(rule([], `Fargate asks for a task-level "${name}"; set it here or by the input "${name}"`));
  const size = text === undefined ? undefined : parse(text);
  if (text !== undefined && size === undefined)
    problems.push(
      rule(
        [name],
        `expected ${name === 'cpu' ? 'CPU units such as "256" or "1 vCPU"' : 'MiB such as "512" or "1 GB"'}, got "${text}"`,
      ),
    );
  return size;
}
