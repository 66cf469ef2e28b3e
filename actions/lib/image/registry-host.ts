/** Which registry of Amazon ECR a host name stands for. */
export interface EcrHost {
  /** The account, 12 digits. */
  readonly registryId: string;
  readonly region: string;
}

// Plain, FIPS and dual-stack hosts of every partition. Only these suffixes are AWS's: a token of ECR must go nowhere else.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
const ecrHost =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** Account and region in the host name of a private ECR registry; undefined for any other host. */
export function parseEcrHost(host: string): EcrHost | undefined {
  const [, registryId, region] = ecrHost.exec(host) ?? [];
  return registryId === undefined || region === undefined ? undefined : { registryId, region };
}

/** True for this machine, with or without a port. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}

/** Scheme and host under which a registry answers: http on this machine, https anywhere else, as docker has it. */
export function registryOrigin(host: string): string {
  if (isLoopbackHost(host)) return `http://${host}`;
  return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
}
