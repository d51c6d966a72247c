/**
 * From the positions of a kernel's history to execution counts.
 *
 * They are the same until something took a place in the history without being counted, such as a run
 * that was interrupted before it began. What cells and live runs bear tells by how much they are apart.
 */
import { stripped } from './runs';

export interface IHistoryEntry {
  position: number;
  source: string;
}

/** A count and a source known to belong together. */
export interface IAnchor {
  count: number;
  source: string;
}

export interface ICounted {
  count: number;
  source: string;
}

/** As many anchors as must agree before counts are taken to have fallen behind. */
const WITNESSES = 2;

export function countsOf(
  history: readonly IHistoryEntry[],
  anchors: readonly IAnchor[]
): ICounted[] {
  const countsBySource = new Map<string, number[]>();
  for (const { source, count } of anchors) {
    const key = stripped(source);
    countsBySource.set(key, [...(countsBySource.get(key) ?? []), count]);
  }
  const entries = history
    .filter(({ source }) => source !== '')
    .map(({ position, source }) => ({ position, source: stripped(source) }));
  /** From each entry on, how many anchors speak for each distance. */
  const votes = entries.map(({ position, source }) =>
    (countsBySource.get(source) ?? [])
      .map(count => position - count)
      .filter(distance => distance >= 0)
  );
  const left = new Map<number, number>();
  for (const distances of votes) {
    for (const distance of distances) {
      left.set(distance, (left.get(distance) ?? 0) + 1);
    }
  }
  let behind = 0;
  return entries.map(({ position, source }, at) => {
    const here = votes[at];
    if (here.length > 0 && !here.includes(behind) && !left.get(behind)) {
      const next = here.find(
        distance => distance > behind && (left.get(distance) ?? 0) >= WITNESSES
      );
      behind = next ?? behind;
    }
    for (const distance of here) {
      left.set(distance, left.get(distance)! - 1);
    }
    return { count: position - behind, source };
  });
}
