import type { Json } from '../server/service.ts';
import type { Tag } from './state.ts';

/** One registered revision. */
export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As DescribeTaskDefinition gives it, without status and deregisteredAt. */
  readonly description: Json;
  readonly containers: readonly ContainerDefinition[];
  readonly requiresFargate: boolean;
  status: 'ACTIVE' | 'INACTIVE';
  deregisteredAt: number | undefined;
  tags: Tag[];
}

/** What the simulation needs to know of a container. */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly ports: readonly number[];
  readonly healthCheck: ContainerHealthCheck | undefined;
  readonly awslogs: AwsLogs | undefined;
}

export interface ContainerHealthCheck {
  readonly intervalSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;
}

export interface AwsLogs {
  readonly group: string;
  /** Absent: awslogs names the stream by the container's id. */
  readonly prefix: string | undefined;
  readonly createGroup: boolean;
}

export function readContainers(definitions: readonly Json[]): ContainerDefinition[] {
  return definitions.map((definition) => ({
    name: String(definition['name']),
    image: String(definition['image']),
    essential: definition['essential'] !== false,
    ports: ((definition['portMappings'] as Json[] | undefined) ?? []).map((mapping) =>
      Number(mapping['containerPort']),
    ),
    healthCheck: readHealthCheck(definition['healthCheck'] as Json | undefined),
    awslogs: readAwsLogs(definition['logConfiguration'] as Json | undefined),
  }));
}

// Defaults: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
function readHealthCheck(healthCheck: Json | undefined): ContainerHealthCheck | undefined {
  if (healthCheck === undefined) return undefined;
  return {
    intervalSeconds: Number(healthCheck['interval'] ?? 30),
    retries: Number(healthCheck['retries'] ?? 3),
    startPeriodSeconds: Number(healthCheck['startPeriod'] ?? 0),
  };
}

function readAwsLogs(configuration: Json | undefined): AwsLogs | undefined {
  if (configuration?.['logDriver'] !== 'awslogs') return undefined;
  const options = (configuration['options'] as Record<string, string> | undefined) ?? {};
  const group = options['awslogs-group'];
  if (group === undefined) return undefined;
  return {
    group,
    prefix: options['awslogs-stream-prefix'],
    createGroup: options['awslogs-create-group'] === 'true',
  };
}
