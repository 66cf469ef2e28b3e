import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Cluster } from '../cluster/cluster.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameLogBucket } from '../config/names.ts';
import { LoadBalancer, type LoadBalancerSeam } from '../load-balancer/load-balancer.ts';
import { Network } from '../network/network.ts';
import { PullThrough } from '../registry/pull-through.ts';
import { acknowledge } from '../template/acknowledge.ts';
import { EnvironmentStack } from './environment-stack.ts';
import { exportPlatform } from './platform-seam.ts';

/** What all apps of an environment share. No app's entry changes it. */
export class PlatformStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, 'platform', config, `Network, cluster and shared load balancer of ${config.name}`);
    const logBucket = this.createLogBucket();
    const { vpc } = new Network(this, 'Network', { config: config.network, logBucket });
    new Cluster(this, 'Cluster', { environment: config.name, config: config.cluster, vpc });
    new PullThrough(this, 'PullThrough', { environment: config.name, sources: config.registry.pullThrough });
    this.createBackupBucket(logBucket);
    const certificateArn = this.createCertificate();
    exportPlatform(this, config.name, {
      vpc,
      certificateArn,
      sharedLoadBalancer: config.sharedLoadBalancer
        ? this.createSharedLoadBalancer(vpc, logBucket, certificateArn)
        : undefined,
    });
  }

  private createSharedLoadBalancer(
    vpc: Network['vpc'],
    logBucket: s3.Bucket,
    certificateArn: string | undefined,
  ): LoadBalancerSeam {
    const loadBalancer = new LoadBalancer(this, 'SharedLoadBalancer', {
      vpc,
      cidr: this.config.network.cidr,
      internal: false,
      certificateArn,
      deletionProtection: this.config.production,
      logBucketName: nameLogBucket(this.config.name, this.account, this.region),
      logPrefix: 'shared',
    });
    loadBalancer.node.addDependency(logBucket);
    return loadBalancer.seam;
  }

  /** Load balancers and flow logs of the whole environment, found by name. */
  private createLogBucket(): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Logs', {
      bucketName: nameLogBucket(this.config.name, this.account, this.region),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      // Load balancers can write to SSE-S3 buckets only (ELB: access log bucket requirements).
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(this.config.production ? 365 : 30) }],
      removalPolicy: this.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LoadBalancerLogs',
        principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`alb/*/AWSLogs/${this.account}/*`)],
      }),
    );
    // The settings buckets of apps log here too, by name; S3 needs to be let in for each.
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'BucketLogs',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('s3/*')],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    acknowledge(bucket, { 'AwsSolutions-S1': 'This is where the logs go; logging it would log itself.' });
    return bucket;
  }

  /** Static files and dumps that must outlive what made them. */
  private createBackupBucket(logBucket: s3.Bucket): void {
    new s3.Bucket(this, 'Backups', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: logBucket,
      serverAccessLogsPrefix: 's3/backups/',
      lifecycleRules: [
        {
          transitions: [
            { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) },
          ],
          noncurrentVersionExpiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: this.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** One certificate for the zone and everything one label below it. */
  private createCertificate(): string | undefined {
    const { domain } = this.config;
    if (domain === undefined) return undefined;
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', domain);
    return new acm.Certificate(this, 'Certificate', {
      domainName: domain.zoneName,
      subjectAlternativeNames: [`*.${domain.zoneName}`],
      validation: acm.CertificateValidation.fromDns(zone),
    }).certificateArn;
  }
}
