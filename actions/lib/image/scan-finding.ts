/** How grave a finding is, from the gravest; ECR's own words in lower case. */
export const severities = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'] as const;
export type Severity = (typeof severities)[number];

/** One vulnerability in one package, as a scanner of ECR reports it. */
export interface ScanFinding {
  /** Such as `CVE-2026-1234`. */
  readonly name: string;
  readonly severity: Severity;
  /** `openssl 3.0.2`; undefined where the scanner does not say. */
  readonly packageName: string | undefined;
  readonly fixedIn: string | undefined;
}

/** The scanner's word for a severity; what it has no word for (or a new one) is `undefined`, the least of all. */
export function parseSeverity(text: string | undefined): Severity {
  return severities.find((severity) => severity === text?.toLowerCase()) ?? 'undefined';
}

/** True for the severity given and all graver ones. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}
