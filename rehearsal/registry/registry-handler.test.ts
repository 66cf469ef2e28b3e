import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '../server/service.ts';
import { digestOf } from './digest.ts';
import {
  imageType,
  indexType,
  pushBlob,
  pushBlobsOfImage,
  putManifest,
  type RegistryFixture,
  startRegistryFixture,
} from './registry-fixture.ts';

let registry: RegistryFixture;
let repository: string;
let count = 0;

beforeAll(async () => {
  registry = await startRegistryFixture();
});
afterAll(() => registry.close());
beforeEach(async () => {
  repository = `team/app${++count}`;
  await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: repository }));
});

interface ErrorBody {
  readonly errors: readonly { code: string; message: string }[];
}
async function errorOf(response: Response): Promise<[number, string, string]> {
  const { errors } = (await response.json()) as ErrorBody;
  return [response.status, errors[0]!.code, errors[0]!.message];
}

describe('login', () => {
  it('is demanded with ECR’s own challenge', async () => {
    const response = await fetch(`${registry.server.endpoint}/v2/`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Basic realm="https://${registry.host}/",service="ecr.amazonaws.com"`,
    );
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
    expect(await response.text()).toBe('Not Authorized\n');
  });

  it.each([
    ['a password ECR never issued', `Basic ${btoa('AWS:guess')}`],
    ['a bearer token', 'Bearer abc'],
  ])('is refused with %s', async (_name, authorization) => {
    expect((await registry.request('', { headers: { authorization } })).status).toBe(401);
  });

  it('is refused for a user other than AWS', async () => {
    const password = atob((await registry.authorization()).slice('Basic '.length)).slice('AWS:'.length);
    const authorization = `Basic ${btoa(`root:${password}`)}`;
    expect((await registry.request('', { headers: { authorization } })).status).toBe(401);
  });

  it('lasts twelve hours', async () => {
    const authorization = await registry.authorization();
    registry.clock.advance(12 * 60 * 60 * 1000 - 1);
    expect((await registry.request('', { headers: { authorization } })).status).toBe(200);
    registry.clock.advance(1);
    expect(await errorOf(await registry.request('', { headers: { authorization } }))).toEqual([
      403,
      'DENIED',
      'Your authorization token has expired. Reauthenticate and try again.',
    ]);
    // The fixture's own login is as old; the tests below need a fresh registry.
    await registry.close();
    registry = await startRegistryFixture();
  });
});

describe('blobs', () => {
  it.each<[string, (upload: string, digest: string) => Promise<Response>]>([
    [
      'in one PUT',
      (upload, digest) => fetchWithLogin(`${upload}?digest=${digest}`, { method: 'PUT', body: 'hello' }),
    ],
    [
      'in chunks',
      async (upload, digest) => {
        const first = await patch(upload, 'hel', '0-2');
        expect([first.status, first.headers.get('range')]).toEqual([201, '0-2']);
        const second = await patch(first.headers.get('location')!, 'lo', '3-4');
        expect(second.headers.get('range')).toBe('0-4');
        return fetchWithLogin(`${upload}?digest=${digest}`, { method: 'PUT' });
      },
    ],
    [
      'in a chunk of unknown length and a last one with the PUT',
      async (upload, digest) => {
        const stream = new Blob(['hel']).stream();
        await fetchWithLogin(upload, { method: 'PATCH', body: stream, duplex: 'half' } as RequestInit);
        return fetchWithLogin(`${upload}?digest=${digest}`, { method: 'PUT', body: 'lo' });
      },
    ],
  ])('arrive %s', async (_name, finish) => {
    const begun = await registry.request(`${repository}/blobs/uploads/`, { method: 'POST' });
    expect(begun.status).toBe(202);
    const digest = digestOf(Buffer.from('hello'));
    const done = await finish(begun.headers.get('location')!, digest);
    expect([done.status, done.headers.get('docker-content-digest')]).toEqual([201, digest]);
    const got = await registry.request(`${repository}/blobs/${digest}`);
    expect(await got.text()).toBe('hello');
  });

  it('are mounted from another repository, or uploaded where that one lacks them', async () => {
    const other = `${repository}-other`;
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: other }));
    const digest = await pushBlob(registry, other, 'shared');
    const mount = (wanted: string) =>
      registry.request(`${repository}/blobs/uploads/?mount=${wanted}&from=${encodeURIComponent(other)}`, {
        method: 'POST',
      });
    expect((await mount(digest)).status).toBe(201);
    expect((await registry.request(`${repository}/blobs/${digest}`, { method: 'HEAD' })).status).toBe(200);
    expect((await mount(digestOf(Buffer.from('no')))).status).toBe(202);
  });

  it('are seen only by repositories they were pushed to', async () => {
    const digest = await pushBlob(registry, repository, 'private');
    const other = `${repository}-other`;
    await registry.ecr.send(new CreateRepositoryCommand({ repositoryName: other }));
    expect((await registry.request(`${other}/blobs/${digest}`, { method: 'HEAD' })).status).toBe(404);
  });

  it('are served in ranges, behind a redirect', async () => {
    const digest = await pushBlob(registry, repository, '0123456789');
    const get = (range?: string) =>
      registry.request(`${repository}/blobs/${digest}`, range === undefined ? {} : { headers: { range } });
    const whole = await get();
    expect(whole.redirected).toBe(true);
    expect(whole.headers.get('content-length')).toBe('10');
    const part = await get('bytes=3-5');
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 3-5/10',
      '345',
    ]);
    expect(await (await get('bytes=8-')).text()).toBe('89');
    expect((await get('bytes=10-')).status).toBe(416);
  });

  it('whose digest is another are refused and forgotten', async () => {
    const wrong = digestOf(Buffer.from('other'));
    const response = await registry.request(`${repository}/blobs/uploads/?digest=${wrong}`, {
      method: 'POST',
      body: 'this',
    });
    expect((await errorOf(response)).slice(0, 2)).toEqual([400, 'DIGEST_INVALID']);
    expect((await registry.request(`${repository}/blobs/${wrong}`, { method: 'HEAD' })).status).toBe(404);
  });

  it('cannot skip bytes, and say where to go on', async () => {
    const upload = (await registry.request(`${repository}/blobs/uploads/`, { method: 'POST' })).headers.get(
      'location',
    )!;
    await patch(upload, 'abc', '0-2');
    expect((await errorOf(await patch(upload, 'x', '5-5'))).slice(0, 2)).toEqual([
      416,
      'BLOB_UPLOAD_INVALID',
    ]);
    const status = await fetchWithLogin(upload, {});
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-2']);
  });

  it('that broke off in the middle go on where they stopped', async () => {
    const location = (await registry.request(`${repository}/blobs/uploads/`, { method: 'POST' })).headers.get(
      'location',
    )!;
    const authorization = await registry.authorization();
    const half = request(location, { method: 'PATCH', headers: { authorization, 'content-length': '10' } });
    half.on('error', () => undefined);
    half.write('01234');
    const received = async (): Promise<string | null> =>
      (await fetchWithLogin(location, {})).headers.get('range');
    while ((await received()) !== '0-4') await setImmediate();
    half.destroy();
    while (registry.server.calls.at(-1)?.operation !== 'PATCH upload') await setImmediate();
    expect(registry.server.calls.at(-1)).toMatchObject({ status: 0, error: 'aborted' });
    await patch(location, '56789', '5-9');
    const digest = digestOf(Buffer.from('0123456789'));
    expect((await fetchWithLogin(`${location}?digest=${digest}`, { method: 'PUT' })).status).toBe(201);
  });

  it('that were cancelled are gone', async () => {
    const upload = (await registry.request(`${repository}/blobs/uploads/`, { method: 'POST' })).headers.get(
      'location',
    )!;
    expect((await fetchWithLogin(upload, { method: 'DELETE' })).status).toBe(204);
    expect((await errorOf(await patch(upload, 'x', '0-0'))).slice(0, 2)).toEqual([
      404,
      'BLOB_UPLOAD_UNKNOWN',
    ]);
  });

  it('are in no repository that does not exist, in ECR’s words', async () => {
    const response = await registry.request('nowhere/blobs/uploads/', { method: 'POST' });
    expect(await errorOf(response)).toEqual([
      404,
      'NAME_UNKNOWN',
      "The repository with name 'nowhere' does not exist in the registry with id '123456789012'",
    ]);
  });

  async function fetchWithLogin(url: string, init: RequestInit): Promise<Response> {
    return registry.request(new URL(url).pathname.slice('/v2/'.length) + new URL(url).search, init);
  }
  function patch(url: string, body: string, range: string): Promise<Response> {
    return fetchWithLogin(url, { method: 'PATCH', body, headers: { 'content-range': range } });
  }
});

describe('manifests', () => {
  it('come back by tag and digest to the byte, with their media type', async () => {
    const manifest = `${await pushBlobsOfImage(registry, repository, 'v1')}\n`;
    const digest = digestOf(Buffer.from(manifest));
    const put = await putManifest(registry, repository, 'v1', manifest);
    expect([put.status, put.headers.get('docker-content-digest')]).toEqual([201, digest]);
    for (const reference of ['v1', digest]) {
      const head = await registry.request(`${repository}/manifests/${reference}`, { method: 'HEAD' });
      expect(head.headers.get('content-length')).toBe(String(manifest.length));
      const got = await registry.request(`${repository}/manifests/${reference}`);
      expect(got.headers.get('content-type')).toBe(imageType);
      expect(got.headers.get('docker-content-digest')).toBe(digest);
      expect(await got.text()).toBe(manifest);
    }
  });

  it('need every layer and child they refer to', async () => {
    const missing = digestOf(Buffer.from('missing'));
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: imageType,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: missing, size: 7 },
      layers: [],
    });
    expect(await errorOf(await putManifest(registry, repository, 'v1', manifest))).toEqual([
      400,
      'MANIFEST_BLOB_UNKNOWN',
      `Layers with digests '[${missing}]' required for pushing image into repository with name '${repository}' in the registry with id '123456789012' do not exist`,
    ]);
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: indexType,
      manifests: [{ mediaType: imageType, digest: missing, size: 7 }],
    });
    expect(await errorOf(await putManifest(registry, repository, 'v1', index, indexType))).toEqual([
      400,
      'MANIFEST_BLOB_UNKNOWN',
      `Images with digests '[${missing}]' required for pushing image into repository with name '${repository}' in the registry with id '123456789012' do not exist`,
    ]);
  });

  it.each([
    ['broken JSON', '{', imageType, 'MANIFEST_INVALID'],
    [
      'an unknown media type',
      '{"schemaVersion":2,"mediaType":"text/plain"}',
      'text/plain',
      'MANIFEST_INVALID',
    ],
    ['layers that are no list', `{"schemaVersion":2,"config":{},"layers":{}}`, imageType, 'MANIFEST_INVALID'],
    [
      'a layer that is nothing',
      `{"schemaVersion":2,"config":{},"layers":[null]}`,
      imageType,
      'MANIFEST_INVALID',
    ],
    ['two media types', `{"schemaVersion":2,"mediaType":"${imageType}"}`, indexType, 'MANIFEST_INVALID'],
    [
      'no configuration',
      `{"schemaVersion":2,"mediaType":"${imageType}","layers":[]}`,
      imageType,
      'MANIFEST_INVALID',
    ],
  ])('with %s are refused', async (_name, manifest, type, code) => {
    const response = await putManifest(registry, repository, 'v1', manifest, type);
    expect((await errorOf(response)).slice(0, 2)).toEqual([400, code]);
  });

  it('put under a digest must have it', async () => {
    const manifest = await pushBlobsOfImage(registry, repository, 'v1');
    const wrong = digestOf(Buffer.from('x'));
    expect(await errorOf(await putManifest(registry, repository, wrong, manifest))).toEqual([
      400,
      'MANIFEST_INVALID',
      `The image with digest '${wrong}' in repository '${repository}' and registry ID '123456789012' does not match the image digest that Amazon ECR has calculated.`,
    ]);
  });

  it.each([
    ['v9', 404, 'MANIFEST_UNKNOWN'],
    ['1.0+build', 400, 'TAG_INVALID'],
  ])('asked for as %s answer %i', async (reference, status, code) => {
    const response = await registry.request(`${repository}/manifests/${reference}`);
    expect((await errorOf(response)).slice(0, 2)).toEqual([status, code]);
  });

  it('are deleted by tag, and with the last tag altogether', async () => {
    const manifest = await pushBlobsOfImage(registry, repository, 'v1');
    await putManifest(registry, repository, 'v1', manifest);
    await putManifest(registry, repository, 'v2', manifest);
    const remove = () => registry.request(`${repository}/manifests/v1`, { method: 'DELETE' });
    expect((await remove()).status).toBe(202);
    expect((await registry.request(`${repository}/manifests/v2`)).status).toBe(200);
    expect((await remove()).status).toBe(404);
  });

  it('have their tags listed in order and in pages', async () => {
    const manifest = await pushBlobsOfImage(registry, repository, 'v1');
    for (const tag of ['c', 'a', 'b']) await putManifest(registry, repository, tag, manifest);
    const first = await registry.request(`${repository}/tags/list?n=2`);
    expect(await first.json()).toEqual({ name: repository, tags: ['a', 'b'] });
    const next = /<\/v2\/(.*)>; rel="next"/.exec(first.headers.get('link')!)![1]!;
    const second = await registry.request(next);
    expect(await second.json()).toEqual({ name: repository, tags: ['c'] });
    expect(second.headers.get('link')).toBeNull();
    const wrong = await registry.request(`${repository}/tags/list?n=all`);
    expect((await errorOf(wrong)).slice(0, 2)).toEqual([400, 'PAGINATION_NUMBER_INVALID']);
  });

  it('about another image are its referrers', async () => {
    const subject = digestOf(Buffer.from('subject'));
    const image = JSON.parse(await pushBlobsOfImage(registry, repository, 'sbom')) as object;
    const manifest = JSON.stringify({
      ...image,
      artifactType: 'application/spdx+json',
      subject: { mediaType: imageType, digest: subject, size: 7 },
    });
    const put = await putManifest(registry, repository, digestOf(Buffer.from(manifest)), manifest);
    expect(put.headers.get('oci-subject')).toBe(subject);
    const list = async (query: string): Promise<readonly { artifactType: string; digest: string }[]> => {
      const response = await registry.request(`${repository}/referrers/${subject}${query}`);
      return ((await response.json()) as { manifests: { artifactType: string; digest: string }[] }).manifests;
    };
    expect(await list('')).toMatchObject([
      { artifactType: 'application/spdx+json', digest: digestOf(Buffer.from(manifest)) },
    ]);
    expect(await list('?artifactType=application/other')).toEqual([]);
  });
});

describe('tag immutability', () => {
  const immutable = (tag: string): string =>
    `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the tag is immutable.`;

  async function pushTwice(tag: string, second: string): Promise<Response> {
    await putManifest(registry, repository, tag, await pushBlobsOfImage(registry, repository, 'first'));
    return putManifest(registry, repository, tag, await pushBlobsOfImage(registry, repository, second));
  }
  function setMode(
    mode: 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION',
    exclusions: string[],
  ): void {
    registry.world.store.repositories.get(repository)!.tagMutability = { mode, exclusions };
  }

  it.each(['other', 'first'])(
    'refuses a second push of a tag, even of the same image (%s)',
    async (second) => {
      setMode('IMMUTABLE', []);
      expect(await errorOf(await pushTwice('v1', second))).toEqual([400, 'TAG_INVALID', immutable('v1')]);
    },
  );

  it('lets a mutable tag move, and be pushed again as it is', async () => {
    expect((await pushTwice('v1', 'other')).status).toBe(201);
    expect((await pushTwice('v2', 'first')).status).toBe(201);
  });

  it.each([
    ['IMMUTABLE_WITH_EXCLUSION', 'latest', 201],
    ['IMMUTABLE_WITH_EXCLUSION', 'cache-main', 201],
    ['IMMUTABLE_WITH_EXCLUSION', 'v1', 400],
    ['MUTABLE_WITH_EXCLUSION', 'latest', 400],
    ['MUTABLE_WITH_EXCLUSION', 'v1', 201],
  ] as const)('understands exclusion filters: %s, %s answers %i', async (mode, tag, status) => {
    setMode(mode, ['latest', 'cache-*']);
    expect((await pushTwice(tag, 'other')).status).toBe(status);
  });
});

describe('for tests', () => {
  it('requests are recorded by operation', async () => {
    await registry.request(`${repository}/manifests/v1`, { method: 'HEAD' });
    expect(registry.server.calls.at(-1)).toMatchObject({
      service: 'registry',
      operation: 'HEAD manifest',
      status: 404,
      error: 'MANIFEST_UNKNOWN',
    });
  });

  it('faults hit the requests they name, as often as they say', async () => {
    registry.server.faults.push(
      {
        service: 'registry',
        operation: 'POST uploads',
        times: 1,
        fault: { error: new AwsError('ThrottlingException', 'Slow down') },
      },
      { service: 'registry', operation: 'PUT manifest', times: 1, fault: { dropConnection: true } },
    );
    const begin = () => registry.request(`${repository}/blobs/uploads/`, { method: 'POST' });
    expect(await errorOf(await begin())).toEqual([429, 'TOOMANYREQUESTS', 'Slow down']);
    expect((await begin()).status).toBe(202);
    await expect(putManifest(registry, repository, 'v1', '{}')).rejects.toThrow('fetch failed');
    expect((await putManifest(registry, repository, 'v1', '{}')).status).toBe(400);
  });
});
