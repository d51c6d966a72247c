"""Random ids in markup and scripts, renamed in order of appearance: a consistent renaming makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

# Characters of a text that are looked through at a time.
_PIECE = 65_536


@cache
def _declared_in_script() -> re.Pattern[str]:
    return re.compile(
        r"\bid\s?=\s?\\*[\"']([\w.:-]{2,80})\\*[\"']|(?:getElementById|\bselect(?:All)?|querySelector(?:All)?"
        r"|\$)\(\s*\\*[\"']#?([\w.:-]{2,80})\\*[\"']"
    )


@cache
def _declared_by_bokeh() -> re.Pattern[str]:
    return re.compile(r"\"(?:id|elementid|docid|notebook_comms_target)\"\s*:\s*\"([\w-]{2,80})\"")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9_](?:[\w-]*\w)?")


@cache
def _random_run() -> re.Pattern[str]:
    return re.compile(
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        r"|(?<=[g-zG-Z_])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{32}(?![0-9a-zA-Z])"
        r"|(?<![0-9a-zA-Z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}(?![0-9a-zA-Z])"
    )


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that no id crosses: one search of megabytes would keep all other threads waiting."""
    start = 0
    while start < len(text):
        ends = [end for mark in "<\n" if (end := text.find(mark, start + _PIECE)) >= 0]
        end = min(ends, default=len(text))
        yield text[start:end]
        start = end


class IdNames:
    """Gives the ids of one document new names in order of appearance."""

    def __init__(self, declared: Iterable[str], scripts: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        for identifier in declared:
            self._declare(identifier)
        for script in scripts:
            is_packed = "bokeh" in script.lower() or "mpld3" in script
            for piece in _pieces(script):
                for first, second in _declared_in_script().findall(piece):
                    self._declare(first or second)
                for identifier in _declared_by_bokeh().findall(piece) if is_packed else ():
                    self._declare(identifier)

    def _declare(self, identifier: str) -> None:
        if any(character.isalpha() for character in identifier) or len(identifier) >= 4:
            self._names.setdefault(identifier, f"id{len(self._names)}")

    def renamed(self, text: str) -> str:
        """The text with every known or evidently random id under its new name."""
        return "".join(self._renamed(piece) for piece in _pieces(text))

    def _renamed(self, text: str) -> str:
        if self._names:
            text = _word().sub(lambda match: self._new_name(match.group()), text)
        return _random_run().sub(self._rename_run, text)

    def _new_name(self, word: str) -> str:
        """The new name of an id, also where it is a part of another, as in ``fig_el4311``."""
        if word in self._names:
            return self._names[word]
        prefix, mark, rest = word.partition("_")
        return f"{prefix}_{self._names[rest]}" if mark and rest in self._names else word

    def _rename_run(self, match: re.Match[str]) -> str:
        return self._names.setdefault(match.group(), f"id{len(self._names)}")
