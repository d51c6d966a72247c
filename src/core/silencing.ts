/**
 * How a finding is silenced where it stands: by a comment behind its line, or, where a comment would be
 * something else, by a tag of its cell.
 */
import type { Finding } from '../contract';

export type Silencing =
  | { kind: 'comment'; before: string; after: string }
  | { kind: 'tag'; tag: string };

/** What of a cell decides that. */
export interface ISilencedCell {
  type: string;
  source: string;
  /** Of the notebook's code. */
  language: string;
}

/** Behind their first line, the code of these is Python all the same. */
const PYTHON_MAGICS = /^%%(time|timeit|capture|prun)\b/;
const COMMENT = /#\s*hygiene:\s*ignore\s*\[([^\]]*)\]/;

export function silencingOf(
  finding: Pick<Finding, 'rule' | 'line' | 'in_output'>,
  cell: ISilencedCell
): Silencing {
  const { rule, line, in_output } = finding;
  const lines = cell.source.split('\n');
  const text = line === null ? undefined : lines[line - 1];
  if (
    line === null ||
    text === undefined ||
    in_output ||
    cell.type !== 'code' ||
    !cell.language.includes('python') ||
    !takesComment(lines, line - 1)
  ) {
    return { kind: 'tag', tag: `hygiene-ignore-${rule}` };
  }
  const known = COMMENT.exec(text);
  lines[line - 1] = known
    ? text.replace(COMMENT, `# hygiene: ignore[${known[1].trim()}, ${rule}]`)
    : `${text.trimEnd()}  # hygiene: ignore[${rule}]`;
  return { kind: 'comment', before: cell.source, after: lines.join('\n') };
}

/** Whether `#` at the end of a line begins a comment there. */
function takesComment(lines: readonly string[], at: number): boolean {
  if (lines[0].startsWith('%%') && !(PYTHON_MAGICS.test(lines[0]) && at > 0)) {
    return false;
  }
  const text = lines[at].trim();
  const isMagic =
    /^[%!?]/.test(text) || /=\s*[%!]/.test(text) || text.endsWith('?');
  return (
    text !== '' &&
    !isMagic &&
    !text.endsWith('\\') &&
    !endsInString(lines.slice(0, at + 1).join('\n'))
  );
}

/** Whether text breaks off inside a string of several lines. */
function endsInString(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quote) {
      if (sign === '\\') {
        at += 1;
      } else if (text.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = '';
      } else if (sign === '\n' && quote.length === 1) {
        // No string of one quote goes on here: it was none, or is broken.
        quote = '';
      }
    } else if (sign === '#') {
      const end = text.indexOf('\n', at);
      if (end < 0) {
        return false;
      }
      at = end;
    } else if (sign === '"' || sign === "'") {
      quote = text.startsWith(sign.repeat(3), at) ? sign.repeat(3) : sign;
      at += quote.length - 1;
    }
  }
  return quote !== '';
}
