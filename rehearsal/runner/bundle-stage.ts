import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient, type ImageTagMutability } from '@aws-sdk/client-ecr';
import { type Rehearsal, startRehearsal } from '../rehearsal.ts';
import { findBundledRepository } from './bundles.ts';
import { runStep, type Step, type StepResult } from './run-step.ts';

/** One action's shipped bundle as processes, on a local AWS and in a workspace of their own. */
export interface BundleStage {
  readonly aws: Rehearsal;
  readonly workspace: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  run(
    inputs?: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    watch?: Pick<Step, 'cancel' | 'onLine'>,
  ): Promise<StepResult>;
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
  const repositoryRoot = await findBundledRepository(directory);
  const aws = await startRehearsal({ speed: 1 });
  const credentials = { accessKeyId: 'AKIAREHEARSAL0000000', secretAccessKey: 'rehearsal' };
  const ecr = new ECRClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials });
  let taken = 0;
  return {
    aws,
    workspace: directory,
    host: new URL(aws.endpoint).host,
    run: (inputs = {}, env = {}, watch = {}) =>
      runStep({
        action,
        inputs: { ...defaults, ...inputs },
        env: { ...aws.environment(), ...env },
        workspace: directory,
        repositoryRoot,
        ...watch,
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
