import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ScanState } from './image-scanner.ts';
import type { StoredManifest } from './manifest.ts';
import type { ScanFinding, Severity } from './scan-finding.ts';
import { checkScan } from './scan-gate.ts';
import { renderScan } from './scan-summary.ts';

const hex = (digit: string): string => `sha256:${digit.repeat(64)}`;
const manifest = (content: object): StoredManifest => ({
  digest: hex('0'),
  mediaType: 'x',
  bytes: Buffer.from(JSON.stringify(content)),
});
const image = manifest({ config: { digest: hex('c'), size: 1 }, layers: [] });
const finding = (name: string, severity: Severity): ScanFinding => ({
  name,
  severity,
  packageName: 'openssl 3.0.2',
  fixedIn: '3.0.3',
});

/** A scanner whose answers depend on the time since the push. */
let now = 0;
let started: string[] = [];
beforeEach(() => {
  now = 0;
  started = [];
});
const clock = {
  now: () => now,
  async sleep(milliseconds: number) {
    now += milliseconds;
  },
};
function check(
  state: (digest: string, seconds: number) => ScanState,
  options: { root?: StoredManifest; least?: Severity; refusal?: string } = {},
) {
  const scanner = {
    findScan: async (digest: string) => state(digest, now / 1000),
    async startScan(digest: string) {
      started.push(digest);
      return options.refusal;
    },
  };
  return checkScan(
    { scanner, clock, least: options.least ?? 'high', timeoutSeconds: 120 },
    options.root ?? image,
  );
}
const done = (...findings: ScanFinding[]): ScanState => ({ kind: 'done', continuous: false, findings });

describe('the scan gate', () => {
  it.each<[Severity, string | undefined]>([
    ['critical', undefined],
    ['high', 'vulnerabilities-found'],
    ['medium', 'vulnerabilities-found'],
  ])('of %s for a finding that is high', async (least, code) => {
    const report = await check(() => done(finding('CVE-1', 'high')), { least });
    expect(report.failure?.code).toBe(code);
  });

  it('waits for a scan on push', async () => {
    const report = await check((_digest, seconds) => {
      if (seconds < 3) return { kind: 'missing' };
      return seconds < 40 ? { kind: 'running' } : done();
    });
    expect(report.failure).toBeUndefined();
    expect(started).toEqual([]);
  });

  it('asks for a scan, once, where the push started none', async () => {
    const report = await check((_digest, seconds) => (seconds < 60 ? { kind: 'missing' } : done()));
    expect(report.failure).toBeUndefined();
    expect(started).toEqual([image.digest]);
  });

  it('has its own message where scanning is not enabled', async () => {
    const report = await check(() => ({ kind: 'missing' }), { refusal: 'this feature is disabled' });
    expect(report.failure).toMatchObject({
      code: 'scan-not-enabled',
      message: expect.stringContaining('this feature is disabled'),
    });
    expect(now).toBeLessThan(60_000);
  });

  it('waits with a limit', async () => {
    const report = await check(() => ({ kind: 'running' }));
    expect(report.failure).toMatchObject({
      code: 'scan-incomplete',
      message: expect.stringContaining('not done after 2 minutes'),
    });
    expect(now).toBe(120_000);
  });

  it('is shut for what cannot be scanned', async () => {
    const report = await check(() => ({ kind: 'unscannable', reason: 'UNSUPPORTED_IMAGE' }));
    expect(report.failure?.message).toContain('UNSUPPORTED_IMAGE');
  });

  it("lets findings of a continuous scan come in, as they follow Inspector's first answer", async () => {
    const report = await check((_digest, seconds) => ({
      kind: 'done',
      continuous: true,
      findings: seconds < 20 ? [] : [finding('CVE-2', 'critical')],
    }));
    expect(report.failure?.code).toBe('vulnerabilities-found');
  });

  it('looks at every platform of an index, and at no attestation', async () => {
    const entry = (digit: string, os: string, architecture: string) => ({
      digest: hex(digit),
      size: 1,
      platform: { os, architecture },
    });
    const root = manifest({
      manifests: [
        entry('1', 'linux', 'amd64'),
        entry('2', 'linux', 'arm64'),
        entry('3', 'unknown', 'unknown'),
      ],
    });
    const seen = new Set<string>();
    const report = await check(
      (digest) => {
        seen.add(digest);
        return done(...(digest === hex('2') ? [finding('CVE-3', 'high')] : []));
      },
      { root },
    );
    expect([...seen]).toEqual([hex('1'), hex('2')]);
    expect(report.failure?.message).toContain('1 vulnerability of severity high or above: CVE-3');
    expect(renderScan(report)).toMatch(
      /\| high +\| CVE-3 +\| openssl 3\.0\.2 +\| 3\.0\.3 +\| linux\/arm64 +\|/,
    );
  });

  it('looks at what says no platform, too', async () => {
    const root = manifest({ manifests: [{ digest: hex('1'), size: 1 }] });
    const report = await check(() => done(finding('CVE-1', 'high')), { root });
    expect(report.failure?.code).toBe('vulnerabilities-found');
  });

  it('tells what is below it by number only', async () => {
    const report = await check(() => done(finding('CVE-1', 'low'), finding('CVE-2', 'low')));
    const summary = renderScan(report);
    expect(summary).toContain('Nothing of severity high or above.\n\nFound: 2 low.');
    expect(summary).not.toContain('CVE-1');
  });
});
