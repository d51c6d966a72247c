/**
 * Writes a drawing onto the node of a cell: attributes and variables, which survive every way of
 * windowing and which the style sheet draws from. Only what differs is touched.
 */
import type { IGutter } from '../core/drawing';
import type { ITie } from '../core/links';

export function writeGutter(node: HTMLElement, gutter: IGutter | null): void {
  write(node, 'jhStatus', gutter?.status ?? null);
  write(node, 'jhTone', gutter?.tone ?? null);
  write(node, 'jhOrder', gutter?.isOutOfOrder ? 'strange' : null);
  writeText(node, '--jh-gutter', gutter?.text ?? null);
}

export function writeWarned(node: HTMLElement, tone: string | null): void {
  write(node, 'jhWarned', tone);
}

export function writeTie(node: HTMLElement, tie: ITie | null): void {
  write(node, 'jhTie', tie?.direction ?? null);
  writeText(node, '--jh-tie', tie?.text ?? null);
}

function write(node: HTMLElement, key: string, value: string | null): void {
  if (value === null) {
    if (key in node.dataset) {
      delete node.dataset[key];
    }
  } else if (node.dataset[key] !== value) {
    node.dataset[key] = value;
  }
}

function writeText(node: HTMLElement, name: string, text: string | null): void {
  // The strings of style sheets are quoted like those of JSON, as far as these go.
  const value = text === null ? '' : JSON.stringify(text);
  if (node.style.getPropertyValue(name) !== value) {
    node.style.setProperty(name, value);
  }
}
