/**
 * What a run is on this side: one execution of code by a kernel, and how sure it is whose it was.
 */
import type { Run } from '../contract';

/** `running` until the kernel says that it is done; it is told to nobody before that. */
export type RunStatus = 'running' | 'ok' | 'error' | 'interrupted' | 'unknown';

/**
 * Whose a run was: `certain` when the request was seen to leave, or when a replay says so; `count` when
 * a cell bears its count and its source; `source` when a cell has no more than its source; `none` while
 * no cell is known to be its own.
 */
export type Evidence = 'certain' | 'count' | 'source' | 'none';

export interface IRun {
  readonly count: number;
  /** As it ran, without trailing newlines, as the kernel's history has it. */
  readonly source: string;
  readonly cellId: string | null;
  readonly evidence: Evidence;
  readonly status: RunStatus;
  /** Of a run that raised, how its traceback begins, which tells how far it came. */
  readonly traceback?: string;
}

/** As much of a traceback as tells which line of a cell raised: the cell's own frame comes first. */
export function tracebackStart(lines: unknown): string | undefined {
  if (!Array.isArray(lines)) {
    return undefined;
  }
  return lines.join('\n').slice(0, LONGEST_TRACEBACK);
}

const LONGEST_TRACEBACK = 4000;

/** Kernels strip newlines from the end of what they remember. */
export function stripped(source: string): string {
  return source.replace(/\n+$/, '');
}

export function toWire(run: IRun): Run {
  return {
    execution_count: run.count,
    source: run.source,
    cell_id: run.cellId,
    status: run.status === 'running' ? 'unknown' : run.status,
    ...(run.traceback && { traceback: run.traceback })
  };
}
