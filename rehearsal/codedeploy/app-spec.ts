import { parse } from 'yaml';
import { AwsError, type Json } from '../server/service.ts';

/**
 * The task definition in an AppSpec for ECS, JSON or YAML.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 *
 * @throws AwsError InvalidRevisionException
 */
export function readTaskDefinitionArn(revision: Json | undefined): string {
  const content = (revision?.['appSpecContent'] ?? revision?.['string']) as Json | undefined;
  if (typeof content?.['content'] !== 'string') {
    throw invalidRevision('The revision must contain an AppSpec as AppSpecContent.');
  }
  const spec = readSpec(content['content']);
  for (const resource of (spec?.['Resources'] as Json[] | undefined) ?? []) {
    const service = Object.values(resource)[0] as { Type?: string; Properties?: Json } | undefined;
    const taskDefinition = service?.Properties?.['TaskDefinition'];
    const loadBalancer = service?.Properties?.['LoadBalancerInfo'] as Json | undefined;
    if (service?.Type !== 'AWS::ECS::Service' || typeof taskDefinition !== 'string') continue;
    if (loadBalancer?.['ContainerName'] === undefined || loadBalancer['ContainerPort'] === undefined) {
      throw invalidRevision('The AppSpec must name ContainerName and ContainerPort in LoadBalancerInfo.');
    }
    return taskDefinition;
  }
  throw invalidRevision('The AppSpec has no resource of type AWS::ECS::Service with a TaskDefinition.');
}

// JSON is YAML too.
function readSpec(text: string): Json | undefined {
  try {
    return parse(text) as Json;
  } catch {
    throw invalidRevision('The AppSpec is neither JSON nor YAML.');
  }
}

function invalidRevision(message: string): AwsError {
  return new AwsError('InvalidRevisionException', message);
}
