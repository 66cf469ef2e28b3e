import type { Template, TemplateResource } from '../lib/template/template.ts';

/**
 * What moto 5.2.5 does not build from a template. It says CREATE_COMPLETE all the same, which is why
 * the test compares logical ids against this list instead of believing the status.
 */
export const typesWithoutMoto: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Budgets::Budget',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::EC2::FlowLog',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::ECR::PullThroughCacheRule',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::IAM::OIDCProvider',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
]);

/**
 * A template without those resources. Whoever refers to one gets the stand-in given for its type, or an
 * ARN of the right shape.
 */
export function adaptForMoto(template: Template, standIns: Readonly<Record<string, string>> = {}): Template {
  const resources = template.Resources ?? {};
  const gone = new Map(
    Object.entries(resources)
      .filter(([, { Type }]) => typesWithoutMoto.has(Type))
      .map(([id, { Type }]) => [id, standIns[Type] ?? `arn:aws:stand-in:us-east-1:123456789012:thing/${id}`]),
  );
  const kept = Object.fromEntries(
    Object.entries(resources)
      .filter(([id]) => !gone.has(id))
      .map(([id, resource]) => [id, easeForMoto(resource)]),
  );
  return replaceReferences({ ...template, Resources: kept }, gone) as Template;
}

function replaceReferences(value: unknown, gone: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, gone));
  if (typeof value !== 'object' || value === null) return value;
  const standIn = gone.get(readTarget(value as Record<string, unknown>));
  if (standIn !== undefined) return standIn;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'DependsOn') return [key, [inner].flat().filter((id) => !gone.has(String(id)))];
      return [key, replaceReferences(inner, gone)];
    }),
  );
}

/** Three resources that moto reads in its own way; what they mean stays the same. */
function easeForMoto(resource: TemplateResource): TemplateResource {
  const properties = resource.Properties ?? {};
  switch (resource.Type) {
    // CloudFormation documents a parameter's tags as a map, which is what CDK writes; moto wants a list.
    case 'AWS::SSM::Parameter': {
      const { Tags: _, ...rest } = properties;
      return { ...resource, Properties: rest };
    }
    // A rule for all protocols has no ports; moto insists on some.
    case 'AWS::EC2::SecurityGroup': {
      const rules = (properties['SecurityGroupIngress'] ?? []) as object[];
      const withPorts = rules.map((rule) => ({ FromPort: -1, ToPort: -1, ...rule }));
      return { ...resource, Properties: { ...properties, SecurityGroupIngress: withPorts } };
    }
    // moto looks into an instance's interfaces before it has made the security groups named there.
    case 'AWS::EC2::Instance':
      return { ...resource, DependsOn: listGroups(properties) };
    default:
      return resource;
  }
}

function listGroups(properties: Readonly<Record<string, unknown>>): string[] {
  const interfaces = (properties['NetworkInterfaces'] ?? []) as { GroupSet?: unknown[] }[];
  return interfaces
    .flatMap(({ GroupSet = [] }) => GroupSet)
    .map((group) => readTarget(group as Record<string, unknown>));
}

function readTarget(value: Readonly<Record<string, unknown>>): string {
  if (typeof value['Ref'] === 'string') return value['Ref'];
  const attribute = value['Fn::GetAtt'];
  return Array.isArray(attribute) ? String(attribute[0]) : '';
}
