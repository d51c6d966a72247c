/**
 * What the server is sent when it is asked which verdicts still hold: the page, without the outputs of
 * cells of which it is known whose they are, since a notebook may hold many megabytes of them.
 */
import type { INotebookModel } from '@jupyterlab/notebook';

import type { MatchRequest } from '../contract';
import type { IFingerprint, IVerifiedCell } from '../core/fingerprints';
import { snapshot } from './snapshot';

/** `stands`: how the code cells of the page stand now, by id. */
export function matchRequest(
  page: INotebookModel,
  verified: ReadonlyMap<string, IVerifiedCell>,
  stands: ReadonlyMap<string, IFingerprint>
): MatchRequest {
  const known: NonNullable<MatchRequest['known']> = {};
  for (const [cellId, now] of stands) {
    const whose = shownBy(now, verified.get(cellId));
    if (whose) {
      known[cellId] = whose;
    }
  }
  const notebook = snapshot(page);
  const cells = notebook.cells.map(cell =>
    typeof cell.id === 'string' && known[cell.id]
      ? { ...cell, outputs: [] }
      : cell
  );
  return { notebook: { ...notebook, cells }, known };
}

function shownBy(
  { outputs }: IFingerprint,
  verified: IVerifiedCell | undefined
): 'current' | 'taken' | null {
  if (verified?.sent?.outputs === outputs) {
    return 'current';
  }
  return verified?.taken?.outputs === outputs ? 'taken' : null;
}
