import type { ScanFinding } from './scan-finding.ts';

/** What the registry knows of one image's scan. */
export type ScanState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done';
      readonly findings: readonly ScanFinding[];
      /** True for a scanner that goes on for ever, whose first findings may come in after it says it is active. */
      readonly continuous: boolean;
    }
  /** The scanner has ended, or never will start, without having seen the image; `reason` is its own word. */
  | { readonly kind: 'unscannable'; readonly reason: string };

/** Scans images of one repository. `lib/aws` implements it. */
export interface ImageScanner {
  findScan(digest: string): Promise<ScanState>;
  /** Asks for a scan. Returns why there will be none; undefined when there will. */
  startScan(digest: string): Promise<string | undefined>;
}
