import { UserError } from '../message/user-error.ts';
import { isDigest } from './digest.ts';
import { isTag } from './tag.ts';

/** Where an image is: `host[:port]/repository[:tag][@digest]`. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName, 2 to 256 characters)
const repositoryName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;
// A repository's first component may hold dots too (`my.team/web`), so only what can be nothing else counts as a host.
const knownHost =
  /^localhost$|:\d+$|^\d+(?:\.\d+){3}$|\.amazonaws\.|\.on\.aws$|^public\.ecr\.aws$|\.(?:com|io)$/;
const registryHost = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/;

/**
 * Reads the name of a repository within the caller's own registry, such as `team/web`.
 *
 * @throws UserError `image-reference-invalid` for a name ECR does not allow, or one with a registry, tag or digest
 */
export function parseRepositoryName(text: string): string {
  const name = text.trim();
  const first = name.split('/')[0] ?? '';
  if (name.includes('/') && knownHost.test(first)) {
    throw new UserError(
      'image-reference-invalid',
      `"${name}" names a registry; give the repository's name alone, such as "${name.slice(first.length + 1).split(/[:@]/)[0]}": the registry follows from the AWS credentials and registry-id`,
    );
  }
  if (/[:@]/.test(name)) {
    throw new UserError(
      'image-reference-invalid',
      `"${name}" has a tag or digest; give the repository's name alone, such as "${name.split(/[:@]/)[0]}", and tags by the input "tags"`,
    );
  }
  if (repositoryName.test(name) && name.length >= 2 && name.length <= 256) return name;
  throw new UserError(
    'image-reference-invalid',
    `"${name}" is not a repository name; expected 2 to 256 lower-case letters and digits, with single . _ - or / between them`,
  );
}

/**
 * Reads a full reference. The first component is a registry when it holds a dot or a port, or is `localhost`, as docker
 * has it (https://pkg.go.dev/github.com/distribution/reference).
 *
 * @throws UserError `image-reference-invalid` that says what is wrong with it
 */
export function parseImageReference(text: string): ImageReference {
  const reference = text.trim();
  const slash = reference.indexOf('/');
  const registry = reference.slice(0, Math.max(0, slash));
  const [path = '', digest] = splitOnce(reference.slice(slash + 1), '@');
  const [repository = '', tag] = splitOnce(path, ':');
  const problem = findProblem({ registry, repository, tag, digest });
  if (problem === undefined) return { registry, repository, tag, digest };
  throw new UserError(
    'image-reference-invalid',
    `"${reference}" is not an image reference: ${problem}; expected host/repository:tag or host/repository@sha256:…`,
  );
}

/** `host/repository@sha256:…`, the form in which an image never changes. */
export function referenceByDigest(registry: string, repository: string, digest: string): string {
  return `${registry}/${repository}@${digest}`;
}

/** `host/repository:tag`. */
export function referenceByTag(registry: string, repository: string, tag: string): string {
  return `${registry}/${repository}:${tag}`;
}

function findProblem({ registry, repository, tag, digest }: ImageReference): string | undefined {
  if (!looksLikeHost(registry) || !registryHost.test(registry)) return 'it does not begin with a registry';
  if (!repositoryName.test(repository)) return `"${repository}" is not a repository name`;
  if (tag !== undefined && !isTag(tag)) return `"${tag}" is not a tag`;
  if (digest !== undefined && !isDigest(digest)) return `"${digest}" is not a sha256 digest`;
  return undefined;
}

function looksLikeHost(text: string): boolean {
  return text === 'localhost' || /[.:]/.test(text);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
