import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** One accepted kind of finding: the rule, why, and every construct it is accepted on. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  readonly constructs: readonly string[];
}

/** All acknowledgements in an app, sorted, so that a new one shows in a review. */
export function listAcknowledgements(root: IConstruct): Acknowledgement[] {
  const found = new Map<string, { rule: string; reason: string; constructs: Set<string> }>();
  for (const construct of root.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      for (const [id, reason] of Object.entries(data as Record<string, string>)) {
        const rule = id.replace(/\[.*$/, '').replace(/^.*::/, '');
        const entry = found.get(rule + reason) ?? { rule, reason, constructs: new Set() };
        entry.constructs.add(construct.node.path);
        found.set(rule + reason, entry);
      }
    }
  }
  return [...found.values()]
    .map(({ rule, reason, constructs }) => ({ rule, reason, constructs: [...constructs].sort() }))
    .sort((one, other) => (one.rule + one.reason < other.rule + other.reason ? -1 : 1));
}
