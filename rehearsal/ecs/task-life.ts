import { createTask, decideOutcomeOf, fakeDigest, type TaskRequest } from './create-task.ts';
import type { TaskOutcome } from './outcome.ts';
import { announceRegistered } from './service-events.ts';
import {
  imageNotFoundReason,
  logGroupMissingReason,
  outOfMemoryReason,
  spotInterruption,
} from './stop-reasons.ts';
import type { Task } from './task.ts';
import { startContainerChecks, watchTarget } from './task-health.ts';
import { goOn, setStatus, targetsOf, tell } from './task-steps.ts';
import { exitContainer, failStart, stopTask } from './task-stop.ts';
import type { TargetProbe, World } from './world.ts';

/**
 * Starts a task. It then lives by itself on the clock, PROVISIONING → PENDING → ACTIVATING → RUNNING → DEACTIVATING →
 * STOPPING → DEPROVISIONING → STOPPED.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function startTask(world: World, request: TaskRequest, outcome: TaskOutcome): Task {
  const task = createTask(world, request, outcome);
  if (outcome.kind !== 'hangs') {
    goOn(world, task, outcome.provisionSeconds ?? world.times.provisionSeconds, () =>
      pullImages(world, task),
    );
  }
  return task;
}

function pullImages(world: World, task: Task): void {
  const { outcome } = task;
  setStatus(task, 'PENDING');
  const reason = outcome.kind === 'fails-to-start' ? outcome.reason : findMissingLogGroup(world, task);
  if (reason !== undefined) {
    failStart(world, task, reason);
    return;
  }
  task.pullStartedAt = world.clock.now();
  goOn(world, task, outcome.pullSeconds ?? world.times.pullSeconds, () => startContainers(world, task));
}

function findMissingLogGroup(world: World, task: Task): string | undefined {
  const missing = task.taskDefinition.containers.some(
    ({ awslogs }) => awslogs !== undefined && !awslogs.createGroup && !world.logs.groupExists(awslogs.group),
  );
  return missing ? logGroupMissingReason() : undefined;
}

function startContainers(world: World, task: Task): void {
  const { outcome } = task;
  task.pullStoppedAt = world.clock.now();
  const reason = outcome.kind === 'cannot-pull' ? outcome.reason : findMissingImage(world, task);
  if (reason !== undefined) {
    failStart(world, task, reason);
    return;
  }
  goOn(world, task, outcome.startSeconds ?? world.times.startSeconds, () => activate(world, task));
}

function findMissingImage(world: World, task: Task): string | undefined {
  const absent = task.containers.find(({ image }) => world.imageExists(image) === false);
  return absent === undefined ? undefined : imageNotFoundReason(absent.image);
}

function activate(world: World, task: Task): void {
  setStatus(task, 'ACTIVATING');
  for (const container of task.containers) {
    container.lastStatus = 'RUNNING';
    container.imageDigest ??= `sha256:${fakeDigest(container.image)}`;
  }
  goOn(world, task, 1, () => run(world, task));
}

/** RUNNING: the containers run, their logs flow, health checks and whatever the outcome has in store begin. */
function run(world: World, task: Task): void {
  const { outcome } = task;
  setStatus(task, 'RUNNING');
  task.startedAt = world.clock.now();
  writeLogs(world, task);
  tell(world, task, { kind: 'running' });
  const ready = (outcome.readySeconds ?? world.times.readySeconds) * 1000;
  joinTargets(
    world,
    task,
    outcome.kind === 'unhealthy-target'
      ? { kind: 'fails', reasonCode: outcome.reasonCode, description: outcome.description }
      : { kind: 'passes', fromMilliseconds: world.clock.now() + ready },
  );
  startContainerChecks(world, task);
  scheduleEnd(world, task);
}

/** A task that has been running, healthy, since before anybody looked. */
export function placeRunningTask(world: World, request: TaskRequest): Task {
  const task = createTask(world, request, decideOutcomeOf(world, request));
  const now = world.clock.now();
  task.pullStartedAt = now;
  task.pullStoppedAt = now;
  task.startedAt = now;
  setStatus(task, 'RUNNING');
  for (const container of task.containers) {
    container.lastStatus = 'RUNNING';
    container.imageDigest ??= `sha256:${fakeDigest(container.image)}`;
    const definition = task.taskDefinition.containers.find(({ name }) => name === container.name);
    if (definition?.healthCheck !== undefined) container.healthStatus = 'HEALTHY';
  }
  task.settled = true;
  task.healthy = true;
  task.everHealthy = true;
  writeLogs(world, task);
  joinTargets(world, task, { kind: 'passes', fromMilliseconds: now, already: true });
  return task;
}

function joinTargets(world: World, task: Task, probe: TargetProbe): void {
  for (const { targetGroupArn, target } of targetsOf(task)) {
    if (!world.targets.exists(targetGroupArn)) continue;
    task.targets.set(targetGroupArn, 'initial');
    if (task.service !== undefined) announceRegistered(world, task.service, targetGroupArn);
    world.targets.register(targetGroupArn, target, probe, (health) =>
      watchTarget(world, task, { targetGroupArn, port: target.port }, health),
    );
  }
}

function scheduleEnd(world: World, task: Task): void {
  const { outcome } = task;
  switch (outcome.kind) {
    case 'exits':
      goOn(world, task, outcome.afterSeconds, () => exitContainer(world, task, outcome.exitCode, outcome));
      return;
    case 'out-of-memory':
      goOn(world, task, outcome.afterSeconds, () =>
        exitContainer(world, task, 137, { reason: outOfMemoryReason }),
      );
      return;
    case 'spot-interrupted':
      goOn(world, task, outcome.afterSeconds, () => stopTask(world, task, spotInterruption));
      return;
    case 'healthy':
    case 'cannot-pull':
    case 'cannot-place':
    case 'fails-to-start':
    case 'unhealthy-container':
    case 'unhealthy-target':
    case 'hangs':
      task.next = undefined;
  }
}

function writeLogs(world: World, task: Task): void {
  const lines = task.outcome.logLines;
  if (lines === undefined) return;
  for (const { name, awslogs } of task.taskDefinition.containers) {
    if (awslogs === undefined) continue;
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html (awslogs-stream-prefix)
    const stream = awslogs.prefix === undefined ? task.id : `${awslogs.prefix}/${name}/${task.id}`;
    world.logs.write(awslogs.group, stream, lines);
  }
}
