import { describe, expect, it } from '@jest/globals';
import { findServices } from './find-services.ts';
import { createFakePorts, createFakeWorld, deployment, serviceState } from './fixtures.ts';
import type { ServiceState } from './service-state.ts';

const web = { cluster: 'prod', service: 'web' };

function find(service: ServiceState | undefined): ReturnType<typeof findServices> {
  return findServices(createFakePorts(createFakeWorld({ service })).observer, [web]);
}

describe('findServices', () => {
  it('answers in the order asked, ten services a call and cluster by cluster', async () => {
    const calls: number[] = [];
    const references = Array.from({ length: 23 }, (_, index) => ({
      cluster: index < 12 ? 'a' : 'b',
      service: `s${index}`,
    }));
    const observer = {
      ...createFakePorts(createFakeWorld()).observer,
      async describeServices(_cluster: string, names: readonly string[]) {
        calls.push(names.length);
        return names.map((name) => ({ ...serviceState([deployment(1)]), name })).toReversed();
      },
    };
    const found = await findServices(observer, references);
    expect(found.map(({ reference, state }) => [reference.service, state.name])).toEqual(
      references.map(({ service }) => [service, service]),
    );
    expect(calls).toEqual([10, 2, 10, 1]);
  });

  it.each<[string, ServiceState | undefined, string, string]>([
    ['is missing', undefined, 'service-not-found', 'does not exist'],
    ['was deleted', serviceState([], { status: 'INACTIVE' }), 'service-not-found', 'INACTIVE'],
    ['is being deleted', serviceState([], { status: 'DRAINING' }), 'service-not-found', 'DRAINING'],
    [
      'belongs to CodeDeploy',
      serviceState([], { controller: 'CODE_DEPLOY' }),
      'service-unsupported',
      'CODE_DEPLOY',
    ],
    [
      'belongs to other software',
      serviceState([], { controller: 'EXTERNAL' }),
      'service-unsupported',
      'EXTERNAL',
    ],
  ])('refuses a service that %s', async (_what, service, code, words) => {
    await expect(find(service)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
