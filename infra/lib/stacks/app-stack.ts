import { Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { AppConfig, EnvironmentConfig } from '../config/environment-config.ts';
import {
  type AppNames,
  nameAlarmTopic,
  nameAppResources,
  nameExport,
  nameLogBucket,
  nameSettingsBucket,
} from '../config/names.ts';
import { databasePort } from '../database/postgres.ts';
import { HttpGateway } from '../gateway/http-gateway.ts';
import { choosePorts, LoadBalancer, type LoadBalancerSeam } from '../load-balancer/load-balancer.ts';
import { Alarms } from '../service/alarms.ts';
import { AppParameters } from '../service/app-parameters.ts';
import { AppRoles } from '../service/app-roles.ts';
import { BootstrapRevision } from '../service/bootstrap-revision.ts';
import { ImageRepository } from '../service/image-repository.ts';
import { Ingress } from '../service/ingress.ts';
import { Scaling } from '../service/scaling.ts';
import { Schedules } from '../service/schedules.ts';
import { Service } from '../service/service.ts';
import { authorTaskDefinition, nameTaskDefinitionFile } from '../service/task-definition-document.ts';
import { acknowledge } from '../template/acknowledge.ts';
import { AssemblyFile } from '../template/assembly-file.ts';
import { EnvironmentStack } from './environment-stack.ts';
import { importPlatform, type Platform } from './platform-seam.ts';

/** One app: everything of it that may be deleted with it. */
export class AppStack extends EnvironmentStack {
  private readonly appName: string;
  private readonly app: AppConfig;
  private readonly names: AppNames;
  private readonly platform: Platform;

  constructor(scope: Construct, config: EnvironmentConfig, appName: string, app: AppConfig) {
    super(scope, appName, config, `${appName} in ${config.name}`);
    this.appName = appName;
    this.app = app;
    this.names = nameAppResources(config.name, appName);
    this.platform = importPlatform(this, config);
    new ImageRepository(this, 'Images', {
      name: this.names.repository,
      production: config.production,
      readerAccounts: config.registry.readerAccounts,
    });
    // Not in the template: the deploy action alone registers revisions (DESIGN §6), so that
    // CloudFormation never rolls an image back.
    new AssemblyFile(this, 'TaskDefinition', {
      name: nameTaskDefinitionFile(config.name, appName),
      content: authorTaskDefinition(config, appName, app),
    });
    if (app.environmentFile) this.createSettingsBucket();
    if (app.secrets.length > 0) this.createSettingsSecret();
    this.run();
  }

  private run(): void {
    const { app, names, platform } = this;
    const roles = new AppRoles(this, 'Roles', {
      environment: this.config.name,
      appName: this.appName,
      app,
      names,
    });
    const logGroup = this.createLogGroup();
    const bootstrap = new BootstrapRevision(this, 'Bootstrap', {
      names,
      port: app.port,
      region: this.config.region,
      executionRoleArn: roles.execution.roleArn,
    });
    const securityGroup = this.createSecurityGroup();
    const loadBalancer = this.chooseLoadBalancer();
    const target = loadBalancer === undefined ? undefined : this.openTheWay(loadBalancer, securityGroup);
    const alarms = new Alarms(this, 'Alarms', { app, names, topicArn: this.topicArn(), target });
    const service = new Service(this, 'Service', {
      app,
      names,
      vpc: platform.vpc,
      securityGroup,
      ingress: target?.ingress,
      alarmNames: alarms.deploymentAlarmNames,
      after: [roles, logGroup, bootstrap, alarms],
    });
    new Scaling(this, 'Scaling', { app, names, service, target });
    if (app.schedules.length > 0) {
      new Schedules(this, 'Schedules', { app, names, roles, vpc: platform.vpc, securityGroup });
    }
    const url = loadBalancer === undefined ? undefined : this.publish(loadBalancer, securityGroup);
    new AppParameters(this, 'Parameters', { names, app, url, vpc: platform.vpc, securityGroup });
  }

  private createLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'Logs', {
      logGroupName: this.names.logGroup,
      retention: this.app.logs.retentionDays,
      removalPolicy: this.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** Out: HTTPS anywhere (AWS, other services) and the app's own database. In: see `openTheWay`. */
  private createSecurityGroup(): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: this.platform.vpc,
      description: `Tasks of ${this.appName}`,
      allowAllOutbound: false,
    });
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS and other services over HTTPS');
    if (this.app.database !== undefined) {
      const id = Fn.importValue(nameExport(this.config.name, `${this.appName}-database-security-group`));
      const database = ec2.SecurityGroup.fromSecurityGroupId(this, 'DatabaseSecurityGroup', id, {
        allowAllOutbound: false,
      });
      group.connections.allowTo(database, ec2.Port.tcp(databasePort), 'This app to its database');
    }
    const { peering } = this.config.network;
    if (peering !== undefined) {
      group.addEgressRule(ec2.Peer.ipv4(peering.cidr), ec2.Port.tcp(peering.port), 'The peered network');
    }
    return group;
  }

  private chooseLoadBalancer(): LoadBalancerSeam | undefined {
    const { ingress } = this.app;
    switch (ingress.kind) {
      case 'none':
        return undefined;
      case 'shared':
        return this.platform.sharedLoadBalancer;
      case 'dedicated':
      case 'internal': {
        const internal = ingress.kind === 'internal';
        return new LoadBalancer(this, 'LoadBalancer', {
          vpc: this.platform.vpc,
          cidr: this.config.network.cidr,
          internal,
          certificateArn: internal ? undefined : this.platform.certificateArn,
          deletionProtection: this.config.production,
          logBucketName: nameLogBucket(this.config.name, this.account, this.region),
          logPrefix: this.appName,
        }).seam;
      }
    }
  }

  private openTheWay(loadBalancer: LoadBalancerSeam, tasks: ec2.SecurityGroup) {
    const { ingress } = this.app;
    const group = ec2.SecurityGroup.fromSecurityGroupId(this, 'Callers', loadBalancer.securityGroupId, {
      allowAllOutbound: false,
    });
    group.connections.allowTo(tasks, ec2.Port.tcp(this.app.port), 'Load balancer to tasks');
    return {
      loadBalancer,
      ingress: new Ingress(this, 'Ingress', {
        vpc: this.platform.vpc,
        app: this.app,
        loadBalancer,
        ...('host' in ingress ? { host: ingress.host } : {}),
        ...('path' in ingress ? { path: ingress.path } : {}),
        priority: ingress.kind === 'shared' ? ingress.priority : 1,
      }),
    };
  }

  /** Gives the app its address and returns it. */
  private publish(loadBalancer: LoadBalancerSeam, tasks: ec2.SecurityGroup): string {
    const { ingress } = this.app;
    if (ingress.kind === 'internal' && ingress.gateway) {
      return new HttpGateway(this, 'Gateway', {
        name: this.names.family,
        vpc: this.platform.vpc,
        securityGroup: this.createGatewayGroup(loadBalancer, tasks),
        listenerArn: loadBalancer.productionListenerArn,
      }).url;
    }
    const scheme = loadBalancer.https ? 'https' : 'http';
    const host = 'host' in ingress ? ingress.host : undefined;
    const { domain } = this.config;
    if (host === undefined || domain === undefined) return `${scheme}://${loadBalancer.dnsName}`;
    for (const type of ['A', 'AAAA']) {
      new route53.CfnRecordSet(this, `Record-${type}`, {
        hostedZoneId: domain.hostedZoneId,
        name: `${host}.`,
        type,
        aliasTarget: {
          dnsName: Fn.join('', ['dualstack.', loadBalancer.dnsName]),
          hostedZoneId: loadBalancer.zoneId,
        },
      });
    }
    return `${scheme}://${host}`;
  }

  private createGatewayGroup(loadBalancer: LoadBalancerSeam, tasks: ec2.SecurityGroup): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'GatewaySecurityGroup', {
      vpc: this.platform.vpc,
      description: `API Gateway to the load balancer of ${this.appName}`,
      allowAllOutbound: false,
    });
    group.node.addDependency(tasks);
    const { production } = choosePorts(loadBalancer.https);
    group.addEgressRule(
      ec2.Peer.ipv4(this.config.network.cidr),
      ec2.Port.tcp(production),
      'To the load balancer',
    );
    return group;
  }

  private createSettingsBucket(): void {
    const bucket = new s3.Bucket(this, 'Settings', {
      bucketName: nameSettingsBucket(this.config.name, this.appName, this.account),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: s3.Bucket.fromBucketName(
        this,
        'LogBucket',
        nameLogBucket(this.config.name, this.account, this.region),
      ),
      serverAccessLogsPrefix: `s3/${this.appName}/`,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
      removalPolicy: this.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(bucket, {
      'Annotation::@aws-cdk/aws-s3:accessLogsPolicyNotAdded': 'The platform’s log bucket lets S3 in itself.',
    });
  }

  /** Every key starts with a random value, so that the first task can start; a person replaces them. */
  private createSettingsSecret(): void {
    const [first = '', ...rest] = this.app.secrets;
    const secret = new secretsmanager.Secret(this, 'SettingsSecret', {
      secretName: this.names.settingsSecret,
      description: `Secret settings of ${this.appName} in ${this.config.name}, one key per variable`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(Object.fromEntries(rest.map((key) => [key, 'fill-in']))),
        generateStringKey: first,
      },
      removalPolicy: this.config.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    acknowledge(secret, { 'AwsSolutions-SMG4': 'Only the people who issue these values can replace them.' });
  }

  private topicArn(): string {
    return this.formatArn({ service: 'sns', resource: nameAlarmTopic(this.config.name) });
  }
}
