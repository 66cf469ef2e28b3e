import { describe, expect, it } from '@jest/globals';
import { type Command, readCommand } from './options.ts';

const known = { scenarios: ['healthy', 'crash-loop', 'superseded'], apps: ['simple-app1', 'worker'] };
const read = (...args: string[]): Command => readCommand(args, known);

describe('the command line', () => {
  it.each<[string[], Command]>([
    [[], { kind: 'run', scenario: 'healthy', app: 'simple-app1' }],
    [['--scenario', 'crash-loop', '--app=worker'], { kind: 'run', scenario: 'crash-loop', app: 'worker' }],
    [['--list'], { kind: 'list' }],
    [['-h'], { kind: 'help' }],
    [['--help', '--list'], { kind: 'help' }],
    [['--serve'], { kind: 'serve', app: 'simple-app1', port: undefined }],
    [['--serve', '--port', '4566'], { kind: 'serve', app: 'simple-app1', port: 4566 }],
  ])('%j', (args, command) => {
    expect(read(...args)).toEqual(command);
  });

  it.each<[string[], string]>([
    [['--scenari', 'healthy'], 'unknown option --scenari; did you mean --scenario?'],
    [['--scenarios=healthy'], 'unknown option --scenarios; did you mean --scenario?'],
    [['--serv'], 'unknown option --serv; did you mean --serve?'],
    [['-x'], 'unknown option -x; there are --scenario, --app, --list, --serve, --port, --help'],
    [
      ['--__proto__'],
      'unknown option --__proto__; there are --scenario, --app, --list, --serve, --port, --help',
    ],
    [['--scenario', 'crashloop'], 'no scenario is called "crashloop"; did you mean crash-loop?'],
    [['--scenario', 'x'], 'no scenario is called "x"; there are healthy, crash-loop, superseded'],
    [['--app', 'simple-app2'], 'no application is called "simple-app2"; did you mean simple-app1?'],
    [['--scenario'], '--scenario needs a value'],
    [['--scenario', '--serve'], '--scenario needs a value'],
    [['--scenario='], 'no scenario is called ""; there are healthy, crash-loop, superseded'],
    [['--serve=yes'], '--serve takes no value'],
    [['crash-loop'], '"crash-loop" belongs to no option: use --scenario crash-loop'],
    [['now'], '"now" belongs to no option'],
    [['--port', '80'], '--port goes with --serve'],
    [['--serve', '--port', 'http'], '--port: expected a number from 0 to 65535, got "http"'],
    [['--serve', '--port', '65536'], '--port: expected a number from 0 to 65535, got "65536"'],
  ])('%j is refused with one line', (args, message) => {
    expect(read(...args)).toEqual({ kind: 'misuse', message });
  });
});
