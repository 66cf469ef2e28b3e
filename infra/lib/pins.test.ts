import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  devDependencies: Record<string, string>;
};

describe('the CDK toolchain', () => {
  it('is pinned exactly', () => {
    for (const name of ['aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs']) {
      expect(`${name} ${manifest.devDependencies[name]}`).toMatch(/ \d+\.\d+\.\d+$/);
    }
  });

  it('stays away from aws-cdk 3.0.0, a stray publish that cannot read our assemblies (aws-cdk#38113)', () => {
    expect(manifest.devDependencies['aws-cdk']).toMatch(/^2\.1\d{3}\./);
  });
});
