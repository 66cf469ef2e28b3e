import type { Json } from '../server/service.ts';
import { clientError, invalidParameter } from './world.ts';

/** What Fargate sells: task CPU units → MiB. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const fargateSizes: readonly { readonly cpu: number; readonly memory: readonly number[] }[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: range(1024, 4096, 1024) },
  { cpu: 1024, memory: range(2048, 8192, 1024) },
  { cpu: 2048, memory: range(4096, 16384, 1024) },
  { cpu: 4096, memory: range(8192, 30720, 1024) },
  { cpu: 8192, memory: range(16384, 61440, 4096) },
  { cpu: 16384, memory: range(32768, 122880, 8192) },
];

/** Throws what ECS answers to a task definition that it does not accept. */
export function checkTaskDefinition(input: Json): void {
  const family = input['family'];
  if (typeof family !== 'string' || family === '') throw clientError('Family should not be null or empty.');
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(family)) {
    throw clientError(
      `Family contains invalid characters. Up to 255 letters (uppercase and lowercase), numbers, hyphens, and underscores are allowed.`,
    );
  }
  const containers = input['containerDefinitions'];
  if (!Array.isArray(containers) || containers.length === 0) {
    throw clientError('Container list cannot be empty.');
  }
  for (const container of containers as Json[]) checkContainer(container, input);
  const names = (containers as Json[]).map((container) => String(container['name']));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw clientError(`Container name should be unique: ${twice}`);
  if (!(containers as Json[]).some((container) => container['essential'] !== false)) {
    throw clientError('All containers are non-essential. At least one container must be essential.');
  }
  const compatibilities = input['requiresCompatibilities'];
  if (Array.isArray(compatibilities) && compatibilities.includes('FARGATE')) checkFargate(input);
}

function checkContainer(container: Json, input: Json): void {
  const { name, image } = container;
  if (typeof name !== 'string' || name === '')
    throw clientError('Container.name should not be null or empty.');
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
    throw clientError(
      `Container name is invalid: ${name}. Up to 255 letters (uppercase and lowercase), numbers, hyphens, and underscores are allowed.`,
    );
  }
  if (typeof image !== 'string' || image === '')
    throw clientError('Container.image should not be null or empty.');
  const hasMemory = input['memory'] ?? container['memory'] ?? container['memoryReservation'];
  if (hasMemory === undefined) {
    throw clientError(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
  }
  const hasSecrets = Array.isArray(container['secrets']) && container['secrets'].length > 0;
  if (hasSecrets && input['executionRoleArn'] === undefined) {
    throw clientError(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    );
  }
  checkPorts(container, input);
}

function checkPorts(container: Json, input: Json): void {
  for (const mapping of (container['portMappings'] as Json[] | undefined) ?? []) {
    const { containerPort, containerPortRange, hostPort } = mapping;
    // A range stands in the place of both ports. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
    if (containerPort === undefined && containerPortRange !== undefined) continue;
    const isPort = typeof containerPort === 'number' && containerPort >= 1 && containerPort <= 65535;
    if (!isPort) throw invalidParameter('Invalid containerPort specified.');
    const follows = input['networkMode'] === 'awsvpc' || input['networkMode'] === 'host';
    if (follows && hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort) {
      throw clientError(
        `When networkMode=${String(input['networkMode'])}, the host ports and container ports in port mappings must match.`,
      );
    }
  }
}

function checkFargate(input: Json): void {
  const { cpu, memory } = input;
  if (input['networkMode'] !== 'awsvpc') {
    throw clientError("Fargate only supports network mode 'awsvpc'.");
  }
  if (cpu === undefined) throw clientError("Fargate requires that 'cpu' be defined at the task level.");
  if (memory === undefined) throw clientError("Fargate requires that 'memory' be defined at the task level.");
  const units = readAmount(cpu, 'vcpu');
  const mebibytes = readAmount(memory, 'gb');
  if (units === undefined) throw clientError("Invalid 'cpu' setting for task.");
  if (mebibytes === undefined) throw clientError("Invalid 'memory' setting for task.");
  const size = fargateSizes.find((candidate) => candidate.cpu === units);
  if (!size?.memory.includes(mebibytes)) {
    throw clientError(
      `No Fargate configuration exists for given values: ${units} CPU, ${mebibytes} memory. See the Amazon ECS documentation for the valid values.`,
    );
  }
}

// `256`, `.25 vCPU`, `512`, `0.5GB`
function readAmount(value: unknown, unit: 'vcpu' | 'gb'): number | undefined {
  const match = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(String(value));
  if (match === null) return undefined;
  const amount = Number(match[1]);
  const written = (match[2] ?? '').toLowerCase();
  if (written === '') return amount;
  return written === unit ? amount * 1024 : undefined;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
