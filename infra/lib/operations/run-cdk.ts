import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Runs the pinned CDK CLI with the terminal attached; returns its exit code. Arguments never meet a shell. */
export function runCdk(args: readonly string[]): number {
  const manifest = createRequire(import.meta.url).resolve('aws-cdk/package.json');
  const { status, error } = spawnSync(process.execPath, [join(dirname(manifest), 'bin', 'cdk'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1' },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}
