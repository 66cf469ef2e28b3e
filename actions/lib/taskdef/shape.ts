/**
 * What ECS allows at one place of a task definition, as plain data. `lib/aws` makes it from the SDK's own model, so it is
 * as current as the SDK.
 */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | StructureShape;

export interface StructureShape {
  readonly kind: 'structure';
  /** Members in the order of ECS's own documentation. */
  readonly members: ReadonlyMap<string, Shape>;
  readonly required: readonly string[];
}
