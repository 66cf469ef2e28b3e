import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag on one construct and everything in it, each with its reason. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}

/** Accepts one wildcard in a policy: cdk-nag wants `AwsSolutions-IAM5` acknowledged resource by resource. */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${printArn(construct, resource)}]`]: reason });
}

/** Accepts a managed policy of AWS by its name. */
export function acknowledgeManagedPolicy(construct: IConstruct, name: string, reason: string): void {
  acknowledge(construct, {
    [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`]: reason,
  });
}

/** Writes an ARN as cdk-nag does: references and imports stand in angle brackets or bare. */
function printArn(construct: IConstruct, arn: string): string {
  const resolved: unknown = Stack.of(construct).resolve(arn);
  if (typeof resolved === 'string') return resolved;
  const joined = resolved as { 'Fn::Join'?: [string, unknown[]] };
  return (joined['Fn::Join']?.[1] ?? []).map(printPart).join('');
}

function printPart(part: unknown): string {
  if (typeof part === 'string') return part;
  const [[name, value] = ['', '']] = Object.entries(part as Record<string, unknown>);
  return name === 'Ref' ? `<${String(value)}>` : String(value);
}
