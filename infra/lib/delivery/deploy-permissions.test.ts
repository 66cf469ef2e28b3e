import { describe, expect, it } from '@jest/globals';
import { prod } from '../../config/prod.ts';
import { mostApps, permitDeploy } from './deploy-permissions.ts';
import { permitSites } from './permissions.ts';

/** The longest names that the configuration accepts, in the region with the longest name. */
const place = { partition: 'aws-us-gov', account: '111122223333', region: 'ap-southeast-11' };
const longest = Object.fromEntries(
  Array.from({ length: mostApps }, (_, index) => [
    `a${String(index).padStart(2, '0')}`.padEnd(20, 'x'),
    prod.apps['clients']!,
  ]),
);
const permissions = permitDeploy({ ...prod, name: 'staged', apps: longest }, place);

/** IAM counts characters without white space. */
const measure = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;

describe('permitDeploy', () => {
  it('stays within IAM’s quotas with as many apps as are accepted, all with the longest names', () => {
    expect(permissions.byApps).toHaveLength(10);
    for (const statements of permissions.byApps) expect(measure(statements)).toBeLessThanOrEqual(6144);
    const sites = Array.from({ length: 5 }, (_, index) => `arn:aws:s3:::${'x'.repeat(60)}${index}`);
    const own = [...permissions.shared, ...permitSites({ buckets: sites, distributions: sites })];
    expect(measure(own)).toBeLessThanOrEqual(10_240);
  });

  it('gives every app its statements exactly once', () => {
    const updates = permissions.byApps.flat().filter(({ Action }) => Action.includes('ecs:UpdateService'));
    const services = updates.flatMap(({ Resource = [] }) => Resource.map((arn) => arn.split('/').at(-1)));
    expect(services.sort()).toEqual(Object.keys(longest).sort());
  });

  it('names every statement of a policy differently', () => {
    for (const statements of [permissions.shared, ...permissions.byApps]) {
      const ids = statements.map(({ Sid }) => Sid);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]+$/);
    }
  });
});
