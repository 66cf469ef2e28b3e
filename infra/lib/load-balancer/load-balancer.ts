import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { acknowledge } from '../template/acknowledge.ts';

export interface LoadBalancerProps {
  readonly vpc: ec2.IVpc;
  readonly cidr: string;
  readonly internal: boolean;
  /** Left out, the listener speaks plain HTTP. */
  readonly certificateArn?: string;
  readonly deletionProtection: boolean;
  readonly logBucketName: string;
  readonly logPrefix: string;
}

/** What a service needs to know of a load balancer, its own or a shared one. */
export interface LoadBalancerSeam {
  readonly productionListenerArn: string;
  readonly testListenerArn: string;
  readonly securityGroupId: string;
  readonly dnsName: string;
  readonly zoneId: string;
  /** `app/name/id`, the way CloudWatch names it. */
  readonly fullName: string;
  readonly https: boolean;
}

/** 443 and 8443 with a certificate; 80 and 8080 without. */
export function choosePorts(https: boolean): { production: number; test: number } {
  return https ? { production: 443, test: 8443 } : { production: 80, test: 8080 };
}

/**
 * An Application Load Balancer that answers 404 until a service adds its rule. The test listener shows
 * the green tasks of a blue/green deployment and is open to the VPC only.
 */
export class LoadBalancer extends Construct {
  readonly seam: LoadBalancerSeam;
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: props.internal ? 'Internal load balancer' : 'Public load balancer',
      allowAllOutbound: false,
    });
    const subnetType = props.internal ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PUBLIC;
    const loadBalancer = new elb.CfnLoadBalancer(this, 'LoadBalancer', {
      type: 'application',
      scheme: props.internal ? 'internal' : 'internet-facing',
      ipAddressType: 'ipv4',
      subnets: props.vpc.selectSubnets({ subnetType }).subnetIds,
      securityGroups: [this.securityGroup.securityGroupId],
      loadBalancerAttributes: attributesOf(props),
    });
    const https = props.certificateArn !== undefined;
    this.openPorts(props, https);
    const ports = choosePorts(https);
    this.seam = {
      productionListenerArn: this.listen('Production', loadBalancer, ports.production, props.certificateArn),
      testListenerArn: this.listen('Test', loadBalancer, ports.test, props.certificateArn),
      securityGroupId: this.securityGroup.securityGroupId,
      dnsName: loadBalancer.attrDnsName,
      zoneId: loadBalancer.attrCanonicalHostedZoneId,
      fullName: loadBalancer.attrLoadBalancerFullName,
      https,
    };
    if (https) this.redirectToHttps(loadBalancer);
  }

  private openPorts(props: LoadBalancerProps, https: boolean): void {
    const inside = ec2.Peer.ipv4(props.cidr);
    const callers = props.internal ? inside : ec2.Peer.anyIpv4();
    const ports = choosePorts(https);
    this.securityGroup.addIngressRule(callers, ec2.Port.tcp(ports.production), 'Users');
    this.securityGroup.addIngressRule(
      inside,
      ec2.Port.tcp(ports.test),
      'Tests of a deployment, from the VPC',
    );
    if (https) this.securityGroup.addIngressRule(callers, ec2.Port.tcp(80), 'Redirected to HTTPS');
    if (!props.internal) {
      acknowledge(this.securityGroup, {
        'AwsSolutions-EC23':
          'A public load balancer is reached from everywhere; only its own two ports are open.',
      });
    }
  }

  private listen(
    id: string,
    loadBalancer: elb.CfnLoadBalancer,
    port: number,
    certificateArn: string | undefined,
  ): string {
    const listener = new elb.CfnListener(this, `${id}Listener`, {
      loadBalancerArn: loadBalancer.ref,
      port,
      protocol: certificateArn === undefined ? 'HTTP' : 'HTTPS',
      ...(certificateArn === undefined
        ? {}
        : { certificates: [{ certificateArn }], sslPolicy: elb.SslPolicy.RECOMMENDED_TLS }),
      defaultActions: [
        {
          type: 'fixed-response',
          fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'Not found' },
        },
      ],
    });
    return listener.ref;
  }

  private redirectToHttps(loadBalancer: elb.CfnLoadBalancer): void {
    new elb.CfnListener(this, 'RedirectListener', {
      loadBalancerArn: loadBalancer.ref,
      port: 80,
      protocol: 'HTTP',
      defaultActions: [
        { type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
      ],
    });
  }
}

function attributesOf(props: LoadBalancerProps): elb.CfnLoadBalancer.LoadBalancerAttributeProperty[] {
  const attributes: Record<string, string> = {
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': props.logBucketName,
    'access_logs.s3.prefix': `alb/${props.logPrefix}`,
    'connection_logs.s3.enabled': 'true',
    'connection_logs.s3.bucket': props.logBucketName,
    'connection_logs.s3.prefix': `alb/${props.logPrefix}`,
    'deletion_protection.enabled': String(props.deletionProtection),
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'defensive',
  };
  return Object.entries(attributes).map(([key, value]) => ({ key, value }));
}
