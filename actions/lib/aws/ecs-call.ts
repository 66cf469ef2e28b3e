import { UserError } from '../message/user-error.ts';
import { attempt, isAwsError } from './aws-failure.ts';

/**
 * Runs a call that names a cluster; a missing one, or a service that is gone, becomes a UserError that names it.
 *
 * @throws UserError `cluster-not-found`, `service-not-found`, or what `attempt` throws
 */
export function callEcs<T>(
  operation: string,
  place: { readonly cluster: string; readonly service?: string },
  call: () => Promise<T>,
): Promise<T> {
  const { cluster, service } = place;
  const object = service === undefined ? `cluster ${cluster}` : `service ${service} of cluster ${cluster}`;
  return attempt(`ecs:${operation} on ${object}`, async () => {
    try {
      return await call();
    } catch (cause) {
      if (isAwsError(cause, 'ClusterNotFoundException')) throw clusterNotFound(cluster, cause);
      if (isAwsError(cause, 'ServiceNotFoundException') || isAwsError(cause, 'ServiceNotActiveException')) {
        throw serviceNotFound(service ?? '', cluster, cause);
      }
      throw cause;
    }
  });
}

function clusterNotFound(cluster: string, cause: unknown): UserError {
  return new UserError(
    'cluster-not-found',
    `There is no cluster ${cluster} in this account and region. Check the input "cluster", AWS_REGION, and the role this job assumes.`,
    { cause },
  );
}

function serviceNotFound(service: string, cluster: string, cause: unknown): UserError {
  return new UserError(
    'service-not-found',
    `There is no active service ${service} in cluster ${cluster}. Check the inputs "service" and "cluster".`,
    { cause },
  );
}
