import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import {
  type AppNames,
  nameAlarmTopic,
  nameAppResources,
  nameExport,
  nameLogBucket,
} from '../config/names.ts';
import { databasePort } from '../database/postgres.ts';
import { LoadBalancer, type LoadBalancerSeam } from '../load-balancer/load-balancer.ts';
import { Alarms } from '../service/alarms.ts';
import { AppAddress } from '../service/app-address.ts';
import { AppParameters } from '../service/app-parameters.ts';
import { AppRoles } from '../service/app-roles.ts';
import { AppSettings } from '../service/app-settings.ts';
import { BootstrapRevision } from '../service/bootstrap-revision.ts';
import { ImageRepository } from '../service/image-repository.ts';
import { Ingress } from '../service/ingress.ts';
import { Scaling } from '../service/scaling.ts';
import { Schedules } from '../service/schedules.ts';
import { Service } from '../service/service.ts';
import { authorTaskDefinition, nameTaskDefinitionFile } from '../service/task-definition-document.ts';
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
    new AppSettings(this, 'Settings', { config, appName, app, names: this.names });
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
    const url =
      loadBalancer === undefined
        ? undefined
        : new AppAddress(this, 'Address', {
            config: this.config,
            ingress: app.ingress,
            names,
            loadBalancer,
            vpc: platform.vpc,
          }).url;
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

  private topicArn(): string {
    return this.formatArn({ service: 'sns', resource: nameAlarmTopic(this.config.name) });
  }
}
