import type { RepositoryIdentity } from '../lib/config/environment-config.ts';

/**
 * The repository that may deploy. The ids come from
 * `gh api repos/OWNER/NAME --jq '{id, owner: .owner.id}'`; `infra:deploy` refuses these placeholders.
 */
export const repository: RepositoryIdentity = {
  owner: 'OWNER',
  ownerId: '1000001',
  name: 'slipway',
  id: '2000002',
};
