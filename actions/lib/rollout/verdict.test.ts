import { describe, expect, it } from '@jest/globals';
import { isGreenVerdict, type Verdict, worstVerdict, worstVerdictFirst } from './verdict.ts';

describe('worstVerdict', () => {
  it.each<[Verdict, Verdict[]]>([
    ['failed', ['succeeded', 'rolled-back', 'failed', 'timed-out']],
    ['timed-out', ['cancelled', 'timed-out', 'rolled-back']],
    ['rolled-back', ['cancelled', 'rolled-back', 'superseded']],
    ['cancelled', ['superseded', 'cancelled']],
    ['superseded', ['succeeded', 'superseded', 'unchanged']],
    ['succeeded', ['unchanged', 'succeeded']],
    ['unchanged', ['unchanged', 'unchanged']],
  ])('is %s of %s', (worst, verdicts) => {
    expect(worstVerdict(verdicts)).toBe(worst);
    expect(worstVerdictFirst(verdicts.map((verdict) => ({ verdict })))[0]?.verdict).toBe(worst);
  });
});

describe('isGreenVerdict', () => {
  it('leaves the step green for success, no change and plans only, and for superseded where that only warns', () => {
    const all: Verdict[] = [
      'succeeded',
      'unchanged',
      'planned',
      'superseded',
      'rolled-back',
      'failed',
      'timed-out',
      'cancelled',
    ];
    expect(all.filter((verdict) => isGreenVerdict(verdict, 'fail'))).toEqual([
      'succeeded',
      'unchanged',
      'planned',
    ]);
    expect(all.filter((verdict) => isGreenVerdict(verdict, 'warn'))).toEqual([
      'succeeded',
      'unchanged',
      'planned',
      'superseded',
    ]);
  });
});
