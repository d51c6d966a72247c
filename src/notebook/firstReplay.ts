/**
 * Where a notebook is to be replayed. Before the first replay of a notebook its user is told that it
 * has side effects, and asked; the answer is remembered for that notebook.
 */
import { Dialog } from '@jupyterlab/apputils';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { element } from '../core/element';

export type ReplayPlace = 'here' | 'scratch';

/** What the settings say of it: ask before a notebook's first replay, or decide for all. */
export type ReplayPlaceSetting = 'ask' | ReplayPlace;

const KEY = 'jupyter-hygiene:replay-place';

/** Null when the user changed their mind. */
export async function chooseReplayPlace(
  path: string,
  setting: ReplayPlaceSetting,
  state: IStateDB | null,
  trans: TranslationBundle
): Promise<ReplayPlace | null> {
  const key = `${KEY}:${path}`;
  const remembered = await recall(key, state);
  if (remembered) {
    return setting === 'ask' ? remembered : setting;
  }
  const place = await ask(path, setting, trans);
  if (place) {
    await state?.save(key, place);
  }
  return place;
}

async function recall(
  key: string,
  state: IStateDB | null
): Promise<ReplayPlace | null> {
  const value = await state?.fetch(key);
  return value === 'here' || value === 'scratch' ? value : null;
}

async function ask(
  path: string,
  setting: ReplayPlaceSetting,
  trans: TranslationBundle
): Promise<ReplayPlace | null> {
  const name = path.split('/').pop() ?? path;
  const body = new Widget({
    node: element(
      'div',
      { class: 'jh-DialogText' },
      element(
        'p',
        {},
        trans.__(
          'A fresh kernel runs all cells of %1 from top to bottom. Your own kernel, its variables and the outputs on the page stay as they are.',
          name
        )
      ),
      element(
        'p',
        {},
        trans.__(
          'But a replay has the same side effects as running the notebook: files that it writes, such as model.pt, are overwritten, and what it sends to other computers is sent again.'
        )
      ),
      element(
        'p',
        {},
        trans.__(
          'In a scratch copy, the notebook’s folder is first copied to a temporary place, and what the replay writes there is thrown away.'
        )
      ),
      element(
        'p',
        { class: 'jh-DialogText-note' },
        trans.__('You are asked once for each notebook.')
      )
    )
  });
  const dialog = new Dialog({
    title: trans.__('Replay this notebook?'),
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({
        label: trans.__('Replay in a scratch copy'),
        accept: true,
        actions: ['scratch']
      }),
      Dialog.okButton({
        label: trans.__('Replay here'),
        actions: ['here']
      })
    ],
    defaultButton: setting === 'scratch' ? 1 : 2
  });
  const { button } = await dialog.launch();
  const action = button.actions[0];
  return button.accept && (action === 'here' || action === 'scratch')
    ? action
    : null;
}
