/**
 * The line below the input of a cell that is not fresh: one sentence, and its cures as buttons.
 *
 * It lies inside the input's box, over room that the style sheet keeps free below it.
 */
import type { Cure, IWarning } from '../core/cures';
import { withCode } from '../core/codeSpans';
import { button, element } from '../core/element';
import type { IWording } from '../core/wording';

const WARNING = 'jh-Warning';

/** The line of each cell: looking for it in every cell of a long notebook takes its time. */
const lines = new WeakMap<HTMLElement, HTMLElement>();

interface IContext {
  trans: IWording;
  perform: (cure: Cure) => void;
}

export const warningNode = {
  isDrawn(cell: HTMLElement): boolean {
    return find(cell) !== null;
  },

  draw(cell: HTMLElement, warning: IWarning, context: IContext): void {
    const box = cell.querySelector(':scope > .jp-Cell-inputWrapper');
    if (!box) {
      return;
    }
    const key = JSON.stringify(warning);
    const old = find(cell);
    if (old?.dataset.key === key) {
      return;
    }
    const hadFocus = old?.contains(document.activeElement) ?? false;
    cell.style.removeProperty('--jh-more');
    const line = built(warning, context);
    line.dataset.key = key;
    lines.set(cell, line);
    if (old) {
      old.replaceWith(line);
    } else {
      box.append(line);
    }
    if (hadFocus) {
      (line.querySelector('button') ?? cell).focus();
    }
  }
};

/** A notebook has too many cells for every button to be a stop of the Tab key: those of one cell are. */
export function makeReachable(cell: HTMLElement, isReachable: boolean): void {
  for (const stop of find(cell)?.querySelectorAll('button') ?? []) {
    stop.tabIndex = isReachable ? 0 : -1;
  }
}

export function eraseWarning(cell: HTMLElement): void {
  const old = find(cell);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    cell.style.removeProperty('--jh-more');
    old.remove();
    lines.delete(cell);
    if (hadFocus) {
      // The button that had it is gone.
      cell.focus();
    }
  }
}

function find(cell: HTMLElement): HTMLElement | null {
  const line = lines.get(cell);
  // Core may have thrown the box away that it was in.
  return line && cell.contains(line) ? line : null;
}

function built(
  { text, tone, cures, more }: IWarning,
  { trans, perform }: IContext
): HTMLElement {
  const reasons = element(
    'ul',
    { class: `${WARNING}-more`, hidden: true },
    ...more.map(reason => element('li', { title: reason }, ...withCode(reason)))
  );
  const onDemand = button(
    trans._n('%1 more reason', '%1 more reasons', more.length),
    {
      class: 'jh-mod-plain',
      'aria-expanded': 'false',
      onClick: () => {
        const isOpen = reasons.hidden;
        reasons.hidden = !isOpen;
        onDemand.setAttribute('aria-expanded', String(isOpen));
        line.parentElement?.parentElement?.style.setProperty(
          '--jh-more',
          isOpen ? String(more.length) : ''
        );
      }
    }
  );
  const line = element(
    'div',
    {
      class: WARNING,
      role: 'note',
      'data-tone': tone,
      // In the command mode of a notebook keys are shortcuts.
      'data-lm-suppress-shortcuts': true
    },
    element(
      'div',
      { class: `${WARNING}-line` },
      element(
        'span',
        { class: `${WARNING}-text`, title: text },
        ...withCode(text)
      ),
      more.length > 0 && onDemand,
      ...cures.map(({ cure, label, isPrimary }) =>
        button(label, {
          class: isPrimary ? 'jh-mod-primary' : '',
          onClick: () => perform(cure)
        })
      )
    ),
    more.length > 0 && reasons
  );
  line.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') {
      // The notebook takes the focus on keys that reach it, and a button without focus is not pressed.
      event.stopPropagation();
    }
  });
  return line;
}
