import { AwsError } from '../server/service.ts';
import { afterRolloutStarts } from './new-tasks.ts';
import type { Scenario, Stage } from './scenario.ts';

/** From a moment of the rollout on, every call to ECS fails. */
function refuseCalls(stage: Stage, error: AwsError): void {
  afterRolloutStarts(stage, 10, () => {
    stage.rehearsal.faults.push({ service: 'ecs', operation: '*', fault: { error } });
  });
}

export const accessDenied: Scenario = {
  name: 'access-denied',
  description: 'The role loses its permissions on ECS while the action waits.',
  expected: { verdict: 'failed', cause: 'access-denied', exitCode: 1 },
  prepare(stage) {
    refuseCalls(
      stage,
      new AwsError(
        'AccessDeniedException',
        'User: arn:aws:sts::123456789012:assumed-role/deploy/run is not authorized to perform this action with an explicit deny in a service control policy',
      ),
    );
  },
};

export const credentialsExpired: Scenario = {
  name: 'credentials-expired',
  description: "The role session ends before the deployment does, and can't be renewed.",
  expected: { verdict: 'failed', cause: 'credentials-expired', exitCode: 1 },
  prepare(stage) {
    refuseCalls(
      stage,
      new AwsError('ExpiredTokenException', 'The security token included in the request is expired'),
    );
  },
};

export const throttled: Scenario = {
  name: 'throttled',
  description: 'ECS throttles every call until the wait runs out.',
  deployInputs: { 'timeout-minutes': '0.15' },
  expected: { verdict: 'timed-out', cause: 'throttled', exitCode: 1 },
  prepare(stage) {
    refuseCalls(stage, new AwsError('ThrottlingException', 'Rate exceeded'));
  },
};

export const clusterNotFound: Scenario = {
  name: 'cluster-not-found',
  description: 'The cluster is deleted with all that is in it while the action waits.',
  expected: { verdict: 'failed', cause: 'cluster-not-found', exitCode: 1 },
  prepare(stage) {
    refuseCalls(stage, new AwsError('ClusterNotFoundException', 'Cluster not found.'));
  },
};

export const serviceNotFound: Scenario = {
  name: 'service-not-found',
  description: 'The service is deleted while the action waits.',
  expected: { verdict: 'failed', cause: 'service-not-found', exitCode: 1 },
  prepare(stage) {
    const { rehearsal, cluster, service } = stage;
    afterRolloutStarts(stage, 10, () => {
      void rehearsal.call('ecs', 'DeleteService', { cluster, service, force: true });
    });
  },
};
