import { describe, expect, it } from '@jest/globals';
import { classifyStop, groupFailures, neutral } from './failure-group.ts';
import { container, stoppedTask } from './fixtures.ts';

describe('groupFailures', () => {
  it('counts failures as identical that differ only in ids, addresses and counts', () => {
    const reasons = [
      'CannotPullContainerError: retried 1 time(s): dial tcp 10.0.1.5:443: i/o timeout, request id: 8f14e45f-ceea-467f-a8f9-0b3c6d2f9a11',
      'CannotPullContainerError: retried 5 time(s): dial tcp 10.0.2.9:443: i/o timeout, request id: c9f0f895-fb98-4b91-8f14-9d2a5c3e7b22',
    ];
    const groups = groupFailures(reasons.map((stoppedReason) => stoppedTask({ stoppedReason })));
    expect(groups.map(({ count }) => count)).toEqual([2]);
  });

  it('keeps apart what differs in exit code, container or words', () => {
    const tasks = [
      stoppedTask(),
      stoppedTask({ containers: [container({ exitCode: 2 })] }),
      stoppedTask({ containers: [container({ name: 'proxy', exitCode: 1 })] }),
      stoppedTask({ stoppedReason: 'Task failed container health checks' }),
    ];
    expect(groupFailures(tasks)).toHaveLength(4);
  });

  it('leaves out tasks that the scheduler stopped to make room', () => {
    const scaled = stoppedTask({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
    });
    expect(groupFailures([scaled])).toEqual([]);
  });

  it('puts the most frequent first and the newest task of each in front', () => {
    const [first] = groupFailures([
      stoppedTask({ containers: [container({ exitCode: 2 })], stoppedAt: 99_000 }),
      stoppedTask({ arn: 'older', stoppedAt: 10_000 }),
      stoppedTask({ arn: 'newer', stoppedAt: 20_000 }),
    ]);
    expect(first).toMatchObject({ count: 2, exitCode: 1, lifetimeSeconds: 4, taskArns: ['newer', 'older'] });
  });

  it('cleans the words that ECS passes on', () => {
    const [group] = groupFailures([stoppedTask({ stoppedReason: '::error::\u001b[31mboom\r\nsecond' })]);
    expect(group?.stoppedReason).not.toMatch(/^::error|\u001b|\r|\n/);
  });
});

describe('classifyStop', () => {
  it.each([
    ['failure', 'EssentialContainerExited', 'Essential container in task exited'],
    ['failure', 'TaskFailedToStart', 'CannotPullContainerError: x'],
    ['failure', 'ServiceSchedulerInitiated', 'Task failed ELB health checks in (target-group arn:x)'],
    ['failure', 'ServiceSchedulerInitiated', 'Task failed container health checks'],
    ['scaling', 'ServiceSchedulerInitiated', 'Scaling activity initiated by (deployment ecs-svc/1)'],
    ['interruption', 'SpotInterruption', 'Your Spot Task was interrupted.'],
    ['interruption', 'TerminationNotice', 'x'],
    ['user', 'UserInitiated', 'Task stopped by user'],
  ])('reads %s from %s: %s', (kind, stopCode, stoppedReason) => {
    expect(classifyStop(stoppedTask({ stopCode, stoppedReason }))).toBe(kind);
  });
});

describe('neutral', () => {
  it('keeps image digests, which are the point', () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    expect(neutral(`image web@${digest} not found`)).toContain(digest);
  });
});
