import { UserError } from '../message/user-error.ts';
import { chunk } from './chunk.ts';
import type { RolloutObserver } from './ports.ts';
import type { ServiceReference } from './service-reference.ts';
import type { ServiceState } from './service-state.ts';

/** A service that exists, and how it is right now. */
export interface FoundService {
  readonly reference: ServiceReference;
  readonly state: ServiceState;
}

/**
 * Looks up every service before anything is changed.
 *
 * @throws UserError `cluster-not-found`, `service-not-found` naming all that are missing, or `service-unsupported`
 */
export async function findServices(
  observer: RolloutObserver,
  references: readonly ServiceReference[],
): Promise<FoundService[]> {
  const clusters = Map.groupBy(references, ({ cluster }) => cluster);
  const batches = [...clusters.entries()].flatMap(([cluster, members]) =>
    chunk(members, 10).map((batch) => ({ cluster, names: batch.map(({ service }) => service) })),
  );
  const answers = await Promise.all(
    batches.map(async ({ cluster, names }) => ({
      cluster,
      states: await observer.describeServices(cluster, names),
    })),
  );
  const found = references.map((reference) => ({
    reference,
    state: answers
      .filter(({ cluster }) => cluster === reference.cluster)
      .flatMap(({ states }) => states)
      .find(({ name }) => name === reference.service),
  }));
  refuseMissing(found);
  return found.flatMap(({ reference, state }) =>
    state === undefined ? [] : [{ reference, state: supported(state) }],
  );
}

function refuseMissing(
  found: readonly { readonly reference: ServiceReference; readonly state: ServiceState | undefined }[],
): void {
  const missing = found.filter(({ state }) => state?.status !== 'ACTIVE');
  if (missing.length === 0) return;
  const named = missing.map(({ reference, state }) => {
    const why = state === undefined ? 'does not exist' : `is ${state.status}: it is being deleted, or was`;
    return `service ${reference.service} of cluster ${reference.cluster} ${why}`;
  });
  throw new UserError(
    'service-not-found',
    `${sentenceCase(named.join('; '))}. Check the inputs "service" and "cluster", and AWS_REGION.`,
  );
}

function supported(state: ServiceState): ServiceState {
  if (state.controller === 'ECS') return state;
  const instead =
    state.controller === 'CODE_DEPLOY'
      ? 'Services under CodeDeploy are not supported yet; use the ECS deployment controller'
      : 'Their tasks belong to task sets that other software manages; deploy with that';
  throw new UserError(
    'service-unsupported',
    `Service ${state.name} has the deployment controller ${state.controller}. ${instead}.`,
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
