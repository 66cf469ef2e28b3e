import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openEcrImageScanner } from '../lib/aws/ecr-image-scanner.ts';
import { openEcrRepository } from '../lib/aws/ecr-repository.ts';
import { createEcrRepository } from '../lib/aws/ecr-repository-creation.ts';
import { findBuildFiles } from '../lib/docker/build-context.ts';
import { openDockerBuilder } from '../lib/docker/docker-builder.ts';
import { renderPushSummary } from '../lib/image/push-report.ts';
import { openImageArchive } from '../lib/registry/image-archive.ts';
import { openRegistryRepository } from '../lib/registry/registry-repository.ts';
import { readGithubRun } from '../lib/runner/github-run.ts';
import { jobLog, maskSecret } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { readState, saveState, setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { systemClock } from '../lib/runner/system-clock.ts';
import { makeTemporaryDirectory, removeDirectory, workspace } from '../lib/runner/workspace.ts';
import { type BuildPushInputs, readBuildPushInputs } from './inputs.ts';
import { type BuildPushPorts, buildPush } from './run.ts';

// Everything private of a run lies in one directory, which is in the state before anything is written to it.
const directoryState = 'directory';

await runAction({
  async main() {
    const inputs = readActionInputs(readBuildPushInputs);
    for (const { source } of inputs.secrets) if (source.kind === 'value') maskSecret(source.value);
    const directory = await makeTemporaryDirectory('build-push-ecr');
    saveState(directoryState, directory);
    const { sha, ref, runUrl } = readGithubRun();
    const source = { sha, ref, repositoryUrl: runUrl?.replace(/\/actions\/runs\/\d+$/, '') };
    const report = await buildPush(inputs, source, createPorts(inputs, directory));
    setOutputs({
      image: report.image,
      digest: report.digest,
      tags: report.tags.join('\n'),
      registry: report.registry,
      repository: report.repository,
      'image-tagged': report.imageTagged,
      reused: String(report.reused),
    });
    await writeJobSummary(renderPushSummary(report));
    if (report.scan?.failure !== undefined) throw report.scan.failure;
  },
  async post() {
    const directory = readState(directoryState);
    if (directory !== undefined) await removeDirectory(directory);
  },
});

function createPorts(inputs: BuildPushInputs, directory: string): BuildPushPorts {
  const { maxRetries, repository, registryId } = inputs;
  const retry = { clock: systemClock, random: Math.random, maxRetries, log: jobLog };
  const place = { repository, registryId, maxRetries };
  const ecr = openEcrRepository(place);
  return {
    clock: systemClock,
    log: jobLog,
    async authorize() {
      const login = await ecr.authorize();
      maskSecret(login.password);
      maskSecret(Buffer.from(`${login.username}:${login.password}`).toString('base64'));
      return login;
    },
    findTagged: ecr.findTagged,
    findTagMutability: ecr.findTagMutability,
    createRepository: (settings) => createEcrRepository(place, settings, jobLog),
    openScanner: () => openEcrImageScanner(place),
    openRepository: (login) => openRegistryRepository(login, repository, retry),
    openBuilder: (login) => openDockerBuilder({ log: jobLog, directory, login, retry }),
    findBuildFiles: (request) => findBuildFiles(workspace(), request),
    async openArchive(path) {
      const scratch = join(directory, 'archive');
      await mkdir(scratch);
      return openImageArchive(resolve(workspace(), path), path, scratch);
    },
  };
}
