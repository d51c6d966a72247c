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
}

/** Kernels strip newlines from the end of what they remember. */
export function stripped(source: string): string {
  return source.replace(/\n+$/, '');
}

export function toWire(run: IRun): Run {
  return {
    execution_count: run.count,
    source: run.source,
    cell_id: run.cellId,
    status: run.status === 'running' ? 'unknown' : run.status
  };
}
