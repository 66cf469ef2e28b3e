import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import { explainDangers } from './update-guard.ts';

function build(config: EnvironmentConfig, change: Partial<AppConfig>) {
  const apps = { 'simple-app1': { ...config.apps['simple-app1']!, ...change } };
  return synthesizeTemplates({ ...config, apps, sites: {} }).templates.get(
    `slipway-${config.name}-simple-app1`,
  )!;
}

const before = { dev: build(dev, {}), prod: build(prod, {}) };

describe('explainDangers', () => {
  it('is silent about an ordinary edit', () => {
    const edited = build(prod, { size: { cpu: 1024, memoryMiB: 2048 }, environment: { MODE: 'x' } });
    expect(explainDangers('stack', before.prod, edited)).toEqual([]);
  });

  it('warns before a blue/green rule is written again, because ECS owns its weights', () => {
    const moved = build(prod, { ingress: { kind: 'dedicated', host: 'new.example.com' } });
    const dangers = explainDangers('stack', before.prod, moved);
    expect(dangers).toHaveLength(2);
    expect(dangers.join('\n')).toMatch(
      /stack: the listener rule IngressProductionRule\w+ would be written again/,
    );
  });

  it('lets a rolling app change its address', () => {
    const moved = build(dev, { ingress: { kind: 'shared', host: 'new.dev.example.com', priority: 10 } });
    expect(explainDangers('stack', before.dev, moved)).toEqual([]);
  });

  it('warns before a frozen bootstrap revision is registered again', () => {
    const dangers = explainDangers('stack', before.dev, build(dev, { port: 9000 }));
    expect(dangers).toEqual([expect.stringMatching(/bootstrap revision Bootstrap\w+ is frozen/)]);
  });

  it('has nothing to say about a first deployment or a removal', () => {
    expect(explainDangers('stack', {}, before.prod)).toEqual([]);
    expect(explainDangers('stack', before.prod, {})).toEqual([]);
  });
});
