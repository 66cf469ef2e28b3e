/**
 * CPU units of a task's `cpu`: ECS takes units (`1024`) and vCPUs (`1 vCPU`, `.5 vcpu`) and turns both into units.
 * Undefined when it is neither.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export function parseCpuUnits(text: string): number | undefined {
  const match = /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i.exec(text);
  return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}

/** MiB of a task's `memory`: ECS takes MiB (`2048`) and gigabytes (`2 GB`, `0.5GB`) and turns both into MiB. */
export function parseMemoryMib(text: string): number | undefined {
  const match = /^\s*(\d*\.?\d+)\s*(gb)?\s*$/i.exec(text);
  return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}

function toWhole(value: number): number | undefined {
  return Number.isInteger(value) ? value : undefined;
}

interface FargateSize {
  readonly cpuUnits: number;
  readonly minimumMib: number;
  readonly maximumMib: number;
  readonly stepMib: number;
}

const gib = 1024;

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html. The smallest size also takes
// 512 MiB, the only value that is no whole GB.
const fargateSizes: readonly FargateSize[] = [
  { cpuUnits: 256, minimumMib: 512, maximumMib: 2 * gib, stepMib: gib },
  { cpuUnits: 512, minimumMib: gib, maximumMib: 4 * gib, stepMib: gib },
  { cpuUnits: 1024, minimumMib: 2 * gib, maximumMib: 8 * gib, stepMib: gib },
  { cpuUnits: 2048, minimumMib: 4 * gib, maximumMib: 16 * gib, stepMib: gib },
  { cpuUnits: 4096, minimumMib: 8 * gib, maximumMib: 30 * gib, stepMib: gib },
  { cpuUnits: 8192, minimumMib: 16 * gib, maximumMib: 60 * gib, stepMib: 4 * gib },
  { cpuUnits: 16384, minimumMib: 32 * gib, maximumMib: 120 * gib, stepMib: 8 * gib },
];

/** What is wrong with a pair of task sizes on Fargate, or undefined. */
export function explainFargateSize(cpuUnits: number, memoryMib: number): string | undefined {
  const size = fargateSizes.find((candidate) => candidate.cpuUnits === cpuUnits);
  if (size === undefined)
    return `Fargate has no cpu ${cpuUnits}; legal: ${fargateSizes.map((legal) => legal.cpuUnits).join(', ')}`;
  const isLegal =
    memoryMib >= size.minimumMib &&
    memoryMib <= size.maximumMib &&
    (memoryMib === size.minimumMib || memoryMib % size.stepMib === 0);
  if (isLegal) return undefined;
  return `Fargate has no memory ${memoryMib} with cpu ${cpuUnits}; legal: ${sayLegalMemory(size)}`;
}

function sayLegalMemory({ minimumMib, maximumMib, stepMib }: FargateSize): string {
  if (minimumMib < gib) return `${minimumMib}, ${gib}, ${maximumMib}`;
  return `${minimumMib} to ${maximumMib} in steps of ${stepMib}`;
}
