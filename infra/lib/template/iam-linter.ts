import type { IamStatement } from './iam-statements.ts';
import { nameOf } from './walk.ts';

/** Actions that IAM offers no resource for, or that a condition binds instead. Nothing else gets `*`. */
export const actionsWithoutResource: ReadonlySet<string> = new Set([
  'ecr:GetAuthorizationToken',
  'ecs:DiscoverPollEndpoint',
  'ecs:RegisterTaskDefinition',
  'ecs:TagResource',
  'ecs:DescribeTaskDefinition',
  'ecs:ListTaskDefinitions',
  'ecs:DeregisterTaskDefinition',
  'ecs:ListTasks',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'cloudwatch:DescribeAlarms',
  'ec2:DescribeSubnets',
  'logs:DescribeLogGroups',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]);

/** Of those, the ones that must carry a condition to be acceptable. */
const actionsWithCondition: ReadonlySet<string> = new Set([
  'ecs:RegisterTaskDefinition',
  'ecs:TagResource',
  'ecs:ListTasks',
]);

/** What is too wide in a statement, one sentence each. */
export function lintStatement(statement: IamStatement): string[] {
  if (statement.effect !== 'Allow') return [];
  return [...lintActions(statement), ...lintResources(statement), ...lintPassRole(statement)];
}

function lintActions({ where, actions }: IamStatement): string[] {
  return actions
    .filter((action) => action.includes('*'))
    .map((action) => `${where} allows the action ${action}.`);
}

function lintResources({ where, actions, resources, condition }: IamStatement): string[] {
  const problems: string[] = [];
  const names = resources.map(nameOf);
  if (names.includes('*')) {
    for (const action of actions) {
      if (!actionsWithoutResource.has(action)) problems.push(`${where} allows ${action} on *.`);
      else if (actionsWithCondition.has(action) && Object.keys(condition).length === 0) {
        problems.push(`${where} allows ${action} on * without a condition.`);
      }
    }
  }
  for (const name of names) {
    // A wildcard may end an ARN, and `??????` a secret's name; it never stands for a service or account.
    const exact = name === '*' || /^[^*]*(\*|\/alb\/\*.*)?$/.test(name);
    if (!exact) problems.push(`${where} has a wildcard inside ${name}.`);
    if (/:(cluster|role|repository|secret|parameter|service|task-definition)\/\*$/.test(name)) {
      problems.push(`${where} covers every resource of a kind with ${name}.`);
    }
  }
  return problems;
}

/** PassRole decides what a task definition can become; it names exact roles and who may receive them. */
function lintPassRole({ where, actions, resources, condition }: IamStatement): string[] {
  if (!actions.includes('iam:PassRole')) return [];
  const problems: string[] = [];
  if (actions.length > 1) problems.push(`${where} mixes iam:PassRole with other actions.`);
  if (resources.some((resource) => nameOf(resource).includes('*')))
    problems.push(`${where} passes roles by a wildcard.`);
  if (condition['StringEquals']?.['iam:PassedToService'] === undefined) {
    problems.push(`${where} passes roles to any service.`);
  }
  return problems;
}
