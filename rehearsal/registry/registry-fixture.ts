import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { createSteppingClock, type SteppingClock } from '../clock/clock.ts';
import { createEcrService } from '../ecr/ecr-service.ts';
import { createEcrWorld, type EcrWorld } from '../ecr/ecr-world.ts';
import { type AwsServer, startAwsServer } from '../server/aws-server.ts';
import { digestOf } from './digest.ts';
import { createRegistryHandler } from './registry-handler.ts';

/** A registry and ECR's API on a stepping clock, with an unmodified SDK client and a fetch that is logged in. */
export interface RegistryFixture {
  readonly clock: SteppingClock;
  readonly world: EcrWorld;
  readonly server: AwsServer;
  readonly ecr: ECRClient;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** A request below `/v2/`, with ECR's Basic login. */
  request(path: string, init?: RequestInit): Promise<Response>;
  authorization(): Promise<string>;
  close(): Promise<void>;
}

export async function startRegistryFixture(): Promise<RegistryFixture> {
  const clock = createSteppingClock(Date.parse('2026-11-20T08:00:00Z'));
  let endpoint = '';
  const world = createEcrWorld({ clock, registryId: '123456789012', endpoint: () => endpoint });
  const server = await startAwsServer({
    clock,
    services: [createEcrService(world)],
    handlers: [createRegistryHandler(world)],
  });
  endpoint = server.endpoint;
  const credentials = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
  const ecr = new ECRClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  async function authorization(): Promise<string> {
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
    return `Basic ${authorizationData?.[0]?.authorizationToken}`;
  }
  const login = await authorization();
  return {
    clock,
    world,
    server,
    ecr,
    host: new URL(endpoint).host,
    authorization,
    request: (path, init = {}) =>
      fetch(`${endpoint}/v2/${path}`, { ...init, headers: { authorization: login, ...init.headers } }),
    async close() {
      ecr.destroy();
      await server.close();
      await world.blobs.close();
    },
  };
}

/** Pushes a blob whole and returns its digest. */
export async function pushBlob(
  registry: RegistryFixture,
  repository: string,
  content: string,
): Promise<string> {
  const digest = digestOf(Buffer.from(content));
  const response = await registry.request(`${repository}/blobs/uploads/?digest=${digest}`, {
    method: 'POST',
    body: content,
  });
  if (response.status !== 201) throw new Error(`pushing a blob answered ${response.status}`);
  return digest;
}

/** An image manifest of one layer; both blobs are pushed. */
export async function pushBlobsOfImage(
  registry: RegistryFixture,
  repository: string,
  content: string,
): Promise<string> {
  const config = await pushBlob(registry, repository, '{}');
  const layer = await pushBlob(registry, repository, content);
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: layer,
        size: Buffer.byteLength(content),
      },
    ],
  });
}

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

/** Puts a manifest under a tag or digest. */
export function putManifest(
  registry: RegistryFixture,
  repository: string,
  reference: string,
  manifest: string,
  type = imageType,
): Promise<Response> {
  return registry.request(`${repository}/manifests/${reference}`, {
    method: 'PUT',
    body: manifest,
    headers: { 'content-type': type },
  });
}
