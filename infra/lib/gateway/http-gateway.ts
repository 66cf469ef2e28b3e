import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../template/acknowledge.ts';

export interface HttpGatewayProps {
  readonly name: string;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  /** The internal load balancer's listener. */
  readonly listenerArn: string;
}

/** An API Gateway HTTP API whose every request goes through a VPC link to an internal load balancer. */
export class HttpGateway extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpGatewayProps) {
    super(scope, id);
    const link = new apigateway.CfnVpcLink(this, 'VpcLink', {
      name: props.name,
      subnetIds: props.vpc.privateSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [props.securityGroup.securityGroupId],
    });
    const api = new apigateway.CfnApi(this, 'Api', { name: props.name, protocolType: 'HTTP' });
    const integration = new apigateway.CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'HTTP_PROXY',
      integrationMethod: 'ANY',
      integrationUri: props.listenerArn,
      connectionType: 'VPC_LINK',
      connectionId: link.ref,
      payloadFormatVersion: '1.0',
    });
    const route = new apigateway.CfnRoute(this, 'Route', {
      apiId: api.ref,
      routeKey: '$default',
      authorizationType: 'NONE',
      target: `integrations/${integration.ref}`,
    });
    acknowledge(route, { 'AwsSolutions-APIG4': 'The app behind it authenticates its own users.' });
    this.createStage(api.ref, props.name);
    this.url = api.attrApiEndpoint;
  }

  private createStage(apiId: string, name: string): void {
    const group = new logs.LogGroup(this, 'AccessLogs', {
      logGroupName: `/slipway/gateway/${name}`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new apigateway.CfnStage(this, 'Stage', {
      apiId,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { throttlingBurstLimit: 200, throttlingRateLimit: 100 },
      accessLogSettings: {
        destinationArn: group.logGroupArn,
        format: '{"requestId":"$context.requestId","status":"$context.status","path":"$context.path"}',
      },
    });
  }
}
