import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeStandInImage } from '../image-archive/stand-in-image.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { addTraits, type StagedService, stageService } from '../scenarios/stage.ts';
import type { Json } from '../server/service.ts';
import { readTaskDefinition } from './applications.ts';
import type { Builder, Docker } from './docker.ts';
import type { Job, JobStep } from './job.ts';
import type { Progress } from './progress.ts';
import type { ChainEnd } from './verdict.ts';

export interface Chain {
  readonly rehearsal: Rehearsal;
  readonly scenario: Scenario;
  readonly app: string;
  readonly docker: Docker;
  readonly builder: Builder;
  readonly repositoryRoot: string;
  readonly runnerTemp: string;
  readonly job: Job;
  readonly progress: Progress;
  /** The version to deploy, for the application to know itself by. */
  readonly version: string;
}

/**
 * Runs build-push-ecr, render-taskdef, deploy-ecs-service and wait-stable, handing outputs from step to step as a workflow
 * would, and the stage to the scenario before the deployment.
 */
export async function runChain(chain: Chain): Promise<ChainEnd> {
  const { rehearsal, scenario, app, job } = chain;
  await rehearsal.call('ecr', 'CreateRepository', { repositoryName: app });
  const own = await readTaskDefinition(chain.repositoryRoot, app);
  const taskDefinition = addTraits(own, scenario.service ?? {});
  const staged = stageService(rehearsal, { taskDefinition }, scenario.service);

  const built = await job.run('build-push-ecr', await buildInputs(chain));
  const image = built?.outputs['image'] ?? '';
  if (built?.exitCode === 0) await checkPush(chain, built, image);

  const rendered = await job.run('render-taskdef', {
    'task-definition':
      taskDefinition === own ? `apps/${app}/taskdef.json` : await writeDefinition(chain, taskDefinition),
    images: `${frontContainer(taskDefinition)}=${image}`,
    environment: `APP_VERSION=${chain.version}`,
  });
  const { cluster, service } = staged;
  if (rendered?.exitCode === 0)
    await scenario.prepare?.({ rehearsal, cluster, service, repository: app, image, cancel: job.cancel });

  const deployed = await job.run('deploy-ecs-service', deployInputs(chain, staged, rendered));
  const waited = await job.run('wait-stable', {
    cluster,
    service,
    'service-deployment-arn': deployed?.outputs['service-deployment-arn'] ?? '',
    'poll-seconds': '1',
  });
  const last = waited ?? deployed;
  return {
    verdict: last?.outputs['verdict'],
    cause: last?.outputs['cause'],
    exitCode: last?.exitCode ?? 1,
  };
}

/** For scenarios that need another definition than the application's own file. */
async function writeDefinition({ runnerTemp }: Chain, taskDefinition: Json): Promise<string> {
  const path = join(runnerTemp, 'taskdef.json');
  await writeFile(path, JSON.stringify(taskDefinition, undefined, 2));
  return path;
}

const realBase = 'public.ecr.aws/docker/library/node:24-alpine';

async function buildInputs({
  app,
  docker,
  builder,
  repositoryRoot,
  runnerTemp,
  progress,
}: Chain): Promise<Record<string, string>> {
  if (builder.kind === 'none') {
    const { path, files } = await writeStandInImage(
      join(repositoryRoot, 'apps', app),
      join(runnerTemp, `${app}.tar`),
    );
    progress.note(
      `The image is a stand-in, packed by the rehearsal from ${files.length} files: ${builder.reason}.`,
    );
    return { repository: app, 'image-archive': path };
  }
  const base = (await docker.hasLocalImage(realBase)) ? realBase : 'scratch';
  progress.note(`The image is built by docker ${builder.version} on ${base}.`);
  return { repository: app, context: `apps/${app}`, 'build-args': `BASE=${base}` };
}

/** Pulls the image back where docker built it: what is deployed must be what was pushed. */
async function checkPush(
  { rehearsal, docker, builder, progress }: Chain,
  { outputs }: JobStep,
  image: string,
): Promise<void> {
  if (builder.kind === 'none') return;
  const repository = `${outputs['registry']}/${outputs['repository']}`;
  const tags = (outputs['tags'] ?? '').split('\n').map((tag) => `${repository}:${tag}`);
  const same = await docker.pullBack(rehearsal, image, tags);
  if (!same) throw new Error(`Pulled back ${image}, and it is not the image that was built.`);
  progress.note(`Pulled back by digest: the same image, ${outputs['digest']}.`);
}

function deployInputs(
  chain: Chain,
  { cluster, service }: StagedService,
  rendered: JobStep | undefined,
): Record<string, string> {
  return {
    'task-definition': rendered?.outputs['task-definition'] ?? '',
    cluster,
    service,
    'poll-seconds': '1',
    ...chain.scenario.deployInputs,
  };
}

function frontContainer(taskDefinition: Readonly<Record<string, unknown>>): string {
  const containers = taskDefinition['containerDefinitions'] as readonly {
    name: string;
    portMappings?: unknown[];
  }[];
  const front = containers.find(({ portMappings }) => (portMappings ?? []).length > 0) ?? containers[0];
  return front?.name ?? '';
}
