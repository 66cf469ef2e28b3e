export interface CidrBlock {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The addresses of an IPv4 block as numbers; undefined when it is none or its host bits are set. */
export function describeCidr(cidr: string): CidrBlock | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export function overlaps(one: CidrBlock, other: CidrBlock): boolean {
  return one.first <= other.last && other.first <= one.last;
}
