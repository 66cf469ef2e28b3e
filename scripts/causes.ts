import { markdownTable } from 'markdown-table';
import { eventSignatures, type Signature, taskSignatures } from '../actions/lib/rollout/signature.ts';

/** CAUSES.md: by which words of AWS each cause is recognized, from the table that the action itself uses. */
export function renderCauses(): string {
  return `# How the causes are recognized

Generated from \`actions/lib/rollout/signature.ts\` by \`npm run readme\`. A deployment's failure is looked for in this order:

1. a lifecycle hook for which ECS gave up: [its details](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHookDetail.html)
   say FAILED (\`hook-failed\`) or TIMED_OUT (\`hook-timeout\`);
2. CloudWatch alarms that fired: [\`triggeredAlarmNames\`](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentAlarms.html)
   of the service deployment (\`alarm\`);
3. stopped tasks of this very deployment, the most frequent failure first: the first row of the first table that matches the stop code,
   the stopped reason and the container's reason;
4. [target health](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes)
   of running tasks (\`target-health-check\`), then their container health (\`container-health-check\`);
5. service events, by either table;
6. the deadline itself (\`startup-timeout\`), and \`unknown\` where nothing says why.

\`access-denied\`, \`credentials-expired\`, \`throttled\`, \`cluster-not-found\` and \`service-not-found\` are what AWS answers to the action
itself. A container that logs \`exec format error\` before it exits is \`image-architecture\`.

## Stopped tasks

${table(taskSignatures)}

## Service events

${table(eventSignatures)}
`;
}

function table(signatures: readonly Signature[]): string {
  const rows = signatures.map(({ cause, pattern, isTransient, source }) => [
    `\`${cause}\``,
    `\`${pattern.source.replaceAll('|', '\\|')}\``,
    isTransient === true ? 'no' : 'yes',
    `[${source.slice(source.lastIndexOf('/') + 1)}](${source})`,
  ]);
  const heading = [
    'cause',
    'words (a regular expression, in either case)',
    'counts for `abort-after`',
    'AWS page',
  ];
  return markdownTable([heading, ...rows], { alignDelimiters: false });
}
