import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../ecs/ecs-fixture.ts';
import { createRequestRates } from './request-rates.ts';

describe("ECS's request rates", () => {
  it.each([
    ['DescribeServices', 100, 20],
    ['ListServiceDeployments', 50, 20],
    ['UpdateService', 50, 5],
    ['RegisterTaskDefinition', 20, 1],
  ])('let %s through %d times at once, and then %d times a second', (operation, burst, sustained) => {
    let now = 0;
    const rates = createRequestRates(() => now);
    for (let count = 0; count < burst; count += 1) rates.take('ecs', operation);
    expect(refusalOf(() => rates.take('ecs', operation))).toEqual({
      code: 'ThrottlingException',
      message: 'Rate exceeded',
    });
    now += 1000;
    for (let count = 0; count < sustained; count += 1) rates.take('ecs', operation);
    expect(refusalOf(() => rates.take('ecs', operation)).code).toBe('ThrottlingException');
  });

  it('are shared within a category, and not between categories or services', () => {
    const rates = createRequestRates(() => 0);
    for (let count = 0; count < 50; count += 1) {
      rates.take('ecs', 'DescribeServices');
      rates.take('ecs', 'ListServices');
    }
    expect(refusalOf(() => rates.take('ecs', 'ListServices')).code).toBe('ThrottlingException');
    rates.take('ecs', 'ListTasks');
    rates.take('logs', 'ListServices');
  });
});
