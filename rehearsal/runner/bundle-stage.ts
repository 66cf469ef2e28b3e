import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CreateRepositoryCommand, ECRClient, type ImageTagMutability } from '@aws-sdk/client-ecr';
import { type Rehearsal, startRehearsal } from '../rehearsal.ts';
import { nodePath } from './node-process.ts';
import { runStep, type StepResult } from './run-step.ts';

/** One action's shipped bundle as processes, on a local AWS and in a workspace of their own. */
export interface BundleStage {
  readonly aws: Rehearsal;
  readonly workspace: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  run(inputs?: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>): Promise<StepResult>;
  /** `service operation` of every call since the last time this was asked. */
  takeCalls(): string[];
  createRepository(name: string, mutability?: ImageTagMutability): Promise<void>;
  close(): Promise<void>;
}

/** Opens a stage for one action's bundle; what `defaults` gives, every step gets. */
export async function openBundleStage(
  action: string,
  defaults: Readonly<Record<string, string>>,
): Promise<BundleStage> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bundle-'));
  const repositoryRoot = await findBundles(action, directory);
  const aws = await startRehearsal({ speed: 1 });
  const credentials = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
  const ecr = new ECRClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials });
  let taken = 0;
  return {
    aws,
    workspace: directory,
    host: new URL(aws.endpoint).host,
    run: (inputs = {}, env = {}) =>
      runStep({
        action,
        inputs: { ...defaults, ...inputs },
        env: { ...aws.environment(), ...env },
        workspace: directory,
        repositoryRoot,
      }),
    takeCalls() {
      const calls = aws.calls.slice(taken).map(({ service, operation }) => `${service} ${operation}`);
      taken = aws.calls.length;
      return calls;
    },
    async createRepository(repositoryName, imageTagMutability = 'MUTABLE') {
      await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
      taken = aws.calls.length;
    },
    async close() {
      ecr.destroy();
      await aws.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The repository with its committed bundles, or, before there are any, a place with bundles built for this test. */
async function findBundles(action: string, directory: string): Promise<string> {
  const repository = fileURLToPath(new URL('../../', import.meta.url));
  if (existsSync(join(repository, 'dist', action))) return repository;
  const root = join(directory, '.bundles');
  await promisify(execFile)(nodePath, [
    join(repository, 'scripts', 'build.mjs'),
    '--out',
    join(root, 'dist'),
  ]);
  await symlink(join(repository, 'actions'), join(root, 'actions'));
  return root;
}
