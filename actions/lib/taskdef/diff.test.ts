import { describe, expect, it } from '@jest/globals';
import { diffTaskDefinitions } from './diff.ts';
import { sayDifferences } from './diff-report.ts';
import type { JsonObject } from './json-value.ts';

const web = { name: 'web', image: 'web:1', memory: 64 };

function task(container: JsonObject, members: JsonObject = {}): JsonObject {
  return { family: 'shop', containerDefinitions: [{ ...web, ...container }], ...members };
}

function diff(before: JsonObject, after: JsonObject): string[] {
  return sayDifferences(diffTaskDefinitions(before, after));
}

const variable = (name: string, value: string): JsonObject => ({ name, value });
const secret = (name: string, valueFrom: string): JsonObject => ({ name, valueFrom });

describe('the difference of two task definitions', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'nothing but defaults and order',
      task({ environment: [variable('A', '1'), variable('B', '2')] }),
      task(
        { cpu: 0, essential: true, environment: [variable('B', '2'), variable('A', '1')] },
        { revision: 3 },
      ),
      [],
    ],
    ['an image', task({}), task({ image: 'web:2' }), ['~ web image: web:1 → web:2']],
    [
      'variables, without their values',
      task({ environment: [variable('A', 'hunter1'), variable('B', 'x')] }),
      task({ environment: [variable('A', 'hunter2'), variable('C', 'y')] }),
      ['~ web environment A', '- web environment B', '+ web environment C'],
    ],
    [
      'secrets, without their source',
      task({ secrets: [secret('A', 'arn:1')] }),
      task({ secrets: [secret('A', 'arn:2'), secret('B', 'arn:3')] }),
      ['~ web secret A', '+ web secret B'],
    ],
    [
      'a variable that becomes a secret',
      task({ environment: [variable('A', 'hunter1')] }),
      task({ secrets: [secret('A', 'arn')] }),
      ['- web environment A', '+ web secret A'],
    ],
    [
      'containers',
      task({}),
      { family: 'shop', containerDefinitions: [{ ...web, name: 'api' }] },
      ['- container web', '+ container api'],
    ],
    [
      'sizes',
      task({}, { cpu: '256', memory: '512' }),
      task({}, { cpu: '0.5 vCPU', memory: '512' }),
      ['~ task cpu: 256 → 512'],
    ],
    ['a list', task({ command: ['a'] }), task({ command: ['a', 'b'] }), ['~ web command: ["a"] → ["a","b"]']],
    [
      'something deep',
      task({ healthCheck: { command: ['x'], interval: 10 } }),
      task({ healthCheck: { command: ['x'] } }),
      ['- web healthCheck.interval: 10'],
    ],
    [
      'volumes, by name',
      task({}, { volumes: [{ name: 'a', host: { sourcePath: '/a' } }, { name: 'b' }] }),
      task({}, { volumes: [{ name: 'b' }, { name: 'a', host: { sourcePath: '/x' } }] }),
      ['~ task volumes.a.host.sourcePath: /a → /x'],
    ],
    [
      'options that may hold tokens, without their values',
      task({ logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'hunter1' } } }),
      task({
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'hunter2', 'splunk-url': 'u' } },
      }),
      ['~ web logConfiguration.options.splunk-token', '+ web logConfiguration.options.splunk-url'],
    ],
    [
      'labels, without their values',
      task({}),
      task({ dockerLabels: { a: 'hunter2' } }),
      ['+ web dockerLabels'],
    ],
    [
      'a new log configuration, without its options',
      task({}),
      task({ logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'hunter2' } } }),
      ['+ web logConfiguration'],
    ],
    [
      'a new volume, without its options',
      task({}),
      task(
        {},
        { volumes: [{ name: 'a', dockerVolumeConfiguration: { driverOpts: { password: 'hunter2' } } }] },
      ),
      ['+ task volumes'],
    ],
    [
      'the order of two variables of one name',
      task({ environment: [variable('A', '1'), variable('A', '2')] }),
      task({ environment: [variable('A', '2'), variable('A', '1')] }),
      ['~ web environment A'],
    ],
    [
      'one of two containers of one name',
      { family: 'f', containerDefinitions: [web, { ...web, image: 'x' }] },
      {
        family: 'f',
        containerDefinitions: [
          { ...web, image: 'y' },
          { ...web, image: 'x' },
        ],
      },
      [expect.stringContaining('~ task containerDefinitions') as unknown as string],
    ],
  ])('%s', (_what, before, after, expected) => {
    const lines = diff(before, after);
    expect(lines).toEqual(expected);
    expect(lines.join()).not.toContain('hunter');
  });

  it('text from a definition stays on its line and gives the runner no command', () => {
    expect(diff(task({ user: 'a' }), task({ user: 'a\n::error::x' }))).toEqual([
      '~ web user: a → a :\u200b:error::x',
    ]);
  });
});
