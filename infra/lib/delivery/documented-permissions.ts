export interface DocumentedPermissions {
  /** In the policies that a README shows. */
  readonly needed: readonly string[];
  /** Named in the sentences beside them: for options, or for better evidence. */
  readonly optional: readonly string[];
}

interface Policy {
  readonly Statement: readonly {
    readonly Action: string | readonly string[];
    readonly Principal?: unknown;
  }[];
}

/** Reads the IAM actions from an action's README, section "Permissions". */
export function readDocumentedPermissions(readme: string): DocumentedPermissions {
  const section = /^## Permissions\n([\s\S]*?)(?=^## )/m.exec(readme)?.[1];
  if (section === undefined) throw new Error('The README has no section "Permissions".');
  const blocks = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = '']) => JSON.parse(text) as Policy,
  );
  const needed = blocks.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  const prose = section.replace(/```json\n[\s\S]*?```/g, '');
  const named = [...prose.matchAll(/`([a-z][a-z0-9-]*:[A-Z]\w+)`/g)].map(([, action = '']) => action);
  return {
    needed: [...new Set(needed)],
    optional: [...new Set(named)].filter((name) => !needed.includes(name)),
  };
}
