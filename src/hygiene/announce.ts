/**
 * Says what was done to those who do not see it.
 */
import { element } from '../core/element';

let region: HTMLElement | null = null;

export function announce(text: string): void {
  if (!region?.isConnected) {
    region = element('div', { class: 'jh-visuallyHidden', role: 'status' });
    document.body.append(region);
  }
  // The same words twice are news only if there was something else between.
  region.textContent = '';
  const present = region;
  requestAnimationFrame(() => (present.textContent = text));
}
