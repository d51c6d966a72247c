/**
 * Shows output that brings scripts in a frame of its own: they run there, where they can reach neither
 * the page nor the server, and where an id that the notebook has too is no clash.
 */
import { Widget } from '@lumino/widgets';

import { element } from '../core/element';

const TALLEST = 600;

/** Whether HTML would run code if it were put into a page as it is. */
export function bringsScripts(html: string): boolean {
  return (
    /<(script|iframe|object|embed)[\s/>]/i.test(html) ||
    /[\s"'/]on[a-z]+\s*=/i.test(html) ||
    /javascript:/i.test(html)
  );
}

export class Sandbox extends Widget {
  constructor(html: string, title: string) {
    super();
    this.addClass('jh-Sandbox');
    this._html = html;
    // Without allow-same-origin the frame is a stranger to this page.
    this._frame = element('iframe', {
      sandbox: 'allow-scripts',
      referrerpolicy: 'no-referrer',
      title
    });
    this.node.append(this._frame);
    window.addEventListener('message', this);
  }

  override dispose(): void {
    window.removeEventListener('message', this);
    super.dispose();
  }

  /** The frame tells how tall its content is; anything else that it says is not listened to. */
  handleEvent(event: MessageEvent): void {
    if (event.source !== this._frame.contentWindow) {
      return;
    }
    const height = Number(event.data?.jupyterHygieneHeight);
    if (height > 0) {
      this._frame.style.height = `${Math.min(Math.ceil(height), TALLEST)}px`;
    }
  }

  protected override onAfterAttach(): void {
    const style = getComputedStyle(this.node);
    this._frame.srcdoc = frameDocument(
      this._html,
      style.color,
      style.fontFamily
    );
  }

  private readonly _frame: HTMLIFrameElement;
  private readonly _html: string;
}

/** HTML that runs a script which a kernel sent as an output of its own. */
export function scriptPage(script: string): string {
  // The element variable is what such scripts may draw into.
  const safe = script.replace(/<\/(script)/gi, '<\\/$1');
  return `<div id="jh-element"></div><script>(function (element) {${safe}\n})(document.getElementById('jh-element'));</script>`;
}

function frameDocument(html: string, color: string, font: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><style>
html { overflow: auto; }
body { display: flow-root; margin: 0; color: ${color}; font: 13px ${font.replace(/"/g, "'")}; }
table { border-collapse: collapse; font-size: 12px; }
td, th { padding: 4px 8px; text-align: right; }
</style></head><body>${html}<script>
new ResizeObserver(function () {
  parent.postMessage({ jupyterHygieneHeight: document.body.scrollHeight }, '*');
}).observe(document.body);
</script></body></html>`;
}
