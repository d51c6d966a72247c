/**
 * The order of execution beside the order of the document.
 */

/**
 * Which of these stand out of order: the fewest whose absence would leave the rest in order. `ranks`
 * are in document order; null never ran.
 */
export function outOfOrder(ranks: readonly (number | null)[]): boolean[] {
  // The longest rising row of ranks is what is in order (patience sorting).
  const ends: number[] = [];
  const before: number[] = [];
  ranks.forEach((rank, at) => {
    if (rank === null) {
      return;
    }
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranks[ends[middle]]! < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    before[at] = low > 0 ? ends[low - 1] : -1;
    ends[low] = at;
  });
  const result = ranks.map(rank => rank !== null);
  for (let at = ends[ends.length - 1] ?? -1; at >= 0; at = before[at]) {
    result[at] = false;
  }
  return result;
}

/** The rank of each cell's last run among those of all these cells, from 1. */
export function ranksOf(
  cellIds: readonly string[],
  lastRuns: ReadonlyMap<string, number>
): (number | null)[] {
  const sorted = cellIds
    .map(id => lastRuns.get(id))
    .filter((count): count is number => count !== undefined)
    .sort((one, other) => one - other);
  const rank = new Map(sorted.map((count, at) => [count, at + 1]));
  return cellIds.map(id => {
    const count = lastRuns.get(id);
    return count === undefined ? null : rank.get(count)!;
  });
}
