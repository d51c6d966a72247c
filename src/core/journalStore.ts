/**
 * Keeps, outside the notebook, which cell each run of a kernel was, so that a reload does not forget
 * those of cells that are gone by then. Digests and ids only: the kernel itself has the sources.
 */
import { digest } from './fingerprints';
import type { Evidence, IRun, RunStatus } from './runs';

/** What of the browser's storage is used here. */
export type IStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Count, digest of the source ('' where any will do), cell, status. */
type Entry = [number, string, string | null, RunStatus];

interface IRecord {
  path: string;
  runs: Entry[];
}

const INDEX = 'jupyter-hygiene:journals';
const MOST_KERNELS = 16;
const MOST_RUNS = 5000;

export class JournalStore {
  constructor(private readonly _storage: IStorage | null) {}

  /** What is known of the runs of a kernel, of as much of it as still fits them. */
  recall(kernelId: string, path: string): (run: IRun) => IRun {
    const record = this._read(kernelId);
    if (!record || record.path !== path) {
      return run => run;
    }
    const entries = new Map(record.runs.map(entry => [entry[0], entry]));
    return run => {
      const entry = entries.get(run.count);
      if (!entry || run.evidence === 'certain') {
        return run;
      }
      const [, known, cellId, status] = entry;
      if (known !== '' && known !== digest(run.source)) {
        return run;
      }
      const evidence: Evidence = 'certain';
      return {
        ...run,
        cellId,
        evidence,
        status: run.status === 'unknown' ? status : run.status
      };
    };
  }

  /** What another page is certain of is not given up for what this one guesses. */
  keep(kernelId: string, path: string, runs: readonly IRun[]): void {
    const record = this._read(kernelId);
    const known = new Map(
      record?.path === path ? record.runs.map(entry => [entry[0], entry]) : []
    );
    const entries = runs
      .filter(run => run.status !== 'running')
      .slice(-MOST_RUNS)
      .flatMap((run): Entry[] => {
        const source = digest(run.source);
        const former = known.get(run.count);
        if (
          former &&
          run.evidence !== 'certain' &&
          (former[1] === source || former[1] === '')
        ) {
          return [former];
        }
        return run.evidence === 'none'
          ? []
          : [[run.count, source, run.cellId, run.status]];
      });
    this._write(kernelId, { path, runs: entries });
  }

  /** A replay says which cell each run of its kernel was. */
  keepHandover(
    kernelId: string,
    path: string,
    runs: readonly { cell_id: string; execution_count: number }[]
  ): void {
    const entries = runs.map((run): Entry => [
      run.execution_count,
      '',
      run.cell_id,
      'unknown'
    ]);
    this._write(kernelId, { path, runs: entries });
  }

  forget(kernelId: string): void {
    this._try(storage => {
      storage.removeItem(keyOf(kernelId));
      this._writeIndex(
        storage,
        this._index(storage).filter(id => id !== kernelId)
      );
    });
  }

  private _read(kernelId: string): IRecord | null {
    return this._try(storage => {
      const record = JSON.parse(storage.getItem(keyOf(kernelId)) ?? 'null');
      return Array.isArray(record?.runs) ? (record as IRecord) : null;
    });
  }

  private _write(kernelId: string, record: IRecord): void {
    this._try(storage => {
      const ids = this._index(storage).filter(id => id !== kernelId);
      for (const old of ids.splice(0, ids.length - MOST_KERNELS + 1)) {
        storage.removeItem(keyOf(old));
      }
      this._writeIndex(storage, [...ids, kernelId]);
      storage.setItem(keyOf(kernelId), JSON.stringify(record));
      return null;
    });
  }

  private _index(storage: IStorage): string[] {
    const ids = JSON.parse(storage.getItem(INDEX) ?? '[]');
    return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
  }

  private _writeIndex(storage: IStorage, ids: readonly string[]): void {
    storage.setItem(INDEX, JSON.stringify(ids));
  }

  /** A browser may forbid its storage, or have none left: then nothing is kept. */
  private _try<T>(action: (storage: IStorage) => T): T | null {
    try {
      return this._storage ? action(this._storage) : null;
    } catch {
      return null;
    }
  }
}

/** That of this browser, where it may be used. */
export function browserJournals(): JournalStore {
  try {
    return new JournalStore(window.localStorage);
  } catch {
    return new JournalStore(null);
  }
}

function keyOf(kernelId: string): string {
  return `jupyter-hygiene:journal:${kernelId}`;
}
