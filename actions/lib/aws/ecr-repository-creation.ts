import { CreateRepositoryCommand, ECRClient, PutLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import type { NewRepository } from '../image/new-repository.ts';
import type { Log } from '../message/log.ts';
import { attempt, awsFailureKind, isAwsError } from './aws-failure.ts';
import { clientConfig } from './client-config.ts';
import type { EcrRepositoryOptions } from './ecr-repository.ts';

/**
 * Creates a repository whose tags stay, which scans what is pushed, is encrypted, and expires nothing that is in use. One
 * that another job has just created is left as it is.
 *
 * @throws UserError when the role may not create it; a lifecycle policy that it may not set is only a warning
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export async function createEcrRepository(
  {
    repository,
    registryId,
    maxRetries,
  }: Pick<EcrRepositoryOptions, 'repository' | 'registryId' | 'maxRetries'>,
  { movingTags, lifecyclePolicy }: NewRepository,
  log: Log,
): Promise<void> {
  const client = new ECRClient(clientConfig({ maxRetries }));
  const target = { repositoryName: repository, ...(registryId === undefined ? {} : { registryId }) };
  const creation = new CreateRepositoryCommand({
    ...target,
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    imageTagMutabilityExclusionFilters: movingTags.map((filter) => ({ filterType: 'WILDCARD', filter })),
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: 'AES256' },
  });
  const created = await attempt(`ecr:CreateRepository of ${repository}`, () =>
    client.send(creation).then(
      () => true,
      (error: unknown) => {
        if (isAwsError(error, 'RepositoryAlreadyExistsException')) return false;
        throw error;
      },
    ),
  );
  if (!created) return;
  log.info(`Created the repository ${repository}; its tags stay, but for ${movingTags.join(', ')}`);
  if (lifecyclePolicy === undefined) return;
  const policy = new PutLifecyclePolicyCommand({ ...target, lifecyclePolicyText: lifecyclePolicy });
  await attempt(`ecr:PutLifecyclePolicy on repository ${repository}`, () =>
    client.send(policy).catch((error: unknown) => {
      if (awsFailureKind(error) !== 'access-denied') throw error;
      log.warning(
        `The new repository ${repository} has no lifecycle policy: the role may not call ecr:PutLifecyclePolicy.`,
      );
    }),
  );
}
