import { describe, expect, it } from '@jest/globals';
import { parseAssignments } from './assignment.ts';

describe('parseAssignments', () => {
  it.each([
    [
      'every "=" after the first stays',
      'RULE=Host(`a`) && x=1',
      [{ key: 'RULE', value: 'Host(`a`) && x=1' }],
    ],
    ['names are trimmed, values keep their blanks in front', ' web.A = 1 ', [{ key: 'web.A', value: ' 1' }]],
    [
      'an empty value is a value',
      'A=\n\nB=2',
      [
        { key: 'A', value: '' },
        { key: 'B', value: '2' },
      ],
    ],
    [
      'Windows line ends',
      'A=1\r\nB=2\r\n',
      [
        { key: 'A', value: '1' },
        { key: 'B', value: '2' },
      ],
    ],
    ['quotes and hashes are part of the value', 'A="x" # y', [{ key: 'A', value: '"x" # y' }]],
    [
      'a value of several lines',
      'A<<END\n one\n\nB=two\nEND\nC=3',
      [
        { key: 'A', value: ' one\n\nB=two' },
        { key: 'C', value: '3' },
      ],
    ],
    ['an empty block', 'A<<END\nEND', [{ key: 'A', value: '' }]],
    ['"<<" inside a value', 'A=x<<y', [{ key: 'A', value: 'x<<y' }]],
    ['nothing', ' \n ', []],
  ])('%s', (_what, text, expected) => {
    expect(parseAssignments(text)).toEqual(expected);
  });

  it.each([
    ['TOKEN', 'line 1: expected NAME=value, found no "="'],
    ['A=1\n=hunter2', 'line 2: there is no name before the "="'],
    ['# note=1', 'line 1: comments are not possible here'],
    ['my name=hunter2', 'line 1: a name holds no blank and no "#"'],
    ['A<<END\nhunter2', 'line 1: the value that ends at a line "END" has no such line'],
    ['x\ny', 'line 1: expected NAME=value, found no "="; line 2: expected NAME=value, found no "="'],
  ])('%j is refused without showing a value', (text, message) => {
    expect(() => parseAssignments(text)).toThrow(message);
    expect(() => parseAssignments(text)).not.toThrow('hunter2');
  });
});
