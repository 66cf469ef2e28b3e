import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findBuildFiles } from './build-context.ts';

let outside = '';
let workspace = '';
beforeEach(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'slipway-context-')));
  workspace = join(outside, 'workspace');
  await mkdir(join(workspace, 'app'), { recursive: true });
  await writeFile(join(workspace, 'app', 'Dockerfile'), 'FROM scratch\n');
  await writeFile(join(workspace, 'Dockerfile.web'), 'FROM scratch\n');
  await writeFile(join(workspace, 'npmrc'), 'token\n');
});
afterEach(() => rm(outside, { recursive: true, force: true }));

const find = (context: string, file?: string, secretFile?: string) =>
  findBuildFiles(workspace, {
    context,
    file,
    ssh: [],
    secrets: secretFile === undefined ? [] : [{ id: 'npm', source: { kind: 'file', path: secretFile } }],
  });

describe('the files of a build', () => {
  it('are found from the workspace', async () => {
    expect(await find('app')).toEqual({
      contextPath: join(workspace, 'app'),
      dockerfilePath: join(workspace, 'app', 'Dockerfile'),
      secrets: [],
      ssh: [],
    });
    expect((await find('app', 'Dockerfile.web')).dockerfilePath).toBe(join(workspace, 'Dockerfile.web'));
    expect((await find('app', undefined, 'npmrc')).secrets).toEqual([
      { id: 'npm', source: { kind: 'file', path: join(workspace, 'npmrc') } },
    ]);
  });

  it('may be reached by a link inside the workspace', async () => {
    await symlink('app', join(workspace, 'link'));
    expect((await find('link')).contextPath).toBe(join(workspace, 'app'));
  });

  it.each<[string, [string, (string | undefined)?, string?], string]>([
    ['a context that is not there', ['nowhere'], 'nowhere is not a directory of the workspace'],
    ['a context that is a file', ['npmrc'], 'npmrc is not a directory'],
    ['a context above', ['..'], '.. is outside the workspace'],
    ['an absolute context elsewhere', ['/'], '/ is outside the workspace'],
    ['no Dockerfile', ['.'], 'Name another with the input "file"'],
    [
      'a file that was meant relative to the context',
      ['app', 'Dockerfile'],
      'relative to the workspace, not to the context',
    ],
    ['a Dockerfile that is a directory', ['app', 'app'], 'There is no Dockerfile at'],
    ['a secret’s file that is not there', ['app', undefined, 'nowhere'], 'of the secret npm does not exist'],
  ])('%s is refused', async (_name, [context, file, secret], expected) => {
    await expect(find(context, file, secret)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(expected),
    });
  });

  it('may not be reached by a link that leaves the workspace', async () => {
    await symlink(outside, join(workspace, 'way-out'));
    await expect(find('way-out')).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('outside the workspace'),
    });
  });

  it('may lie in a workspace whose name another begins with', async () => {
    await mkdir(`${workspace}-2`);
    await expect(find('../workspace-2')).rejects.toMatchObject({ code: 'input-invalid' });
  });
});

describe('ssh', () => {
  const findSsh = async (path: string | undefined) =>
    (
      await findBuildFiles(workspace, {
        context: 'app',
        file: undefined,
        secrets: [],
        ssh: [{ id: 'default', path }],
      })
    ).ssh;

  it('is an agent by default, or a key of the workspace', async () => {
    expect(await findSsh(undefined)).toEqual([{ id: 'default', path: undefined }]);
    expect(await findSsh('npmrc')).toEqual([{ id: 'default', path: join(workspace, 'npmrc') }]);
  });

  it('with a key that is not there is refused', async () => {
    await expect(findSsh('nowhere')).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining("no key or agent's socket at"),
    });
  });
});
