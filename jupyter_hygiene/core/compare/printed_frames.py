"""Printed tables whose columns were broken, hidden or ruled otherwise: for another width of page, in another style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .tokens import Token

_HIDDEN = "..."
_LONGEST = 200_000
_BORDERS = frozenset("│┃┆|║┌┬┐├┼┤└┴┘╞╪╡╭╮╰╯╔╦╗╠╬╣╚╩╝┏┳┓┡╇┩┗┻┛+─═━")
_BARS = frozenset("│┃┆|║")

Sides = tuple[list[Token], list[Token]]
Word = tuple[int, int, str]  # start, end, text


@dataclass(frozen=True)
class _Frame:
    """A printed data frame: what stands before the first column in each row, and the columns by their headers."""

    index: list[list[Word]]
    headers: list[str]
    columns: list[list[Word]]
    footer: list[Word]


def unfolded(tokens: tuple[Sequence[Token], Sequence[Token]], texts: tuple[str, str]) -> Sides | None:
    """The tokens of two printed data frames, column by column, without those columns that one side hides.

    None unless one of them is broken into several blocks, or hides columns that the other shows.
    """
    if max(map(len, texts)) > _LONGEST or not any(re.search(r" \\\n|\.\.\.", text) for text in texts):
        return None
    first, second = _parsed(texts[0]), _parsed(texts[1])
    if first is None or second is None:
        return None
    hiding = _HIDDEN in first.headers, _HIDDEN in second.headers
    if hiding[0] == hiding[1]:
        return _tokens_of(first, first.headers, tokens[0]), _tokens_of(second, second.headers, tokens[1])
    kept = _kept(first, second) if hiding[0] else _kept(second, first)
    return (_tokens_of(first, kept, tokens[0]), _tokens_of(second, kept, tokens[1])) if kept else None


def unruled(tokens: tuple[Sequence[Token], Sequence[Token]], texts: tuple[str, str]) -> Sides | None:
    """The tokens without the lines that rule a table; None if the sides rule theirs in the same way."""
    if not all(re.search(r"[│┃┆║|]|\+[-=]+\+|(?:^|\n)[-=─═━ ]{3,}(?:\n|$)", text) for text in texts):
        return None
    sides = _without_borders(tokens[0], texts[0]), _without_borders(tokens[1], texts[1])
    return None if any(len(side) == len(whole) for side, whole in zip(sides, tokens, strict=True)) else sides


def _without_borders(tokens: Sequence[Token], text: str) -> list[Token]:
    kept: list[Token] = []
    start = 0
    by_start = sorted(tokens, key=lambda token: token.start)
    place = 0
    for line in text.split("\n"):
        end = start + len(line)
        row: list[Token] = []
        while place < len(by_start) and by_start[place].start < end:
            row.append(by_start[place])
            place += 1
        bare = line.strip()
        is_rule = bool(bare) and all(character in _BORDERS or character in "-= :" for character in bare)
        if not is_rule:
            kept.extend(token for token in row if token.text not in _BARS)
        start = end + 1
    kept.extend(by_start[place:])
    return kept


def _parsed(text: str) -> _Frame | None:
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    while lines and not lines[-1][1].strip():
        lines.pop()
    footer: list[Word] = []
    if len(lines) > 2 and re.fullmatch(r"\[\d+ rows x \d+ columns\]", lines[-1][1].strip()):
        footer = _words(*lines.pop())
        while lines and not lines[-1][1].strip():
            lines.pop()
    blocks: list[list[tuple[int, str]]] = [[]]
    for entry in lines:
        if entry[1].strip():
            blocks[-1].append(entry)
        elif blocks[-1]:
            blocks.append([])
    index: list[list[Word]] | None = None
    headers: list[str] = []
    columns: list[list[Word]] = []
    for number, block in enumerate(blocks):
        broken = block[0][1].rstrip().endswith("\\") if block else False
        if len(block) < 2 or broken != (number < len(blocks) - 1):
            return None
        titles = [word for word in _words(*block[0]) if word[2] != "\\"]
        rows = [_words(*entry) for entry in block[1:]]
        found = _cells(titles, block[0][0], rows, [entry[0] for entry in block[1:]])
        if found is None:
            return None
        if index is None:
            index = found[0]
        elif [[word[2] for word in row] for row in index] != [[word[2] for word in row] for row in found[0]]:
            return None
        headers.extend(title[2] for title in titles)
        columns.extend([[title, *cells] for title, cells in zip(titles, found[1], strict=True)])
    return _Frame(index or [], headers, columns, footer) if len(set(headers)) == len(headers) else None


def _cells(
    titles: list[Word], header_start: int, rows: list[list[Word]], starts: list[int]
) -> tuple[list[list[Word]], list[list[Word]]] | None:
    """What stands before the columns in each row, and the cells of each column; columns are set flush right."""
    ends = {title[1] - header_start: place for place, title in enumerate(titles)}
    index: list[list[Word]] = []
    columns: list[list[Word]] = [[] for _ in titles]
    for row, start in zip(rows, starts, strict=True):
        before: list[Word] = []
        seen: list[int] = []
        for word in row:
            place = ends.get(word[1] - start)
            if place is None and not seen:
                before.append(word)
            elif place is None:
                return None
            else:
                seen.append(place)
                columns[place].append(word)
        if seen != list(range(len(titles))):
            return None
        index.append(before)
    return index, columns


def _kept(narrow: _Frame, wide: _Frame) -> list[str] | None:
    """The columns that both show; None if the hidden ones do not stand where the dots are."""
    if any(first == second == _HIDDEN for first, second in pairwise(narrow.headers)):
        return None
    gap = narrow.headers.index(_HIDDEN)
    head, tail = narrow.headers[:gap], narrow.headers[gap + 1 :]
    hidden = len(wide.headers) - len(head) - len(tail)
    if hidden < 1 or wide.headers[:gap] != head or wide.headers[len(wide.headers) - len(tail) :] != tail:
        return None
    if narrow.footer:
        size = re.findall(r"\d+", " ".join(word[2] for word in narrow.footer))
        if size != [str(len(wide.index)), str(len(wide.headers))]:
            return None
    return [*head, *tail]


def _words(start: int, line: str) -> list[Word]:
    return [(start + word.start(), start + word.end(), word.group()) for word in re.finditer(r"\S+", line)]


def _tokens_of(frame: _Frame, headers: list[str], unsorted: Sequence[Token]) -> list[Token]:
    tokens = sorted(unsorted, key=lambda token: token.start)
    place_of = {header: place for place, header in enumerate(frame.headers)}
    words = [word for row in frame.index for word in row]
    for header in headers:
        words.extend(frame.columns[place_of[header]])
    at = {token.start: place for place, token in enumerate(tokens)}
    found: list[Token] = []
    for start, end, _ in words:
        place = at.get(start)
        while place is not None and place < len(tokens) and tokens[place].start < end:
            found.append(tokens[place])
            place += 1
    return found
