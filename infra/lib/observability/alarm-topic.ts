import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { nameAlarmTopic } from '../config/names.ts';

export interface AlarmTopicProps {
  readonly environment: string;
  readonly emails: readonly string[];
}

/** The environment's one topic: alarms and events of this account write, people read by e-mail. */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', {
      topicName: nameAlarmTopic(props.environment),
      displayName: `Slipway ${props.environment}`,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Publish',
        principals: [
          new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
          new iam.ServicePrincipal('events.amazonaws.com'),
        ],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const [index, endpoint] of props.emails.entries()) {
      new sns.CfnSubscription(this, `Email${index + 1}`, {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint,
      });
    }
  }
}
