import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeStandInImage } from '../../rehearsal/image-archive/stand-in-image.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/rehearsal.ts';
import { findBundledRepository } from '../../rehearsal/runner/bundles.ts';
import { runStep } from '../../rehearsal/runner/run-step.ts';
import { dev } from '../config/dev.ts';
import { prod } from '../config/prod.ts';
import { type AppNames, nameAppResources } from '../lib/config/names.ts';
import { listRequests, sampleRequests } from '../lib/delivery/call-permissions.ts';
import { readDocumentedPermissions } from '../lib/delivery/documented-permissions.ts';
import { isAllowed, readRoleStatements } from '../lib/delivery/role-permissions.ts';
import { actionsWithoutResource } from '../lib/template/iam-linter.ts';
import { synthesizeTemplates } from '../lib/template/synthesize-templates.ts';
import { inRegion } from './in-region.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
// Where the rehearsal lives.
const { templates } = synthesizeTemplates(...[dev, prod].map((config) => inRegion(config, place.region)));

const runsAs = {
  build: ['build-push-ecr', 'promote-image'],
  deploy: ['render-taskdef', 'deploy-ecs-service', 'wait-stable'],
} as const;
const roles = ['build', 'deploy'] as const;

const documented = new Map<string, { needed: readonly string[]; optional: readonly string[] }>();
for (const action of roles.flatMap((role) => runsAs[role])) {
  const readme = await readFile(new URL(`../../actions/${action}/README.md`, import.meta.url), 'utf8');
  documented.set(action, readDocumentedPermissions(readme));
}

/** Options whose permissions the roles leave out, because the infrastructure does the work itself. */
const notForUs = new Set([
  // Repositories and their life cycles are this app's.
  'ecr:CreateRepository',
  'ecr:PutLifecyclePolicy',
  // Every repository scans on push, with basic scanning.
  'ecr:StartImageScan',
  'inspector2:ListCoverage',
  'inspector2:ListFindings',
]);

/** What roles may do ahead of the actions that will ask for it, each with who will. */
const comingSoon: Readonly<Record<string, string>> = {
  'ecs:RunTask': 'issue 5: run-task starts migrations',
  'ecs:StopTask': 'issue 5: run-task stops its task on a timeout',
  'ecs:ContinueServiceDeployment': 'issue 5: continue-deployment answers a pause',
  'ecs:ListTaskDefinitions': 'issue 5: keep-revisions finds old revisions',
  'ecs:DeregisterTaskDefinition': 'issue 5: keep-revisions and failed revisions',
  'ecs:DescribeClusters': 'issue 5: preflight, capacity providers',
  'cloudwatch:DescribeAlarms': 'issue 5: preflight, alarms in ALARM already',
  'ec2:DescribeSubnets': 'issue 5: preflight, free addresses',
  'logs:DescribeLogGroups': 'issue 5: preflight, the log group exists',
  'logs:FilterLogEvents': 'issue 5: run-task streams logs',
  'ecr:BatchGetImage': 'issue 5: preflight, the image exists',
  'ecr:DescribeImages': 'issue 5: preflight, the image exists',
  'iam:GetRole': 'issue 5: preflight, roles exist and trust ECS',
  'secretsmanager:DescribeSecret': 'issue 5: preflight, secrets exist',
  'ssm:GetParameter': 'issue 5: the names that the infrastructure wrote',
  'ssm:GetParameters': 'issue 5: the names that the infrastructure wrote',
  'ssm:GetParametersByPath': 'issue 5: the names that the infrastructure wrote',
  'ssm:PutParameter': 'issue 5: record',
  's3:ListBucket': 'sites: upload',
  's3:PutObject': 'sites: upload',
  's3:DeleteObject': 'sites: upload',
  'cloudfront:CreateInvalidation': 'sites: clear the cache',
  'cloudfront:GetInvalidation': 'sites: clear the cache',
};

describe.each([dev, prod])('the roles of $name', ({ name, apps }) => {
  const owned = Object.keys(apps).map((app) => nameAppResources(name, app));
  const deniedTo = (role: 'build' | 'deploy', action: string, names: AppNames) =>
    sampleRequests(action, names, place).filter(
      (request) => !isAllowed(readRoleStatements(templates, name, role), request, place),
    );

  it.each(roles)('allow %s what the READMEs of its actions say, for every app', (role) => {
    for (const action of runsAs[role]) {
      const { needed, optional } = documented.get(action)!;
      expect(needed.length).toBeGreaterThan(0);
      for (const permission of [...needed, ...optional].filter((each) => !notForUs.has(each))) {
        for (const names of owned) expect(deniedTo(role, permission, names)).toEqual([]);
      }
    }
  });

  it.each(roles)('allow %s nothing that no README documents, but what is listed with its reason', (role) => {
    const known = runsAs[role].flatMap((action) => Object.values(documented.get(action)!).flat());
    const allowed = new Set(readRoleStatements(templates, name, role).flatMap(({ actions }) => actions));
    const undocumented = [...allowed].filter((action) => !known.includes(action));
    expect(undocumented.filter((action) => role === 'build' || !(action in comingSoon))).toEqual([]);
  });

  it.each(roles)('allow %s nothing on an app that is not of this environment', (role) => {
    const strangers = [
      nameAppResources(name, 'stranger'),
      nameAppResources('elsewhere', Object.keys(apps)[0]!),
    ];
    const needed = runsAs[role].flatMap((action) => documented.get(action)!.needed);
    for (const permission of needed.filter((each) => !actionsWithoutResource.has(each))) {
      // Tasks belong to a cluster; ECS names no service in their ARNs.
      const [stranger] = permission === 'ecs:DescribeTasks' ? strangers.slice(1) : strangers;
      expect(deniedTo(role, permission, stranger!)).not.toEqual([]);
    }
  });
});

it('lists nothing as coming that is documented by now, and nothing that no role may do', () => {
  const known = runsAs.deploy.flatMap((action) => Object.values(documented.get(action)!).flat());
  expect(Object.keys(comingSoon).filter((action) => known.includes(action))).toEqual([]);
  const used = [dev, prod].flatMap(({ name }) =>
    readRoleStatements(templates, name, 'deploy').flatMap(({ actions }) => actions),
  );
  expect(Object.keys(comingSoon).filter((action) => !used.includes(action))).toEqual([]);
});

describe('the calls that build and promotion make', () => {
  const proved = nameAppResources('dev', 'simple-app1').repository;
  const target = nameAppResources('prod', 'simple-app1').repository;
  let workspace = '';
  let repositoryRoot = '';
  let aws: Rehearsal;

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'slipway-permissions-'));
    repositoryRoot = await findBundledRepository(workspace);
    await mkdir(join(workspace, 'app'));
    await writeFile(join(workspace, 'app', 'main.js'), 'console.log(1)');
    await writeStandInImage(join(workspace, 'app'), join(workspace, 'app.tar'));
    aws = await startRehearsal({ speed: 1 });
    for (const repositoryName of [proved, target]) {
      await aws.call('ecr', 'CreateRepository', { repositoryName, imageTagMutability: 'IMMUTABLE' });
    }
  }, 180_000);
  afterAll(async () => {
    await aws.close();
    await rm(workspace, { recursive: true, force: true });
  });

  /** What a step asks for beyond what a build role may do. */
  async function run(action: string, inputs: Readonly<Record<string, string>>) {
    const before = aws.calls.length;
    const { exitCode, outputs, log } = await runStep({
      action,
      inputs,
      env: aws.environment(),
      workspace,
      repositoryRoot,
    });
    expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
    const requests = aws.calls.slice(before).flatMap((call) => listRequests(call, place));
    expect(requests.length).toBeGreaterThan(1);
    const deniedTo = (environment: string) => {
      const statements = readRoleStatements(templates, environment, 'build');
      return requests.filter((request) => !isAllowed(statements, request, place));
    };
    return { outputs, deniedTo };
  }

  it.each(['false', 'true'])(
    'are all allowed to the build role: a push, reused: %s',
    async (reused) => {
      const inputs = { repository: proved, 'image-archive': 'app.tar', tags: 'v1' };
      const { outputs, deniedTo } = await run('build-push-ecr', inputs);
      expect(outputs['reused']).toBe(reused);
      expect(deniedTo('dev')).toEqual([]);
      // The other environment's role may read what was proved, but never write it.
      const writes = deniedTo('prod').map(({ action }) => action);
      expect(writes.includes('ecr:PutImage')).toBe(reused === 'false');
    },
    60_000,
  );

  it('are all allowed to prod’s build role when it promotes what dev proved', async () => {
    const { deniedTo } = await run('promote-image', { from: `${proved}:v1`, to: target });
    expect(deniedTo('prod')).toEqual([]);
    expect(deniedTo('dev')).not.toEqual([]);
  }, 60_000);
});
