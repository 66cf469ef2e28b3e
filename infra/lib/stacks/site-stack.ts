import { CfnOutput } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { EnvironmentConfig, SiteConfig } from '../config/environment-config.ts';
import { nameExport } from '../config/names.ts';
import { Site } from '../site/site.ts';
import { EnvironmentStack } from './environment-stack.ts';
import { importPlatform } from './platform-seam.ts';

/** CloudFront's own hosted zone, the same for every distribution (Route 53: alias targets). */
const cloudFrontZoneId = 'Z2FDTNDATAQYW2';

/** A browser application and its address. */
export class SiteStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig, siteName: string, siteConfig: SiteConfig) {
    super(scope, `site-${siteName}`, config, `Site ${siteName} in ${config.name}`);
    const { certificateArn } = importPlatform(this, config);
    const hasCertificate = siteConfig.host !== undefined && certificateArn !== undefined;
    const site = new Site(this, 'Site', {
      config: siteConfig,
      production: config.production,
      certificate: hasCertificate
        ? acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
        : undefined,
    });
    const domainName = site.distribution.distributionDomainName;
    if (siteConfig.host !== undefined && config.domain !== undefined) {
      this.addRecords(siteConfig.host, config.domain.hostedZoneId, domainName);
    }
    for (const [what, value] of [
      ['bucket', site.bucket.bucketName],
      ['distribution', site.distribution.distributionId],
    ] as const) {
      new CfnOutput(this, what, { value, exportName: nameExport(config.name, `site-${siteName}-${what}`) });
    }
    this.addParameters(siteName, {
      bucket: site.bucket.bucketName,
      distribution: site.distribution.distributionId,
      url: `https://${siteConfig.host ?? domainName}`,
    });
  }

  private addRecords(host: string, hostedZoneId: string, dnsName: string): void {
    for (const type of ['A', 'AAAA']) {
      new route53.CfnRecordSet(this, `Record-${type}`, {
        hostedZoneId,
        name: `${host}.`,
        type,
        aliasTarget: { dnsName, hostedZoneId: cloudFrontZoneId },
      });
    }
  }

  private addParameters(siteName: string, values: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(values)) {
      new ssm.CfnParameter(this, `Parameter-${key}`, {
        name: `/slipway/${this.config.name}/${siteName}/${key}`,
        type: 'String',
        value,
      });
    }
  }
}
