/**
 * Whether the replay's kernel is still there to be continued in.
 */
import type { Verification } from '../contract';

export interface IKeptKernel {
  isKept: boolean;
  /** When it is shut down, in milliseconds of the epoch; 0 if there is none. */
  expires: number;
}

export function keptKernel(
  verification: Verification | null,
  now: number = Date.now()
): IKeptKernel {
  const expires = Date.parse(verification?.kernel?.expires ?? '') || 0;
  return { isKept: expires > now, expires };
}
