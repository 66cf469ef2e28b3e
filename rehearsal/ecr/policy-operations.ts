import type { Repository } from '../registry/repository.ts';
import { AwsError, type Operation } from '../server/service.ts';
import { invalidParameter, nameRepository, readRepository, readText } from './ecr-input.ts';
import type { EcrWorld } from './ecr-world.ts';

/** Lifecycle and repository policies: kept and given back, never carried out. */
export function policyOperations(world: EcrWorld): Record<string, Operation> {
  return {
    PutLifecyclePolicy(input, { now }) {
      const repository = readRepository(world, input);
      const text = readPolicy(readText(input, 'lifecyclePolicyText'), 'LifecyclePolicyText');
      repository.lifecyclePolicy = { text, evaluatedAt: now };
      return { ...nameRepository(repository), lifecyclePolicyText: text };
    },
    GetLifecyclePolicy(input) {
      const repository = readRepository(world, input);
      const { text, evaluatedAt } = requireLifecyclePolicy(repository);
      return {
        ...nameRepository(repository),
        lifecyclePolicyText: text,
        lastEvaluatedAt: new Date(evaluatedAt),
      };
    },
    DeleteLifecyclePolicy(input) {
      const repository = readRepository(world, input);
      const { text } = requireLifecyclePolicy(repository);
      repository.lifecyclePolicy = undefined;
      return { ...nameRepository(repository), lifecyclePolicyText: text };
    },
    SetRepositoryPolicy(input) {
      const repository = readRepository(world, input);
      repository.policyText = readPolicy(readText(input, 'policyText'), 'PolicyText');
      return { ...nameRepository(repository), policyText: repository.policyText };
    },
    GetRepositoryPolicy(input) {
      const repository = readRepository(world, input);
      return { ...nameRepository(repository), policyText: requireRepositoryPolicy(repository) };
    },
    DeleteRepositoryPolicy(input) {
      const repository = readRepository(world, input);
      const policyText = requireRepositoryPolicy(repository);
      repository.policyText = undefined;
      return { ...nameRepository(repository), policyText };
    },
  };
}

function readPolicy(text: string, name: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw invalidParameter(name, 'Invalid JSON syntax');
  }
}

function requireLifecyclePolicy(repository: Repository): { text: string; evaluatedAt: number } {
  if (repository.lifecyclePolicy !== undefined) return repository.lifecyclePolicy;
  throw new AwsError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}

function requireRepositoryPolicy(repository: Repository): string {
  if (repository.policyText !== undefined) return repository.policyText;
  throw new AwsError(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}
