/**
 * Hygiene findings in the order in which they are listed: by severity, then by rule.
 */
import type { Finding, Severity } from '../contract';
import { SEVERITIES } from './findings';

/** All findings of one rule that are of one severity, in document order. */
export interface IRuleGroup {
  rule: string;
  findings: readonly Finding[];
}

export interface ISeverityGroup {
  severity: Severity;
  count: number;
  /** The one that comes first in the document first. */
  rules: readonly IRuleGroup[];
}

/** Severities of which there is nothing are left out. */
export function groupFindings(
  findings: readonly Finding[],
  withInfo = true
): ISeverityGroup[] {
  return SEVERITIES.flatMap(severity => {
    const own = findings.filter(finding => finding.severity === severity);
    if (own.length === 0 || (severity === 'info' && !withInfo)) {
      return [];
    }
    const rules = new Map<string, Finding[]>();
    for (const finding of own) {
      const group = rules.get(finding.rule);
      if (group) {
        group.push(finding);
      } else {
        rules.set(finding.rule, [finding]);
      }
    }
    return [
      {
        severity,
        count: own.length,
        rules: [...rules].map(([rule, group]) => ({ rule, findings: group }))
      }
    ];
  });
}
