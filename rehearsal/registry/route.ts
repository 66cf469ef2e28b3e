import { digestPattern } from './digest.ts';

/** Where a request under `/v2/` goes. */
export type Route =
  | { readonly kind: 'base' }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'manifest'; readonly repository: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly repository: string; readonly digest: string }
  | { readonly kind: 'uploads'; readonly repository: string }
  | { readonly kind: 'upload'; readonly repository: string; readonly id: string }
  | { readonly kind: 'tags'; readonly repository: string }
  | { readonly kind: 'referrers'; readonly repository: string; readonly digest: string };

/** Reads a path under `/v2/`; undefined when the specification knows no such end point. */
export function parseRoute(path: string): Route | undefined {
  if (path === '/v2/' || path === '/v2') return { kind: 'base' };
  if (path === '/v2/_catalog') return { kind: 'catalog' };
  const match = /^\/v2\/(.+?)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(path);
  const [, repository = '', area, rest = ''] = match ?? [];
  const upload = /^uploads\/?([^/]*)$/.exec(rest)?.[1];
  switch (area) {
    case 'manifests':
      return rest === '' || rest.includes('/')
        ? undefined
        : { kind: 'manifest', repository, reference: rest };
    case 'blobs':
      if (upload === '') return { kind: 'uploads', repository };
      if (upload !== undefined) return { kind: 'upload', repository, id: upload };
      return digestPattern.test(rest) ? { kind: 'blob', repository, digest: rest } : undefined;
    case 'tags':
      return rest === 'list' ? { kind: 'tags', repository } : undefined;
    case 'referrers':
      return digestPattern.test(rest) ? { kind: 'referrers', repository, digest: rest } : undefined;
    default:
      return undefined;
  }
}
