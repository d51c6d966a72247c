/**
 * Says which cell each run was, where nobody saw it start: after a reload, and for runs of other clients.
 *
 * A run belongs to the cell that bears its count and has its source, else to one of equal source, else
 * to none. A count without equal source is no match: yesterday's [3] is not today's third run.
 */
import type { IRun, RunStatus } from './runs';
import { stripped } from './runs';

/** A code cell as it stands. */
export interface IStanding {
  id: string;
  source: string;
  count: number | null;
  /** How the run that its outputs come from ended, as far as they tell. */
  ending: RunStatus;
}

/**
 * `isFirst` where a run was not looked at before: only then may equal source alone decide, since a cell
 * that is written later is not what ran before.
 */
export function attribution(
  cells: readonly IStanding[],
  runs: readonly IRun[],
  isFirst: (run: IRun) => boolean
): (run: IRun) => IRun {
  const bySource = new Map<string, IStanding[]>();
  for (const cell of cells) {
    const key = stripped(cell.source);
    bySource.set(key, [...(bySource.get(key) ?? []), cell]);
  }
  /** The run that each cell shows. */
  const shown = new Map<string, number>();
  for (const run of runs) {
    const bearer = bySource
      .get(run.source)
      ?.find(cell => cell.count === run.count);
    if (bearer) {
      shown.set(bearer.id, run.count);
    }
  }
  const taken = new Map<string, number>();
  return run => {
    if (run.evidence === 'certain' || run.evidence === 'count') {
      return run;
    }
    const equals = bySource.get(run.source) ?? [];
    const bearer = equals.find(cell => cell.count === run.count);
    if (bearer) {
      return {
        ...run,
        cellId: bearer.id,
        evidence: 'count',
        status: run.status === 'unknown' ? bearer.ending : run.status
      };
    }
    if (run.evidence === 'source' || !isFirst(run)) {
      return run;
    }
    // What a cell shows comes from the run whose count it bears: a later one happened elsewhere.
    const candidates = equals.filter(
      cell => !((shown.get(cell.id) ?? Infinity) < run.count)
    );
    if (candidates.length === 0) {
      return run;
    }
    // Cells of equal source were run in turn, as far as anyone can tell.
    const turn = taken.get(run.source) ?? 0;
    taken.set(run.source, turn + 1);
    const cell = candidates[turn % candidates.length];
    return { ...run, cellId: cell.id, evidence: 'source' };
  };
}
