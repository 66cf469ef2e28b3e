import type { Operation } from '../../server/service.ts';
import { nameOf, paginate, readTags } from '../lookup.ts';
import type { Cluster } from '../state.ts';
import { viewCluster } from '../views.ts';
import { invalidParameter, makeArn, type World } from '../world.ts';

/** Makes a cluster, or gives back the one that has the name already, as CreateCluster does. */
export function ensureCluster(world: World, name: string): Cluster {
  const known = world.state.clusters.get(name);
  if (known !== undefined) return known;
  if (!/^[a-zA-Z][a-zA-Z0-9_-]{0,254}$/.test(name)) throw invalidParameter(`Invalid cluster name: ${name}`);
  const cluster: Cluster = {
    name,
    arn: makeArn(world, `cluster/${name}`),
    services: new Map(),
    tasks: new Map(),
    tags: [],
  };
  world.state.clusters.set(name, cluster);
  return cluster;
}

export function createClusterOperations(world: World): Record<string, Operation> {
  return {
    CreateCluster(input) {
      const cluster = ensureCluster(world, String(input['clusterName'] ?? 'default'));
      if (input['tags'] !== undefined) cluster.tags = readTags(input['tags']);
      return { cluster: viewCluster(cluster) };
    },
    DescribeClusters(input) {
      const asked = (input['clusters'] as string[] | undefined) ?? ['default'];
      const found: Cluster[] = [];
      const failures: { arn: string; reason: string }[] = [];
      for (const each of asked) {
        const cluster = world.state.clusters.get(nameOf(each));
        if (cluster !== undefined) found.push(cluster);
        else failures.push({ arn: makeArn(world, `cluster/${nameOf(each)}`), reason: 'MISSING' });
      }
      return { clusters: found.map(viewCluster), failures };
    },
    ListClusters(input) {
      const { page, nextToken } = paginate([...world.state.clusters.values()], input, 100);
      return { clusterArns: page.map(({ arn }) => arn), nextToken };
    },
  };
}
