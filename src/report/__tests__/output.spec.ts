/**
 * What outputs may do in the report: scripts run in frames of their own or not at all, and a replayed
 * output is trusted no more than its cell.
 */
import {
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { Output } from '../../contract';
import { registryForReports, showOutput } from '../output';
import { bringsScripts } from '../sandbox';

const trans = nullTranslator.load('jupyter_hygiene');

function html(text: string): Output {
  return {
    output_type: 'display_data',
    data: { 'text/html': text, 'text/plain': 'plain' },
    metadata: {}
  };
}

async function draw(
  output: Output,
  isTrusted: boolean,
  wanted = 'text/html'
): Promise<HTMLElement> {
  const rendermime = registryForReports(
    new RenderMimeRegistry({ initialFactories: standardRendererFactories })
  );
  const widget = showOutput(output, wanted, { rendermime, isTrusted, trans });
  Widget.attach(widget, document.body);
  await new Promise(resolve => setTimeout(resolve, 20));
  return widget.node;
}

const scripted = '<b id="x">a</b><script>window.reached = true</script>';

describe('bringsScripts', () => {
  it.each([
    [scripted],
    ['<SCRIPT src=x>'],
    ['<img src=x onerror=alert(1)>'],
    ['<svg/onload=alert(1)>'],
    ['<a href="javascript:alert(1)">x</a>'],
    ['<iframe src=x></iframe>']
  ])('sees those in %s', text => expect(bringsScripts(text)).toBe(true));

  it.each([['<table><tr><td>on = 1</td></tr></table>'], ['<b>script</b>']])(
    'sees none in %s',
    text => expect(bringsScripts(text)).toBe(false)
  );
});

describe('showOutput', () => {
  it('runs the scripts of trusted output in a frame that is a stranger to the page', async () => {
    const node = await draw(html(scripted), true);
    const frame = node.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).toBe('allow-scripts');
    expect(frame?.srcdoc).toContain('window.reached');
    expect(node.querySelector('#x')).toBeNull();
  });

  it('drops the scripts of output that is not trusted', async () => {
    const node = await draw(html(scripted), false);
    expect(node.querySelector('iframe')).toBeNull();
    expect(node.querySelector('script')).toBeNull();
    expect(node.textContent).toContain('a');
    expect('reached' in window).toBe(false);
  });

  it('draws harmless output in the page', async () => {
    const node = await draw(html('<table><tr><td>1</td></tr></table>'), true);
    expect(node.querySelector('td')?.textContent).toBe('1');
  });

  it('runs a script output in a frame if it is trusted, and says so if not', async () => {
    const output: Output = {
      output_type: 'display_data',
      data: { 'application/javascript': 'element.append("hi")' },
      metadata: {}
    };
    const trusted = await draw(output, true, 'application/javascript');
    expect(trusted.querySelector('iframe')?.srcdoc).toContain('element.append');
    const strange = await draw(output, false, 'application/javascript');
    expect(strange.querySelector('iframe')).toBeNull();
    expect(strange.textContent).toMatch(/cannot be shown/);
  });

  it('shows a stream as text', async () => {
    const node = await draw(
      { output_type: 'stream', name: 'stdout', text: ['a\n', 'b'] },
      false,
      'stream/stdout'
    );
    expect(node.textContent).toContain('a\nb');
  });
});
