import type { Architecture, BalancerNode, ServiceNode } from './read-architecture.ts';
import { type BoxStyle, drawArrow, drawBox, drawCard, drawPage, drawText, type Rectangle } from './svg.ts';

const column = 178;
const gap = 14;
const left = 40;
const labelWidth = 132;
const sideWidth = 190;
const rows = {
  outside: 64,
  vpc: 158,
  public: 200,
  private: 332,
  isolated: 494,
  end: 604,
  regional: 632,
} as const;

const styles = {
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

interface Placed {
  readonly service: ServiceNode;
  readonly at: Rectangle;
}

/** Draws an environment: users above, three tiers of the VPC, and what lies outside it below. */
export function drawArchitecture(architecture: Architecture): string {
  const services = placeServices(architecture);
  const inner = Math.max(services.length, 3) * column;
  const vpcWidth = labelWidth + inner + sideWidth + gap;
  const width = left * 2 + vpcWidth;
  const height = rows.regional + 118;
  const title = `${architecture.environment}: VPC ${architecture.cidr}`;
  return drawPage(width, height, title, [
    drawText(left, 30, `Environment ${architecture.environment}`, { size: 18, bold: true, anchor: 'start' }),
    ...drawTiers(architecture, vpcWidth),
    ...drawOutside(architecture, services, vpcWidth),
    ...drawNat(architecture, left + labelWidth + inner + gap),
    ...architecture.balancers.flatMap((balancer) => drawBalancer(balancer, services)),
    ...drawCluster(architecture, services),
    ...services.flatMap(drawService),
    ...drawRegional(architecture, vpcWidth),
  ]);
}

/** Services side by side, those of one load balancer together, so that no line crosses another. */
function placeServices(architecture: Architecture): Placed[] {
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

function drawTiers(architecture: Architecture, vpcWidth: number): string[] {
  const tiers = [
    ['public', rows.public, rows.private],
    ['private', rows.private, rows.isolated],
    ['isolated', rows.isolated, rows.end],
  ] as const;
  return [
    drawBox({ x: left, y: rows.vpc, width: vpcWidth, height: rows.end - rows.vpc + 6 }, styles.vpc),
    drawText(left + 12, rows.vpc + 24, `VPC ${architecture.cidr}`, {
      bold: true,
      anchor: 'start',
      color: '#6d28d9',
    }),
    ...tiers.flatMap(([tier, top, bottom]) => [
      drawBox({ x: left + 8, y: top, width: vpcWidth - 16, height: bottom - top - 8 }, styles[tier]),
      drawText(left + 20, top + 22, `${tier} subnets`, { bold: true, anchor: 'start' }),
      ...architecture.subnets
        .filter((subnet) => subnet.tier === tier)
        .flatMap(({ zone, cidr }, index) => [
          drawText(left + 20, top + 42 + index * 28, zone, { size: 11, anchor: 'start', color: '#374151' }),
          drawText(left + 20, top + 54 + index * 28, cidr, { size: 10, anchor: 'start', color: '#6b7280' }),
        ]),
    ]),
  ];
}

function drawOutside(architecture: Architecture, services: readonly Placed[], vpcWidth: number): string[] {
  const users: Rectangle = {
    x: left + labelWidth + gap / 2,
    y: rows.outside,
    width: column - gap,
    height: 46,
  };
  const sites = architecture.sites.map((site, index) => {
    const x = left + vpcWidth - (index + 1) * (sideWidth + 40) + 40;
    const at = { x, y: rows.outside - 10, width: sideWidth, height: 66 };
    return drawCard(at, styles.data, 'CloudFront → S3', [site, 'private bucket, access control']);
  });
  const wire = users.y + users.height + 20;
  const middle = users.x + users.width / 2;
  const drops = architecture.balancers
    .filter(({ scheme }) => scheme === 'internet-facing')
    .map((balancer) => {
      const { at } = spanBalancer(balancer, services);
      const x = at.x + at.width / 2;
      return drawArrow([
        [middle, users.y + users.height],
        [middle, wire],
        [x, wire],
        [x, at.y],
      ]);
    });
  const first = left + vpcWidth - architecture.sites.length * (sideWidth + 40) + 40;
  return [
    drawCard(users, styles.card, 'Users', ['by Route 53']),
    ...sites,
    ...(architecture.sites.length === 0
      ? []
      : [
          drawArrow([
            [users.x + users.width, users.y + 23],
            [first, users.y + 23],
          ]),
        ]),
    ...drops,
  ];
}

function drawCluster(architecture: Architecture, services: readonly Placed[]): string[] {
  const [first] = services;
  const last = services.at(-1);
  if (first === undefined || last === undefined) return [];
  const x = first.at.x - 5;
  const width = last.at.x + last.at.width + 5 - x;
  const bottom = first.at.y + first.at.height;
  return [
    drawBox({ x, y: first.at.y - 5, width, height: first.at.height + 25 }, styles.cluster),
    drawText(x + width - 8, bottom + 14, `ECS cluster ${architecture.cluster}`, {
      size: 11,
      anchor: 'end',
      color: '#c2410c',
    }),
  ];
}

/** A load balancer stands over its services. */
function spanBalancer(
  balancer: BalancerNode,
  services: readonly Placed[],
): { at: Rectangle; own: readonly Placed[] } {
  const own = services.filter(({ service }) => service.balancer === balancer.key);
  const from = own[0]?.at.x ?? left + labelWidth;
  const to = own.at(-1)?.at ?? { x: from, width: column };
  const y = balancer.scheme === 'internal' ? rows.private : rows.public + 28;
  return { at: { x: from, y, width: to.x + to.width - from, height: 58 }, own };
}

function drawBalancer(balancer: BalancerNode, services: readonly Placed[]): string[] {
  const { at, own } = spanBalancer(balancer, services);
  const kind = balancer.key.endsWith('-platform') ? 'Shared load balancer' : 'Load balancer';
  const ports = [...balancer.ports].sort((one, other) => one - other).join(', ');
  return [
    drawCard(at, styles.balancer, kind, [`listeners ${ports}`]),
    ...own.map(({ at: target, service }) => {
      const x = target.x + target.width / 2;
      return drawArrow(
        [
          [x, at.y + at.height],
          [x, target.y],
        ],
        service.port === undefined ? '' : String(service.port),
      );
    }),
  ];
}

function drawService({ service, at }: Placed): string[] {
  const middle = at.x + at.width / 2;
  const card = drawCard(at, styles.service, service.name, [
    service.host,
    `${service.capacity}, ${service.tasks}`,
    service.strategy,
  ]);
  const database =
    service.database === undefined
      ? []
      : [
          drawCard(
            { x: at.x, y: rows.isolated + 34, width: at.width, height: 56 },
            styles.data,
            'RDS Postgres',
            [service.database],
          ),
          drawArrow(
            [
              [middle, at.y + at.height],
              [middle, rows.isolated + 34],
            ],
            '5433',
          ),
        ];
  const table =
    service.table === undefined
      ? []
      : [
          drawCard({ x: at.x, y: rows.regional, width: at.width, height: 46 }, styles.data, 'DynamoDB', [
            service.table,
          ]),
          drawArrow(
            [
              [middle, at.y + at.height],
              [middle, rows.regional],
            ],
            'gateway endpoint',
          ),
        ];
  return [card, ...database, ...table];
}

function drawNat(architecture: Architecture, x: number): string[] {
  const width = sideWidth - gap;
  const height = 38;
  const cards = architecture.nat.map((label, index) =>
    drawCard({ x, y: rows.public + 16 + index * (height + 8), width, height }, styles.card, label, []),
  );
  const bottom = rows.public + 16 + architecture.nat.length * (height + 8) - 8;
  const middle = x + width / 2;
  return [
    ...cards,
    drawArrow([
      [middle, rows.private + 30],
      [middle, bottom],
    ]),
    drawArrow(
      [
        [middle, rows.public + 16],
        [middle, rows.vpc - 14],
      ],
      'internet gateway',
    ),
    drawText(middle, rows.private + 48, 'tasks leave over 443', { size: 11, color: '#4b5563' }),
    drawText(middle, rows.private + 64, 'AWS and other services', { size: 11, color: '#4b5563' }),
  ];
}

function drawRegional(architecture: Architecture, vpcWidth: number): string[] {
  const y = rows.regional + 58;
  const half = Math.floor(architecture.regional.length / 2 + 0.5);
  return [
    drawBox({ x: left, y, width: vpcWidth, height: 48 }, styles.card),
    drawText(left + 12, y + 20, architecture.regional.slice(0, half).join('  ·  '), {
      size: 11,
      anchor: 'start',
    }),
    drawText(left + 12, y + 38, architecture.regional.slice(half).join('  ·  '), {
      size: 11,
      anchor: 'start',
    }),
    drawText(left + vpcWidth - 12, y + 20, 'GitHub Actions, by OIDC, takes the roles', {
      size: 11,
      anchor: 'end',
      bold: true,
    }),
    drawText(left + vpcWidth - 12, y + 38, architecture.roles.join(', '), { size: 11, anchor: 'end' }),
  ];
}
