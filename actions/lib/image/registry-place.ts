import { UserError } from '../message/user-error.ts';
import { isDigest } from './digest.ts';
import { parseRepositoryName } from './reference.ts';
import { isTag } from './tag.ts';

/** A repository, in a registry that is named or follows from AWS credentials. */
export interface RepositoryPlace {
  /** Host with its port; undefined for the registry of the AWS credentials. */
  readonly host: string | undefined;
  readonly repository: string;
}

/** An image in a repository: by digest where there is one, else by tag. At least one of them is given. */
export interface ImagePlace extends RepositoryPlace {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/;

/**
 * Reads `repository:tag`, `repository@sha256:…`, or either after `host/`.
 *
 * @throws UserError `image-reference-invalid`
 */
export function parseImagePlace(text: string): ImagePlace {
  const reference = text.trim();
  const { host, rest } = splitHost(reference);
  const [path = '', digest] = splitOnce(rest, '@');
  const [name = '', tag] = splitOnce(path, ':');
  if (tag === undefined && digest === undefined) {
    throw invalid(reference, `it names no image; add a tag or digest, such as "${reference}:v1.4.2"`);
  }
  if (tag !== undefined && !isTag(tag)) throw invalid(reference, `"${tag}" is not a tag`);
  if (digest !== undefined && !isDigest(digest)) {
    throw invalid(reference, `"${digest}" is not a digest; expected sha256: and 64 hex digits`);
  }
  return { host, repository: readName(host, name), tag, digest };
}

/**
 * Reads `repository` or `host/repository`.
 *
 * @throws UserError `image-reference-invalid`, also when there is a tag or digest
 */
export function parseRepositoryPlace(text: string): RepositoryPlace {
  const reference = text.trim();
  const { host, rest } = splitHost(reference);
  if (/[:@]/.test(rest)) {
    throw invalid(reference, 'a repository has no tag or digest; give tags by the input "tags"');
  }
  return { host, repository: readName(host, rest) };
}

/** The place as its host and repository are written: `host/repository`. */
export function sayPlace({ host, repository }: RepositoryPlace): string {
  return host === undefined ? repository : `${host}/${repository}`;
}

/** `host/repository:tag` or `host/repository@sha256:…`, whichever decides. */
export function sayImage(place: ImagePlace): string {
  return `${sayPlace(place)}${place.digest === undefined ? `:${place.tag}` : `@${place.digest}`}`;
}

// As docker has it: the first component is a host when it holds a dot or a port, or is localhost.
// https://pkg.go.dev/github.com/distribution/reference
function splitHost(reference: string): { host: string | undefined; rest: string } {
  const slash = reference.indexOf('/');
  const first = reference.slice(0, Math.max(0, slash));
  if (first !== 'localhost' && !/[.:]/.test(first)) return { host: undefined, rest: reference };
  if (!hostPattern.test(first)) throw invalid(reference, `"${first}" is not a host`);
  return { host: first, rest: reference.slice(slash + 1) };
}

// Docker Hub keeps its own images under library/, which people leave out.
function readName(host: string | undefined, name: string): string {
  return parseRepositoryName(host === 'docker.io' && !name.includes('/') ? `library/${name}` : name);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function invalid(reference: string, problem: string): UserError {
  return new UserError('image-reference-invalid', `"${reference}": ${problem}`);
}
