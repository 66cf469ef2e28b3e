import { UserError } from '../message/user-error.ts';
import { lastPart } from './rollout.ts';

/** A service as the user names it. */
export interface ServiceReference {
  /** A name or an ARN. */
  readonly cluster: string;
  /** The name. */
  readonly service: string;
}

const serviceName = /^[\w-]{1,255}$/;
// arn:aws:ecs:region:account:service/cluster/name; the cluster is missing from ARNs of before 2018.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids
const serviceArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:service\/(?:([\w-]+)\/)?([\w-]+)$/;

/**
 * Reads the services an input names: names in the cluster given, or ARNs, which carry their cluster.
 *
 * @throws UserError `input-invalid` for what is neither, for none at all, and for one that is named twice
 */
export function parseServices(items: readonly string[], cluster: string): ServiceReference[] {
  if (items.length === 0) throw invalid('is required: give the name or ARN of at least one service');
  const references = items.map((item) => parseService(item, cluster));
  const keys = references.map((reference) => `${lastPart(reference.cluster)}/${reference.service}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw invalid(`names service ${twice} twice`);
  return references;
}

function parseService(item: string, cluster: string): ServiceReference {
  const [, clusterOfArn, nameOfArn] = serviceArn.exec(item) ?? [];
  if (nameOfArn !== undefined) return { cluster: clusterOfArn ?? cluster, service: nameOfArn };
  if (serviceName.test(item)) return { cluster, service: item };
  throw invalid(`expects names or ARNs of services, got "${item.slice(0, 80)}"`);
}

function invalid(problem: string): UserError {
  return new UserError('input-invalid', problem);
}
