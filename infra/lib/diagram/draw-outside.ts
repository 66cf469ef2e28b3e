import {
  column,
  gap,
  labelWidth,
  left,
  type Placed,
  rows,
  sideWidth,
  spanBalancer,
  styles,
} from './layout.ts';
import type { Architecture } from './read-architecture.ts';
import { drawArrow, drawBox, drawCard, drawText, type Rectangle } from './svg.ts';

/** What lies above the VPC: users, and the sites that CloudFront serves. */
export function drawOutside(
  architecture: Architecture,
  services: readonly Placed[],
  vpcWidth: number,
): string[] {
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

/** What lies below it: the region's services and who may change them. */
export function drawRegional(architecture: Architecture, vpcWidth: number): string[] {
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
