/** The part of AWS that a region belongs to, with the domain of its registries. */
export interface Partition {
  readonly partition: string;
  readonly domain: string;
}

export function describePartition(region: string): Partition {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', domain: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', domain: 'amazonaws.com' };
  return { partition: 'aws', domain: 'amazonaws.com' };
}
