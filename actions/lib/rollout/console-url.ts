/**
 * The console page of a service's deployments; its partition and region follow from the ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html for the partitions
 */
export function serviceConsoleUrl(serviceArn: string): string | undefined {
  const [, partition, , region, , resource = ''] = serviceArn.split(':');
  const [kind, cluster, service] = resource.split('/');
  if (kind !== 'service' || region === undefined || service === undefined) return undefined;
  const host = hosts[partition ?? ''];
  return host === undefined
    ? undefined
    : `https://${region}.${host}/ecs/v2/clusters/${cluster}/services/${service}/deployments?region=${region}`;
}

const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};
