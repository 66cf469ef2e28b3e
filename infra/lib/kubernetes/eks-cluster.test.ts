import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import { findResources, nameOf } from '../template/walk.ts';

const config: EnvironmentConfig = {
  ...dev,
  kubernetes: { version: '1.34', instanceType: 't4g.medium', minimumNodes: 2, maximumNodes: 5 },
};
const { templates, artifacts } = synthesizeTemplates(config);
const one = (type: string) => findResources(templates, type)[0]?.properties ?? {};

describe('the Kubernetes variant', () => {
  it('is not there unless the configuration asks for it', () => {
    const names = [...synthesizeTemplates(dev).templates.keys()];
    expect(names.filter((name) => name.includes('kubernetes'))).toEqual([]);
  });

  it('runs two to five nodes in private subnets', () => {
    expect(one('AWS::EKS::Nodegroup')).toMatchObject({
      ScalingConfig: { MinSize: 2, DesiredSize: 2, MaxSize: 5 },
      InstanceTypes: ['t4g.medium'],
    });
    const subnets = (one('AWS::EKS::Nodegroup')['Subnets'] as unknown[]).map(nameOf);
    expect(subnets).toEqual(['slipway-dev-private-subnet-1', 'slipway-dev-private-subnet-2']);
  });

  it('logs all five parts of the control plane, encrypts secrets and hides its endpoint', () => {
    expect(one('AWS::EKS::Cluster')).toMatchObject({
      Logging: {
        ClusterLogging: {
          EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({
            Type,
          })),
        },
      },
      EncryptionConfig: [{ Resources: ['secrets'] }],
      ResourcesVpcConfig: { EndpointPublicAccess: false, EndpointPrivateAccess: true },
    });
  });

  it('brings pod identity, metrics for the autoscaler, and Fluent Bit with the CloudWatch agent', () => {
    const addons = findResources(templates, 'AWS::EKS::Addon').map(
      ({ properties }) => properties['AddonName'],
    );
    expect(addons).toEqual(
      expect.arrayContaining(['eks-pod-identity-agent', 'metrics-server', 'amazon-cloudwatch-observability']),
    );
  });
});

describe('the manifests', () => {
  const { kind, items } = JSON.parse(artifacts.get('kubernetes.dev.json')!) as {
    kind: string;
    items: {
      apiVersion: string;
      kind: string;
      metadata: { name: string; annotations?: object };
      spec: object;
    }[];
  };
  const find = (wanted: string, name: string) =>
    items.find((item) => item.kind === wanted && item.metadata.name === name);

  it('are one List with a Deployment, a Service and an autoscaler per app', () => {
    expect(kind).toBe('List');
    for (const app of Object.keys(config.apps)) {
      expect(find('Deployment', app)?.apiVersion).toBe('apps/v1');
      expect(find('Service', app)?.apiVersion).toBe('v1');
      expect(find('HorizontalPodAutoscaler', app)?.apiVersion).toBe('autoscaling/v2');
    }
    expect(items).toHaveLength(3 * Object.keys(config.apps).length);
  });

  it('probe health, replace pods without a gap and drop every privilege', () => {
    expect(find('Deployment', 'comments')?.spec).toMatchObject({
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template: {
        spec: {
          securityContext: { runAsNonRoot: true },
          containers: [
            {
              readinessProbe: { httpGet: { path: '/health-check', port: 'http' } },
              livenessProbe: { httpGet: { path: '/health-check', port: 'http' } },
              securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
              envFrom: [{ secretRef: { name: 'comments' } }],
            },
          ],
        },
      },
    });
  });

  it('end TLS at the load balancer with the environment’s certificate', () => {
    expect(find('Service', 'site')?.metadata.annotations).toMatchObject({
      'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': '$' + '{CERTIFICATE_ARN}',
    });
  });

  it('scale pods between the bounds of the entry', () => {
    expect(find('HorizontalPodAutoscaler', 'site')?.spec).toMatchObject({ minReplicas: 1, maxReplicas: 3 });
  });

  it('bind selectors to the labels that pods wear', () => {
    for (const app of Object.keys(config.apps)) {
      expect(find('Service', app)?.spec).toMatchObject({ selector: { app } });
      expect(find('Deployment', app)?.spec).toMatchObject({
        selector: { matchLabels: { app } },
        template: { metadata: { labels: { app } } },
      });
    }
  });
});
