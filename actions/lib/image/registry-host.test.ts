import { describe, expect, it } from '@jest/globals';
import { isLoopbackHost, parseEcrHost, registryOrigin } from './registry-host.ts';

describe('parseEcrHost', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['123456789012.dkr-ecr.us-east-1.on.aws', 'us-east-1'],
    ['123456789012.dkr-ecr-fips.us-east-1.on.aws', 'us-east-1'],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1'],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
  ])('reads %s', (host, region) => {
    expect(parseEcrHost(host)).toEqual({ registryId: '123456789012', region });
  });

  it.each([
    'public.ecr.aws',
    '12345.dkr.ecr.eu-west-1.amazonaws.com',
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
    '123456789012.dkr.ecr.eu-west-1.evil.com',
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443',
    'ghcr.io',
    '127.0.0.1:5000',
  ])('does not take %s for ECR', (host) => {
    expect(parseEcrHost(host)).toBeUndefined();
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'localhost:5000', '127.0.0.1:80', '127.1.2.3', '[::1]:5000'])(
    'holds for %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each(['localhost.example.org', '127.0.0.1.nip.io', '128.0.0.1', 'ghcr.io'])(
    'does not hold for %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});

it.each([
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['ghcr.io', 'https://ghcr.io'],
  ['docker.io', 'https://registry-1.docker.io'],
])('%s answers under %s', (host, origin) => {
  expect(registryOrigin(host)).toBe(origin);
});
