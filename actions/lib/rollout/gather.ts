import { cleanRemoteLine, cleanRemoteText } from '../message/remote-text.ts';
import type { Access } from './access.ts';
import { chunk } from './chunk.ts';
import type { Evidence } from './evidence.ts';
import { findFailedHook } from './failed-hook.ts';
import { groupFailures } from './failure-group.ts';
import { isSick } from './gather-targets.ts';
import type { ContainerSettings, RolloutPorts } from './ports.ts';
import { lastPart } from './rollout.ts';
import type { ServiceEvent } from './service-state.ts';
import type { TaskState } from './task-state.ts';
import { ownServiceDeployment, ownStoppedTasks, type Watch } from './watch.ts';

/** Reads the service's stopped tasks that are not known yet; answers how many calls it took. */
export async function readStoppedTasks(watch: Watch, ports: RolloutPorts, access: Access): Promise<number> {
  const { cluster, service } = watch.rollout;
  let calls = 0;
  await access.try('tasks', async () => {
    calls += 1;
    const arns = await ports.tasks.listTasks(cluster, service, 'STOPPED');
    // One that is still stopping has no exit codes yet.
    const open = arns.filter((arn) => watch.stoppedTasks.get(arn)?.lastStatus !== 'STOPPED');
    for (const batch of chunk(open, 100)) {
      calls += 1;
      for (const task of await ports.tasks.describeTasks(cluster, batch))
        watch.stoppedTasks.set(task.arn, task);
    }
  });
  return calls;
}

/** Reads the tasks of this rollout that should run. */
export async function readRunningTasks(watch: Watch, ports: RolloutPorts, access: Access): Promise<void> {
  const { cluster, service, deploymentId } = watch.rollout;
  const tasks = await access.try('tasks', async () => {
    const arns = await ports.tasks.listTasks(cluster, service, 'RUNNING');
    const states = chunk(arns, 100).map((batch) => ports.tasks.describeTasks(cluster, batch));
    return (await Promise.all(states)).flat();
  });
  watch.runningTasks = (tasks ?? []).filter(({ startedBy }) => startedBy === deploymentId);
}

/** Settings of the new revision's containers, read once; none when they may not be read. */
export async function readContainers(
  watch: Watch,
  ports: RolloutPorts,
  access: Access,
): Promise<readonly ContainerSettings[]> {
  const arn = watch.rollout.taskDefinitionArn;
  if (watch.containers !== undefined || arn === undefined) return watch.containers ?? [];
  watch.containers = await access.try('task-definitions', () => ports.tasks.describeContainers(arn));
  return watch.containers ?? [];
}

/** Reads the last `limit` log lines of the container that failed, or of the one that does not become healthy. */
export async function readLogTail(
  watch: Watch,
  ports: RolloutPorts,
  access: Access,
  limit: number,
): Promise<void> {
  const subject = findLogSubject(watch);
  const isRead = watch.logTail !== undefined && watch.logTail.lines.length > 0;
  if (limit === 0 || subject === undefined || isRead) return;
  const { container, taskArns } = subject;
  const log = (await readContainers(watch, ports, access)).find(({ name }) => name === container)?.log;
  if (log === undefined) return;
  const [newest = ''] = taskArns;
  if (log.group === undefined) {
    const where = `log driver ${log.driver}: look where it sends the logs of container ${container}`;
    watch.logTail = { container, taskId: lastPart(newest), where, lines: [] };
    return;
  }
  // The newest task's lines may not have arrived yet; those of an identical failure before it have.
  for (const arn of taskArns.slice(0, 3)) {
    const stream = {
      group: log.group,
      stream: `${log.prefix}/${container}/${lastPart(arn)}`,
      region: log.region,
    };
    const lines = (await access.try('logs', () => ports.logs.readTail(stream, limit))) ?? [];
    const where = `log group ${stream.group}, stream ${stream.stream}`;
    watch.logTail = { container, taskId: lastPart(arn), where, lines: lines.flatMap(cleanLogLine) };
    if (lines.length > 0) return;
  }
}

interface LogSubject {
  readonly container: string;
  readonly taskArns: readonly string[];
}

function findLogSubject(watch: Watch): LogSubject | undefined {
  const [group] = groupFailures(ownStoppedTasks(watch)).filter(
    ({ lifetimeSeconds }) => lifetimeSeconds !== undefined,
  );
  if (group?.container !== undefined) return { container: group.container, taskArns: group.taskArns };
  const running = watch.runningTasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const container =
    running.flatMap(({ containers }) => containers).find(({ healthStatus }) => healthStatus === 'UNHEALTHY')
      ?.name ?? watch.targetHealth.find(isSick)?.containerName;
  return container === undefined || running.length === 0
    ? undefined
    : { container, taskArns: running.map(({ arn }) => arn) };
}

const longestLine = 2000;

function cleanLogLine(line: string): string[] {
  return cleanRemoteText(line)
    .split('\n')
    .map((part) => (part.length <= longestLine ? part : `${part.slice(0, longestLine)}…`));
}

/** All that the watch knows, as evidence. */
export function buildEvidence(watch: Watch, access: Access): Evidence {
  const running = watch.runningTasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const serviceDeployment = ownServiceDeployment(watch);
  return {
    failures: groupFailures(ownStoppedTasks(watch)),
    logTail: watch.logTail,
    targetHealth: watch.targetHealth,
    circuitBreaker: serviceDeployment?.circuitBreaker,
    triggeredAlarms: (serviceDeployment?.triggeredAlarms ?? []).map((name) => cleanRemoteLine(name)),
    failedHook: findFailedHook(serviceDeployment),
    events: ownEvents(watch),
    runningTasks: running.length,
    unhealthyTasks: running.filter(({ healthStatus }) => healthStatus === 'UNHEALTHY').length,
    gaps: access.gaps,
  };
}

/** Service events since our deployment began, oldest first, cleaned for printing. */
export function ownEvents({ snapshot, rollout }: Watch): ServiceEvent[] {
  return (snapshot.service?.events ?? [])
    .filter(({ createdAt }) => createdAt >= rollout.createdAt)
    .map((event) => ({ ...event, message: cleanRemoteLine(event.message) }))
    .toSorted((a, b) => a.createdAt - b.createdAt);
}

/** The newest time of AWS's clock that anything in the watch carries. */
export function newestTime(watch: Watch): number {
  const times = (task: TaskState): (number | undefined)[] => [
    task.startedAt,
    task.stoppingAt,
    task.stoppedAt,
  ];
  const all = [
    ...[...watch.stoppedTasks.values(), ...watch.runningTasks].flatMap(times),
    ...(watch.snapshot.service?.events ?? []).slice(0, 5).map(({ createdAt }) => createdAt),
  ];
  return all.reduce<number>((newest, time) => Math.max(newest, time ?? 0), watch.rollout.createdAt);
}
