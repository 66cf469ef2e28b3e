import type { AppConfig, Architecture } from './app-config.ts';

/**
 * Everything a person decides about one environment. One file per environment in `infra/config/`
 * holds a value of this type; `check-config.ts` refuses what does not make sense.
 */
export interface EnvironmentConfig {
  /** Short lower-case name; part of every resource's name, for example `dev`. */
  readonly name: string;
  /** Keeps data when a stack or an app goes away, and refuses settings that are too weak for users. */
  readonly production: boolean;
  /** 12 digits. Left out, the account of whoever deploys is meant; account ids do not live in code. */
  readonly account?: string;
  readonly region: string;
  /** The Route 53 zone that already exists. Without it load balancers speak plain HTTP (dev only). */
  readonly domain?: DomainConfig;
  readonly network: NetworkConfig;
  readonly cluster: ClusterConfig;
  /** One load balancer that apps with `ingress: shared` stand behind. */
  readonly sharedLoadBalancer: boolean;
  readonly registry: RegistryConfig;
  readonly alerts: AlertConfig;
  readonly delivery: DeliveryConfig;
  /** Nightly and monthly backups of databases and tables by AWS Backup. */
  readonly backups: BackupConfig;
  /** The EKS variant; left out, nothing of it exists and nothing is paid for. */
  readonly kubernetes?: KubernetesConfig;
  readonly apps: Readonly<Record<string, AppConfig>>;
  readonly sites: Readonly<Record<string, SiteConfig>>;
}

export interface DomainConfig {
  readonly zoneName: string;
  readonly hostedZoneId: string;
}

export interface NetworkConfig {
  /** IPv4 block of the VPC; no two environments may overlap, so that they could be peered one day. */
  readonly cidr: string;
  /** Two or three zones by name, so that synth needs no look-up in AWS. */
  readonly zones: readonly string[];
  /**
   * How private subnets reach the internet: one small instance (about 7 USD a month, no self-healing),
   * one gateway, one gateway per zone, or the regional gateway that follows the zones by itself.
   */
  readonly nat: 'instance' | 'gateway' | 'gateway-per-zone' | 'regional-gateway';
  /** Interface endpoints by service, for example `ecr.api`; each costs money per zone and hour. */
  readonly interfaceEndpoints: readonly string[];
  /** Another VPC that holds something the apps need, such as an existing database. */
  readonly peering?: PeeringConfig;
}

export interface PeeringConfig {
  readonly vpcId: string;
  readonly cidr: string;
  /** Route tables of the other VPC that need the way back. */
  readonly routeTableIds: readonly string[];
  /** The port that tasks may reach over there. */
  readonly port: number;
}

export interface ClusterConfig {
  readonly insights: 'enhanced' | 'enabled';
  /** Instances for apps with `capacity: 'ec2'`. */
  readonly ec2?: Ec2CapacityConfig;
}

export interface Ec2CapacityConfig {
  readonly instanceType: string;
  readonly architecture: Architecture;
  readonly minimum: number;
  readonly maximum: number;
}

export interface RegistryConfig {
  /** Public registries that ECR mirrors on first pull, so that builds meet no pull limit. */
  readonly pullThrough: readonly PullThroughSource[];
  /** Accounts that may pull this environment's images, for promotion into another account. */
  readonly readerAccounts: readonly string[];
}

export type PullThroughSource = 'ecr-public' | 'docker-hub' | 'quay' | 'kubernetes';

export interface AlertConfig {
  readonly emails: readonly string[];
  readonly monthlyBudgetUsd: number;
}

export interface BackupConfig {
  readonly enabled: boolean;
  readonly keepDays: number;
}

export interface KubernetesConfig {
  readonly version: string;
  readonly instanceType: string;
  readonly minimumNodes: number;
  readonly maximumNodes: number;
}

/** Which GitHub repository may do what here. Ids never change, names do: both are in the trust. */
export interface DeliveryConfig {
  readonly repository: RepositoryIdentity;
  /** An account holds one GitHub provider. Say false in the second environment of the same account. */
  readonly createsProvider: boolean;
  /** Git refs whose runs may push images, for example `refs/heads/main` or `refs/tags/v*`. */
  readonly buildRefs: readonly string[];
  /** Refs from which the workflow files themselves must come. */
  readonly workflowRefs: readonly string[];
  /** File names in `.github/workflows/` whose jobs may take the role. */
  readonly workflows: { readonly build: string; readonly deploy: string; readonly infra: string };
  /** Accept `repo:OWNER/REPO:…` too: repositories made before 2026-07-15 still send it. */
  readonly acceptsLegacySubject: boolean;
  /** The environment whose proved images are copied here instead of being built again. */
  readonly promotesFrom?: { readonly environment: string; readonly account?: string };
}

export interface RepositoryIdentity {
  readonly owner: string;
  readonly ownerId: string;
  readonly name: string;
  readonly id: string;
}

export interface SiteConfig {
  readonly host?: string;
  /** Origins the page may call; they become the Content-Security-Policy's `connect-src`. */
  readonly connectsTo: readonly string[];
}
