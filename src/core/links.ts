/**
 * What feeds a cell and what it feeds, by name.
 */
import type { Edge } from '../contract';

export interface ILinks {
  /** Cells that give it something, and the names. */
  from: ReadonlyMap<string, readonly string[]>;
  /** Cells that take something of it, and the names. */
  to: ReadonlyMap<string, readonly string[]>;
}

export class LinkIndex {
  constructor(edges: readonly Edge[]) {
    for (const { from, to, name } of edges) {
      if (from !== to) {
        note(this._from, to, from, name);
        note(this._to, from, to, name);
      }
    }
  }

  of(cellId: string): ILinks {
    return {
      from: this._from.get(cellId) ?? new Map<string, string[]>(),
      to: this._to.get(cellId) ?? new Map<string, string[]>()
    };
  }

  private readonly _from = new Map<string, Map<string, string[]>>();
  private readonly _to = new Map<string, Map<string, string[]>>();
}

function note(
  index: Map<string, Map<string, string[]>>,
  cell: string,
  other: string,
  name: string
): void {
  const others = index.get(cell) ?? new Map<string, string[]>();
  index.set(cell, others);
  const names = others.get(other) ?? [];
  others.set(other, names);
  if (!names.includes(name)) {
    names.push(name);
  }
}

/** Names in a row; what is too much for a line is counted. */
export function listed(names: readonly string[], most = 4): string {
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} +${names.length - most}`;
}
