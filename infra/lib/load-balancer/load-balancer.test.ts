import { describe, expect, it } from '@jest/globals';
import { readIngressEdges } from '../template/network-graph.ts';
import { createTestStack, importTestVpc, readTemplate, testSubnets } from '../template/test-stack.ts';
import { findResources } from '../template/walk.ts';
import { LoadBalancer } from './load-balancer.ts';

function build(change: { readonly internal: boolean; readonly certificateArn?: string }) {
  const stack = createTestStack();
  const { seam } = new LoadBalancer(stack, 'LoadBalancer', {
    vpc: importTestVpc(stack),
    cidr: '10.9.0.0/16',
    deletionProtection: false,
    logBucketName: 'logs',
    logPrefix: 'test',
    ...change,
  });
  const templates = readTemplate(stack);
  const listeners = findResources(templates, 'AWS::ElasticLoadBalancingV2::Listener').map(
    ({ properties }) => `${String(properties['Port'])} ${String(properties['Protocol'])}`,
  );
  return { seam, templates, listeners };
}

describe('LoadBalancer', () => {
  it('without a certificate speaks HTTP on 80 and shows the green side on 8080', () => {
    const { listeners, seam } = build({ internal: false });
    expect(listeners).toEqual(['80 HTTP', '8080 HTTP']);
    expect(seam.https).toBe(false);
  });

  it('with a certificate speaks HTTPS and redirects', () => {
    const { listeners, seam } = build({
      internal: false,
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000001',
    });
    expect(listeners).toEqual(['443 HTTPS', '8443 HTTPS', '80 HTTP']);
    expect(seam.https).toBe(true);
  });

  it('stands in public subnets and hides the test listener from the world', () => {
    const { templates } = build({ internal: false });
    expect(
      findResources(templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer')[0]?.properties,
    ).toMatchObject({
      Scheme: 'internet-facing',
      Subnets: testSubnets.public,
    });
    expect(readIngressEdges(templates).map(({ from, fromPort }) => [from, fromPort])).toEqual([
      ['0.0.0.0/0', 80],
      ['10.9.0.0/16', 8080],
    ]);
  });

  it('internal, stands in private subnets and serves the VPC only', () => {
    const { templates } = build({ internal: true });
    expect(
      findResources(templates, 'AWS::ElasticLoadBalancingV2::LoadBalancer')[0]?.properties,
    ).toMatchObject({
      Scheme: 'internal',
      Subnets: testSubnets.private,
    });
    expect(readIngressEdges(templates).filter(({ from }) => from !== '10.9.0.0/16')).toEqual([]);
  });
});
