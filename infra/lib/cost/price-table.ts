/**
 * List prices of us-east-1 in US dollars, written down on the day below from AWS's public pricing
 * pages; a region's own prices differ by a few percent. Traffic, requests, storage that grows and the
 * metrics of Container Insights are left out: they follow use, not configuration.
 */
export const priceTable = {
  asOf: '2026-11-20',
  region: 'us-east-1',
  hoursPerMonth: 730,
  perHour: {
    natGateway: 0.045,
    publicIpv4: 0.005,
    loadBalancer: 0.0225,
    interfaceEndpointPerZone: 0.01,
    eksCluster: 0.1,
    fargateVcpu: { ARM64: 0.03238, X86_64: 0.04048 },
    fargateGib: { ARM64: 0.00356, X86_64: 0.004445 },
  },
  /** Spot follows the market; this is about what it has cost over the years. */
  spotFactor: 0.3,
  instancePerHour: {
    't4g.nano': 0.0042,
    't4g.micro': 0.0084,
    't4g.small': 0.0168,
    't4g.medium': 0.0336,
    't4g.large': 0.0672,
  },
  databasePerHour: {
    't4g.micro': 0.016,
    't4g.small': 0.032,
    't4g.medium': 0.065,
    't4g.large': 0.129,
  },
  perMonth: {
    databaseGib: 0.115,
    volumeGib: 0.08,
    secret: 0.4,
    alarmMetric: 0.1,
    customerKey: 1,
  },
} as const;

/** The hourly price of a type, or undefined when the table does not know it. */
export function findHourlyPrice(prices: Readonly<Record<string, number>>, type: string): number | undefined {
  return Object.hasOwn(prices, type) ? prices[type] : undefined;
}
