export type Architecture = 'ARM64' | 'X86_64';

export interface AppConfig {
  /** The port the container listens on. Frozen once the app exists: the load balancer is bound to it. */
  readonly port: number;
  /** Answers 200 as soon as the process can work; it must not depend on the database. */
  readonly health: HealthConfig;
  readonly size: { readonly cpu: number; readonly memoryMiB: number };
  readonly architecture: Architecture;
  /** `fargate-mixed` keeps one task on demand and spreads the rest over Spot. */
  readonly capacity: 'fargate' | 'fargate-spot' | 'fargate-mixed' | 'ec2';
  readonly scaling: ScalingConfig;
  readonly ingress: IngressConfig;
  readonly rollout: RolloutConfig;
  /** Plain settings. Anything that looks like a credential is refused: it belongs in `secrets`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables whose values live in Secrets Manager; a person fills them in once. */
  readonly secrets: readonly string[];
  /** Reads `app.env` from the app's own settings bucket (ECS `environmentFiles`). */
  readonly environmentFile: boolean;
  readonly database?: DatabaseConfig;
  readonly table?: TableConfig;
  readonly schedules: readonly ScheduleConfig[];
  readonly logs: { readonly retentionDays: number; readonly router: 'awslogs' | 'firelens' };
  readonly alarms: AlarmConfig;
  /** `aws ecs execute-command` into a running task. */
  readonly shell: boolean;
}

export interface HealthConfig {
  readonly path: string;
  readonly graceSeconds: number;
  /** A command in the container, as `["CMD", "node", "health.js"]`; the image must hold the program. */
  readonly command?: readonly string[];
}

export interface ScalingConfig {
  readonly minimum: number;
  readonly maximum: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Requests a minute that one task should serve; needs a load balancer. */
  readonly requestsPerMinute?: number;
}

export type IngressConfig =
  /** A load balancer of the app's own. */
  | { readonly kind: 'dedicated'; readonly host?: string }
  /** One load balancer for all; `priority` orders the rules and must be unique. */
  | { readonly kind: 'shared'; readonly host?: string; readonly path?: string; readonly priority: number }
  /** An internal load balancer; `gateway` puts an API Gateway HTTP API with a VPC link before it. */
  | { readonly kind: 'internal'; readonly gateway: boolean }
  /** A worker. */
  | { readonly kind: 'none' };

export type RolloutConfig =
  | { readonly kind: 'rolling'; readonly failuresBeforeRollback: number }
  /** `approval` pauses after the test listener has moved until someone continues the deployment. */
  | { readonly kind: 'blue-green'; readonly bakeMinutes: number; readonly approval: boolean };

export interface DatabaseConfig {
  readonly name: string;
  /** Without the `db.` prefix, for example `t4g.micro`. */
  readonly instanceType: string;
  readonly storageGiB: number;
  readonly multiZone: boolean;
  readonly backupDays: number;
}

export interface TableConfig {
  readonly partitionKey: string;
  readonly sortKey?: string;
}

export interface ScheduleConfig {
  readonly name: string;
  /** `rate(1 day)` or `cron(0 3 * * ? *)`, in UTC. */
  readonly expression: string;
  readonly command: readonly string[];
}

export interface AlarmConfig {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Server errors in five minutes. */
  readonly serverErrors: number;
}
