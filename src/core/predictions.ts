/**
 * From the server's analysis, or from the journal alone, to what is known of each cell.
 */
import type { Analysis, CellAnalysis } from '../contract';
import type { ISubject } from './delta';
import { outOfOrder, ranksOf } from './order';
import { stripped } from './runs';
import type { IPrediction, ShownStatus } from './statuses';

export type Predictions = ReadonlyMap<string, IPrediction>;

export function fromAnalysis(analysis: Analysis): Map<string, IPrediction> {
  const strange = outOfOrder(analysis.cells.map(({ order }) => order));
  return new Map(
    analysis.cells.map((cell, at) => [
      cell.id,
      {
        status: isUnanalysed(analysis, cell) ? 'unanalysed' : cell.status,
        order: cell.order,
        isOutOfOrder: strange[at],
        reasons: cell.reasons,
        rerun: cell.rerun,
        dependents: cell.dependents,
        // Without a kernel nothing can be run twice in it.
        hazard: analysis.basis === 'kernel' ? cell.hazard : null,
        move: cell.move,
        unshown: cell.unshown,
        isProvisional: false
      }
    ])
  );
}

function isUnanalysed(analysis: Analysis, cell: CellAnalysis): boolean {
  return (
    !analysis.dependencies &&
    (cell.status === 'fresh' || cell.reasons[0]?.kind === 'unanalysed')
  );
}

/** Without a server: the order and what was edited since are known from the journal. */
export function fromJournal(subject: ISubject): Map<string, IPrediction> {
  const last = new Map(
    subject.runs.map(run => [run.cellId ?? '', run] as const)
  );
  const ids = subject.cells.map(({ id }) => id);
  const counts = new Map(
    [...last].filter(([id]) => id !== '').map(([id, run]) => [id, run.count])
  );
  if (subject.basis === 'file') {
    for (const { id, execution_count } of subject.cells) {
      if (execution_count) {
        counts.set(id, execution_count);
      }
    }
  }
  const ranks = ranksOf(ids, counts);
  const strange = outOfOrder(ranks);
  return new Map(
    subject.cells.map(({ id, source }, at) => {
      const run = last.get(id);
      let status: ShownStatus = counts.has(id) ? 'unanalysed' : 'unrun';
      if (run && run.source !== stripped(source)) {
        status = 'edited';
      } else if (run?.status === 'interrupted') {
        status = 'interrupted';
      }
      return [id, plain(status, ranks[at], strange[at])];
    })
  );
}

function plain(
  status: ShownStatus,
  order: number | null,
  isOutOfOrder: boolean
): IPrediction {
  return {
    status,
    order,
    isOutOfOrder,
    reasons: [],
    rerun: [],
    dependents: [],
    hazard: null,
    move: null,
    unshown: null,
    isProvisional: false
  };
}

/** The cells whose drawing differs between two states of knowledge. */
export function changedBetween(
  former: Predictions,
  present: Predictions
): Set<string> {
  const changed = new Set<string>();
  for (const [id, prediction] of present) {
    const before = former.get(id);
    if (!before || !isEqual(before, prediction)) {
      changed.add(id);
    }
  }
  for (const id of former.keys()) {
    if (!present.has(id)) {
      changed.add(id);
    }
  }
  return changed;
}

function isEqual(one: IPrediction, other: IPrediction): boolean {
  return (
    one.status === other.status &&
    one.order === other.order &&
    one.isOutOfOrder === other.isOutOfOrder &&
    one.isProvisional === other.isProvisional &&
    equalLists(one.rerun, other.rerun) &&
    equalLists(one.dependents, other.dependents) &&
    one.reasons.length === other.reasons.length &&
    one.reasons.every((reason, at) =>
      equalReasons(reason, other.reasons[at])
    ) &&
    equalReasons(one.hazard, other.hazard) &&
    equalReasons(one.unshown, other.unshown) &&
    JSON.stringify(one.move) === JSON.stringify(other.move)
  );
}

function equalReasons(
  one: IPrediction['hazard'],
  other: IPrediction['hazard']
): boolean {
  return (
    one === other ||
    (one !== null &&
      other !== null &&
      one.message === other.message &&
      one.cell_id === other.cell_id &&
      one.execution_count === other.execution_count &&
      one.restore_before === other.restore_before)
  );
}

function equalLists(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
