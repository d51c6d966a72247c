/**
 * The strip above a notebook's cells that says in words how a verification came out, and speaks its
 * progress to screen readers.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { button, element } from '../core/element';
import { longProgress, quarterOf } from '../core/progress';
import { sentence } from '../core/sentence';
import type { Tone } from '../core/verdicts';
import { notebookGlyph, notebookTone } from '../core/verdicts';
import type { NotebookVerification } from './verification';

interface IContent {
  glyph: string;
  text: string;
  tone: Tone;
  hasReport: boolean;
}

export class VerificationBanner extends Widget {
  constructor(private readonly _options: VerificationBanner.IOptions) {
    super();
    this.addClass('jh-Banner');
    // There from the start, since a live region only speaks of what changes inside it; apart from the
    // strip, which can be switched off and dismissed.
    this._spoken = element('span', {
      class: 'jh-visuallyHidden',
      role: 'status'
    });
    this._strip = element('div', { class: 'jh-Banner-strip', hidden: true });
    this.node.append(this._spoken, this._strip);
    this._observer = new ResizeObserver(() => this._fit());
    this._observer.observe(this._strip);
    _options.verification.changed.connect(this._sync, this);
    _options.verification.marksChanged.connect(this._sync, this);
    this._sync();
  }

  set isWanted(isWanted: boolean) {
    this._isWanted = isWanted;
    this._sync();
  }

  override dispose(): void {
    this._observer.disconnect();
    super.dispose();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._fit();
  }

  private _sync(): void {
    const { verification, trans } = this._options;
    if (verification.phase === 'asking') {
      this._isDismissed = false;
    }
    this._speak();
    const content = this._content();
    const key = content ? JSON.stringify(content) : '';
    if (key === this._key) {
      return;
    }
    this._key = key;
    const hadFocus = this._strip.contains(document.activeElement);
    this._strip.replaceChildren();
    if (content) {
      this._strip.dataset.tone = content.tone;
      const dismiss = element('button', {
        type: 'button',
        class: 'jh-IconButton',
        title: trans.__('Dismiss'),
        'aria-label': trans.__('Dismiss'),
        onClick: () => {
          this._isDismissed = true;
          this._sync();
        }
      });
      closeIcon.element({ container: dismiss, tag: 'span' });
      this._strip.append(
        element(
          'span',
          { class: 'jh-Banner-glyph', 'aria-hidden': 'true' },
          content.glyph
        ),
        element('span', { class: 'jh-Banner-text' }, content.text)
      );
      if (content.hasReport) {
        this._strip.append(
          button(trans.__('Show report'), {
            onClick: () => this._options.openReport()
          })
        );
      }
      this._strip.append(dismiss);
    }
    if (hadFocus) {
      // The button that had it is gone.
      this._options.focusNotebook();
    }
    this._strip.hidden = !content;
    this._fit();
  }

  private _content(): IContent | null {
    const { verification, trans } = this._options;
    const { phase, report } = verification;
    if (verification.isConnectionLost) {
      return {
        glyph: '…',
        text: trans.__(
          'The connection to the server is lost; the verification may go on there. Trying again.'
        ),
        tone: 'warn',
        hasReport: false
      };
    }
    if (this._isDismissed) {
      return null;
    }
    if (phase === 'done' && report) {
      if (!this._isWanted || !verification.isNews) {
        return null;
      }
      const outdated = verification.outdatedCount;
      const { outcome } = verification;
      if (!outcome) {
        return {
          glyph: '◌',
          text: trans.__(
            'All that was verified has changed since. Verify again.'
          ),
          tone: 'quiet',
          hasReport: true
        };
      }
      const { verdict, headline } = outcome;
      return {
        glyph: notebookGlyph(verdict),
        text:
          outdated > 0
            ? trans._n(
                '%2 %1 cell has changed since.',
                '%2 %1 cells have changed since.',
                outdated,
                sentence(headline)
              )
            : sentence(headline),
        tone: notebookTone(verdict),
        hasReport: true
      };
    }
    const failure = this._failure();
    return failure && { ...failure, hasReport: false };
  }

  private _failure(): Omit<IContent, 'hasReport'> | null {
    const { verification, trans } = this._options;
    if (verification.phase === 'cancelled') {
      return {
        glyph: '–',
        text: trans.__('Verification cancelled.'),
        tone: 'quiet'
      };
    }
    if (verification.phase === 'lost') {
      return {
        glyph: '✗',
        text: trans.__(
          'This verification was lost, probably because the server was restarted. Verify again.'
        ),
        tone: 'bad'
      };
    }
    if (verification.phase === 'error') {
      return {
        glyph: '✗',
        text: verification.isExtensionMissing
          ? trans.__(
              'Restart and Verify needs the server extension jupyter_hygiene, which this server does not run.'
            )
          : trans.__('Not verified: %1', sentence(verification.errorMessage)),
        tone: 'bad'
      };
    }
    return null;
  }

  /** For the ear: that it started, how far it is in quarters, and how it came out. */
  private _speak(): void {
    const { verification, trans } = this._options;
    const { phase, report } = verification;
    let text = this._failure()?.text ?? '';
    if (verification.isUnderWay) {
      const record = verification.verification;
      const key = `${phase} ${record ? quarterOf(record) : 0}`;
      if (key === this._spokenKey) {
        return;
      }
      this._spokenKey = key;
      text = longProgress(phase, record, trans);
    } else {
      this._spokenKey = '';
      if (phase === 'done' && report && verification.isNews) {
        text = trans.__('Verified. %1', sentence(report.headline));
      }
    }
    if (this._spoken.textContent !== text) {
      this._spoken.textContent = text;
    }
  }

  /** The layout above the notebook goes by minimum heights: give it that of the text as it wraps. */
  private _fit(): void {
    const height = this._strip.hidden ? 0 : this._strip.offsetHeight;
    const wanted = `${height}px`;
    if (this.node.style.minHeight !== wanted) {
      this.node.style.minHeight = wanted;
      if (this.parent) {
        MessageLoop.postMessage(this.parent, Widget.Msg.FitRequest);
      }
    }
  }

  private _isDismissed = false;
  private _isWanted = true;
  private _key = '';
  private readonly _observer: ResizeObserver;
  private readonly _spoken: HTMLElement;
  private _spokenKey = '';
  private readonly _strip: HTMLElement;
}

export namespace VerificationBanner {
  export interface IOptions {
    verification: NotebookVerification;
    trans: TranslationBundle;
    openReport: () => void;
    focusNotebook: () => void;
  }
}
