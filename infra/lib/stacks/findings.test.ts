import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { nodePath } from '../../../rehearsal/runner/node-process.ts';

const infra = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'slipway-findings-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs a module as its own process without any AWS setting, and gives exit code and output. */
function run(code: string): { status: number | null; output: string } {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_|SLIPWAY_|NODE_OPTIONS|JEST_)/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(
    nodePath,
    ['--single-threaded-gc', '--input-type=module', '-e', code],
    {
      cwd: infra,
      encoding: 'utf8',
      env: { ...environment, AWS_EC2_METADATA_DISABLED: 'true' },
    },
  );
  return { status, output: stdout + stderr };
}

/** Builds environments, all or those named, after doing something to the app. */
function synth(
  outdir: string,
  only: readonly string[],
  change = '',
): { status: number | null; output: string } {
  return run(`
    import { CfnResource, Stack } from 'aws-cdk-lib';
    import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
    import { Bucket } from 'aws-cdk-lib/aws-s3';
    import { environments } from './config/environments.ts';
    import { everyOption } from './lib/config/every-option.ts';
    import { createSlipwayApp } from './lib/stacks/slipway-app.ts';
    const app = createSlipwayApp({
      environments: [...environments, everyOption],
      only: ${JSON.stringify(only)},
      outdir: ${JSON.stringify(outdir)},
    });
    ${change}
    app.synth();
  `);
}

interface Report {
  readonly pluginReports: readonly { readonly pluginName: string; readonly violations: readonly unknown[] }[];
}

function readReport(outdir: string): Report {
  return JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as Report;
}

describe('a synth of both environments, and of one with every option that they leave off', () => {
  const outdir = join(scratch, 'clean');
  const { status, output } = synth(outdir, ['dev', 'prod', 'every']);

  it('needs no credentials, asks AWS nothing and prints no finding', () => {
    expect(output).toBe('');
    expect(status).toBe(0);
    for (const assembly of ['.', 'assembly-dev', 'assembly-prod', 'assembly-every']) {
      const { missing = [] } = JSON.parse(readFileSync(join(outdir, assembly, 'manifest.json'), 'utf8')) as {
        missing?: unknown[];
      };
      expect(missing).toEqual([]);
    }
  });

  it('has no violation of any severity, warnings included', () => {
    const { pluginReports } = readReport(outdir);
    expect(pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(pluginReports.map(({ pluginName }) => pluginName)).toContain('CloudFormation Validate');
  });
});

describe('a canary', () => {
  // All in one app: starting the validator takes longer than everything else here.
  const { status, output } = synth(
    join(scratch, 'canaries'),
    [],
    `new Bucket(new Stack(app, 'Open'), 'OpenBucket');
    new CfnResource(new Stack(app, 'Odd'), 'OddTopic', { type: 'AWS::SNS::Topic', properties: { Colour: 'red' } });
    new CfnManagedPolicy(new Stack(app, 'Wide'), 'WidePolicy', {
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    });`,
  );

  it('ends the synth', () => {
    expect(status).toBe(1);
  });

  it('with an open bucket is caught by cdk-nag, so that silence above means something', () => {
    expect(output).toMatch(/AwsSolutions-S1\b/);
    expect(output).toContain('AwsSolutions-S10');
    expect(output).toContain('Open/OpenBucket');
  });

  it('with a property that CloudFormation lacks is caught by the validator', () => {
    expect(output).toMatch(/Colour/);
  });

  it('with a wildcard of its own is not covered by what other roles were forgiven', () => {
    expect(output).toContain('AwsSolutions-IAM5[Action::s3:*]');
    expect(output).toContain('AwsSolutions-IAM5[Resource::*]');
  });
});

describe('a configuration that cannot work', () => {
  it('ends a synth with sentences and no stack trace', () => {
    const { status, output } = run(`
      import { environments } from './config/environments.ts';
      import { createSlipwayApp } from './lib/stacks/slipway-app.ts';
      import { runCommand } from './lib/operations/run-command.ts';
      const [dev] = environments;
      await runCommand(() => {
        createSlipwayApp({ environments: [{ ...dev, region: 'mars', account: '1' }] }).synth();
        return 0;
      });
    `);
    expect(status).toBe(1);
    expect(output).toMatch(/^The infrastructure configuration cannot be used:\n {2}- dev: account "1"/);
    expect(output).toContain('region "mars"');
    expect(output).not.toMatch(/\n\s+at /);
  });
});
