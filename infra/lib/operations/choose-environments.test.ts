import { describe, expect, it } from '@jest/globals';
import { dev } from '../../config/dev.ts';
import { environments } from '../../config/environments.ts';
import { prod } from '../../config/prod.ts';
import { chooseEnvironments } from './choose-environments.ts';
import { findPlaceholders } from './placeholders.ts';

describe('chooseEnvironments', () => {
  it('takes all when none is named', () => {
    expect(chooseEnvironments([], environments, false).environments).toEqual(environments);
  });

  it('hands options on to CDK', () => {
    const chosen = chooseEnvironments(['dev', '--require-approval', 'never'], environments, true);
    expect(chosen).toEqual({ environments: [dev], rest: ['--require-approval', 'never'] });
  });

  it.each([
    [[], /Name one environment after --, one of: dev, prod\./],
    [['dev', 'prod'], /Name one environment/],
    [['test'], /There is no environment "test"; there are: dev, prod\./],
  ])('refuses %j where one is needed', (args, sentence) => {
    expect(() => chooseEnvironments(args, environments, true)).toThrow(sentence);
  });
});

describe('findPlaceholders', () => {
  it('names everything a new user has to fill in', () => {
    expect(findPlaceholders({ ...prod, account: undefined }).join('\n')).toMatch(
      /SLIPWAY_PROD_ACCOUNT[\s\S]*repository\.ts[\s\S]*Route 53 zone[\s\S]*prod-alarms@example\.com/,
    );
  });

  it('is content with a finished environment', () => {
    const finished = {
      ...prod,
      account: '111122223333',
      domain: { zoneName: 'acme.org', hostedZoneId: 'Z1' },
      alerts: { ...prod.alerts, emails: ['ops@acme.org'] },
      delivery: {
        ...prod.delivery,
        repository: { owner: 'acme', ownerId: '1', name: 'shop', id: '2' },
      },
    };
    expect(findPlaceholders(finished)).toEqual([]);
  });
});
