import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { EnvironmentConfig } from '../lib/config/environment-config.ts';
import { nameBootstrapQualifier } from '../lib/config/names.ts';

/** Credentials that moto takes; it checks none. */
export const motoCredentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };

/** What stands in for resources that moto does not make from a template but asks for all the same. */
export interface PreparedAccount {
  readonly hostedZoneId: string;
  readonly certificateArn: string;
}

export async function prepareMoto(endpoint: string, config: EnvironmentConfig): Promise<PreparedAccount> {
  const ssm = new SSMClient({ endpoint, region: config.region, credentials: motoCredentials });
  const qualifier = nameBootstrapQualifier(config.name);
  await ssm.send(
    new PutParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version`, Value: '30', Type: 'String' }),
  );
  ssm.destroy();
  const zoneName = config.domain?.zoneName ?? 'example.com';
  return {
    hostedZoneId: await createZone(endpoint, config.region, zoneName),
    certificateArn: await requestCertificate(endpoint, config.region, zoneName),
  };
}

/** moto knows a service by the scope in this header; nothing is signed. */
function authorize(region: string, service: string): Record<string, string> {
  const credential = `${motoCredentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
  return { Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=moto` };
}

async function createZone(endpoint: string, region: string, name: string): Promise<string> {
  const response = await fetch(`${endpoint}/2013-04-01/hostedzone`, {
    method: 'POST',
    headers: authorize(region, 'route53'),
    body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
  });
  const text = await response.text();
  const id = /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(text)?.[1];
  if (id === undefined) throw new Error(`moto made no hosted zone: ${text}`);
  return id;
}

async function requestCertificate(endpoint: string, region: string, name: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...authorize(region, 'acm'),
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'CertificateManager.RequestCertificate',
    },
    body: JSON.stringify({ DomainName: name }),
  });
  const { CertificateArn } = (await response.json()) as { CertificateArn?: string };
  if (CertificateArn === undefined) throw new Error('moto made no certificate.');
  return CertificateArn;
}

/** Calls EC2's query API and returns the text of every element with a name. */
export async function queryEc2(
  endpoint: string,
  region: string,
  parameters: Readonly<Record<string, string>>,
  element: string,
): Promise<string[]> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...authorize(region, 'ec2'), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: '2016-11-15', ...parameters }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`moto refused ${parameters['Action']}: ${text}`);
  return [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(
    (match) => match[1] ?? '',
  );
}
