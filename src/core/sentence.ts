/**
 * Makes a sentence of what the server says in short: a capital letter, and a full stop.
 */

/** Text that is quoted, such as an arrow between two outputs, keeps its first letter. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) {
    return '';
  }
  const startsWithWord = /^[a-z]+[ ,:;]/.test(trimmed);
  const isQuote = /^\S+ → /.test(trimmed);
  const begun =
    startsWithWord && !isQuote
      ? trimmed[0].toUpperCase() + trimmed.slice(1)
      : trimmed;
  return /[.!?…]["”’)]?$/.test(begun) ? begun : `${begun}.`;
}
