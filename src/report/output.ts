/**
 * Shows one output as the notebook would, but never with more trust than the cell that it stands for.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { OutputModel } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Panel, Widget } from '@lumino/widgets';

import type { Output } from '../contract';
import { withCode } from '../core/codeSpans';
import { element } from '../core/element';
import { joined } from '../core/fingerprints';
import { Sandbox, bringsScripts, scriptPage } from './sandbox';

export interface IOutputContext {
  rendermime: IRenderMimeRegistry;
  isTrusted: boolean;
  trans: TranslationBundle;
}

const WIDGET_VIEW = 'application/vnd.jupyter.widget-view+json';
const SCRIPTS = ['application/javascript', 'text/javascript'];

/** The registry of a notebook without what only works in a live page: widgets bound to its own kernel. */
export function registryForReports(
  registry: IRenderMimeRegistry
): IRenderMimeRegistry {
  const clone = registry.clone();
  clone.removeMimeType(WIDGET_VIEW);
  return clone;
}

/**
 * A widget that shows the output. `wanted` is the MIME type that the comparison went by, which is shown
 * if it can be. `onDrawn` is called with the drawn node, but not for what is drawn in a frame.
 */
export function showOutput(
  output: Output,
  wanted: string,
  context: IOutputContext,
  onDrawn: (node: HTMLElement) => void = () => undefined
): Widget {
  const { rendermime, isTrusted, trans } = context;
  const model = new OutputModel({
    value: output as nbformat.IOutput,
    trusted: isTrusted
  });
  const mime = choose(model, wanted, rendermime);
  if (isTrusted && mime === 'text/html') {
    const html = joined(model.data[mime]);
    if (bringsScripts(html)) {
      return new Sandbox(html, trans.__('Output with scripts'));
    }
  }
  if (isTrusted && mime && SCRIPTS.includes(mime)) {
    return new Sandbox(
      scriptPage(joined(model.data[mime])),
      trans.__('Output of a script')
    );
  }
  if (!mime || SCRIPTS.includes(mime)) {
    return note(
      trans.__(
        'This output (%1) cannot be shown here.',
        Object.keys(model.data).join(', ') || output.output_type
      )
    );
  }
  const host = new Panel();
  host.addClass('jh-Output');
  const renderer = rendermime.createRenderer(mime);
  host.addWidget(renderer);
  renderer.renderModel(model).then(
    () => {
      if (!renderer.isDisposed) {
        onDrawn(renderer.node);
      }
    },
    (error: unknown) => {
      renderer.dispose();
      host.addWidget(
        note(trans.__('This output could not be drawn: %1', String(error)))
      );
    }
  );
  return host;
}

export function note(text: string): Widget {
  return new Widget({
    node: element('p', { class: 'jh-Note' }, ...withCode(text))
  });
}

function choose(
  model: OutputModel,
  wanted: string,
  rendermime: IRenderMimeRegistry
): string | undefined {
  const factory = rendermime.getFactory(wanted);
  if (
    wanted in model.data &&
    factory &&
    (factory.safe || model.trusted || wanted === 'text/html')
  ) {
    return wanted;
  }
  return rendermime.preferredMimeType(
    model.data,
    model.trusted ? 'any' : 'ensure'
  );
}
