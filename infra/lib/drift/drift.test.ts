import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nameAppResources } from '../config/names.ts';
import { type DriftedResource, explainDrift, explainRevisions } from './judge-drift.ts';
import { readAppRevisions, readStackDrift } from './read-drift.ts';

const drifted = (change: Partial<DriftedResource>): DriftedResource => ({
  stack: 'slipway-prod-site',
  id: 'Thing',
  type: 'AWS::S3::Bucket',
  status: 'MODIFIED',
  paths: ['/BucketName'],
  ...change,
});

describe('explainDrift', () => {
  it.each<[string, Partial<DriftedResource>]>([
    [
      'weights that ECS moved',
      {
        type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        paths: ['/Actions/0/ForwardConfig/TargetGroups/1/Weight'],
      },
    ],
    ['a deployed task definition', { type: 'AWS::ECS::Service', paths: ['/TaskDefinition'] }],
    ['a count that auto scaling moved', { type: 'AWS::ECS::Service', paths: ['/DesiredCount'] }],
  ])('says nothing of %s', (_, change) => {
    expect(explainDrift([drifted(change)])).toEqual([]);
  });

  it.each<[string, Partial<DriftedResource>, RegExp]>([
    [
      'a rule whose host changed',
      { type: 'AWS::ElasticLoadBalancingV2::ListenerRule', paths: ['/Actions', '/Conditions'] },
      /at \/Conditions\.$/,
    ],
    [
      'a service whose subnets changed',
      { type: 'AWS::ECS::Service', paths: ['/TaskDefinition', '/NetworkConfiguration'] },
      /at \/NetworkConfiguration\.$/,
    ],
    ['anything else', {}, /AWS::S3::Bucket Thing was changed by hand at \/BucketName/],
    [
      'what is gone',
      { type: 'AWS::ECS::Service', status: 'DELETED', paths: [] },
      /was deleted outside CloudFormation/,
    ],
  ])('names %s', (_, change, sentence) => {
    expect(explainDrift([drifted(change)])).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('explainRevisions', () => {
  const arn = (revision: number) => `arn:aws:ecs:us-east-1:1:task-definition/slipway-dev-site:${revision}`;

  it.each([
    ['a deployed app', { running: arn(4), newest: arn(4), recorded: arn(4) }, []],
    ['an app that was never deployed', { running: arn(1), newest: arn(1), recorded: undefined }, []],
    [
      'a revision left over by a failed rollout',
      { running: arn(4), newest: arn(5), recorded: arn(4) },
      [/runs slipway-dev-site:4, but the newest revision is slipway-dev-site:5/],
    ],
    [
      'a deployment around the pipeline',
      { running: arn(5), newest: arn(5), recorded: arn(4) },
      [/slipway-dev-site:4 was recorded/],
    ],
    [
      'a service that is gone',
      { running: undefined, newest: arn(1), recorded: undefined },
      [/does not exist/],
    ],
  ])('judges %s', (_, revisions, sentences) => {
    const problems = explainRevisions({ app: 'site', ...revisions });
    expect(problems).toHaveLength(sentences.length);
    for (const [index, sentence] of sentences.entries()) expect(problems[index]).toMatch(sentence);
  });
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A loopback AWS that answers by operation, in order; an operation's last answer repeats. */
async function serve(answers: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const asked = new Map<string, number>();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      const operation = String(target ?? new URLSearchParams(body).get('Action')).replace(/^.*\./, '');
      const known = answers[operation] ?? [];
      const index = asked.get(operation) ?? 0;
      asked.set(operation, index + 1);
      const text = known[Math.min(index, known.length - 1)] ?? '';
      const missing = text.includes('ParameterNotFound');
      response.writeHead(missing ? 400 : 200, {
        'Content-Type': target === undefined ? 'text/xml' : 'application/x-amz-json-1.1',
      });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

describe('readStackDrift', () => {
  const xml = (operation: string, inner: string) =>
    `<${operation}Response><${operation}Result>${inner}</${operation}Result></${operation}Response>`;
  const status = (text: string, reason = '') =>
    xml(
      'DescribeStackDriftDetectionStatus',
      `<StackId>s</StackId><StackDriftDetectionId>1</StackDriftDetectionId><DetectionStatus>${text}</DetectionStatus>${reason}<Timestamp>2026-11-20T00:00:00Z</Timestamp>`,
    );

  it('waits for the detection and reads what differs', async () => {
    const endpoint = await serve({
      DetectStackDrift: [xml('DetectStackDrift', '<StackDriftDetectionId>1</StackDriftDetectionId>')],
      DescribeStackDriftDetectionStatus: [status('DETECTION_IN_PROGRESS'), status('DETECTION_COMPLETE')],
      DescribeStackResourceDrifts: [
        xml(
          'DescribeStackResourceDrifts',
          '<StackResourceDrifts><member><LogicalResourceId>Rule</LogicalResourceId><ResourceType>AWS::ECS::Service</ResourceType><StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><PropertyDifferences><member><PropertyPath>/TaskDefinition</PropertyPath></member></PropertyDifferences></member></StackResourceDrifts>',
        ),
      ],
    });
    const client = new CloudFormationClient({ endpoint, region: 'us-east-1', credentials });
    let waits = 0;
    const found = await readStackDrift(client, 'stack', async () => {
      waits += 1;
    });
    client.destroy();
    expect(waits).toBe(1);
    expect(found).toEqual([
      {
        stack: 'stack',
        id: 'Rule',
        type: 'AWS::ECS::Service',
        status: 'MODIFIED',
        paths: ['/TaskDefinition'],
      },
    ]);
  });

  it('fails with CloudFormation’s reason when the detection fails', async () => {
    const endpoint = await serve({
      DetectStackDrift: [xml('DetectStackDrift', '<StackDriftDetectionId>1</StackDriftDetectionId>')],
      DescribeStackDriftDetectionStatus: [
        status('DETECTION_FAILED', '<DetectionStatusReason>no access</DetectionStatusReason>'),
      ],
    });
    const client = new CloudFormationClient({ endpoint, region: 'us-east-1', credentials });
    await expect(readStackDrift(client, 'stack', async () => {})).rejects.toThrow(/no access/);
    client.destroy();
  });
});

describe('readAppRevisions', () => {
  it('asks ECS twice and SSM once, and takes a missing record for a first deployment', async () => {
    const endpoint = await serve({
      DescribeServices: ['{"services":[{"taskDefinition":"arn:x:2"}]}'],
      DescribeTaskDefinition: ['{"taskDefinition":{"taskDefinitionArn":"arn:x:3"}}'],
      GetParameter: ['{"__type":"ParameterNotFound"}'],
    });
    const clients = {
      ecs: new ECSClient({ endpoint, region: 'us-east-1', credentials }),
      ssm: new SSMClient({ endpoint, region: 'us-east-1', credentials }),
    };
    expect(await readAppRevisions(clients, nameAppResources('dev', 'site'))).toEqual({
      app: 'site',
      running: 'arn:x:2',
      newest: 'arn:x:3',
      recorded: undefined,
    });
    clients.ecs.destroy();
    clients.ssm.destroy();
  });
});
