import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { takeLookupRole } from './lookup-credentials.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

const identity =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/me</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

/** An STS that knows who asks and refuses to hand out roles, for the reason given. */
async function refuse(status: number, code: string): Promise<STSClient> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const asksWho = body.includes('GetCallerIdentity');
      response.writeHead(asksWho ? 200 : status, { 'Content-Type': 'text/xml' });
      response.end(
        asksWho
          ? identity
          : `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

describe('takeLookupRole', () => {
  it('says how to mend a role that is not there yet', async () => {
    const client = await refuse(403, 'AccessDenied');
    await expect(takeLookupRole(client, dev)).rejects.toThrow(
      /role\/cdk-slipdev-lookup-role-111122223333-us-east-1 cannot be taken\. Run `npm run infra:bootstrap -- dev` first/,
    );
    client.destroy();
  });

  it('does not dress up an error of another kind', async () => {
    const client = await refuse(400, 'ExpiredToken');
    await expect(takeLookupRole(client, dev)).rejects.toMatchObject({ name: 'ExpiredToken' });
    client.destroy();
  });
});
