import { describe, expect, it } from '@jest/globals';
import { parseImagePlace, parseRepositoryPlace, sayImage, sayPlace } from './registry-place.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImagePlace', () => {
  it.each([
    ['web:v1', { host: undefined, repository: 'web', tag: 'v1', digest: undefined }],
    ['team/web:v1', { host: undefined, repository: 'team/web', tag: 'v1', digest: undefined }],
    [`web@${digest}`, { host: undefined, repository: 'web', tag: undefined, digest }],
    [`web:v1@${digest}`, { host: undefined, repository: 'web', tag: 'v1', digest }],
    ['localhost/web:v1', { host: 'localhost', repository: 'web', tag: 'v1', digest: undefined }],
    [
      '127.0.0.1:5000/a/web:v1',
      { host: '127.0.0.1:5000', repository: 'a/web', tag: 'v1', digest: undefined },
    ],
    ['[::1]:5000/web:v1', { host: '[::1]:5000', repository: 'web', tag: 'v1', digest: undefined }],
    [' ghcr.io/o/web:v1\n', { host: 'ghcr.io', repository: 'o/web', tag: 'v1', digest: undefined }],
    ['docker.io/nginx:1', { host: 'docker.io', repository: 'library/nginx', tag: '1', digest: undefined }],
    [
      `123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@${digest}`,
      { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'web', tag: undefined, digest },
    ],
  ])('reads %s', (text, place) => {
    expect(parseImagePlace(text)).toEqual(place);
  });

  it.each([
    ['web', /names no image; add a tag or digest, such as "web:v1\.4\.2"/],
    ['web:', /"" is not a tag/],
    ['web:a b', /"a b" is not a tag/],
    ['web@sha256:abc', /"sha256:abc" is not a digest/],
    ['Web:v1', /"Web" is not a repository name/],
    ['host:x/web:v1', /"host:x" is not a host/],
    ['https://ghcr.io/o/web:v1', /"https:" is not a host/],
    [':v1', /"" is not a repository name/],
    ['ghcr.io/:v1', /"" is not a repository name/],
  ])('refuses %s', (text, message) => {
    expect(() => parseImagePlace(text)).toThrow(message);
  });
});

describe('parseRepositoryPlace', () => {
  it.each([
    ['web', { host: undefined, repository: 'web' }],
    ['127.0.0.1:5000/web', { host: '127.0.0.1:5000', repository: 'web' }],
  ])('reads %s', (text, place) => {
    expect(parseRepositoryPlace(text)).toEqual(place);
  });

  it.each([
    ['web:v1', /give tags by the input "tags"/],
    [`ghcr.io/o/web@${digest}`, /give tags by the input "tags"/],
    ['', /"" is not a repository name/],
  ])('refuses %s', (text, message) => {
    expect(() => parseRepositoryPlace(text)).toThrow(message);
  });
});

it('says a place as a person writes it, the digest before the tag', () => {
  expect(sayPlace(parseRepositoryPlace('ghcr.io/o/web'))).toBe('ghcr.io/o/web');
  expect(sayImage(parseImagePlace('web:v1'))).toBe('web:v1');
  expect(sayImage(parseImagePlace(`web:v1@${digest}`))).toBe(`web@${digest}`);
});
