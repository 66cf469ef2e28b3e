import { parseDigest } from '../lib/image/digest.ts';
import { parseEcrHost } from '../lib/image/registry-host.ts';
import {
  type ImagePlace,
  parseImagePlace,
  parseRepositoryPlace,
  type RepositoryPlace,
} from '../lib/image/registry-place.ts';
import { requireTag } from '../lib/image/tag.ts';
import type { InputReader } from '../lib/input/reader.ts';
import { UserError } from '../lib/message/user-error.ts';

/** As whom a registry of ECR is asked. */
export interface AwsAccess {
  /** The owner of the registry; undefined for the account of the credentials. */
  readonly registryId: string | undefined;
  /** Undefined for the region of the environment. */
  readonly region: string | undefined;
  /** A profile of the shared configuration; undefined for the environment's credentials. */
  readonly profile: string | undefined;
}

export interface PromoteInputs {
  readonly from: ImagePlace & AwsAccess;
  readonly to: RepositoryPlace & AwsAccess;
  readonly tags: readonly string[];
  readonly expectDigest: string | undefined;
  readonly maxRetries: number;
}

export function readPromoteInputs(input: InputReader): PromoteInputs {
  const from = readPlace(input, 'from', parseImagePlace, { ...nowhere, tag: undefined, digest: undefined });
  const to = readPlace(input, 'to', parseRepositoryPlace, nowhere);
  const tags = input.parsed('tags', readTags, []);
  return {
    from: { ...from, ...readAccess(input, 'from', from.host) },
    to: { ...to, ...readAccess(input, 'to', to.host) },
    tags: tags.length === 0 && from.tag !== undefined ? [from.tag] : tags,
    expectDigest:
      input.optionalText('expect-digest') === undefined
        ? undefined
        : input.parsed('expect-digest', parseDigest, undefined),
    maxRetries: input.integer('max-retries', { min: 0, max: 10 }),
  };
}

const nowhere: RepositoryPlace = { host: undefined, repository: '' };

function readPlace<T>(input: InputReader, name: string, parse: (text: string) => T, fallback: T): T {
  return input.text(name) === '' ? fallback : input.parsed(name, parse, fallback);
}

function readTags(text: string): string[] {
  const tags = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...new Set(tags.map(requireTag))];
}

/** Account and region are in the name of an ECR host; a region beside it may only repeat it. */
function readAccess(input: InputReader, end: 'from' | 'to', host: string | undefined): AwsAccess {
  const ecr = host === undefined ? undefined : parseEcrHost(host);
  const given = input.parsed(`${end}-region`, readRegion, undefined);
  if (ecr !== undefined && given !== undefined && given !== ecr.region) {
    input.problem(
      `input "${end}-region": "${given}" contradicts the host of "${end}", which is in ${ecr.region}`,
    );
  }
  return {
    registryId: ecr?.registryId,
    region: ecr?.region ?? given,
    profile: input.optionalText(`${end}-profile`),
  };
}

function readRegion(text: string): string | undefined {
  const region = text.trim();
  if (region === '') return undefined;
  // It becomes part of a host name.
  if (/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) return region;
  throw new UserError('input-invalid', `expected a region such as eu-west-1, got "${region}"`);
}
