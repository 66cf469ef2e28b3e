import { describe, expect, it } from '@jest/globals';
import { cleanRemoteLine, cleanRemoteText } from './remote-text.ts';

describe('remote text is shown, never obeyed', () => {
  it.each([
    ['a workflow command', '::set-output name=a::b', ':\u200b:set-output name=a::b'],
    ['an indented workflow command', '  ::add-mask::x', '  :\u200b:add-mask::x'],
    ['the older command form, anywhere in a line', 'x ##[error]y', 'x #\u200b#[error]y'],
    ['a command hidden behind a carriage return', 'ok\r::error::x', 'ok\n:\u200b:error::x'],
    ['a command hidden behind an escape sequence', '\u001b[31m::error::x', ':\u200b:error::x'],
    ['a command hidden behind a NUL', '\u0000::error::x', ':\u200b:error::x'],
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a direction override', 'abc\u202etxt.exe', 'abctxt.exe'],
  ])('%s', (_name, text, expected) => {
    expect(cleanRemoteText(text)).toBe(expected);
  });

  it('keeps tabs, colons inside a line and Unicode as they are', () => {
    expect(cleanRemoteText('a\tb::c → é')).toBe('a\tb::c → é');
  });

  it('folds lines and cuts long text with an ellipsis', () => {
    expect(cleanRemoteLine('a\nb')).toBe('a b');
    expect(cleanRemoteLine('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});
