import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { UserError } from '../message/user-error.ts';
import type { Clock } from '../rollout/clock.ts';
import type { RevisionStore } from '../rollout/revision-store.ts';
import type { TaskDefinition } from '../taskdef/task-definition.ts';
import { attempt } from './aws-failure.ts';

export function createRevisionStore(
  client: ECSClient,
  options: { readonly clock: Clock; readonly random: () => number; readonly maxRetries: number },
): RevisionStore {
  return {
    async describeTaskDefinition(nameOrArn) {
      const answer = await attempt(`ecs:DescribeTaskDefinition on ${nameOrArn}`, async () => {
        try {
          return await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: nameOrArn }));
        } catch (error) {
          throw explainMissing(error, nameOrArn);
        }
      });
      const { taskDefinition } = answer;
      return {
        arn: taskDefinition?.taskDefinitionArn ?? nameOrArn,
        status: taskDefinition?.status ?? '',
        definition: JSON.parse(JSON.stringify(taskDefinition ?? {})) as TaskDefinition,
      };
    },
    async registerTaskDefinition(definition) {
      // What ECS would refuse has been checked against the SDK's own model.
      const input = definition as unknown as RegisterTaskDefinitionCommandInput;
      const family = String(definition['family']);
      const answer = await attempt(`ecs:RegisterTaskDefinition of family ${family}`, () =>
        retryConcurrent(options, () => client.send(new RegisterTaskDefinitionCommand(input))),
      );
      const arn = answer.taskDefinition?.taskDefinitionArn;
      if (arn === undefined) {
        throw new UserError('request-rejected', `ECS registered ${family} but named no revision.`);
      }
      return arn;
    },
  };
}

// "Unable to describe task definition." is a ClientException; so is a revision that never was.
function explainMissing(error: unknown, nameOrArn: string): unknown {
  if (!(error instanceof Error) || !/unable to describe task definition/i.test(error.message)) return error;
  return new UserError(
    'task-definition-not-found',
    `There is no task definition ${nameOrArn} in this account and region. Check the input "task-definition".`,
    { cause: error },
  );
}

/**
 * Two registrations of one family at a time collide in a ClientException that the SDK does not retry.
 * https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/258
 */
async function retryConcurrent<T>(
  { clock, random, maxRetries }: { clock: Clock; random: () => number; maxRetries: number },
  call: () => Promise<T>,
): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await call();
    } catch (error) {
      const isCollision = error instanceof Error && /too many concurrent attempts/i.test(error.message);
      if (!isCollision || retries >= maxRetries) throw error;
      await clock.sleep(500 * 2 ** retries * (0.5 + random()));
    }
  }
}
