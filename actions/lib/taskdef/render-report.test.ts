import { describe, expect, it } from '@jest/globals';
import { describeRendering, sayChanges } from './render-report.ts';

describe('the report of a rendering', () => {
  it('gathers names by container and kind', () => {
    expect(
      sayChanges([
        { kind: 'task', name: 'cpu', value: '256' },
        { kind: 'tag', name: 'commit' },
        { kind: 'variable', container: 'web', name: 'A' },
        { kind: 'variable', container: 'log', name: 'A' },
        { kind: 'variable', container: 'web', name: 'B' },
        { kind: 'secret', container: 'web', name: 'C' },
        { kind: 'removed', container: 'web', name: 'D' },
      ]),
    ).toEqual([
      '(task) cpu: 256',
      '(task) tags: commit',
      'web environment: A, B',
      'log environment: A',
      'web secrets: C',
      'web removed: D',
    ]);
  });

  it('says when nothing was set', () => {
    expect(sayChanges([])).toEqual(['Nothing to set: the task definition is as its source has it.']);
    expect(describeRendering('shop', [], undefined)).toBe('### Task definition `shop`\n\nNothing was set.');
  });

  it('text from inputs and files cannot leave its cell, its code block or its line', () => {
    const image = 'a`b|c\n::error::x';
    expect(sayChanges([{ kind: 'image', container: 'web', image }])).toEqual([
      'web image: a`b|c :\u200b:error::x',
    ]);
    const summary = describeRendering('shop', [{ kind: 'image', container: 'web', image }], {
      subject: 'shop:1',
      differences: [
        {
          kind: 'setting',
          container: 'web',
          setting: 'user',
          before: '```',
          after: 'x\n# y',
          change: 'changed',
        },
      ],
    });
    expect(summary).toContain("| web | image | `a'b\\|c :\u200b:error::x` |");
    expect(summary).toContain("```diff\n! web user: ''' → x # y\n```");
  });
});
