/**
 * What differs between two texts, line by line: to be shown, and to be carried out by touching no more
 * than that, so that cursors and the work of others stay where they are.
 */

export interface IDiffLine {
  mark: ' ' | '-' | '+';
  text: string;
}

/** The signs from `start` to `end` become `text`. */
export interface ITextChange {
  start: number;
  end: number;
  text: string;
}

/** More pairs of lines than this are not compared one by one. */
const MOST_PAIRS = 1_000_000;

/** The lines of both texts, those that were taken away before those that came. */
export function lineDiff(before: string, after: string): IDiffLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (
    start < old.length &&
    start < now.length &&
    old[start] === now[start]
  ) {
    start += 1;
  }
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...marked(' ', old.slice(0, start)),
    ...middle(
      old.slice(start, old.length - end),
      now.slice(start, now.length - end)
    ),
    ...marked(' ', old.slice(old.length - end))
  ];
}

/** The changes that make one text of the other, the last one first. */
export function textChanges(before: string, after: string): ITextChange[] {
  const changes: ITextChange[] = [];
  let at = 0;
  let open: { start: number; removed: string[]; added: string[] } | null = null;
  const close = (isLast: boolean) => {
    if (open) {
      changes.unshift(narrowed(before, open, isLast));
      open = null;
    }
  };
  for (const { mark, text } of lineDiff(before, after)) {
    if (mark === ' ') {
      close(false);
      at += text.length + 1;
      continue;
    }
    open ??= { start: at, removed: [], added: [] };
    if (mark === '-') {
      open.removed.push(text);
      at += text.length + 1;
    } else {
      open.added.push(text);
    }
  }
  close(true);
  return changes;
}

/** Lines that are far from any change are left out, and null stands for them. */
export function withContext(
  lines: readonly IDiffLine[],
  around = 2
): (IDiffLine | null)[] {
  const isNear = lines.map((_, at) =>
    lines
      .slice(Math.max(0, at - around), at + around + 1)
      .some(({ mark }) => mark !== ' ')
  );
  const shown: (IDiffLine | null)[] = [];
  lines.forEach((line, at) => {
    if (isNear[at]) {
      shown.push(line);
    } else if (shown.length === 0 || shown[shown.length - 1] !== null) {
      shown.push(null);
    }
  });
  return shown;
}

/** The whole of the changed lines, less what their ends have in common. */
function narrowed(
  before: string,
  change: { start: number; removed: string[]; added: string[] },
  isLast: boolean
): ITextChange {
  let { start } = change;
  // Each line takes its end along; after the last one there is none, so it takes the one before it.
  const ending = isLast ? '' : '\n';
  let text = change.added.map(line => line + '\n').join('');
  let end =
    start + change.removed.reduce((sum, line) => sum + line.length + 1, 0);
  if (ending === '') {
    end = Math.min(end - 1, before.length);
    text = text.slice(0, -1);
    if (change.removed.length === 0) {
      start = end = before.length;
      text = `\n${text}`;
    } else if (change.added.length === 0) {
      start = Math.max(0, start - 1);
    }
  }
  while (start < end && text !== '' && before[start] === text[0]) {
    start += 1;
    text = text.slice(1);
  }
  while (
    end > start &&
    text !== '' &&
    before[end - 1] === text[text.length - 1]
  ) {
    end -= 1;
    text = text.slice(0, -1);
  }
  // A sign of two units is not torn.
  if (/[\ud800-\udbff]/.test(before[start - 1] ?? '')) {
    start -= 1;
    text = before[start] + text;
  }
  if (/[\udc00-\udfff]/.test(before[end] ?? '')) {
    text += before[end];
    end += 1;
  }
  return { start, end, text };
}

/** The longest common lines of two texts, and what lies between them. */
function middle(old: readonly string[], now: readonly string[]): IDiffLine[] {
  if (old.length * now.length > MOST_PAIRS) {
    return [...marked('-', old), ...marked('+', now)];
  }
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let one = old.length - 1; one >= 0; one--) {
    for (let other = now.length - 1; other >= 0; other--) {
      common[one * width + other] =
        old[one] === now[other]
          ? common[(one + 1) * width + other + 1] + 1
          : Math.max(
              common[(one + 1) * width + other],
              common[one * width + other + 1]
            );
    }
  }
  const lines: IDiffLine[] = [];
  let one = 0;
  let other = 0;
  while (one < old.length || other < now.length) {
    if (one < old.length && other < now.length && old[one] === now[other]) {
      lines.push({ mark: ' ', text: old[one] });
      one += 1;
      other += 1;
    } else if (
      other === now.length ||
      (one < old.length &&
        common[(one + 1) * width + other] >= common[one * width + other + 1])
    ) {
      lines.push({ mark: '-', text: old[one] });
      one += 1;
    } else {
      lines.push({ mark: '+', text: now[other] });
      other += 1;
    }
  }
  return lines;
}

function marked(
  mark: IDiffLine['mark'],
  lines: readonly string[]
): IDiffLine[] {
  return lines.map(text => ({ mark, text }));
}
