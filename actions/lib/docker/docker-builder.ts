import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildRequest, type BuildSecret, buildCommand, sayBuilder } from '../image/build-command.ts';
import { buildFailure } from '../image/build-failure.ts';
import { canLoad, missingAbility, pushesWhileBuilding } from '../image/builder-ability.ts';
import { isDigest } from '../image/digest.ts';
import type { BuiltImage, ImageBuilder } from '../image/image-builder.ts';
import type { RegistryLogin } from '../image/image-repository.ts';
import { parseJsonObject, parsePlatform } from '../image/manifest.ts';
import { pushedDigest, pushFailure } from '../image/push-failure.ts';
import { type RetryOptions, retryTransient } from '../image/retry.ts';
import type { Log } from '../message/log.ts';
import { UserError } from '../message/user-error.ts';
import { probeBuilder } from './builder-probe.ts';
import { userDockerConfig, writeDockerConfig } from './docker-config.ts';
import { type DockerAnswer, runDocker } from './docker-process.ts';

export interface DockerBuilderOptions {
  readonly log: Log;
  /** A private directory, whose removal is arranged for: docker's configuration with the login lies in it. */
  readonly directory: string;
  /** The registry to push to; undefined for builds that are not pushed, which use the user's own configuration. */
  readonly login: RegistryLogin | undefined;
  readonly retry: RetryOptions;
}

/** Builds and pushes with the docker command that this machine has. */
export async function openDockerBuilder(options: DockerBuilderOptions): Promise<ImageBuilder> {
  const { log, directory, login, retry } = options;
  const environment = dockerEnvironment(process.env);
  if (login !== undefined) {
    const configDirectory = join(directory, 'docker');
    await writeDockerConfig(configDirectory, userDockerConfig(environment), login);
    environment['DOCKER_CONFIG'] = configDirectory;
  }
  const onLine = (line: string): void => log.info(line);

  async function build(request: BuildRequest): Promise<BuiltImage> {
    const builder = await probeBuilder(environment);
    const missing = missingAbility(builder, request);
    if (missing !== undefined) throw new UserError('docker-unavailable', missing);
    const name = sayBuilder(builder);
    log.info(`Building ${request.name} with ${name}`);
    const metadataPath = join(directory, 'build-metadata.json');
    const command = buildCommand(builder, request, metadataPath);
    const answer = await runDocker({
      arguments: command.arguments,
      environment: { ...environment, ...command.environment },
      hidden: await secretLines(request),
      onLine,
    });
    if (answer.exitCode !== 0) throw explainFailure(request, answer);
    const { platforms } = request;
    const facts = { builder: name, imageId: undefined, pushedDigest: undefined, platforms };
    if (request.push && pushesWhileBuilding(builder)) {
      const pushed = await readPushedImage(metadataPath);
      return { ...facts, ...pushed, platforms: pushed.platforms.length > 0 ? pushed.platforms : platforms };
    }
    if (!canLoad(builder, request)) return facts;
    const { imageId, platforms: found } = await inspectImage(request);
    return { ...facts, imageId, platforms: platforms.length > 0 ? platforms : found };
  }

  async function inspectImage({
    name,
    tags,
  }: BuildRequest): Promise<Pick<BuiltImage, 'imageId' | 'platforms'>> {
    const format = '{{.Id}} {{.Os}}/{{.Architecture}}';
    const words = ['image', 'inspect', '--format', format, `${name}:${tags[0]}`];
    const { stdout } = await runDocker({ arguments: words, environment });
    const [id = '', platform] = stdout.trim().split(' ');
    return { imageId: isDigest(id) ? id : undefined, platforms: platform === undefined ? [] : [platform] };
  }

  async function push(reference: string): Promise<string> {
    const { exitCode, lines } = await runDocker({ arguments: ['push', reference], environment, onLine });
    if (exitCode !== 0) throw pushFailure(lines, reference, exitCode);
    const digest = pushedDigest(lines);
    if (digest !== undefined) return digest;
    throw new UserError('push-failed', `docker pushed ${reference} without telling its digest`);
  }

  return {
    // A builder that pushes by itself takes up again what it has in its cache.
    build: (request) => retryTransient(retry, () => build(request)),
    push: (reference) => retryTransient(retry, () => push(reference)),
  };
}

function explainFailure(request: BuildRequest, { lines, exitCode }: DockerAnswer): Error {
  const pushing = lines.some((line) => /^ERROR: .*failed to push/.test(line));
  return pushing ? pushFailure(lines, request.name, exitCode) : buildFailure(lines, exitCode);
}

// What the runner passes to an action is the action's: inputs may hold secrets, and docker has no use for them.
function dockerEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || /^(?:INPUT|STATE)_/.test(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

/**
 * What no line of the build's output may show: the lines of every secret. Lines of a file that are shorter than four
 * characters, such as a brace of a JSON key, would blot out half the log and protect nothing.
 */
async function secretLines({ secrets }: BuildRequest): Promise<string[]> {
  const lines = async ({ source }: BuildSecret): Promise<string[]> => {
    if (source.kind === 'value') return source.value.split(/\r?\n/);
    const text = await readFile(source.path, 'utf8');
    return text.split(/\r?\n/).filter((line) => line.trim().length >= 4);
  };
  return (await Promise.all(secrets.map(lines))).flat().filter((line) => line !== '');
}

async function readPushedImage(
  metadataPath: string,
): Promise<Pick<BuiltImage, 'pushedDigest' | 'platforms'>> {
  const metadata = parseJsonObject(await readFile(metadataPath), 'what docker buildx wrote about its image');
  const digest = metadata['containerimage.digest'];
  if (typeof digest !== 'string' || !isDigest(digest)) {
    throw new UserError('push-failed', 'docker buildx pushed the image without telling its digest');
  }
  const { platform } = (metadata['containerimage.descriptor'] ?? {}) as { platform?: unknown };
  const said = parsePlatform(platform);
  return { pushedDigest: digest, platforms: said === undefined ? [] : [said] };
}
