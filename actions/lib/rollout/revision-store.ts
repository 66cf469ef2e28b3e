import type { TaskDefinition } from '../taskdef/task-definition.ts';

/** Task definition revisions, as deploying needs them. */
export interface RevisionStore {
  /** @throws UserError `task-definition-not-found` */
  describeTaskDefinition(nameOrArn: string): Promise<DescribedRevision>;
  /** Registers a new revision and answers its ARN. */
  registerTaskDefinition(definition: TaskDefinition): Promise<string>;
}

export interface DescribedRevision {
  readonly arn: string;
  /** `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`. */
  readonly status: string;
  readonly definition: TaskDefinition;
}
