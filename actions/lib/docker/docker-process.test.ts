import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { probeBuilder } from './builder-probe.ts';
import { runDocker } from './docker-process.ts';

// A docker of our own on the PATH: a real process, whose words we choose.
let bin = '';
const path = process.env['PATH'] ?? '';
beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'slipway-docker-'));
  process.env['PATH'] = `${bin}:${path}`;
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(bin, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '' });

async function fakeDocker(script: string): Promise<void> {
  await writeFile(join(bin, 'docker'), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, 'docker'), 0o755);
}

describe('a docker process', () => {
  it('streams cleaned lines of both streams and gives its exit code', async () => {
    await fakeDocker(`printf '::error::x\\n\\033[31mred\\033[0m\\n'; printf 'no newline'; exit 3`);
    const seen: string[] = [];
    const answer = await runDocker({
      arguments: [],
      environment: environment(),
      onLine: (line) => void seen.push(line),
    });
    expect(answer.exitCode).toBe(3);
    expect(answer.lines).toEqual([':\u200b:error::x', 'red', 'no newline']);
    expect(seen).toEqual(answer.lines);
  });

  it('keeps characters whole that span two chunks', async () => {
    await fakeDocker(`printf 'caf\\303'; sleep 0.05; printf '\\251\\n'`);
    expect((await runDocker({ arguments: [], environment: environment() })).lines).toEqual(['café']);
  });

  it('never shows hidden texts', async () => {
    await fakeDocker('echo "the token is $SECRET."');
    const answer = await runDocker({
      arguments: [],
      environment: { ...environment(), SECRET: 'hunter2' },
      hidden: ['hunter2'],
    });
    expect(answer.lines).toEqual(['the token is ***.']);
  });

  it('sees the environment it was given and no other', async () => {
    process.env['SLIPWAY_TEST_LEAK'] = 'leak';
    await fakeDocker('env');
    const { stdout } = await runDocker({ arguments: [], environment: environment() });
    delete process.env['SLIPWAY_TEST_LEAK'];
    expect(stdout).not.toContain('leak');
  });

  it('passes arguments as they are', async () => {
    await fakeDocker('for word in "$@"; do echo "[$word]"; done');
    const words = ['a b', '$(id)', '"q"', '', "it's"];
    expect((await runDocker({ arguments: words, environment: environment() })).stdout).toBe(
      words.map((word) => `[${word}]\n`).join(''),
    );
  });

  it('keeps the end of a long output', async () => {
    await fakeDocker('seq 1 5000');
    const { lines } = await runDocker({ arguments: [], environment: environment() });
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([2000, '3001', '5000']);
  });

  it('that does not exist is one clear sentence', async () => {
    process.env['PATH'] = bin;
    await expect(runDocker({ arguments: [], environment: environment() })).rejects.toMatchObject({
      code: 'docker-unavailable',
      message: expect.stringContaining('image-archive'),
    });
  });
});

describe('what builds images here', () => {
  const versions = (client: string): string =>
    JSON.stringify({
      Client: { Version: client },
      Server: { Version: '20.10.24', Os: 'linux' },
    });
  const probe = async (client: string, inspect: string) => {
    await fakeDocker(`case "$1" in version) echo '${versions(client)}';; buildx) ${inspect};; esac`);
    return probeBuilder(environment());
  };

  it.each([
    [
      'buildx in the daemon',
      '28.2.2',
      "printf 'Name:   default\\nDriver: docker\\n\\nNodes:\\nName: x\\n'",
      { kind: 'buildx', name: 'default', driver: 'docker', containerd: false },
    ],
    [
      'buildx elsewhere',
      '28.2.2',
      "printf 'Name:          builder-1\\nDriver:        docker-container\\n'",
      { kind: 'buildx', name: 'builder-1', driver: 'docker-container', containerd: false },
    ],
    ['an old client that speaks BuildKit', '20.10.24+dfsg1', 'exit 1', { kind: 'buildkit' }],
    ['a new client without buildx', '28.2.2', 'exit 1', { kind: 'classic' }],
    ['a client from before BuildKit', '17.12.1', 'exit 1', { kind: 'classic' }],
  ])('%s', async (_name, client, inspect, builder) => {
    expect(await probe(client, inspect)).toEqual(builder);
  });

  it("containerd's image store is seen, as it lets the daemon's own builder do more", async () => {
    const status = '[["driver-type","io.containerd.snapshotter.v1"]]';
    await fakeDocker(
      `case "$1" in version) echo '${versions('29.0.0')}';; info) echo '${status}';; buildx) printf 'Name: default\\nDriver: docker\\n';; esac`,
    );
    expect(await probeBuilder(environment())).toMatchObject({ driver: 'docker', containerd: true });
  });

  it('buildx elsewhere needs no daemon here', async () => {
    await fakeDocker(
      `case "$1" in version) exit 1;; buildx) printf 'Name: k\\nDriver: kubernetes\\n';; esac`,
    );
    expect(await probeBuilder(environment())).toMatchObject({
      kind: 'buildx',
      name: 'k',
      driver: 'kubernetes',
    });
  });

  it('nothing, when the daemon is dead: one clear sentence with docker’s own', async () => {
    await fakeDocker(
      `echo '{"Client":{"Version":"28.2.2"},"Server":null}'; echo 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?' >&2; exit 1`,
    );
    await expect(probeBuilder(environment())).rejects.toMatchObject({
      code: 'docker-unavailable',
      message: expect.stringContaining('Cannot connect to the Docker daemon at unix:///x'),
    });
  });
});
