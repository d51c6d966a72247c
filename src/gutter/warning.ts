/**
 * The line below the input of a cell that is not fresh: one sentence, and its cures as buttons.
 *
 * It lies inside the input's box, over room that the style sheet keeps free below it.
 */
import type { Cure, IWarning } from '../core/cures';
import { button, element } from '../core/element';
import type { IWording } from '../core/wording';

const WARNING = 'jh-Warning';

interface IContext {
  trans: IWording;
  perform: (cure: Cure) => void;
  showReasons: () => void;
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
    const line = built(warning, context);
    line.dataset.key = key;
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

export function eraseWarning(cell: HTMLElement): void {
  const old = find(cell);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    old.remove();
    if (hadFocus) {
      // The button that had it is gone.
      cell.focus();
    }
  }
}

function find(cell: HTMLElement): HTMLElement | null {
  return cell.querySelector(`:scope > .jp-Cell-inputWrapper > .${WARNING}`);
}

function built(
  { text, tone, cures, more }: IWarning,
  { trans, perform, showReasons }: IContext
): HTMLElement {
  const line = element(
    'div',
    {
      class: WARNING,
      role: 'note',
      'data-tone': tone,
      // In the command mode of a notebook keys are shortcuts.
      'data-lm-suppress-shortcuts': true
    },
    element('span', { class: `${WARNING}-text`, title: text }, ...quoted(text)),
    more > 0 &&
      button(trans._n('%1 more reason', '%1 more reasons', more), {
        class: 'jh-mod-plain',
        onClick: showReasons
      }),
    ...cures.map(({ cure, label, isPrimary }) =>
      button(label, {
        class: isPrimary ? 'jh-mod-primary' : '',
        onClick: () => perform(cure)
      })
    )
  );
  line.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') {
      // The notebook takes the focus on keys that reach it, and a button without focus is not pressed.
      event.stopPropagation();
    }
  });
  // Pressing a button is not choosing the cell.
  line.addEventListener('mousedown', event => event.stopPropagation());
  return line;
}

/** Names stand in backticks in the sentences of the engine. */
function quoted(text: string): (string | Node)[] {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? element('code', {}, part) : part));
}
