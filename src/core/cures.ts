/**
 * What can be done about a cell that is not fresh: which sentence is said below it, and which cures
 * stand beside it.
 */
import type { Move, Reason } from '../contract';
import { sentence } from './sentence';
import type { IPrediction } from './statuses';
import { headline, isUnfresh } from './statuses';
import type { Tone } from './verdicts';
import type { IWording } from './wording';

export type Cure =
  | { kind: 'run'; cellIds: readonly string[] }
  | { kind: 'go'; cellId: string }
  | { kind: 'restore'; reason: Reason }
  | { kind: 'move'; move: Move }
  | { kind: 'restart' };

export interface ICure {
  cure: Cure;
  label: string;
  isPrimary: boolean;
}

export interface IWarning {
  tone: Tone;
  text: string;
  /** The reasons that are told on demand. */
  more: readonly string[];
  cures: readonly ICure[];
}

/** What of the document cures are made from. */
export interface ISurroundings {
  prediction(cellId: string): IPrediction | null;
  /** The count that a cell bears, if it is in the document. */
  countOf(cellId: string): number | null | undefined;
  /** All cells to run, in order. */
  rerun: readonly string[];
  /** Whether the source of this run is known, so that it can be brought back. */
  canRestore(reason: Reason): boolean;
  /** No list of cells makes all fresh, and a restart would. */
  isRestartNeeded: boolean;
}

export function warningOf(
  cellId: string,
  surroundings: ISurroundings,
  withHazards: boolean,
  trans: IWording
): IWarning | null {
  const prediction = surroundings.prediction(cellId);
  if (!prediction || prediction.isProvisional) {
    return null;
  }
  const { status, dependents, hazard } = prediction;
  const isMarked = isUnfresh(status);
  const cures: ICure[] = isMarked
    ? ownCures(cellId, prediction, surroundings, trans)
    : [];
  const waiting = dependents.filter(id => id !== cellId);
  if (waiting.length > 0 && status !== 'unrun') {
    const cellIds = union(waiting, surroundings);
    if (!isMarked) {
      return {
        tone: 'quiet',
        text: trans._n(
          '%1 cell depends on this.',
          '%1 cells depend on this.',
          waiting.length
        ),
        more: hazard && withHazards ? [sentence(hazard.message)] : [],
        cures: curesForOthers(cellId, waiting, surroundings, trans)
      };
    }
    if (
      cellIds.length > 1 &&
      !cures.some(({ cure }) => isSameRun(cure, cellIds))
    ) {
      cures.push({
        cure: { kind: 'run', cellIds },
        label: trans._n(
          'Run it and the %1 cell that depends on it',
          'Run it and the %1 cells that depend on it',
          waiting.length
        ),
        isPrimary: false
      });
    }
  }
  if (isMarked) {
    return {
      tone: status === 'stale' ? 'warn' : 'quiet',
      text: headline(prediction, trans),
      more: prediction.reasons.slice(1).map(({ message }) => sentence(message)),
      cures
    };
  }
  return hazard && withHazards
    ? { tone: 'quiet', text: sentence(hazard.message), more: [], cures: [] }
    : null;
}

/** What the cells that wait for this one offer themselves. */
function curesForOthers(
  cellId: string,
  waiting: readonly string[],
  surroundings: ISurroundings,
  trans: IWording
): ICure[] {
  const predictions = waiting.map(id => surroundings.prediction(id));
  const move = predictions.find(prediction => prediction?.move)?.move;
  if (move) {
    return [moveCure(move, cellId, surroundings, trans)];
  }
  const curable = waiting.filter(
    (_, at) => (predictions[at]?.rerun.length ?? 0) > 0
  );
  if (curable.length > 0) {
    return [
      {
        cure: { kind: 'run', cellIds: union(curable, surroundings) },
        label: curable.length === 1 ? trans.__('Run it') : trans.__('Run them'),
        isPrimary: true
      }
    ];
  }
  return surroundings.isRestartNeeded ? [restartCure(trans)] : [];
}

function moveCure(
  move: Move,
  cellId: string,
  surroundings: ISurroundings,
  trans: IWording
): ICure {
  const isUp = move.side === 'above';
  const count = surroundings.countOf(move.cell_id);
  let label: string;
  if (move.cell_id === cellId) {
    label = isUp
      ? trans.__('Move this cell up')
      : trans.__('Move this cell down');
  } else if (count) {
    label = isUp
      ? trans.__('Move cell [%1] up', count)
      : trans.__('Move cell [%1] down', count);
  } else {
    label = isUp
      ? trans.__('Move that cell up')
      : trans.__('Move that cell down');
  }
  return { cure: { kind: 'move', move }, label, isPrimary: true };
}

function restartCure(trans: IWording): ICure {
  return {
    cure: { kind: 'restart' },
    label: trans.__('Restart and run all…'),
    isPrimary: true
  };
}

function ownCures(
  cellId: string,
  { rerun, reasons, status, move }: IPrediction,
  surroundings: ISurroundings,
  trans: IWording
): ICure[] {
  const cures: ICure[] = [];
  const gone = reasons.find(
    reason => reason.kind === 'deleted' && surroundings.canRestore(reason)
  );
  if (gone) {
    cures.push({
      cure: { kind: 'restore', reason: gone },
      label: trans.__('Bring back the deleted cell'),
      isPrimary: true
    });
  }
  if (move) {
    cures.push(moveCure(move, cellId, surroundings, trans));
  }
  const cause = reasons.find(
    reason =>
      reason.cell_id !== null &&
      reason.cell_id !== cellId &&
      surroundings.countOf(reason.cell_id) !== undefined
  );
  const cellIds = rerun.length > 0 ? rerun : status === 'stale' ? [] : [cellId];
  // What is to be mended elsewhere is not a reason to restart.
  const isElsewhere =
    gone !== undefined ||
    move !== null ||
    (cause && isUnfresh(surroundings.prediction(cause.cell_id!)?.status));
  if (cellIds.length === 0 && surroundings.isRestartNeeded && !isElsewhere) {
    cures.push(restartCure(trans));
  }
  if (cellIds.length > 0) {
    cures.push({
      cure: { kind: 'run', cellIds },
      label:
        cellIds.length === 1 && cellIds[0] === cellId
          ? trans.__('Run this cell')
          : trans._n('Run %1 cell', 'Run %1 cells', cellIds.length),
      isPrimary: !gone && !move
    });
  }
  if (cause) {
    const count = surroundings.countOf(cause.cell_id!);
    cures.push({
      cure: { kind: 'go', cellId: cause.cell_id! },
      label: count
        ? trans.__('Go to cell [%1]', count)
        : trans.__('Go to that cell'),
      isPrimary: false
    });
  }
  return cures;
}

/** All that must run so that these cells are fresh, in the order that the engine gives. */
export function union(
  cellIds: readonly string[],
  surroundings: Pick<ISurroundings, 'prediction' | 'rerun'>
): string[] {
  const wanted = new Set(
    cellIds.flatMap(id => {
      const own = surroundings.prediction(id)?.rerun ?? [];
      return own.length > 0 ? own : [id];
    })
  );
  const ordered = surroundings.rerun.filter(id => wanted.delete(id));
  return [...ordered, ...wanted];
}

function isSameRun(cure: Cure, cellIds: readonly string[]): boolean {
  return cure.kind === 'run' && cure.cellIds.join() === cellIds.join();
}
