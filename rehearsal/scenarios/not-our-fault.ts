import { afterRolloutStarts, scriptNewTasks } from './new-tasks.ts';
import type { Scenario, Stage } from './scenario.ts';

// None of these is the new revision's fault, so nothing gives it up early: the wait runs out. The action's minutes are the wall's.
const shortWait = { 'timeout-minutes': '0.15' };

export const noCapacity: Scenario = {
  name: 'no-capacity',
  description: 'Fargate has no room for the new tasks.',
  deployInputs: shortWait,
  expected: { verdict: 'timed-out', cause: 'no-capacity', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'cannot-place',
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
      reason:
        'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    });
  },
};

export const noAddresses: Scenario = {
  name: 'no-addresses',
  description: 'The subnet has no free addresses left.',
  deployInputs: shortWait,
  expected: { verdict: 'timed-out', cause: 'no-addresses', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, {
      kind: 'fails-to-start',
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
      reason:
        "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0rehearsal0000000': InsufficientFreeAddressesInSubnet",
    });
  },
};

export const spotInterruption: Scenario = {
  name: 'spot-interruption',
  description: 'Every new task runs on Spot capacity and is interrupted.',
  deployInputs: shortWait,
  expected: { verdict: 'timed-out', cause: 'spot-interruption', exitCode: 1 },
  prepare(stage) {
    scriptNewTasks(stage, { kind: 'spot-interrupted', afterSeconds: 3 });
  },
};

export const taskStoppedByUser: Scenario = {
  name: 'task-stopped-by-user',
  description: 'Somebody stops the new tasks by hand, again and again.',
  deployInputs: shortWait,
  expected: { verdict: 'timed-out', cause: 'task-stopped-by-user', exitCode: 1 },
  prepare(stage) {
    afterRolloutStarts(stage, 1, (deploymentId) => stopTasks(stage, deploymentId));
  },
};

const LOOK_MILLISECONDS = 4000;

/** Stops whatever runs of a deployment, every few seconds. */
function stopTasks(stage: Stage, deploymentId: string): void {
  const { rehearsal, cluster } = stage;
  const stop = async (): Promise<void> => {
    const { taskArns } = await rehearsal.call('ecs', 'ListTasks', { cluster, startedBy: deploymentId });
    for (const task of taskArns as string[]) {
      await rehearsal.call('ecs', 'StopTask', { cluster, task, reason: 'Task stopped by user' });
    }
    rehearsal.clock.after(LOOK_MILLISECONDS, () => void stop());
  };
  void stop();
}
