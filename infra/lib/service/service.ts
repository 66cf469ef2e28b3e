import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { AppNames } from '../config/names.ts';
import { acknowledgeManagedPolicy } from '../template/acknowledge.ts';
import type { Ingress } from './ingress.ts';
import { describeRollout } from './rollout.ts';

export interface ServiceProps {
  readonly app: AppConfig;
  readonly names: AppNames;
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly ingress: Ingress | undefined;
  /** Alarms that end a deployment; by name, because a reference back to the service would be a circle. */
  readonly alarmNames: readonly string[];
  /** All that must exist before the first task starts, above all the roles' policies (aws-cdk#18675). */
  readonly after: readonly IDependable[];
}

/**
 * An ECS service that names its task definition by family only. ECS then takes the newest ACTIVE
 * revision, which is what already runs, so that an edit here never rolls an old image out. Neither
 * CloudFormation nor the action ever sends `desiredCount`: it belongs to auto scaling.
 */
export class Service extends Construct {
  readonly resource: ecs.CfnService;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { app, names, ingress } = props;
    this.resource = new ecs.CfnService(this, 'Service', {
      cluster: names.cluster,
      serviceName: names.service,
      taskDefinition: names.family,
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: describeRollout(app.rollout, props.alarmNames),
      capacityProviderStrategy: chooseCapacity(app, names.cluster),
      ...(app.capacity === 'ec2' ? {} : { platformVersion: 'LATEST' }),
      availabilityZoneRebalancing: 'ENABLED',
      networkConfiguration: {
        awsvpcConfiguration: {
          assignPublicIp: 'DISABLED',
          subnets: props.vpc.privateSubnets.map(({ subnetId }) => subnetId),
          securityGroups: [props.securityGroup.securityGroupId],
        },
      },
      enableExecuteCommand: app.shell,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      ...(ingress === undefined
        ? {}
        : {
            healthCheckGracePeriodSeconds: app.health.graceSeconds,
            loadBalancers: [this.bind(ingress, app, names)],
          }),
    });
    for (const dependency of props.after) this.resource.node.addDependency(dependency);
    if (ingress !== undefined) this.resource.node.addDependency(ingress);
  }

  private bind(ingress: Ingress, app: AppConfig, names: AppNames): ecs.CfnService.LoadBalancerProperty {
    const base = {
      containerName: names.container,
      containerPort: app.port,
      targetGroupArn: ingress.blue.ref,
    };
    if (ingress.green === undefined || ingress.testRule === undefined) return base;
    return {
      ...base,
      advancedConfiguration: {
        alternateTargetGroupArn: ingress.green.ref,
        productionListenerRule: ingress.productionRule.ref,
        testListenerRule: ingress.testRule.ref,
        roleArn: this.createTrafficRole().roleArn,
      },
    };
  }

  /** ECS shifts the listener rules' weights in this role's name. */
  private createTrafficRole(): iam.Role {
    const role = new iam.Role(this, 'TrafficRole', {
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForLoadBalancers'),
      ],
    });
    acknowledgeManagedPolicy(
      role,
      'AmazonECSInfrastructureRolePolicyForLoadBalancers',
      'AWS keeps this policy in step with what ECS calls during a shift; a copy would fall behind.',
    );
    return role;
  }
}

function chooseCapacity(
  app: AppConfig,
  cluster: string,
): ecs.CfnService.CapacityProviderStrategyItemProperty[] {
  switch (app.capacity) {
    case 'fargate':
      return [{ capacityProvider: 'FARGATE', weight: 1 }];
    case 'fargate-spot':
      return [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    case 'fargate-mixed':
      return [
        { capacityProvider: 'FARGATE', base: 1, weight: 1 },
        { capacityProvider: 'FARGATE_SPOT', weight: 3 },
      ];
    case 'ec2':
      return [{ capacityProvider: `${cluster}-ec2`, weight: 1 }];
  }
}
