/**
 * How far a fix goes: one that changes the text of one cell and nothing else is taken back like typing.
 */
import type { Fix } from '../contract';

/** The only cell that a fix touches, if it touches no more than its text. */
export function onlyTextOf({ edits }: Fix): string | null {
  const ids = new Set(
    edits.map(edit => (edit.kind === 'source' ? edit.cell_id : null))
  );
  const [only] = ids;
  return ids.size === 1 ? (only ?? null) : null;
}
