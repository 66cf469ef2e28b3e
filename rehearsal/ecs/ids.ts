/** Ids in ECS's own shapes. The same seed gives the same ids in the same order. */
export interface Ids {
  /** 32 hex digits, as in a task ARN. */
  taskId(): string;
  /** 19 decimal digits, as in `ecs-svc/…` and in a service revision ARN. */
  deploymentNumber(): string;
  /** 21 URL-safe characters, as in a service deployment ARN. */
  serviceDeploymentId(): string;
  /** `ecs-pause-` and 43 URL-safe characters. */
  hookId(kind: 'pause' | 'lambda'): string;
  /** The UUID of a service event. */
  uuid(): string;
  /** A private address that no other task has. */
  address(): string;
}

const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

export function createIds(seed: number): Ids {
  const next = createRandom(seed);
  // A VPC keeps the first addresses of a subnet for itself.
  let hosts = 3;
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  const urlSafe = (length: number): string => {
    let text = '';
    while (text.length < length) text += URL_SAFE.charAt(next() & 63);
    return text;
  };
  return {
    taskId: () => hex(32),
    deploymentNumber() {
      let digits = String(1 + (next() % 9));
      while (digits.length < 19) digits += String(next() % 1_000_000).padStart(6, '0');
      return digits.slice(0, 19);
    },
    serviceDeploymentId: () => urlSafe(21),
    hookId: (kind) => `ecs-${kind}-${urlSafe(43)}`,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    address() {
      hosts += 1;
      return `10.${hosts >> 16}.${(hosts >> 8) & 255}.${hosts & 255}`;
    },
  };
}

/** Whole numbers below 2^32, the same for the same seed. */
// Mulberry32: 32 bits of state are plenty for ids that only have to differ within one run.
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
