/**
 * Shows what a fix would change, as a diff of every cell that it touches, and asks whether to.
 */
import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import type { Edit, Fix } from '../contract';
import { element } from '../core/element';
import { onlyTextOf } from '../core/fixScope';
import { lineDiff, withContext } from '../core/textChange';
import type { IWording } from '../core/wording';

export interface IPreviewed {
  /** Where a cell stands among all, from 1. */
  place: (cellId: string) => number | null;
}

/** Whether the user wants it. */
export async function confirmFix(
  fix: Fix,
  previewed: IPreviewed,
  trans: IWording
): Promise<boolean> {
  const dialog = new Dialog({
    title: fix.title.replace(/`/g, ''),
    body: new Widget({ node: preview(fix, previewed, trans) }),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Apply') })
    ]
  });
  dialog.addClass('jh-PreviewDialog');
  const { button } = await dialog.launch();
  return button.accept;
}

export function preview(
  fix: Fix,
  { place }: IPreviewed,
  trans: IWording
): HTMLElement {
  // Cells that lose the same thing are told in one line.
  const quiet = new Map<string, string[]>();
  const diffs: HTMLElement[] = [];
  for (const edit of fix.edits) {
    const title = placeOf(edit, place, trans);
    const words = wordsOf(edit, trans);
    if (words) {
      quiet.set(words, [...(quiet.get(words) ?? []), title]);
    } else {
      diffs.push(diff(edit, title, trans));
    }
  }
  return element(
    'div',
    {
      class: 'jh-Preview',
      tabindex: 0,
      role: 'region',
      'aria-label': trans.__('Changes')
    },
    ...diffs,
    quiet.size > 0 &&
      element(
        'ul',
        { class: 'jh-Preview-others' },
        ...[...quiet].map(([words, places]) =>
          element('li', {}, `${words}: ${places.join(', ')}`)
        )
      ),
    element(
      'p',
      { class: 'jh-DialogText-note' },
      onlyTextOf(fix)
        ? trans.__('Nothing is run. Undo takes it back.')
        : trans.__(
            'Nothing is run. Edit ▸ Undo Cell Operation takes all of it back.'
          )
    )
  );
}

function placeOf(
  edit: Edit,
  place: IPreviewed['place'],
  trans: IWording
): string {
  if (edit.kind === 'insert_cell') {
    const above = edit.above === null ? null : place(edit.above);
    return above === null
      ? trans.__('New cell at the end')
      : trans.__('New cell above cell %1', above);
  }
  const at = edit.cell_id === null ? null : place(edit.cell_id);
  if (at === null) {
    return trans.__('Notebook');
  }
  return edit.kind === 'delete_cell'
    ? trans.__('Cell %1 is deleted', at)
    : trans.__('Cell %1', at);
}

/** What changes other than text; empty for text. */
function wordsOf(edit: Edit, trans: IWording): string {
  switch (edit.kind) {
    case 'clear_outputs':
      return trans.__('Outputs are cleared');
    case 'clear_count':
      return trans.__('The execution count is cleared');
    case 'drop_metadata':
      return trans.__('“%1” goes from the metadata', edit.key);
    default:
      return '';
  }
}

function diff(edit: Edit, title: string, trans: IWording): HTMLElement {
  const [before, after] =
    edit.kind === 'source'
      ? [edit.before, edit.after]
      : edit.kind === 'delete_cell'
        ? [edit.before, null]
        : [null, edit.kind === 'insert_cell' ? edit.source : ''];
  const lines =
    before !== null && after !== null
      ? withContext(lineDiff(before, after))
      : (before ?? after ?? '').split('\n').map(text => ({
          mark: after === null ? ('-' as const) : ('+' as const),
          text
        }));
  return element(
    'figure',
    { class: 'jh-Diff' },
    element('figcaption', {}, title),
    element(
      'pre',
      {},
      ...lines.map(line =>
        line === null
          ? element('span', { class: 'jh-Diff-line', 'data-mark': '…' }, '⋯')
          : element(
              'span',
              { class: 'jh-Diff-line', 'data-mark': line.mark },
              element(
                'span',
                { class: 'jh-Diff-mark', 'aria-hidden': 'true' },
                line.mark
              ),
              line.mark !== ' ' &&
                element(
                  'span',
                  { class: 'jh-visuallyHidden' },
                  line.mark === '-'
                    ? trans.__('removed: ')
                    : trans.__('added: ')
                ),
              line.text || ' '
            )
      )
    )
  );
}
