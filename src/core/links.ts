/**
 * What feeds a cell and what it feeds, by name.
 */
import type { Edge } from '../contract';
import type { IWording } from './wording';

export interface ILinks {
  /** Cells that give it something, and the names. */
  from: ReadonlyMap<string, readonly string[]>;
  /** Cells that take something of it, and the names. */
  to: ReadonlyMap<string, readonly string[]>;
}

/** How another cell is tied to the one that is looked at. */
export interface ITie {
  direction: 'from' | 'to' | 'both';
  text: string;
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

/** What is written on the cells that feed a cell and on those that it feeds. */
export function tiesOf(links: ILinks, trans: IWording): Map<string, ITie> {
  const ties = new Map<string, ITie>();
  for (const [id, names] of links.from) {
    ties.set(id, {
      direction: 'from',
      text: trans.__('gives %1', listed(names))
    });
  }
  for (const [id, names] of links.to) {
    const given = links.from.get(id);
    const takes = trans.__('takes %1', listed(names));
    ties.set(
      id,
      given
        ? {
            direction: 'both',
            text: `${trans.__('gives %1', listed(given))}, ${takes}`
          }
        : { direction: 'to', text: takes }
    );
  }
  return ties;
}

/** More cells than this are counted, not named. */
const MOST_CELLS = 6;

/** The same in sentences, for the cell that is looked at. */
export function linkSentences(
  links: ILinks,
  countOf: (cellId: string) => number | null | undefined,
  trans: IWording
): string {
  const told = (others: ILinks['from']) => {
    const named = [...others].slice(0, MOST_CELLS).map(([id, names]) => {
      const count = countOf(id);
      return count
        ? trans.__('%1 (cell [%2])', listed(names), count)
        : listed(names);
    });
    const rest = others.size - named.length;
    const first = named.join('; ');
    return rest > 0
      ? trans._n('%2; and %1 more cell', '%2; and %1 more cells', rest, first)
      : first;
  };
  return [
    links.from.size > 0 ? trans.__('Takes %1.', told(links.from)) : '',
    links.to.size > 0 ? trans.__('Gives %1.', told(links.to)) : ''
  ]
    .filter(Boolean)
    .join(' ');
}
