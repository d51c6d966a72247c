/**
 * What is said while a replay is under way.
 */
import type { Verification } from '../contract';
import type { IWording } from './wording';

export type Phase =
  | 'idle'
  | 'asking'
  | 'queued'
  | 'starting'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'error'
  | 'lost';

export function isUnderWay(phase: Phase): boolean {
  return (
    phase === 'asking' ||
    phase === 'queued' ||
    phase === 'starting' ||
    phase === 'running'
  );
}

export function isFinal(state: Verification['state']): boolean {
  return state === 'done' || state === 'cancelled' || state === 'error';
}

/** The few characters that the toolbar has room for. */
export function shortProgress(
  phase: Phase,
  verification: Verification | null,
  trans: IWording
): string {
  if (phase === 'queued') {
    return trans.__('Queued');
  }
  if (phase !== 'running' || !verification) {
    return trans.__('Starting');
  }
  const { done, total } = verification.progress;
  return `${done}/${total}`;
}

export function longProgress(
  phase: Phase,
  verification: Verification | null,
  trans: IWording
): string {
  if (phase === 'queued') {
    return trans.__(
      'Waiting for another verification to end. You can go on working.'
    );
  }
  if (phase !== 'running' || !verification) {
    return trans.__(
      'Starting a fresh kernel for the replay. You can go on working.'
    );
  }
  const { done, total } = verification.progress;
  return trans._n(
    'Replaying: %2 of %1 code cell decided. You can go on working.',
    'Replaying: %2 of %1 code cells decided. You can go on working.',
    total,
    done
  );
}

/**
 * Which quarter of the way has been gone: progress is spoken at these, not at every cell.
 */
export function quarterOf(verification: Verification): number {
  const { done, total } = verification.progress;
  return total > 0 ? Math.floor((4 * done) / total) : 0;
}
