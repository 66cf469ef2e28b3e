import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameAppResources } from '../config/names.ts';
import { describePartition } from '../config/partition.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: the workflow fills it in, not JavaScript.
const certificate = '${CERTIFICATE_ARN}';

/**
 * The apps as Kubernetes objects, in one List that `kubectl apply -f` takes. Like a task definition it
 * leaves `${AWS_ACCOUNT_ID}` and the certificate open for the workflow.
 */
export function writeManifests(config: EnvironmentConfig): object {
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: Object.entries(config.apps).flatMap(([name, app]) => [
      writeDeployment(config, name, app),
      writeService(config, name, app),
      writeAutoscaler(name, app),
    ]),
  };
}

function writeDeployment(config: EnvironmentConfig, name: string, app: AppConfig): object {
  const { repository } = nameAppResources(config.name, name);
  const probe = { httpGet: { path: app.health.path, port: 'http' }, periodSeconds: 10, timeoutSeconds: 5 };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      selector: { matchLabels: { app: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 30,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: name } },
            },
          ],
          containers: [
            {
              name,
              image: `\${AWS_ACCOUNT_ID}.dkr.ecr.${config.region}.${describePartition(config.region).domain}/${repository}:set-by-the-deployment`,
              ports: [{ name: 'http', containerPort: app.port }],
              env: [
                { name: 'ENVIRONMENT', value: config.name },
                { name: 'PORT', value: String(app.port) },
                ...Object.entries(app.environment).map(([key, value]) => ({ name: key, value })),
              ],
              // Keys of a Secret with the app's name: database credentials and settings, never values.
              envFrom: [{ secretRef: { name, optional: true } }],
              resources: {
                requests: { cpu: `${app.size.cpu}m`, memory: `${app.size.memoryMiB}Mi` },
                limits: { memory: `${app.size.memoryMiB}Mi` },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              readinessProbe: probe,
              livenessProbe: { ...probe, initialDelaySeconds: app.health.graceSeconds, failureThreshold: 3 },
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }],
        },
      },
    },
  };
}

/** The control plane's own load balancer support: a Network Load Balancer that ends TLS. */
function writeService(config: EnvironmentConfig, name: string, app: AppConfig): object {
  const isPublic = app.ingress.kind === 'dedicated' || app.ingress.kind === 'shared';
  const https = config.domain !== undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      ...(isPublic
        ? {
            annotations: {
              'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
              ...(https
                ? {
                    'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': certificate,
                    'service.beta.kubernetes.io/aws-load-balancer-ssl-ports': '443',
                  }
                : {}),
            },
          }
        : {}),
    },
    spec: {
      type: isPublic ? 'LoadBalancer' : 'ClusterIP',
      selector: { app: name },
      ports: [{ name: 'http', port: isPublic && https ? 443 : 80, targetPort: 'http' }],
    },
  };
}

function writeAutoscaler(name: string, app: AppConfig): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: Math.max(1, app.scaling.minimum),
      maxReplicas: app.scaling.maximum,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: app.scaling.cpuPercent },
          },
        },
      ],
    },
  };
}
