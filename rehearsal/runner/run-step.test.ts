import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runStep, type Step, type StepResult } from './run-step.ts';
import type { LogLine } from './step-log.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rehearsal-fixtures-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Writes an action whose main and post are the scripts given, and runs it. */
async function run(
  main: string,
  options: Partial<Step> & { post?: string; yaml?: string } = {},
): Promise<StepResult> {
  const { post, yaml, ...step } = options;
  const actionDirectory = join(root, 'actions', 'probe');
  await mkdir(actionDirectory, { recursive: true });
  await mkdir(join(root, 'dist'), { recursive: true });
  await mkdir(join(root, 'workspace'), { recursive: true });
  const postLine = post === undefined ? '' : '\n  post: ../../dist/post.js';
  const inputs = yaml ?? 'inputs: {}';
  await writeFile(
    join(actionDirectory, 'action.yml'),
    `name: probe\n${inputs}\nruns:\n  using: node24\n  main: ../../dist/main.js${postLine}\n`,
  );
  await writeFile(join(root, 'dist', 'main.js'), main);
  if (post !== undefined) await writeFile(join(root, 'dist', 'post.js'), post);
  return runStep({
    action: 'probe',
    inputs: {},
    workspace: join(root, 'workspace'),
    repositoryRoot: root,
    ...step,
  });
}

const append = (variable: string, text: string): string =>
  `require('fs').appendFileSync(process.env.${variable}, ${JSON.stringify(text)});`;
const printEnv = (prefix: string): string =>
  `for (const k of Object.keys(process.env).filter((k) => k.startsWith('${prefix}')).sort()) console.log(k + '=' + process.env[k]);`;
const shown = (result: StepResult): string[] => result.lines.map(({ kind, text }) => `${kind}: ${text}`);

describe('inputs', () => {
  const yaml = [
    'inputs:',
    '  cluster: {description: c, default: default}',
    '  wait-for it: {description: w, default: true}',
    '  service: {description: s, required: true}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own expression syntax.
    "  token: {description: t, default: '${{ github.sha }}'}",
    '  old: {description: o, deprecationMessage: use new}',
  ].join('\n');

  it('arrive upper-cased, with defaults and github.* expressions applied', async () => {
    const result = await run(printEnv('INPUT_'), {
      yaml,
      inputs: { Cluster: 'prod' },
      env: { GITHUB_SHA: 'abc' },
    });
    expect(result.log.split('\n')).toEqual([
      'INPUT_CLUSTER=prod',
      'INPUT_OLD=',
      'INPUT_SERVICE=',
      'INPUT_TOKEN=abc',
      'INPUT_WAIT-FOR_IT=true',
    ]);
  });

  it('that the action does not know, or that are deprecated, are warned about', async () => {
    const result = await run('', {
      yaml: 'inputs: {a: {description: a, deprecationMessage: use b}}',
      inputs: { a: '1', c: '2' },
    });
    expect(result.annotations).toEqual([
      { level: 'warning', message: "Unexpected input(s) 'c', valid inputs are ['a']" },
      { level: 'warning', message: "Input 'a' has been deprecated with message: use b" },
    ]);
    expect(result.exitCode).toBe(0);
  });
});

describe('environment', () => {
  it('holds GitHub’s variables and the step’s, and nothing else of the caller’s', async () => {
    process.env['LEAKED_FROM_CALLER'] = 'yes';
    const result = await run('console.log(JSON.stringify([process.env, process.cwd(), process.version]))', {
      env: { AWS_REGION: 'eu-west-1' },
    });
    delete process.env['LEAKED_FROM_CALLER'];
    const [env, cwd, version] = JSON.parse(result.log) as [Record<string, string>, string, string];
    expect(env).toMatchObject({ GITHUB_ACTIONS: 'true', GITHUB_REF_NAME: 'main', AWS_REGION: 'eu-west-1' });
    expect(env).not.toHaveProperty('LEAKED_FROM_CALLER');
    expect(cwd).toBe(join(root, 'workspace'));
    expect(version).toMatch(/^v24\./);
  });

  it('set by main reaches post, with state, and not the other way round', async () => {
    const result = await run(
      append('GITHUB_ENV', 'TOOL=x\n') +
        append('GITHUB_STATE', 'arn<<EOF\n1\n2\nEOF\n') +
        append('GITHUB_PATH', '/opt/tool\n'),
      {
        post: `${printEnv('TOOL')}${printEnv('STATE_')}console.log(process.env.PATH.split(':')[0])`,
      },
    );
    expect(result.log).toBe('TOOL=x\nSTATE_arn=1\n2\n/opt/tool');
    expect(result.state).toEqual({ arn: '1\n2' });
  });
});

describe('outputs and summary', () => {
  it('are read from the files', async () => {
    const result = await run(
      append('GITHUB_OUTPUT', 'a=1=2\nb<<ghadelimiter_x\nline 1\n\nline 3\nghadelimiter_x\nc=\n') +
        append('GITHUB_STEP_SUMMARY', '# Hello\n'),
      { post: append('GITHUB_STEP_SUMMARY', 'bye\n') },
    );
    expect(result.outputs).toEqual({ a: '1=2', b: 'line 1\n\nline 3', c: '' });
    expect(result.summary).toBe('# Hello\nbye\n');
  });

  it.each([
    ['no separator', 'nonsense\n', "Invalid format 'nonsense'"],
    ['no end', 'a<<EOF\n1\n', "Invalid value. Matching delimiter not found 'EOF'"],
    ['no name', '=1\n', "Invalid format '=1'. Name must not be empty"],
  ])('fail the step when the file has %s', async (_name, text, message) => {
    const result = await run(append('GITHUB_OUTPUT', text));
    expect(result.exitCode).toBe(1);
    expect(result.annotations.map((annotation) => annotation.message)).toContain(message);
  });

  it('lose a summary above 1 MiB whole', async () => {
    const result = await run(
      `require('fs').writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))`,
    );
    expect(result.summary).toBe('');
    expect(result.annotations[0]?.message).toContain('supports content up to a size of 1024k, got 1025k.');
  });
});

describe('the log', () => {
  it('turns workflow commands into groups and annotations', async () => {
    const result = await run(`console.log([
      'plain', '::group::Build', 'in it', '::endgroup::', '  ::warning title=Slow%2C very::took 5%25%0Alonger',
      'said ##[error]old form', '::add-matcher::x.json', '::nonsense::x'].join('\\n'))`);
    expect(shown(result)).toEqual([
      'text: plain',
      'group: Build',
      'text: in it',
      'endgroup: ',
      'warning: took 5%\nlonger',
      'error: old form',
      "warning: Can't find command extension for ##[nonsense.command].",
    ]);
    expect(result.annotations[0]).toEqual({
      level: 'warning',
      message: 'took 5%\nlonger',
      title: 'Slow, very',
    });
  });

  it('obeys a command that hides behind a lone carriage return', async () => {
    const result = await run(`process.stdout.write('progress 1%\\r::error::trap\\r\\nnext\\r')`);
    expect(shown(result)).toEqual(['text: progress 1%', 'error: trap', 'text: next']);
  });

  it('masks values from the moment they are registered, line by line, in the summary too', async () => {
    const result = await run(
      `console.log('before s3cret\\n::add-mask::s3cret\\n::add-mask::top%0Abottom\\nafter s3cret, bottom\\n::error::s3cret');` +
        append('GITHUB_STEP_SUMMARY', 'is s3cret'),
    );
    expect(shown(result)).toEqual(['text: before s3cret', 'text: after ***, ***', 'error: ***']);
    expect(result.annotations[0]?.message).toBe('***');
    expect(result.summary).toBe('is ***');
  });

  it('stops obeying between stop-commands and its token', async () => {
    const result = await run(`console.log('::stop-commands::Tok1\\n::error::x\\n::Tok1::\\n::error::y')`);
    expect(shown(result)).toEqual(['text: ::error::x', 'error: y']);
  });

  it('takes in stderr and a last line without an end, and tells each line as it comes', async () => {
    const seen: LogLine[] = [];
    const result = await run(`process.stderr.write('late ä')`, { onLine: (line) => seen.push(line) });
    expect(result.log).toBe('late ä');
    expect(seen).toEqual(result.lines);
  });
});

describe('the end of a step', () => {
  it('has main’s exit code, and runs post whatever became of main', async () => {
    const result = await run('process.exit(3)', { post: `console.log('cleaned'); process.exit(4)` });
    expect(result).toMatchObject({ exitCode: 3, postExitCode: 4, log: 'cleaned' });
  });

  it('lists what was left in RUNNER_TEMP', async () => {
    const result = await run(`require('fs').writeFileSync(process.env.RUNNER_TEMP + '/token', '')`);
    expect(result.filesLeft).toEqual(['token']);
  });
});

describe('cancellation', () => {
  const stubborn = `
    for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => console.log('got ' + s));
    setInterval(() => {}, 1000);
    console.log('ready');`;

  async function cancelWhenReady(
    main: string,
    delays: { terminateMilliseconds: number; killMilliseconds: number },
  ) {
    const cancel = new AbortController();
    return run(main, {
      post: `console.log('post ran')`,
      cancel: cancel.signal,
      cancellationDelays: delays,
      onLine: ({ text }) => void (text === 'ready' && cancel.abort()),
    });
  }

  it('sends SIGINT, then SIGTERM, then kills, and still runs post', async () => {
    const result = await cancelWhenReady(stubborn, { terminateMilliseconds: 150, killMilliseconds: 150 });
    expect(result.log).toBe('ready\ngot SIGINT\ngot SIGTERM\npost ran');
    expect(result).toMatchObject({ exitCode: 137, postExitCode: 0 });
  });

  it('leaves an action that ends in time alone', async () => {
    const result = await cancelWhenReady(
      `process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready');`,
      { terminateMilliseconds: 60_000, killMilliseconds: 60_000 },
    );
    expect(result).toMatchObject({ exitCode: 7, postExitCode: 0 });
  });
});

it('names the build when a bundle is missing', async () => {
  await run('');
  await rm(join(root, 'dist', 'main.js'));
  await expect(
    runStep({ action: 'probe', inputs: {}, workspace: root, repositoryRoot: root }),
  ).rejects.toThrow(/main\.js does not exist: run `npm run build` first/);
});
