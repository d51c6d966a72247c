/**
 * What of a document and its runs must be sent, given what the server already has.
 */
import type { AnalyzedCell, AnalyzeRequest } from '../contract';
import type { IRun } from './runs';
import { toWire } from './runs';

/** All that an analysis rests on. Its parts are replaced, never changed. */
export interface ISubject {
  language: string;
  basis: 'kernel' | 'file';
  kernelName: string | null;
  cells: readonly AnalyzedCell[];
  runs: readonly IRun[];
}

/** What was sent, and the token under which the server knows it. */
export interface ISent {
  token: string;
  subject: ISubject;
}

export function wholeRequest(subject: ISubject): AnalyzeRequest {
  return {
    language: subject.language,
    basis: subject.basis,
    kernel_name: subject.kernelName,
    cells: [...subject.cells],
    history: subject.runs.map(toWire)
  };
}

export function deltaRequest(subject: ISubject, sent: ISent): AnalyzeRequest {
  const former = sent.subject;
  const known = new Map(former.cells.map(cell => [cell.id, cell]));
  const cells = subject.cells.filter(cell => {
    const before = known.get(cell.id);
    return !before || !equalCells(before, cell);
  });
  const history_start = commonStart(former.runs, subject.runs);
  const request: AnalyzeRequest = {
    language: subject.language,
    basis: subject.basis,
    kernel_name: subject.kernelName,
    base: sent.token,
    cells,
    history: subject.runs.slice(history_start).map(toWire),
    history_start
  };
  const isReordered =
    former.cells.length !== subject.cells.length ||
    former.cells.some(({ id }, at) => id !== subject.cells[at].id);
  if (isReordered) {
    request.order = subject.cells.map(({ id }) => id);
  }
  return request;
}

/** Whether asking again could not bring another answer. */
export function isSame(one: ISubject, other: ISubject): boolean {
  return (
    one.language === other.language &&
    one.basis === other.basis &&
    one.kernelName === other.kernelName &&
    one.cells.length === other.cells.length &&
    one.runs.length === other.runs.length &&
    one.cells.every(
      (cell, at) =>
        cell.id === other.cells[at].id && equalCells(cell, other.cells[at])
    ) &&
    commonStart(one.runs, other.runs) === one.runs.length
  );
}

function commonStart(one: readonly IRun[], other: readonly IRun[]): number {
  let at = 0;
  while (
    at < one.length &&
    at < other.length &&
    (one[at] === other[at] || equalRuns(one[at], other[at]))
  ) {
    at += 1;
  }
  return at;
}

function equalRuns(one: IRun, other: IRun): boolean {
  return (
    one.count === other.count &&
    one.cellId === other.cellId &&
    one.status === other.status &&
    one.traceback === other.traceback &&
    one.source === other.source
  );
}

function equalCells(one: AnalyzedCell, other: AnalyzedCell): boolean {
  return (
    one === other ||
    (one.source === other.source &&
      one.type === other.type &&
      one.execution_count === other.execution_count &&
      (one.tags ?? []).join('\n') === (other.tags ?? []).join('\n'))
  );
}
