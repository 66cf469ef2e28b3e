import type { Json, Operation } from '../../server/service.ts';
import { decideOutcomeOf, type TaskRequest } from '../create-task.ts';
import {
  findCluster,
  findService,
  findUsableTaskDefinition,
  nameOf,
  paginate,
  readList,
  visibleTasks,
} from '../lookup.ts';
import { requireNetwork } from '../read-settings.ts';
import type { Task } from '../task.ts';
import { startTask } from '../task-life.ts';
import { stopTask } from '../task-stop.ts';
import { viewTask } from '../task-view.ts';
import { invalidParameter, makeArn, type World } from '../world.ts';

const MOST_TASKS_PER_RUN = 10;

export function createTaskOperations(world: World): Record<string, Operation> {
  return {
    ListTasks(input) {
      const cluster = findCluster(world, input);
      const service = input['serviceName'];
      const group = service === undefined ? undefined : `service:${findService(cluster, service).name}`;
      const { startedBy, family } = input;
      // "The default task status filter is RUNNING": https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
      const status = input['desiredStatus'] ?? 'RUNNING';
      const found = visibleTasks(world, cluster).filter(
        (task) =>
          task.desiredStatus === status &&
          (group === undefined || task.group === group) &&
          (startedBy === undefined || task.startedBy === startedBy) &&
          (family === undefined || task.taskDefinition.family === family),
      );
      const { page, nextToken } = paginate(found, input, 100);
      return { taskArns: page.map(({ arn }) => arn), nextToken };
    },
    DescribeTasks(input) {
      const cluster = findCluster(world, input);
      const asked = readList(input, 'tasks', 100, 'Tasks');
      const visible = new Map(visibleTasks(world, cluster).map((task) => [task.id, task]));
      const tasks: Json[] = [];
      const failures: Json[] = [];
      for (const each of asked) {
        const task = visible.get(nameOf(each));
        if (task !== undefined) tasks.push(viewTask(task));
        else
          failures.push({ arn: makeArn(world, `task/${cluster.name}/${nameOf(each)}`), reason: 'MISSING' });
      }
      return { tasks, failures };
    },
    StopTask(input) {
      const cluster = findCluster(world, input);
      const task = cluster.tasks.get(nameOf(String(input['task'] ?? '')));
      if (task === undefined) throw invalidParameter('The referenced task was not found.');
      const reason = String(input['reason'] ?? 'Task stopped by user');
      stopTask(world, task, { code: 'UserInitiated', reason });
      return { task: viewTask(task) };
    },
    RunTask: (input) => runTask(world, input),
  };
}

function runTask(world: World, input: Json): Json {
  const cluster = findCluster(world, input);
  const taskDefinition = findUsableTaskDefinition(world, input['taskDefinition']);
  const count = Number(input['count'] ?? 1);
  if (!Number.isInteger(count) || count < 1 || count > MOST_TASKS_PER_RUN) {
    throw invalidParameter(`Count must be between 1 and ${MOST_TASKS_PER_RUN}.`);
  }
  requireNetwork(taskDefinition, input['networkConfiguration']);
  const tasks: Task[] = [];
  const failures: Json[] = [];
  for (let attempt = 1; attempt <= count; attempt += 1) {
    const request: TaskRequest = {
      cluster,
      taskDefinition,
      group: String(input['group'] ?? `family:${taskDefinition.family}`),
      startedBy: input['startedBy'] as string | undefined,
      attempt,
      echo: {
        ...(input['overrides'] === undefined ? {} : { overrides: input['overrides'] }),
        ...(input['tags'] === undefined ? {} : { tags: input['tags'] }),
      },
    };
    const outcome = decideOutcomeOf(world, request);
    // RunTask answers 200 with failures where there is no room. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
    if (outcome.kind === 'cannot-place') failures.push({ reason: outcome.reason });
    else tasks.push(startTask(world, request, outcome));
  }
  return { tasks: tasks.map(viewTask), failures };
}
