/**
 * Sentences of the server in which code stands between backticks, as nodes that show it as code.
 */
import { element } from './element';

export function withCode(text: string): (string | HTMLElement)[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) {
    // A backtick without its partner is a character like any other.
    return [text];
  }
  return parts
    .map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part))
    .filter(part => part !== '');
}
