/**
 * Tells whether a cell is still the one that was verified, by digests of its source and outputs.
 *
 * Digests and not the outputs themselves, since a notebook may hold many megabytes of them.
 */
import type { Freshness } from './verdicts';

/** What of a code cell, as nbformat has it, a verdict speaks of. */
export interface ICellContent {
  source?: unknown;
  outputs?: unknown;
}

export interface IFingerprint {
  source: string;
  outputs: string;
}

/** A 53 bit digest of a text: collisions do not matter here beyond a stale mark. */
export function digest(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ (high >>> 13);
  high = Math.imul(high ^ (high >>> 16), 3266489909) ^ (low >>> 13);
  return (high >>> 0).toString(36) + '.' + (low >>> 0).toString(36);
}

/** A multiline string of nbformat may be a list of lines. */
export function joined(text: unknown): string {
  if (Array.isArray(text)) {
    return text.join('');
  }
  return typeof text === 'string' ? text : '';
}

/** An output without its count and with sorted keys: what a reader can see of it. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.every(item => typeof item === 'string')
      ? value.join('')
      : value.map(canonical);
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(
        ([key, part]) =>
          key !== 'execution_count' && key !== 'transient' && part !== undefined
      )
      .map(([key, part]): [string, unknown] => [key, canonical(part)]);
    entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries);
  }
  return value;
}

export function fingerprint(cell: ICellContent): IFingerprint {
  return {
    source: digest(joined(cell.source)),
    outputs: digest(JSON.stringify(canonical(cell.outputs ?? [])))
  };
}

/**
 * What is known of a verified cell: how it stood when it was sent, and how it stood once the
 * replayed outputs had been taken over.
 */
export interface IVerifiedCell {
  sent: IFingerprint | null;
  taken: IFingerprint | null;
}

export function freshnessOf(
  known: IVerifiedCell,
  now: IFingerprint
): Freshness {
  if (isEqual(known.sent, now)) {
    return 'current';
  }
  return isEqual(known.taken, now) ? 'taken' : 'outdated';
}

/** Whether a reader can see no difference. */
export function isEqual(
  one: IFingerprint | null,
  other: IFingerprint
): boolean {
  return (
    one !== null && one.source === other.source && one.outputs === other.outputs
  );
}
