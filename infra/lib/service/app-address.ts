import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { IngressConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import type { AppNames } from '../config/names.ts';
import { HttpGateway } from '../gateway/http-gateway.ts';
import { choosePorts, type LoadBalancerSeam } from '../load-balancer/load-balancer.ts';

export interface AppAddressProps {
  readonly config: EnvironmentConfig;
  readonly ingress: IngressConfig;
  readonly names: AppNames;
  readonly loadBalancer: LoadBalancerSeam;
  readonly vpc: ec2.IVpc;
}

/** The name under which users find an app: DNS records, an API gateway, or the load balancer's own. */
export class AppAddress extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: AppAddressProps) {
    super(scope, id);
    const { ingress, loadBalancer } = props;
    const scheme = loadBalancer.https ? 'https' : 'http';
    const host = 'host' in ingress ? ingress.host : undefined;
    const { domain } = props.config;
    if (ingress.kind === 'internal' && ingress.gateway) {
      this.url = this.createGateway(props);
    } else if (host === undefined || domain === undefined) {
      this.url = `${scheme}://${loadBalancer.dnsName}`;
    } else {
      this.addRecords(host, domain.hostedZoneId, loadBalancer);
      this.url = `${scheme}://${host}`;
    }
  }

  private createGateway(props: AppAddressProps): string {
    const securityGroup = new ec2.SecurityGroup(this, 'GatewaySecurityGroup', {
      vpc: props.vpc,
      description: `API Gateway to the load balancer of ${props.names.service}`,
      allowAllOutbound: false,
    });
    const { production } = choosePorts(props.loadBalancer.https);
    securityGroup.addEgressRule(
      ec2.Peer.ipv4(props.config.network.cidr),
      ec2.Port.tcp(production),
      'To the load balancer',
    );
    return new HttpGateway(this, 'Gateway', {
      name: props.names.family,
      vpc: props.vpc,
      securityGroup,
      listenerArn: props.loadBalancer.productionListenerArn,
    }).url;
  }

  /** AAAA stays without an answer until the load balancer is dual-stack; CloudFront always is. */
  private addRecords(host: string, hostedZoneId: string, loadBalancer: LoadBalancerSeam): void {
    for (const type of ['A', 'AAAA']) {
      new route53.CfnRecordSet(this, `Record-${type}`, {
        hostedZoneId,
        name: `${host}.`,
        type,
        aliasTarget: {
          dnsName: Fn.join('', ['dualstack.', loadBalancer.dnsName]),
          hostedZoneId: loadBalancer.zoneId,
        },
      });
    }
  }
}
