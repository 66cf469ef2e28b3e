import type { Operation, Service } from '../server/service.ts';
import { readList } from './ecr-input.ts';
import type { EcrWorld } from './ecr-world.ts';
import { imageOperations } from './image-operations.ts';
import { layerOperations } from './layer-operations.ts';
import { policyOperations } from './policy-operations.ts';
import { repositoryOperations } from './repository-operations.ts';
import { scanOperations } from './scan-operations.ts';

/** Amazon ECR's API over the same store as the registry under `/v2/`. */
export function createEcrService(world: EcrWorld): Service {
  return {
    signingName: 'ecr',
    protocol: { kind: 'json', targetPrefix: 'AmazonEC2ContainerRegistry_V20150921' },
    operations: {
      GetAuthorizationToken: getAuthorizationToken(world),
      ...repositoryOperations(world),
      ...policyOperations(world),
      ...imageOperations(world),
      ...layerOperations(world),
      ...scanOperations(world),
    },
  };
}

// The token is good for every registry the caller may reach; only the host differs.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
function getAuthorizationToken(world: EcrWorld): Operation {
  return (input, { now, region }) => {
    const asked = readList<string>(input, 'registryIds');
    const registryIds = asked.length === 0 ? [world.store.registryId] : asked;
    const { password, expiresAt } = world.logins.issue(now);
    return {
      authorizationData: registryIds.map((id) => ({
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: new Date(expiresAt),
        proxyEndpoint:
          id === world.store.registryId ? world.endpoint() : `https://${id}.dkr.ecr.${region}.amazonaws.com`,
      })),
    };
  };
}
