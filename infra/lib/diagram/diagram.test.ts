import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import { drawArchitecture } from './draw-architecture.ts';
import { readArchitecture } from './read-architecture.ts';
import { drawText } from './svg.ts';

const architecture = readArchitecture('prod', synthesizeTemplates(prod).templates);

describe('readArchitecture', () => {
  it('finds the load balancer before every service by following listeners and rules', () => {
    const pairs = architecture.services.map(({ name, balancer }) => [name, balancer]);
    expect(Object.fromEntries(pairs)).toEqual({
      'simple-app1': 'slipway-prod-simple-app1',
      'simple-app2': 'slipway-prod-simple-app2',
      clients: 'slipway-prod-platform',
      comments: 'slipway-prod-platform',
      site: 'slipway-prod-platform',
    });
  });

  it('finds data by who may reach it', () => {
    const withData = architecture.services.filter(
      ({ database, table }) => database !== undefined || table !== undefined,
    );
    expect(withData.map(({ name, database, table }) => [name, database, table])).toEqual([
      ['clients', 'db.t4g.small, two zones', undefined],
      ['comments', undefined, 'slipway-prod-comments'],
    ]);
  });

  it('knows network, way out, sites and roles', () => {
    expect(architecture).toMatchObject({
      cidr: '10.20.0.0/16',
      cluster: 'slipway-prod',
      nat: ['NAT gateway', 'NAT gateway'],
      sites: ['shop.example.com'],
      roles: ['build', 'deploy', 'infra-diff', 'infra-deploy'],
    });
    expect(architecture.subnets).toHaveLength(6);
  });
});

describe('drawArchitecture', () => {
  it.each([dev, prod])('draws $name as well-formed SVG that names every app', (config) => {
    const svg = drawArchitecture(readArchitecture(config.name, synthesizeTemplates(config).templates));
    expect(XMLValidator.validate(svg)).toBe(true);
    for (const app of Object.keys(config.apps)) expect(svg).toContain(`>${app}</text>`);
  });

  it('keeps every box on the page and services apart from each other', () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
    const { svg } = parser.parse(drawArchitecture(architecture)) as {
      svg: { width: string; height: string; rect: Record<string, string>[] };
    };
    for (const { x = '0', y = '0', width, height } of svg.rect) {
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(Number(svg.width));
      expect(Number(y) + Number(height)).toBeLessThanOrEqual(Number(svg.height));
    }
    const services = svg.rect.filter((box) => box['stroke'] === '#f97316' && box['fill'] === '#ffffff');
    const edges = services.map(({ x, width }) => [Number(x), Number(x) + Number(width)]);
    for (const [index, [, right]] of edges.entries()) {
      const next = edges[index + 1];
      if (next !== undefined) expect(next[0]).toBeGreaterThan(right!);
    }
    expect(services).toHaveLength(5);
  });

  it('escapes what it writes', () => {
    expect(drawText(0, 0, '<script>&"')).toContain('&lt;script&gt;&amp;&quot;');
  });
});
