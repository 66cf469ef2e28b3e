/** One service's deployment that we follow. */
export interface Rollout {
  /** As the user wrote it: a name or an ARN. */
  readonly cluster: string;
  /** The service's name. */
  readonly service: string;
  /** `ecs-svc/<number>`: from UpdateService's answer, or of the deployment that was found in progress. */
  readonly deploymentId: string;
  /** When AWS created that deployment, epoch milliseconds of AWS's clock. */
  readonly createdAt: number;
  /** Known at once when the user gave it; otherwise found while waiting. */
  readonly serviceDeploymentArn: string | undefined;
  readonly taskDefinitionArn: string | undefined;
  /** Somebody else started it: a cancelled run leaves it alone. */
  readonly isForeign?: true;
  /** What ran before; undefined when that is not known. */
  readonly previousTaskDefinitionArn: string | undefined;
}

/** `web:42` of `arn:aws:ecs:eu-west-1:111122223333:task-definition/web:42`. */
export function taskDefinitionName(arn: string | undefined): string {
  return arn === undefined ? 'an unknown task definition' : arn.slice(arn.lastIndexOf('/') + 1);
}

/** The last part of an ARN or path: a task's id, a service's or cluster's name. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
