import type { JsonPath } from './json-value.ts';

/** One thing about a task definition that ECS would refuse, or drop without a word. */
export interface Problem {
  /**
   * `unknown-key` and `fargate-size` rest on what was known when this version was released, so `strict: false` turns them
   * into warnings. `advice` is a warning in any case: ECS refuses it in some circumstances only. The rest are
   * errors; `input` is one that an input brings in, not the file.
   */
  readonly kind: 'unknown-key' | 'fargate-size' | 'type' | 'missing' | 'rule' | 'advice' | 'input';
  /** Where it shows; empty for the definition as a whole. */
  readonly path: JsonPath;
  /** What is wrong and what is legal, without any value of environment or secrets. */
  readonly message: string;
}

/** A problem that ECS refuses whatever the circumstances. */
export function rule(path: JsonPath, message: string): Problem {
  return { kind: 'rule', path, message };
}

/** A problem that an input brings in. */
export function inputProblem(input: string, message: string): Problem {
  return { kind: 'input', path: [], message: `input "${input}": ${message}` };
}
