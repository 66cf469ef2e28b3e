import { UserError } from '../message/user-error.ts';
import type { Clock } from '../rollout/clock.ts';
import { shortDigest } from './digest.ts';
import type { ImageScanner, ScanState } from './image-scanner.ts';
import { parseJsonObject, readManifest, type StoredManifest } from './manifest.ts';
import { isAtLeast, type ScanFinding, type Severity } from './scan-finding.ts';

export interface ScanGate {
  readonly scanner: ImageScanner;
  readonly clock: Clock;
  /** The least severity that fails. */
  readonly least: Severity;
  readonly timeoutSeconds: number;
}

export interface ScanReport {
  readonly least: Severity;
  readonly images: readonly ScannedImage[];
  /** Why the gate is shut; undefined when it is open. */
  readonly failure: UserError | undefined;
}

/** One image of one platform, with all that was found in it. */
export interface ScannedImage {
  readonly digest: string;
  readonly platform: string | undefined;
  readonly findings: readonly ScanFinding[];
}

const pollMilliseconds = 3_000;
// A scan on push is asked for by the push itself; only after this time one is asked for here.
const graceMilliseconds = 6_000;
// Amazon Inspector says ACTIVE before its findings arrive: https://github.com/aws/aws-for-fluent-bit/pull/1105
const settleMilliseconds = 30_000;

/**
 * Waits until the registry has scanned an image, every platform of an index by itself (an index as such is never scanned),
 * and tells whether anything at least as grave as `least` was found. A scan that did not happen shuts the gate as well.
 */
export async function checkScan(gate: ScanGate, root: StoredManifest): Promise<ScanReport> {
  const deadline = gate.clock.now() + gate.timeoutSeconds * 1000;
  const images: ScannedImage[] = [];
  try {
    for (const { digest, platform } of scannedManifests(root)) {
      const findings = await awaitFindings(gate, digest, deadline);
      images.push({ digest, platform, findings: [...findings].sort(byName) });
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { least: gate.least, images, failure: error };
  }
  return { least: gate.least, images, failure: judge(gate.least, images) };
}

/** Findings that shut the gate, each named once though several platforms have it. */
export function blockingFindings({ least, images }: Pick<ScanReport, 'least' | 'images'>): string[] {
  const all = images.flatMap(({ findings }) => findings);
  return [...new Set(all.filter(({ severity }) => isAtLeast(severity, least)).map(({ name }) => name))];
}

function judge(least: Severity, images: readonly ScannedImage[]): UserError | undefined {
  const names = blockingFindings({ least, images });
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  const many = names.length === 1 ? '1 vulnerability' : `${names.length} vulnerabilities`;
  return new UserError(
    'vulnerabilities-found',
    `The scan found ${many} of severity ${least} or above: ${shown}${more}. The image is pushed; do not deploy it. Update the packages that the job summary names, or lower the gate with the input scan.`,
  );
}

interface Scanned {
  readonly digest: string;
  readonly platform: string | undefined;
}

function scannedManifests(root: StoredManifest): readonly Scanned[] {
  const content = readManifest(root.bytes);
  if (content?.kind !== 'index') return [{ digest: root.digest, platform: undefined }];
  const attestations = attestationDigests(root);
  return content.manifests.filter(({ digest }) => !attestations.has(digest));
}

// BuildKit lists attestations under a platform that says it is none; an image may be silent about its own, and is scanned.
// https://docs.docker.com/build/metadata/attestations/attestation-storage/
function attestationDigests(root: StoredManifest): ReadonlySet<unknown> {
  const { manifests } = parseJsonObject(root.bytes, `index ${root.digest}`);
  const entries = manifests as { digest: unknown; platform?: { os?: unknown } | null }[];
  return new Set(entries.filter(({ platform }) => platform?.os === 'unknown').map(({ digest }) => digest));
}

async function awaitFindings(
  { scanner, clock, timeoutSeconds }: ScanGate,
  digest: string,
  deadline: number,
): Promise<readonly ScanFinding[]> {
  const startedAt = clock.now();
  let refusal: string | undefined;
  let asked = false;
  let active: { readonly count: number; readonly since: number } | undefined;
  for (;;) {
    const state = await scanner.findScan(digest);
    const now = clock.now();
    if (state.kind === 'done') {
      if (!state.continuous) return state.findings;
      const count = state.findings.length;
      if (active?.count !== count) active = { count, since: now };
      if (now - active.since >= settleMilliseconds) return state.findings;
    }
    if (state.kind === 'unscannable') throw unscannable(digest, state.reason);
    if (state.kind === 'missing' && !asked && now - startedAt >= graceMilliseconds) {
      asked = true;
      refusal = await scanner.startScan(digest);
    }
    if (now >= deadline) throw outOfTime(digest, state, refusal, timeoutSeconds);
    if (state.kind === 'missing' && refusal !== undefined && now - startedAt >= settleMilliseconds) {
      throw notEnabled(digest, refusal);
    }
    await clock.sleep(Math.max(0, Math.min(pollMilliseconds, deadline - now)));
  }
}

function outOfTime(
  digest: string,
  { kind }: ScanState,
  refusal: string | undefined,
  timeoutSeconds: number,
): UserError {
  if (kind === 'missing') return notEnabled(digest, refusal ?? 'no scan has begun');
  return new UserError(
    'scan-incomplete',
    `The scan of ${shortDigest(digest)} was not done after ${timeoutSeconds / 60} minutes. Raise the input scan-timeout-minutes, or run the job again: a scan goes on by itself.`,
  );
}

function notEnabled(digest: string, reason: string): UserError {
  return new UserError(
    'scan-not-enabled',
    `Scanning is not enabled for ${shortDigest(digest)}: ${reason}. Set scan on push for the repository (aws ecr put-image-scanning-configuration), include it in the registry's enhanced scanning, or allow ecr:StartImageScan.`,
  );
}

function unscannable(digest: string, reason: string): UserError {
  return new UserError(
    'scan-incomplete',
    `ECR could not scan ${shortDigest(digest)}: ${reason}. Use a base image that its scanner knows, or set the input scan to off.`,
  );
}

function byName(a: ScanFinding, b: ScanFinding): number {
  if (a.severity !== b.severity) return isAtLeast(a.severity, b.severity) ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
