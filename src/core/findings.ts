/**
 * How hygiene findings are told: a glyph, words and a tone for each severity, and what a cell's mark says
 * of them. Notes are for those who look for them: they make no mark.
 */
import type { Finding, Severity } from '../contract';
import type { ICounter } from './counter';
import { sentence } from './sentence';
import type { Tone } from './verdicts';
import type { IWording } from './wording';

/** From the gravest to the one of least account. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Filled, hollow, and hardly there. */
export const FINDING_GLYPHS: Readonly<Record<Severity, string>> = {
  error: '◆',
  warning: '◇',
  info: '·'
};

export const FINDING_TONES: Readonly<Record<Severity, Tone>> = {
  error: 'bad',
  warning: 'warn',
  info: 'quiet'
};

export function severityWord(severity: Severity, trans: IWording): string {
  switch (severity) {
    case 'error':
      return trans.__('Error');
    case 'warning':
      return trans.__('Warning');
    case 'info':
      return trans.__('Note');
  }
}

/** "2 errors", as a heading over them says it. */
export function countWords(
  severity: Severity,
  count: number,
  trans: IWording
): string {
  switch (severity) {
    case 'error':
      return trans._n('%1 error', '%1 errors', count);
    case 'warning':
      return trans._n('%1 warning', '%1 warnings', count);
    case 'info':
      return trans._n('%1 note', '%1 notes', count);
  }
}

/** How many there are of each severity. */
export function countsOf(
  findings: readonly Finding[]
): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) {
    counts[severity] += 1;
  }
  return counts;
}

/** Whether a finding is shown in the notebook itself. */
export function isMarked({ severity }: Finding): boolean {
  return severity !== 'info';
}

/** The mark of a cell. */
export interface IFindingMark {
  severity: Severity;
  /** A few signs. */
  text: string;
  /** The same in sentences. */
  words: string;
}

/** Null for a cell of which there is nothing to mark. */
export function findingMark(
  findings: readonly Finding[],
  trans: IWording
): IFindingMark | null {
  const marked = findings.filter(isMarked);
  const severity = SEVERITIES.find(each =>
    marked.some(finding => finding.severity === each)
  );
  if (!severity) {
    return null;
  }
  const glyph = FINDING_GLYPHS[severity];
  return {
    severity,
    text: marked.length > 1 ? `${glyph}${marked.length}` : glyph,
    words: marked
      .map(
        finding =>
          `${severityWord(finding.severity, trans)}: ${spoken(finding)}`
      )
      .join(' ')
  };
}

/** A finding's sentence without its marks of code. */
export function spoken({ message }: Pick<Finding, 'message'>): string {
  return sentence(message).replace(/`/g, '');
}

/** Where a finding lies, as a link says it; the place of its cell among all is counted from 1. */
export function placeWords(
  finding: Finding,
  place: number | null,
  trans: IWording
): string {
  if (place === null) {
    return trans.__('Notebook');
  }
  if (finding.in_output) {
    return trans.__('Cell %1, output', place);
  }
  return finding.line === null
    ? trans.__('Cell %1', place)
    : trans.__('Cell %1, line %2', place, finding.line);
}

/** What the counter in the toolbar says. Notes are not counted. */
export function findingsCounter(
  findings: readonly Finding[],
  trans: IWording
): ICounter & { glyph: string } {
  const { error, warning } = countsOf(findings);
  const count = error + warning;
  const parts = [
    error > 0 && countWords('error', error, trans),
    warning > 0 && countWords('warning', warning, trans)
  ].filter(Boolean);
  const severity = error > 0 ? 'error' : 'warning';
  return {
    text: trans._n('%1 finding', '%1 findings', count),
    title: [
      count > 0
        ? trans.__('Notebook hygiene: %1.', parts.join(', '))
        : trans.__('Notebook hygiene: nothing found.'),
      trans.__('Opens the list.')
    ].join(' '),
    tone: count > 0 ? FINDING_TONES[severity] : 'quiet',
    glyph: count > 0 ? FINDING_GLYPHS[severity] : ''
  };
}
