import type { Template, TemplateResource } from '../template/template.ts';

/**
 * Logical ids of listener rules that an update would touch. In blue/green ECS owns their weights;
 * CloudFormation sends a changed rule whole and would send users to the old tasks (aws-cdk#36649).
 */
export function findChangedRules(deployed: Template, next: Template): string[] {
  return findChanged(deployed, next, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter((id) =>
    movesTraffic(deployed.Resources?.[id]),
  );
}

/** Bootstrap revisions that an update would register again; a placeholder would become the newest revision. */
export function findChangedRevisions(deployed: Template, next: Template): string[] {
  return findChanged(deployed, next, 'AWS::ECS::TaskDefinition');
}

function findChanged(deployed: Template, next: Template, type: string): string[] {
  return Object.entries(deployed.Resources ?? {})
    .filter(([, resource]) => resource.Type === type)
    .filter(([id, resource]) => {
      const after = next.Resources?.[id];
      return after !== undefined && JSON.stringify(after.Properties) !== JSON.stringify(resource.Properties);
    })
    .map(([id]) => id);
}

/** True when the rule forwards to more than one target group, which only blue/green does. */
function movesTraffic(rule: TemplateResource | undefined): boolean {
  const actions = (rule?.Properties?.['Actions'] ?? []) as { ForwardConfig?: { TargetGroups?: unknown[] } }[];
  return actions.some(({ ForwardConfig }) => (ForwardConfig?.TargetGroups?.length ?? 0) > 1);
}

/** One sentence for each thing in an update of a stack that must not happen by accident. */
export function explainDangers(stack: string, deployed: Template, next: Template): string[] {
  return [
    ...findChangedRules(deployed, next).map(
      (id) =>
        `${stack}: the listener rule ${id} would be written again and its traffic weights with it; deploy the app once more afterwards.`,
    ),
    ...findChangedRevisions(deployed, next).map(
      (id) =>
        `${stack}: the bootstrap revision ${id} is frozen, but the app's port changed; give the app a new name instead.`,
    ),
  ];
}
