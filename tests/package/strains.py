"""Texts that a pattern could take long over: units of every class of character, and what it looks for itself, again
and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_parse as _parser

_CLASSES = [
    "a",
    "Z",
    "1",
    "0",
    "f",
    " ",
    "\n",
    "\t",
    "\r",
    "é",
    "中",
    "\x1b",
    "_",
    *".-/\\()[]{}<>\"'`:;,=%$#@|&~!?+*^",
]
_NESTED = [
    "a ",
    "a, ",
    "a\n",
    " \n",
    "1 ",
    "1.",
    "1:",
    "a.",
    "a/",
    "a=",
    "(a",
    "[1,",
    "{'a':",
    "<a ",
    "</",
    "='",
    "\\a",
    "- ",
    "| ",
]
# A repeat up to this often is as good as one without an end.
_OFTEN = 64
_CANDIDATES = "aZ1fx \n\t._-/\\()[]{}<>'\":;,=%$#@|&~!?+*^`é\x1b"


def strains_of(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """What such a text begins with, what is repeated in it, and how it ends (so that the pattern fails late)."""
    for unit in (*_CLASSES, *_NESTED):
        yield "", unit, "\0"
    seen: set[tuple[str, str]] = set()
    for before, repeated in _Reading(pattern).strains():
        strains = [("", before), ("", before + repeated), (before, repeated)]
        if "^" in pattern.pattern and pattern.flags & re.MULTILINE:
            strains += [("", before + "\n"), ("", before + repeated + "\n")]
        for strain in strains:
            if strain[1] and strain not in seen:
                seen.add(strain)
                yield *strain, "\0"
                yield *strain, "'\0\n\0"


class _Reading:
    """A pattern as Python reads it, and samples of what it would match."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._parsed = _parser.parse(pattern.pattern, pattern.flags)
        self._samples: dict[int, str] = {}

    def strains(self) -> Iterator[tuple[str, str]]:
        """Before each long repeat: what stands before it, and characters that it takes. At the end: a whole match."""
        yield from self._walk(self._parsed, "")

    def _walk(self, items: Any, before: str) -> Iterator[tuple[str, str]]:
        for place, (kind, value) in enumerate(items):
            name = str(kind)
            if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
                _, most, inner = value
                if int(most) >= _OFTEN:
                    for repeated in self._taken(inner):
                        yield before, repeated
                yield from self._walk(inner, before)
            elif name == "SUBPATTERN":
                yield from self._walk(value[-1], before)
            elif name == "ATOMIC_GROUP":
                yield from self._walk(value, before)
            elif name == "BRANCH":
                for branch in value[1]:
                    yield from self._walk(branch, before)
            elif name == "ASSERT":
                yield from self._walk(value[1], before)
            before += self._sample([items[place]])
        yield before, ""

    def _taken(self, inner: Any) -> list[str]:
        """Characters that a repeat takes, one of each class; or a sample, if it takes more than one at once."""
        if len(inner) == 1 and str(inner[0][0]) in {"IN", "ANY", "NOT_LITERAL", "LITERAL"}:
            return [character for character in _CANDIDATES if self._fits(inner[0], character)] or [
                self._sample(inner)
            ]
        return [self._sample(inner)]

    def _fits(self, item: Any, character: str) -> bool:
        kind, value = str(item[0]), item[1]
        if kind == "ANY":
            return character != "\n"
        if kind == "LITERAL":
            return bool(ord(character) == value)
        if kind == "NOT_LITERAL":
            return bool(ord(character) != value)
        negated = bool(value) and str(value[0][0]) == "NEGATE"
        return negated != any(_in_class(part, character) for part in value if str(part[0]) != "NEGATE")

    def _sample(self, items: Any) -> str:
        return "".join(self._sample_of(item) for item in items)

    def _sample_of(self, item: Any) -> str:
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL":
            return chr(value)
        if kind in {"IN", "ANY", "NOT_LITERAL"}:
            return next((one for one in _CANDIDATES if self._fits(item, one)), chr(0x2588))
        if kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            return self._sample(value[2]) * max(
                int(value[0]), 1 if int(value[1]) < _OFTEN and False else int(value[0])
            )
        if kind == "SUBPATTERN":
            text = self._sample(value[-1])
            self._samples[value[0]] = text
            return text
        if kind == "GROUPREF":
            return self._samples.get(value, "")
        if kind == "ATOMIC_GROUP":
            return self._sample(value)
        if kind == "BRANCH":
            return self._sample(value[1][0])
        return ""


_KINDS = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda one: one.isalnum() or one == "_",
}


def _in_class(part: Any, character: str) -> bool:
    kind, value = str(part[0]), part[1]
    if kind == "LITERAL":
        return bool(ord(character) == value)
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    name = str(value)
    if "_NOT_" in name:
        return not _KINDS[name.replace("_NOT_", "_")](character)
    return bool(_KINDS[name](character))
