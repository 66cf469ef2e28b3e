import { drawOutside, drawRegional } from './draw-outside.ts';
import {
  column,
  gap,
  labelWidth,
  left,
  type Placed,
  placeServices,
  rows,
  sideWidth,
  spanBalancer,
  styles,
} from './layout.ts';
import type { Architecture, BalancerNode } from './read-architecture.ts';
import { drawArrow, drawBox, drawCard, drawPage, drawText } from './svg.ts';

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
