import { describe, expect, it } from '@jest/globals';
import { marked } from 'marked';
import { concludeRollouts, sayConclusion } from './conclusion.ts';
import { serviceConsoleUrl } from './console-url.ts';
import { noEvidence } from './evidence.ts';
import { groupFailures } from './failure-group.ts';
import { createCollectedLog, rollout, runningTask, serviceDeployment, stoppedTask } from './fixtures.ts';
import { renderGantt } from './gantt.ts';
import { escapeMarkdown, fence } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import { renderReport } from './report.ts';
import { renderRolloutSummary } from './summary.ts';
import { buildTimeline } from './timeline.ts';

function outcome(over: Partial<Outcome> = {}): Outcome {
  return {
    rollout,
    serviceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web',
    verdict: 'rolled-back',
    cause: 'app-exit',
    sentence: 'web exited 1 three times.',
    evidence: noEvidence,
    startedAt: 1_000_000,
    endedAt: 1_090_000,
    serviceDeployment: serviceDeployment('ROLLBACK_SUCCESSFUL', { finishedAt: 90_000 }),
    tasks: [],
    warnings: [],
    ...over,
  };
}

describe('renderRolloutSummary', () => {
  it('opens with the verdict and its cause, then the sentence', () => {
    const [heading, , sentence] = renderRolloutSummary([outcome()]).split('\n');
    expect(heading).toBe('## ❌ Rolled back — web: `app-exit`');
    expect(sentence).toBe('web exited 1 three times.');
  });

  it('puts the worst of several services on top, and each in a table', () => {
    const good = outcome({
      verdict: 'succeeded',
      cause: undefined,
      sentence: 'api runs.',
      rollout: { ...rollout, service: 'api' },
    });
    const summary = renderRolloutSummary([good, outcome()]);
    expect(summary.split('\n')[0]).toBe('## ❌ Rolled back');
    expect(summary.indexOf('### ❌ Rolled back — web')).toBeLessThan(
      summary.indexOf('### ✅ Succeeded — api'),
    );
  });

  const hostile = '</details>```\n# h | <img src=x> [a](http://evil) @team **b** `c`';
  it('shows hostile words as words', () => {
    const failures = groupFailures([stoppedTask({ stoppedReason: hostile })]);
    const logTail = {
      container: '</summary><b>',
      taskId: '1',
      where: hostile,
      lines: ['```', '````', '</details>'],
    };
    const events = [{ id: '1', createdAt: 1, message: hostile }];
    const summary = renderRolloutSummary([
      outcome({ sentence: hostile, evidence: { ...noEvidence, failures, logTail, events } }),
    ]);
    const page = marked.parse(summary, { async: false });
    expect(page).not.toMatch(/<img|<b>|<strong>b|href="http:|evil"|<\/summary><b/);
    expect(page.match(/<h\d/g)).toHaveLength(1);
    expect(page.match(/<details>/g)).toHaveLength(2);
    expect(page.match(/<\/details>/g)).toHaveLength(2);
    expect(summary).toContain('`````text');
  });

  it('stays below 1 MiB with fifty services and a thousand events each', () => {
    const events = Array.from({ length: 1000 }, (_, index) => ({
      id: `${index}`,
      createdAt: 1,
      message: 'x'.repeat(500),
    }));
    const lines = Array.from({ length: 1000 }, () => 'y'.repeat(2000));
    const logTail = { container: 'web', taskId: '1', where: 'there', lines };
    const many = Array.from({ length: 50 }, (_, index) =>
      outcome({
        rollout: { ...rollout, service: `s${index}` },
        evidence: { ...noEvidence, events, logTail },
      }),
    );
    const summary = renderRolloutSummary(many);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('s49');
  });

  it('draws the timeline and names the slowest phase with its setting', () => {
    const tasks = [
      runningTask({ createdAt: 3_000, pullStartedAt: 4_000, pullStoppedAt: 9_000, startedAt: 10_000 }),
      stoppedTask({ startedBy: 'ecs-svc/1', stoppingAt: 20_000, stoppedAt: 80_000 }),
    ];
    const summary = renderRolloutSummary([outcome({ tasks })]);
    expect(summary).toContain('Slowest phase: **drain**, 1 min');
    expect(summary).toContain('deregistration_delay');
    expect(summary).toMatch(
      /```mermaid\ngantt\n {2}dateFormat x\n[\s\S]* {2}section web\n[\s\S]* {2}drain :crit, 20000, 80000\n```/,
    );
  });
});

describe('renderGantt', () => {
  const tasks = [
    runningTask({ createdAt: 3_000, pullStartedAt: 4_000, pullStoppedAt: 16_000, startedAt: 17_000 }),
  ];

  it('draws no line for today', () => {
    expect(renderGantt([outcome({ tasks })])).toContain('todayMarker off');
  });

  it('gives each of many services one bar, red where it ended badly', () => {
    const good = outcome({ tasks, verdict: 'succeeded', cause: undefined });
    const chart = renderGantt([...Array.from({ length: 18 }, () => good), outcome({ tasks })]) ?? '';
    expect(chart.match(/web \(.*\) :3000, /g)).toHaveLength(18);
    expect(chart.match(/web \(.*\) :crit, 3000, /g)).toHaveLength(1);
    expect(chart).not.toContain('section');
  });
});

describe('escapeMarkdown', () => {
  it('leaves nothing that Markdown or HTML could read', () => {
    expect(escapeMarkdown('`environment` of *web*')).toBe('\\`environment\\` of \\*web\\*');
    expect(marked.parse(escapeMarkdown('``` `a`b` <i>`<b>`'), { async: false })).not.toMatch(/<[ib]>|<code>/);
  });
});

describe('fence', () => {
  it('is longer than any run of backticks inside', () => {
    expect(fence(['a', '`````', 'b'])).toBe('``````text\na\n`````\nb\n``````');
  });
});

describe('buildTimeline', () => {
  const facts = { deploymentId: 'ecs-svc/2', createdAt: 2_000, finishedAt: 60_000 };

  it('measures health until ECS begins to stop the old tasks, or until the end', () => {
    const ours = runningTask({ startedAt: 10_000 });
    const replaced = stoppedTask({
      startedBy: 'ecs-svc/1',
      startedAt: 1,
      stoppingAt: 40_000,
      stoppedAt: 41_000,
    });
    const health = (tasks: Parameters<typeof buildTimeline>[0]['tasks']) =>
      buildTimeline({ ...facts, tasks }).phases.find(({ name }) => name === 'health');
    expect(health([ours, replaced])).toMatchObject({ startedAt: 10_000, endedAt: 40_000 });
    expect(health([ours])).toMatchObject({ endedAt: 60_000 });
  });

  it('calls slow what was slow for one task, not what came again and again', () => {
    const tasks = [0, 1, 2, 3].map((index) => {
      const at = index * 30_000;
      return stoppedTask({
        createdAt: at,
        pullStartedAt: at + 1_000,
        pullStoppedAt: at + 9_000,
        startedAt: at + 9_500,
      });
    });
    expect(buildTimeline({ ...facts, tasks }).slowest).toMatchObject({ name: 'pull', seconds: 8 });
  });

  it('tells waves of tasks apart, and draws what comes after the fifth as one', () => {
    const tasks = Array.from({ length: 8 }, (_, index) => {
      const at = 10_000 + index * 20_000;
      return runningTask({
        createdAt: at,
        pullStartedAt: at + 1_000,
        pullStoppedAt: at + 3_000,
        startedAt: at + 4_000,
      });
    });
    const pulls = (count: number): unknown[] =>
      buildTimeline({ ...facts, tasks: tasks.slice(0, count) }).phases.flatMap(
        ({ name, wave, startedAt, endedAt }) => (name === 'pull' ? [[wave, startedAt, endedAt]] : []),
      );
    expect(pulls(1)).toEqual([[undefined, 11_000, 13_000]]);
    expect(pulls(2)).toEqual([
      [1, 11_000, 13_000],
      [2, 31_000, 33_000],
    ]);
    expect(pulls(8)).toHaveLength(5);
    expect(pulls(8).at(-1)).toEqual([5, 91_000, 153_000]);
  });

  it('is empty without times', () => {
    expect(buildTimeline({ ...facts, tasks: [] })).toEqual({ phases: [], slowest: undefined });
  });
});

describe('renderReport', () => {
  it('has the shape of the contract, with ISO times and null where there is nothing', () => {
    const { services } = JSON.parse(renderReport([outcome({ verdict: 'succeeded', cause: undefined })]));
    expect(Object.keys(services[0])).toEqual([
      'cluster',
      'service',
      'verdict',
      'cause',
      'sentence',
      'evidence',
      'timeline',
      'taskDefinitionArn',
      'previousTaskDefinitionArn',
      'serviceDeploymentArn',
      'startedAt',
      'endedAt',
    ]);
    expect(services[0]).toMatchObject({ cause: null, startedAt: '1970-01-01T00:16:40.000Z' });
  });
});

describe('concludeRollouts', () => {
  it('fails with the sentences of what went wrong, the worst first', () => {
    const failed = outcome({ verdict: 'failed', sentence: 'api is gone.' });
    const good = outcome({ verdict: 'succeeded', sentence: 'fine.' });
    const { failure, verdict, durationSeconds } = concludeRollouts([outcome(), good, failed], 'fail');
    expect(failure).toMatchObject({
      code: 'deployment-unsuccessful',
      message: '2 of 3 services were not deployed:\napi is gone.\nweb exited 1 three times.',
    });
    expect({ verdict, durationSeconds }).toEqual({ verdict: 'failed', durationSeconds: 90 });
  });

  it('only warns of superseded where that is wanted', () => {
    const superseded = outcome({ verdict: 'superseded', cause: undefined, sentence: 'web was superseded.' });
    expect(concludeRollouts([superseded], 'warn').failure).toBeUndefined();
    expect(concludeRollouts([superseded], 'fail').failure).toBeDefined();
    const log = createCollectedLog();
    sayConclusion([superseded], 'warn', log);
    expect(log.lines).toContain('warning: web was superseded.');
  });
});

describe('serviceConsoleUrl', () => {
  it.each([
    [
      'aws',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/c/services/s/deployments?region=eu-west-1',
    ],
    [
      'aws-cn',
      'cn-north-1',
      'https://cn-north-1.console.amazonaws.cn/ecs/v2/clusters/c/services/s/deployments?region=cn-north-1',
    ],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/ecs/v2/clusters/c/services/s/deployments?region=us-gov-west-1',
    ],
  ])('knows partition %s', (partition, region, url) => {
    expect(serviceConsoleUrl(`arn:${partition}:ecs:${region}:111122223333:service/c/s`)).toBe(url);
  });

  it('has no page for what it does not know', () => {
    expect(serviceConsoleUrl('arn:aws-iso:ecs:us-iso-east-1:111122223333:service/c/s')).toBeUndefined();
    expect(serviceConsoleUrl('')).toBeUndefined();
  });
});
