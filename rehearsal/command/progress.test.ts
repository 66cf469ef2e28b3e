import { expect, it } from '@jest/globals';
import { plainStyle } from '../page/text-style.ts';
import { parseOutputLine } from '../runner/workflow-commands.ts';
import { createProgress, type Progress } from './progress.ts';

function record(act: (progress: Progress) => void): string[] {
  const written: string[] = [];
  let seconds = 58;
  act(
    createProgress(
      (line) => written.push(line),
      plainStyle,
      () => seconds++,
    ),
  );
  return written;
}

/** Feeds raw output of an action. */
function feed(progress: Progress, ...lines: string[]): void {
  for (const line of lines) {
    const parsed = parseOutputLine(line);
    const { kind, text } = parsed.kind === 'text' ? parsed : { kind: parsed.command, text: parsed.value };
    progress.line({ kind: kind as 'text', text, phase: 'main', elapsedSeconds: 0 });
  }
}

it('shows a step, its inputs and its lines with the time', () => {
  const written = record((progress) => {
    progress.beginStep('deploy', { cluster: 'prod', environment: 'A=1\nB=2' });
    feed(progress, 'one', 'two');
    progress.endStep('succeeded', 2.04);
  });
  expect(written).toEqual([
    '',
    '▶ deploy',
    '        cluster: prod',
    '        environment: A=1 ⏎ B=2',
    '  0:58  one',
    '  0:59  two',
    '✔ 2.0 s',
  ]);
});

it('folds a group to one line', () => {
  const written = record((progress) =>
    feed(progress, '::group::Diff', 'a', '::endgroup::', '::group::Log', 'b', 'c', '::endgroup::'),
  );
  expect(written).toEqual(['  0:58  ▸ Diff (1 line)', '  0:59  ▸ Log (2 lines)']);
});

it('unfolds groups after a failed step, one left open too, and those of no earlier step', () => {
  const written = record((progress) => {
    progress.beginStep('render', {});
    feed(progress, '::group::Old', 'x', '::endgroup::');
    progress.endStep('succeeded', 1);
    progress.beginStep('deploy', {});
    feed(progress, '::group::Log', 'b', '::error::It broke%0Ahere', '::debug::no');
    progress.endStep('failed', 1);
  });
  expect(written.slice(written.indexOf('▶ deploy') + 1)).toEqual([
    '  0:59  Error: It broke',
    '        here',
    '  1:00  ▸ Log (1 line)',
    '        ▾ Log',
    '          b',
    '✘ failed 1.0 s',
  ]);
});

it('tells the post phase apart', () => {
  const line = { kind: 'text', elapsedSeconds: 0 } as const;
  const written = record((progress) => {
    progress.line({ ...line, phase: 'main', text: 'a' });
    progress.line({ ...line, phase: 'post', text: 'b' });
    progress.line({ ...line, phase: 'post', text: 'c' });
  });
  expect(written).toEqual(['  0:58  a', '        its post phase:', '  0:59  b', '  1:00  c']);
});

it('tells skipped steps and summaries', () => {
  const written = record((progress) => {
    progress.skipStep('wait');
    progress.summary('deploy', '## rolled-back\n\n- a');
    progress.summary('wait', ' \n');
  });
  expect(written).toEqual([
    '',
    '▷ wait: skipped, as in a workflow',
    '',
    expect.stringMatching(/^── summary of deploy ─+$/),
    '   rolled-back',
    '   • a',
  ]);
});
