import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { DatabaseConfig } from '../config/app-config.ts';
import { acknowledge } from '../template/acknowledge.ts';

/** Not Postgres's usual port: whoever scans for 5432 finds nothing (AwsSolutions-RDS11). */
export const databasePort = 5433;

export interface PostgresProps {
  readonly config: DatabaseConfig;
  readonly secretName: string;
  readonly production: boolean;
  readonly vpc: ec2.IVpc;
}

/** A Postgres instance in the isolated subnets that nobody reaches until an app adds its own rule. */
export class Postgres extends Construct {
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { config, production } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Database: reached from its own app only',
      allowAllOutbound: false,
    });
    const secret = new rds.DatabaseSecret(this, 'Secret', {
      username: config.name,
      secretName: props.secretName,
    });
    secret.applyRemovalPolicy(production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    const instance = new rds.DatabaseInstance(this, 'Instance', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }),
      instanceType: new ec2.InstanceType(config.instanceType),
      vpc: props.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [this.securityGroup],
      port: databasePort,
      databaseName: config.name,
      credentials: rds.Credentials.fromSecret(secret),
      iamAuthentication: true,
      allocatedStorage: config.storageGiB,
      maxAllocatedStorage: config.storageGiB * 5,
      storageType: rds.StorageType.GP3,
      storageEncrypted: true,
      multiAz: config.multiZone,
      backupRetention: Duration.days(config.backupDays),
      copyTagsToSnapshot: true,
      deletionProtection: production,
      deleteAutomatedBackups: !production,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoMinorVersionUpgrade: true,
      cloudwatchLogsExports: ['postgresql'],
      publiclyAccessible: false,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'Containers read the password once, when they start; rotation is a documented step followed by a deployment.',
    });
    if (!production) {
      acknowledge(instance, {
        'AwsSolutions-RDS3': 'One zone is enough for dev.',
        'AwsSolutions-RDS10': 'Dev must be deletable in one command.',
      });
    }
  }
}
