import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { nameCluster } from '../config/names.ts';

export interface DeploymentNoticesProps {
  readonly environment: string;
  readonly topic: ITopic;
}

/**
 * Mails whoever reads the topic when a deployment fails or waits for approval, whoever started it
 * (ECS: service deployment state change events, hook state change events).
 */
export class DeploymentNotices extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentNoticesProps) {
    super(scope, id);
    const services = [
      {
        wildcard: Stack.of(this).formatArn({
          service: 'ecs',
          resource: 'service',
          resourceName: `${nameCluster(props.environment)}/*`,
        }),
      },
    ];
    this.addRule('Failed', props, services, ['ECS Deployment State Change'], ['SERVICE_DEPLOYMENT_FAILED']);
    this.addRule('Waiting', props, services, ['ECS Hook State Change'], ['HOOK_AWAITING_ACTION']);
  }

  private addRule(
    id: string,
    props: DeploymentNoticesProps,
    resources: readonly object[],
    detailTypes: readonly string[],
    eventNames: readonly string[],
  ): void {
    new events.CfnRule(this, id, {
      name: `slipway-${props.environment}-deployment-${id.toLowerCase()}`,
      eventPattern: {
        source: ['aws.ecs'],
        'detail-type': detailTypes,
        resources,
        detail: { eventName: eventNames },
      },
      targets: [
        {
          id: 'topic',
          arn: props.topic.topicArn,
          inputTransformer: {
            inputPathsMap: {
              service: '$.resources[0]',
              event: '$.detail.eventName',
              reason: '$.detail.reason',
            },
            inputTemplate: '"<event> at <service>: <reason>"',
          },
        },
      ],
    });
  }
}
