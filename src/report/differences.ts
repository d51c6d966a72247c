/**
 * Draws where two outputs differ: marked spans of text, marked cells of tables, a picture of the
 * differing pixels, a list of differing values. What a normaliser excused is marked apart.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  CellPosition,
  ImageDifference,
  Span,
  StructureDifference
} from '../contract';
import { element } from '../core/element';

/** More rows than this nobody reads: the export has them all. */
const MOST_VALUES = 200;

export function markedText(
  spans: readonly Span[],
  trans: TranslationBundle
): HTMLElement {
  const text = element('pre', { class: 'jh-Text' });
  for (const span of spans) {
    text.append(
      span.mark === 'same'
        ? span.text
        : element(
            'mark',
            {
              class: 'jh-Difference',
              'data-mark': span.mark,
              title: markTitle(span.mark, trans)
            },
            span.text
          )
    );
  }
  return text;
}

/** Marks the differing cells of tables that have been drawn inside a node. */
export function markTableCells(
  node: HTMLElement,
  positions: readonly CellPosition[],
  trans: TranslationBundle
): void {
  const tables = node.querySelectorAll('table');
  for (const { table, row, column, mark } of positions) {
    const cell = tables[table]
      ?.querySelectorAll('tr')
      [row]?.querySelectorAll<HTMLElement>('td, th')[column];
    if (cell) {
      cell.classList.add('jh-Difference');
      cell.dataset.mark = mark;
      cell.title = markTitle(mark, trans);
    }
  }
}

export function differingPixels(
  difference: ImageDifference,
  trans: TranslationBundle
): HTMLElement {
  const { picture, fraction, saved_size, replayed_size } = difference;
  const percent = 100 * fraction;
  const share =
    percent > 0 && percent < 0.1 ? '< 0.1' : percent.toFixed(1).toString();
  const lines = [trans.__('Marked: the pixels that differ (%1%).', share)];
  if (
    saved_size &&
    replayed_size &&
    String(saved_size) !== String(replayed_size)
  ) {
    lines.push(
      trans.__(
        'The size went from %1 to %2 pixels.',
        saved_size.join(' × '),
        replayed_size.join(' × ')
      )
    );
  }
  return element(
    'figure',
    { class: 'jh-Pixels' },
    picture &&
      element('img', {
        src: `data:image/png;base64,${picture}`,
        alt: trans.__('The picture with its differing pixels marked')
      }),
    element('figcaption', {}, lines.join(' '))
  );
}

export function differingValues(
  difference: StructureDifference,
  trans: TranslationBundle
): HTMLElement {
  const { changes } = difference;
  const missing = () => element('i', {}, trans.__('missing'));
  const rows = changes.slice(0, MOST_VALUES).map(change =>
    element(
      'tr',
      {
        'data-mark': change.mark,
        title: markTitle(change.mark, trans)
      },
      element('th', { scope: 'row' }, change.path || trans.__('(whole)')),
      element('td', {}, change.saved ?? missing()),
      element('td', {}, change.replayed ?? missing())
    )
  );
  const left = changes.length - rows.length;
  return element(
    'div',
    { class: 'jh-Values' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, trans.__('Where')),
          element('th', { scope: 'col' }, trans.__('Saved')),
          element('th', { scope: 'col' }, trans.__('Replayed'))
        )
      ),
      element('tbody', {}, ...rows)
    ),
    left > 0 &&
      element(
        'p',
        { class: 'jh-Note' },
        trans._n(
          '… and %1 more difference, in the exported report.',
          '… and %1 more differences, in the exported report.',
          left
        )
      )
  );
}

function markTitle(
  mark: 'changed' | 'excused' | 'same',
  trans: TranslationBundle
): string {
  return mark === 'changed'
    ? trans.__('Differs')
    : trans.__('Differs, but without meaning');
}
