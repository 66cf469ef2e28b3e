import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { type AppNames, nameLogBucket, nameSettingsBucket } from '../config/names.ts';
import { acknowledge } from '../template/acknowledge.ts';

export interface AppSettingsProps {
  readonly config: EnvironmentConfig;
  readonly appName: string;
  readonly app: AppConfig;
  readonly names: AppNames;
}

/** Where people keep what an app must be told: a secret, and a bucket for its environment file. */
export class AppSettings extends Construct {
  constructor(scope: Construct, id: string, props: AppSettingsProps) {
    super(scope, id);
    if (props.app.environmentFile) this.createBucket(props);
    if (props.app.secrets.length > 0) this.createSecret(props);
  }

  private createBucket(props: AppSettingsProps): void {
    const { account, region } = Stack.of(this);
    const bucket = new s3.Bucket(this, 'Bucket', {
      bucketName: nameSettingsBucket(props.config.name, props.appName, account),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: s3.Bucket.fromBucketName(
        this,
        'LogBucket',
        nameLogBucket(props.config.name, account, region),
      ),
      serverAccessLogsPrefix: `s3/${props.appName}/`,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
      removalPolicy: props.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(bucket, {
      'Annotation::@aws-cdk/aws-s3:accessLogsPolicyNotAdded': 'The platform’s log bucket lets S3 in itself.',
    });
  }

  /** Every key starts with a random value, so that the first task can start; a person replaces them. */
  private createSecret(props: AppSettingsProps): void {
    const [first = '', ...rest] = props.app.secrets;
    const secret = new secretsmanager.Secret(this, 'Secret', {
      secretName: props.names.settingsSecret,
      description: `Secret settings of ${props.appName} in ${props.config.name}, one key per variable`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(Object.fromEntries(rest.map((key) => [key, 'fill-in']))),
        generateStringKey: first,
      },
      removalPolicy: props.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(secret, { 'AwsSolutions-SMG4': 'Only the people who issue these values can replace them.' });
  }
}
