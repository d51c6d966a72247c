"""A text as tokens: numbers, words, paths, dates and so on, and volatile stretches as one token each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .rules import Region


class Token(NamedTuple):
    """A piece of a text. ``kind`` tells how it is compared; ``name`` is the normaliser of a volatile one."""

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    content: str | None = None


@cache
def _lexer() -> re.Pattern[str]:
    return re.compile(
        r"(?P<url>[a-z][a-z0-9+.-]{1,12}://[^\s'\"<>()\[\]{}|,]+)"
        r"|(?P<date>(?<![\w.])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z"
        r"|[+-]\d\d:?\d\d)?)?(?!\w)"
        r"|(?<![\w.])\d{1,4}/\d{1,2}/\d{1,4}(?!\w)|(?<![\w.:])\d{1,3}:\d\d(?::\d\d(?:\.\d+)?)?(?![\w:]))"
        r"|(?P<version>(?<![\w.])\d+\.\d+\.\d+[\w.+-]*)"
        r"|(?P<path>(?<![\w.<)\]/\\])(?:[A-Za-z]:[\\/]{1,2}|~/|/)[\w.@+~-]+(?:[\\/]{1,2}[\w.@+~-]+)*[\\/]?)"
        r"|(?P<complex>(?<![\w.])(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)? ?(?=[+-]))?"
        r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?j(?!\w))"
        r"|(?P<number>(?:(?<![\w.)\]])[+\-−])?(?:(?<![\w.])|(?<=[A-Za-z]=))"
        r"(?:\d[\d_]*\.\d+|\.\d+|\d+\.(?=[eE][+-]?\d|\W|$)|\d[\d_]*)(?:[eE][+-]?\d+)?(?![\w]|\.\d)"
        r"|(?:(?<![\w.)\]])[+\-−])?(?<![\w.])\d+\.\d+(?=[A-Za-zµ%]))"
        r"|(?P<sign>\+/-|\+-(?= ?(?:\d|std))|->|<=|>=|\\\\)"
        r"|(?P<dtype>(?<=['\"])[<>|=][biufcmM]\d{1,2}(?=[\['\"]))"
        r"|(?P<rule>(?P<stroke>[-=_.~─━═])(?P=stroke){2,})"
        r"|(?P<word>\w+)"
        r"|(?P<mark>[^\s\w])",
    )


def tokens_of(text: str, regions: list[Region]) -> list[Token]:
    """All tokens of a text, without its white space; volatile stretches as they were found."""
    found: list[Token] = []
    position = 0
    for region in regions:
        found.extend(_plain(text, position, region.start))
        kind = "silent" if region.silent else "volatile"
        piece = text[region.start : region.end]
        found.append(Token(kind, piece, region.start, region.end, region.name, region.content))
        position = region.end
    found.extend(_plain(text, position, len(text)))
    return found


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _lexer().finditer(text, start, end):
        kind = match.lastgroup or "mark"
        kind = "word" if kind == "dtype" else kind
        yield Token(kind, match.group(), match.start(), match.end())
