import { describe, expect, it } from '@jest/globals';
import { UserError } from '../message/user-error.ts';
import { type InputReader, readInputs } from './reader.ts';

const from = (values: Record<string, string>) => (name: string) => values[name] ?? '';

function problemsOf(values: Record<string, string>, read: (input: InputReader) => unknown): string {
  try {
    readInputs(from(values), read);
  } catch (error) {
    if (error instanceof UserError && error.code === 'input-invalid') return error.message;
    throw error;
  }
  return '';
}

describe('good input', () => {
  it.each<[string, string, (input: InputReader) => unknown, unknown]>([
    ['text is trimmed', ' web ', (i) => i.text('x'), 'web'],
    ['an empty optional text is undefined', ' ', (i) => i.optionalText('x'), undefined],
    ['True is true', 'True', (i) => i.bool('x'), true],
    ['FALSE is false', 'FALSE', (i) => i.bool('x'), false],
    ['a fraction', '0.25', (i) => i.number('x', { min: 0, max: 9 }), 0.25],
    ['zero stays zero', '0', (i) => i.integer('x', { min: 0, max: 9 }), 0],
    ['a choice', 'leave', (i) => i.oneOf('x', ['rollback', 'leave']), 'leave'],
    ['lines', 'a,b\r\n\n  c ', (i) => i.lines('x'), ['a,b', 'c']],
    ['a list', 'a, b\nc', (i) => i.list('x'), ['a', 'b', 'c']],
    [
      'pairs split at the first =',
      'A=b=c\n B = d ',
      (i) => i.pairs('x'),
      [
        { key: 'A', value: 'b=c' },
        { key: 'B', value: ' d' },
      ],
    ],
    ['an empty value', 'A=', (i) => i.pairs('x'), [{ key: 'A', value: '' }]],
  ])('%s', (_name, text, read, expected) => {
    expect(readInputs(from({ x: text }), read)).toEqual(expected);
  });
});

describe('bad input', () => {
  it.each<[string, string, (input: InputReader) => unknown, string]>([
    ['a missing text', '', (i) => i.text('x'), 'input "x" is required: give a value'],
    ['yes for a boolean', 'yes', (i) => i.bool('x'), 'input "x": expected true or false, got "yes"'],
    [
      'words for a number',
      'abc',
      (i) => i.number('x', { min: 1, max: 9 }),
      'input "x": expected a number from 1 to 9, got "abc"',
    ],
    [
      'a number out of bounds is not clamped',
      '361',
      (i) => i.integer('x', { min: 1, max: 360 }),
      'input "x": expected a whole number from 1 to 360, got "361"',
    ],
    [
      'a fraction where whole is asked',
      '1.5',
      (i) => i.integer('x', { min: 1, max: 9 }),
      'input "x": expected a whole number from 1 to 9, got "1.5"',
    ],
    [
      'hexadecimal',
      '0x10',
      (i) => i.integer('x', { min: 1, max: 99 }),
      'input "x": expected a whole number from 1 to 99, got "0x10"',
    ],
    [
      'an unknown choice',
      'undo',
      (i) => i.oneOf('x', ['rollback', 'leave']),
      'input "x": expected one of rollback, leave, got "undo"',
    ],
  ])('%s', (_name, text, read, expected) => {
    expect(problemsOf({ x: text }, read)).toBe(expected);
  });

  it('names all problems at once', () => {
    const message = problemsOf({ a: 'maybe' }, (i) => [
      i.bool('a'),
      i.text('b'),
      i.integer('c', { min: 1, max: 2 }),
    ]);
    expect(message.split('\n')).toEqual([
      '3 inputs need correction:',
      'input "a": expected true or false, got "maybe"',
      'input "b" is required: give a value',
      'input "c" is required: give a whole number from 1 to 2',
    ]);
  });

  it('never shows the value of a malformed pair', () => {
    const message = problemsOf({ x: 'PASSWORD: hunter2' }, (i) => i.pairs('x'));
    expect(message).toContain('PASSWORD');
    expect(message).not.toContain('hunter2');
  });
});
