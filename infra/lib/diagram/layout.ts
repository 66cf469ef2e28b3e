import type { Architecture, BalancerNode, ServiceNode } from './read-architecture.ts';
import type { BoxStyle, Rectangle } from './svg.ts';

export const column = 178;
export const gap = 14;
export const left = 40;
export const labelWidth = 132;
export const sideWidth = 190;
export const rows = {
  outside: 64,
  vpc: 158,
  public: 200,
  private: 332,
  isolated: 494,
  end: 604,
  regional: 632,
} as const;

export const styles = {
  vpc: { fill: '#fafafa', stroke: '#7c3aed', dashed: true },
  public: { fill: '#ecfdf5', stroke: '#34d399' },
  private: { fill: '#eff6ff', stroke: '#60a5fa' },
  isolated: { fill: '#f5f3ff', stroke: '#a78bfa' },
  card: { fill: '#ffffff', stroke: '#9ca3af' },
  balancer: { fill: '#ffffff', stroke: '#8b5cf6' },
  cluster: { fill: 'none', stroke: '#f97316', dashed: true },
  service: { fill: '#ffffff', stroke: '#f97316' },
  data: { fill: '#ffffff', stroke: '#2563eb' },
} as const satisfies Record<string, BoxStyle>;

export interface Placed {
  readonly service: ServiceNode;
  readonly at: Rectangle;
}

/** Services side by side, those of one load balancer together, so that no line crosses another. */
export function placeServices(architecture: Architecture): Placed[] {
  const order = [...architecture.services].sort((one, other) => {
    const [a, b] = [`${one.balancer ?? '~'} ${one.name}`, `${other.balancer ?? '~'} ${other.name}`];
    return a < b ? -1 : 1;
  });
  return order.map((service, index) => ({
    service,
    at: {
      x: left + labelWidth + index * column + gap / 2,
      y: rows.private + 30,
      width: column - gap,
      height: 96,
    },
  }));
}

/** A load balancer stands over its services. */
export function spanBalancer(
  balancer: BalancerNode,
  services: readonly Placed[],
): { at: Rectangle; own: readonly Placed[] } {
  const own = services.filter(({ service }) => service.balancer === balancer.key);
  const from = own[0]?.at.x ?? left + labelWidth;
  const to = own.at(-1)?.at ?? { x: from, width: column };
  const y = balancer.scheme === 'internal' ? rows.private : rows.public + 28;
  return { at: { x: from, y, width: to.x + to.width - from, height: 58 }, own };
}
