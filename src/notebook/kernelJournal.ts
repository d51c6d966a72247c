/**
 * Keeps the journal of the kernel that a notebook has: listens to its messages, asks it for its history
 * on connect, and begins anew when it restarts, dies or is another one.
 */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import { RunJournal } from '../core/journal';
import type { IHistoryEntry } from '../core/positions';
import { tracebackStart } from '../core/runs';
import type { HistoryChannel } from './kernelHistory';
import { requestHistory } from './kernelHistory';

/** A kernel that does not answer within this time is busy, and asked where it may answer all the same. */
const PATIENCE = 600;
/** After this time it is taken for one that does not tell, until it does. */
const LONGEST = 2000;

export class KernelJournal implements IDisposable {
  constructor(private readonly _options: KernelJournal.IOptions) {
    const { sessionContext } = _options;
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    sessionContext.statusChanged.connect(this._onStatus, this);
    sessionContext.connectionStatusChanged.connect(this._onConnection, this);
    void sessionContext.ready.then(() => this._follow()).catch(() => undefined);
    this._follow();
    this._awaitKernel();
  }

  readonly journal = new RunJournal();

  /** Emitted with true when a run ended, with false when something else about the runs changed. */
  get changed(): ISignal<this, boolean> {
    return this._changed;
  }

  /** Emitted when the kernel told its history: whose its runs were must be found. */
  get historyCame(): ISignal<this, KernelJournal.IHistory> {
    return this._historyCame;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get kernelId(): string | null {
    return this._kernel?.id ?? null;
  }

  /** Whether there was a kernel, and is none any more. */
  get isGone(): boolean {
    return this._hadKernel && !this._kernel;
  }

  /**
   * What the runs are known from: null while the kernel is still being asked. One that is gone has run
   * nothing that is there any more; where none was, the counts in the file are all there is.
   */
  get basis(): 'kernel' | 'file' | null {
    if (!this._kernel) {
      const { isReady } = this._options.sessionContext;
      const isSettled = isReady || this._hasNone;
      return this._hadKernel ? 'kernel' : isSettled ? 'file' : null;
    }
    return this._isKnown ? 'kernel' : null;
  }

  /** What the kernel says that it speaks. */
  get language(): string | null {
    return this._language;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    window.clearTimeout(this._waiting);
    this._leave();
    Signal.clearData(this);
  }

  /** JupyterLab never says that a notebook is ready which is to have no kernel, or whose user is still asked for one. */
  private _awaitKernel(): void {
    this._waiting = window.setTimeout(() => {
      if (this._hadKernel || this._isDisposed) {
        return;
      }
      this._hasNone = this._options.sessionContext.hasNoKernel;
      if (this._hasNone) {
        this._changed.emit(true);
      } else {
        this._awaitKernel();
      }
    }, LONGEST);
  }

  private _onKernelChanged(): void {
    this._follow();
  }

  private _follow(): void {
    const kernel = this._options.sessionContext.session?.kernel ?? null;
    if (this._isDisposed || (kernel === this._kernel && kernel)) {
      return;
    }
    this._leave();
    this._kernel = kernel;
    this._hadKernel = this._hadKernel || kernel !== null;
    this._language = null;
    this._begin();
    if (kernel) {
      kernel.anyMessage.connect(this._onMessage, this);
      void kernel.info
        .then(info => {
          this._language = info.language_info?.name ?? null;
        })
        .catch(() => undefined);
      this._ask();
    }
  }

  private _leave(): void {
    this._kernel?.anyMessage.disconnect(this._onMessage, this);
    this._kernel = null;
  }

  /** Forgets all runs. */
  private _begin(): void {
    this._generation += 1;
    this._isKnown = false;
    window.clearTimeout(this._timer);
    this.journal.clear();
    this._changed.emit(false);
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting') {
      this._options.onGone(this.kernelId);
      this._begin();
      // The new process has run nothing; whatever it runs is seen from here on.
      this._isKnown = true;
    } else if (status === 'dead' || status === 'terminating') {
      this._options.onGone(this.kernelId);
      this._leave();
      this._begin();
    } else if (!this._kernel) {
      // A dead one may have been started again.
      this._follow();
    }
  }

  private _onConnection(_: unknown, status: Kernel.ConnectionStatus): void {
    if (status === 'connected' && this._kernel) {
      // Messages may have been missed.
      this.journal.lose();
      this._ask();
    }
  }

  private readonly _onMessage = (
    _: Kernel.IKernelConnection,
    { msg, direction }: Kernel.IAnyMessageArgs
  ): void => {
    const { journal } = this;
    const type = msg.header.msg_type;
    if (direction === 'send') {
      if (type === 'execute_request') {
        const { silent, store_history } = msg.content as Partial<
          KernelMessage.IExecuteRequestMsg['content']
        >;
        const cellId = msg.metadata.cellId;
        journal.request(
          msg.header.msg_id,
          typeof cellId === 'string' ? cellId : null,
          !silent && store_history !== false
        );
      }
      return;
    }
    const parent = msg.parent_header as Partial<KernelMessage.IHeader>;
    if (!parent.msg_id || parent.msg_type !== 'execute_request') {
      return;
    }
    if (type === 'execute_input') {
      const { code, execution_count } =
        msg.content as KernelMessage.IExecuteInputMsg['content'];
      if (
        typeof execution_count === 'number' &&
        journal.begin(
          parent.msg_id,
          execution_count,
          code,
          this._options.isNobodys(parent.session ?? '')
        )
      ) {
        this._changed.emit(false);
        if (journal.isTorn) {
          this._ask();
        }
      }
    } else if (type === 'error') {
      const { ename, traceback } =
        msg.content as KernelMessage.IErrorMsg['content'];
      journal.fail(parent.msg_id, ename, tracebackStart(traceback));
    } else if (type === 'status') {
      const { execution_state } =
        msg.content as KernelMessage.IStatusMsg['content'];
      if (execution_state === 'idle' && journal.end(parent.msg_id)) {
        this._changed.emit(true);
      }
    } else if (type === 'execute_reply') {
      const { status } = msg.content as { status: string };
      if (status === 'aborted' && journal.drop(parent.msg_id)) {
        this._changed.emit(true);
      }
    }
  };

  /** What it runs now would have to end before it answers on the shell channel. */
  private _ask(): void {
    const kernel = this._kernel;
    if (!kernel) {
      return;
    }
    this._generation += 1;
    const generation = this._generation;
    const isCurrent = () =>
      generation === this._generation && this._kernel === kernel;
    window.clearTimeout(this._timer);
    this._request(kernel, 'shell', isCurrent);
    this._timer = window.setTimeout(() => {
      this._request(kernel, 'control', isCurrent);
      this._timer = window.setTimeout(() => {
        // Meanwhile what is seen live is all there is.
        this._isKnown = true;
        this._changed.emit(true);
      }, LONGEST);
    }, PATIENCE);
  }

  private _request(
    kernel: Kernel.IKernelConnection,
    channel: HistoryChannel,
    isCurrent: () => boolean
  ): void {
    void requestHistory(kernel, channel)
      .then(entries => {
        if (entries && isCurrent() && !this._isDisposed) {
          this._hear(entries, channel === 'control');
        }
      })
      .catch(() => undefined);
  }

  private _hear(entries: readonly IHistoryEntry[], isBusy: boolean): void {
    window.clearTimeout(this._timer);
    if (!isBusy) {
      // This is the last word: an answer on the other channel is older.
      this._generation += 1;
    }
    this._isKnown = true;
    this._historyCame.emit({ entries, isBusy });
    this._changed.emit(true);
  }

  private readonly _changed = new Signal<this, boolean>(this);
  private _generation = 0;
  private _hadKernel = false;
  /** Whether no kernel has come, and none is on its way. */
  private _hasNone = false;
  private readonly _historyCame = new Signal<this, KernelJournal.IHistory>(
    this
  );
  private _isDisposed = false;
  private _isKnown = false;
  private _kernel: Kernel.IKernelConnection | null = null;
  private _language: string | null = null;
  private _timer = 0;
  private _waiting = 0;
}

export namespace KernelJournal {
  export interface IHistory {
    entries: readonly IHistoryEntry[];
    isBusy: boolean;
  }

  export interface IOptions {
    sessionContext: ISessionContext;
    /** Whether a client is known to be no notebook, such as a console. */
    isNobodys: (clientId: string) => boolean;
    /** The runs of a kernel are void. */
    onGone: (kernelId: string | null) => void;
  }
}
