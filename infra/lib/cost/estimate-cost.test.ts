import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { prod } from '../../config/prod.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { synthesizeTemplates } from '../template/synthesize-templates.ts';
import { estimateCost, printCostTable } from './estimate-cost.ts';
import { priceTable } from './price-table.ts';

const estimate = (config: EnvironmentConfig) => estimateCost(config, synthesizeTemplates(config).templates);

const committed = { dev: estimate(dev), prod: estimate(prod) };

describe('estimateCost', () => {
  it.each([dev, prod])('knows every price that $name needs, and its lines add up', (config) => {
    const { lines, usdPerMonth, unknown } = committed[config === dev ? 'dev' : 'prod'];
    expect(unknown).toEqual([]);
    const sum = lines.reduce((total, line) => total + line.usdPerMonth, 0);
    expect(usdPerMonth).toBeCloseTo(sum, 2);
    expect(usdPerMonth).toBeLessThan(config.alerts.monthlyBudgetUsd);
  });

  it('prices a NAT gateway per zone and month', () => {
    const gateway = committed.prod.lines.find(({ what }) => what === 'NAT gateway');
    expect(gateway).toEqual({ what: 'NAT gateway', count: 2, usdPerMonth: 65.7 });
  });

  it('shows what a choice costs: one gateway instead of an instance', () => {
    const dear = estimate({ ...dev, network: { ...dev.network, nat: 'gateway' } });
    expect(dear.usdPerMonth - committed.dev.usdPerMonth).toBeGreaterThan(25);
  });

  it('prices tasks at their least number, Spot below on demand', () => {
    const one = (capacity: 'fargate' | 'fargate-spot') =>
      estimate({ ...dev, apps: { a: { ...dev.apps['simple-app1']!, capacity } } }).lines.find(({ what }) =>
        what.startsWith('Tasks of a'),
      )?.usdPerMonth;
    expect(one('fargate')).toBeCloseTo(7.21, 2);
    expect(one('fargate-spot')).toBeCloseTo(7.21 * priceTable.spotFactor, 2);
  });

  it('says so when it does not know a price', () => {
    const database = { name: 'a', instanceType: 'r9x.huge', storageGiB: 20, multiZone: false, backupDays: 1 };
    const odd = estimate({ ...dev, apps: { a: { ...dev.apps['simple-app1']!, database } } });
    expect(odd.unknown).toEqual(['Database of a r9x.huge']);
    expect(printCostTable(odd)).toContain('Not in the price table: Database of a r9x.huge.');
  });
});

describe('priceTable', () => {
  it('carries the day it was written down', () => {
    expect(priceTable.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Number.isNaN(Date.parse(priceTable.asOf))).toBe(false);
  });
});
