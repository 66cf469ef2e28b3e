import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { nameCluster } from '../config/names.ts';

export interface DashboardProps {
  readonly environment: string;
  readonly region: string;
  readonly apps: readonly string[];
}

/** One row per app: load, tasks wanted and running, deployments. It knows names only, no stack. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const cluster = nameCluster(props.environment);
    new cloudwatch.CfnDashboard(this, 'Dashboard', {
      dashboardName: `slipway-${props.environment}`,
      dashboardBody: JSON.stringify({
        widgets: props.apps.flatMap((app, row) => describeRow(app, row, cluster, props.region)),
      }),
    });
  }
}

function describeRow(app: string, row: number, cluster: string, region: string): object[] {
  const service = ['ClusterName', cluster, 'ServiceName', app];
  const widget = (column: number, title: string, metrics: (string | object)[][]) => ({
    type: 'metric',
    x: column * 8,
    y: row * 6,
    width: 8,
    height: 6,
    properties: { title: `${app}: ${title}`, region, view: 'timeSeries', period: 60, metrics },
  });
  return [
    widget(0, 'CPU and memory (%)', [
      ['AWS/ECS', 'CPUUtilization', ...service],
      ['AWS/ECS', 'MemoryUtilization', ...service],
    ]),
    widget(1, 'tasks', [
      ['ECS/ContainerInsights', 'DesiredTaskCount', ...service],
      ['ECS/ContainerInsights', 'RunningTaskCount', ...service],
    ]),
    widget(2, 'deployments and restarts', [
      ['ECS/ContainerInsights', 'DeploymentCount', ...service],
      ['ECS/ContainerInsights', 'RestartCount', ...service],
    ]),
  ];
}
