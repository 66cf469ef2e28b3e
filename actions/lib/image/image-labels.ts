import { isoTime } from '../message/duration.ts';
import { type SourceRevision, versionOf } from './image-tags.ts';

export interface LabelSource extends SourceRevision {
  /** The page of the source repository, such as `https://github.com/octo-org/hello`. */
  readonly repositoryUrl: string | undefined;
}

/**
 * The labels of an image: OCI's own annotations for where it comes from, under what the user gives (theirs win).
 *
 * @param createdAt epoch milliseconds
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
 */
export function imageLabels(
  source: LabelSource,
  createdAt: number,
  given: ReadonlyMap<string, string>,
): Map<string, string> {
  const labels = new Map<string, string>([['org.opencontainers.image.created', isoTime(createdAt)]]);
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) labels.set(`org.opencontainers.image.${name}`, value);
  };
  add('revision', source.sha);
  add('source', source.repositoryUrl);
  add('version', versionOf(source));
  for (const [name, value] of given) labels.set(name, value);
  return labels;
}
