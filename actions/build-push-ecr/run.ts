import type { BuildFiles, BuildRequest } from '../lib/image/build-command.ts';
import { sayBytes } from '../lib/image/byte-size.ts';
import { shortDigest } from '../lib/image/digest.ts';
import type { ImageBuilder } from '../lib/image/image-builder.ts';
import { contentSizeBytes, type ImageContent } from '../lib/image/image-content.ts';
import { imageLabels, type LabelSource } from '../lib/image/image-labels.ts';
import { type ImageRepository, type RegistryLogin, registryHost } from '../lib/image/image-repository.ts';
import type { ImageScanner } from '../lib/image/image-scanner.ts';
import { type ImageTag, resolveTags } from '../lib/image/image-tags.ts';
import { imageSizeBytes, type StoredManifest } from '../lib/image/manifest.ts';
import type { PushReport } from '../lib/image/push-report.ts';
import { findPushTarget, type PushTargetPorts } from '../lib/image/push-target.ts';
import { referenceByDigest } from '../lib/image/reference.ts';
import { checkScan, type ScanReport } from '../lib/image/scan-gate.ts';
import { type Destination, type StoredImage, storeArchive, storeBuild } from '../lib/image/store-image.ts';
import { tagImage } from '../lib/image/tag-image.ts';
import { findReusableImage } from '../lib/image/tag-state.ts';
import { UserError } from '../lib/message/user-error.ts';
import type { Clock } from '../lib/rollout/clock.ts';
import type { BuildPushInputs } from './inputs.ts';

export interface BuildPushPorts extends PushTargetPorts {
  /** A login for the registry from ECR's API. */
  authorize(): Promise<RegistryLogin>;
  /** The repository behind a login, over the registry's protocol. */
  openRepository(login: RegistryLogin): ImageRepository;
  /** docker, with the login if there is one. */
  openBuilder(login: RegistryLogin | undefined): Promise<ImageBuilder>;
  /** Opens and checks the input `image-archive`. */
  openArchive(path: string): Promise<ImageContent>;
  /** Finds context, Dockerfile and files of secrets; paths become absolute. */
  findBuildFiles(inputs: BuildPushInputs): Promise<BuildFiles>;
  /** ECR's scanner of the repository. */
  openScanner(): ImageScanner;
  readonly clock: Clock;
}

/** Where the image comes from; all that can be checked without AWS has been. */
type Source =
  | { readonly kind: 'archive'; readonly path: string; readonly content: ImageContent }
  | { readonly kind: 'build'; readonly files: BuildFiles };

type Report = Omit<PushReport, 'durationSeconds'>;

interface Work {
  readonly inputs: BuildPushInputs;
  readonly source: LabelSource;
  readonly ports: BuildPushPorts;
  readonly tags: readonly ImageTag[];
  readonly from: Source;
}

/**
 * Builds or opens the image, uploads it, and gives it its tags. The order is: what can be checked locally, then the
 * repository, then the build, then the push; nothing is pushed after a failed check.
 */
export async function buildPush(
  inputs: BuildPushInputs,
  source: LabelSource,
  ports: BuildPushPorts,
): Promise<PushReport> {
  const startedAt = ports.clock.now();
  const tags = resolveTags(inputs.tagRules, source);
  const work = { inputs, source, ports, tags, from: await openSource(inputs, ports) };
  const report = inputs.push ? await push(work) : await stayLocal(work);
  return { ...report, durationSeconds: (ports.clock.now() - startedAt) / 1000 };
}

async function openSource(inputs: BuildPushInputs, ports: BuildPushPorts): Promise<Source> {
  const path = inputs.imageArchive;
  if (path === undefined) return { kind: 'build', files: await ports.findBuildFiles(inputs) };
  const content = await ports.openArchive(path);
  const size = sayBytes(contentSizeBytes(content));
  ports.log.info(`The archive ${path} holds ${content.root.digest} (${size})`);
  return { kind: 'archive', path, content };
}

async function push(wanted: Work): Promise<Report> {
  const { inputs, ports } = wanted;
  const name = inputs.repository;
  const login = await ports.authorize();
  const target = await findPushTarget(wanted.tags, { name, create: inputs.createRepository }, ports);
  const { state } = target;
  const work = { ...wanted, tags: target.tags };
  const tags = target.tags.map((tag) => tag.name);
  const destination = { repository: ports.openRepository(login), name, tags, state };
  const stored = await store(work, login, destination);
  const { digest, bytes } = stored.manifest;
  const tagged = tags.filter((tag) => tag === stored.pushedTag || state.get(tag)?.digest === digest);
  await tagImage({ ...destination, manifest: stored.manifest, tagged });
  const registry = registryHost(login);
  const image = referenceByDigest(registry, name, digest);
  ports.log.info(`${stored.reused ? 'Reused' : 'Pushed'} ${image} with the tags ${tags.join(', ')}`);
  return {
    registry,
    repository: name,
    tags,
    image,
    digest,
    imageTagged: `${registry}/${name}:${tags[0]}`,
    reused: stored.reused,
    origin: stored.origin,
    platforms: stored.platforms,
    sizeBytes: imageSizeBytes(bytes),
    scan: await scan(inputs, stored.manifest, ports),
  };
}

/** The image is pushed by now, as ECR scans only what it has; what the scan says is for the report to tell. */
async function scan(
  { scan: least, scanTimeoutMinutes }: BuildPushInputs,
  manifest: StoredManifest,
  ports: BuildPushPorts,
): Promise<ScanReport | undefined> {
  if (least === 'off') return undefined;
  ports.log.info(`Waiting for the scan of ${shortDigest(manifest.digest)}`);
  const gate = { scanner: ports.openScanner(), clock: ports.clock, least };
  return checkScan({ ...gate, timeoutSeconds: scanTimeoutMinutes * 60 }, manifest);
}

async function store(work: Work, login: RegistryLogin, destination: Destination): Promise<StoredImage> {
  const { inputs, from, tags, ports } = work;
  if (from.kind === 'archive') return storeArchive(from.path, from.content, destination, ports.log);
  const manifest = inputs.reuse ? findReusableImage(tags, destination.state) : undefined;
  if (manifest === undefined) {
    const builder = await ports.openBuilder(login);
    return storeBuild(builder, buildRequest(work, from.files, login), destination);
  }
  ports.log.info(`Nothing to build: ${shortDigest(manifest.digest)} has all tags of this commit (reuse)`);
  const origin = 'an earlier run of this commit';
  return { manifest, origin, platforms: [], pushedTag: undefined, reused: true };
}

async function stayLocal(work: Work): Promise<Report> {
  const { inputs, ports, from } = work;
  const tags = work.tags.map(({ name }) => name);
  const login = from.kind === 'build' ? await authorizeIfPossible(ports) : undefined;
  const registry = login === undefined ? undefined : registryHost(login);
  const name = registry === undefined ? inputs.repository : `${registry}/${inputs.repository}`;
  const facts = {
    registry,
    repository: inputs.repository,
    tags,
    image: undefined,
    digest: undefined,
    imageTagged: `${name}:${tags[0]}`,
    reused: false,
    sizeBytes: undefined,
    scan: undefined,
  };
  if (from.kind === 'archive') {
    return { ...facts, origin: `the archive ${from.path}`, platforms: from.content.platforms };
  }
  const builder = await ports.openBuilder(login);
  const built = await builder.build(buildRequest(work, from.files, login));
  return { ...facts, origin: built.builder, platforms: built.platforms };
}

/** Without a push the login serves private base images only, and pull requests from forks have no credentials. */
async function authorizeIfPossible(ports: BuildPushPorts): Promise<RegistryLogin | undefined> {
  try {
    return await ports.authorize();
  } catch (error) {
    const missing =
      error instanceof UserError && ['credentials-missing', 'region-missing'].includes(error.code);
    if (!missing) throw error;
    ports.log.info('There are no AWS credentials, so nothing can be pulled from Amazon ECR');
    return undefined;
  }
}

function buildRequest(
  { inputs, source, ports, tags }: Work,
  files: BuildFiles,
  login: RegistryLogin | undefined,
): BuildRequest {
  return {
    ...files,
    target: inputs.target,
    buildArguments: inputs.buildArguments,
    labels: imageLabels(source, ports.clock.now(), inputs.labels),
    name: login === undefined ? inputs.repository : `${registryHost(login)}/${inputs.repository}`,
    tags: tags.map(({ name }) => name),
    push: inputs.push,
    insecure: login?.origin.startsWith('http:') ?? false,
    platforms: inputs.platforms,
    cache: inputs.cache,
    provenance: inputs.provenance,
    sbom: inputs.sbom,
  };
}
