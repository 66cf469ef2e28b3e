/** A resource that differs from its template, as CloudFormation's drift detection tells it. */
export interface DriftedResource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly status: 'MODIFIED' | 'DELETED';
  /** JSON paths of what differs, for example `/Actions/0/ForwardConfig/TargetGroups/0/Weight`. */
  readonly paths: readonly string[];
}

/**
 * What others own by design: ECS moves the weights of blue/green rules, the deploy action the task
 * definition, auto scaling the desired count. None of it is drift.
 */
const ownedElsewhere: readonly { readonly type: string; readonly path: RegExp }[] = [
  { type: 'AWS::ElasticLoadBalancingV2::ListenerRule', path: /^\/Actions(\/|$)/ },
  { type: 'AWS::ECS::Service', path: /^\/(TaskDefinition|DesiredCount)(\/|$)/ },
];

/** One sentence for each thing that somebody changed by hand. */
export function explainDrift(resources: readonly DriftedResource[]): string[] {
  return resources.flatMap(({ stack, id, type, status, paths }) => {
    if (status === 'DELETED') return [`${stack}: ${type} ${id} was deleted outside CloudFormation.`];
    const foreign = paths.filter(
      (path) => !ownedElsewhere.some((owned) => owned.type === type && owned.path.test(path)),
    );
    return foreign.length === 0
      ? []
      : [`${stack}: ${type} ${id} was changed by hand at ${foreign.join(', ')}.`];
  });
}

/** An app's revisions: what runs, what the family's name would give, what was recorded as deployed. */
export interface AppRevisions {
  readonly app: string;
  readonly running: string | undefined;
  readonly newest: string | undefined;
  readonly recorded: string | undefined;
}

/** One sentence for each broken invariant of DESIGN §6. */
export function explainRevisions({ app, running, newest, recorded }: AppRevisions): string[] {
  if (running === undefined) return [`${app}: the service does not exist.`];
  const problems: string[] = [];
  if (newest !== running) {
    problems.push(
      `${app}: runs ${shorten(running)}, but the newest revision is ${shorten(newest)}; any edit of the service would roll it out. Deregister it, or deploy it.`,
    );
  }
  if (recorded !== undefined && recorded !== running) {
    problems.push(
      `${app}: runs ${shorten(running)}, but ${shorten(recorded)} was recorded as deployed; somebody deployed around the pipeline.`,
    );
  }
  return problems;
}

function shorten(arn: string | undefined): string {
  return arn?.replace(/^.*task-definition\//, '') ?? 'missing';
}
