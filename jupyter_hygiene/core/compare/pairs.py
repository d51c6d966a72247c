"""Whether two aligned tokens say the same, and what excuses them if they are not equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from . import numbers, paths, spellings
from .evidence import Evidence
from .settings import CompareSettings
from .tokens import Token

CHANGED = ""  # no normaliser excuses it

# What tells objects apart, where the cell asks for it.
_IDENTITIES = frozenset({"object-id", "reference-number"})
_NEAR = 6
_NUMERIC_WORDS = frozenset({"nan", "inf", "NaN", "dtype", "float32", "float64", "j"})


@cache
def _uuid_of_chance() -> re.Pattern[str]:
    return re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1467]", re.IGNORECASE)


class PairJudge:
    """Judges pairs of tokens of two aligned texts. Make one for each pair of texts."""

    def __init__(
        self,
        saved: Sequence[Token],
        replayed: Sequence[Token],
        evidence: Evidence,
        settings: CompareSettings,
        single_precision: bool = False,
    ) -> None:
        self._evidence = evidence
        self._settings = settings
        self._single = single_precision
        self._partners: dict[str, str] = {}
        self._saved = saved
        self._scales = _common_scales(_array_scales(saved), _array_scales(replayed))

    def judge(self, saved: Token, replayed: Token, position: int = -1) -> str | None:
        """None if they are equal, the normaliser that excuses them, or ``CHANGED``."""
        if saved.text == replayed.text:
            if saved.name in _IDENTITIES and not self._are_partners(saved.text, replayed.text):
                return CHANGED
            return None
        name = self._excuse(saved, replayed, position)
        return name if name and self._settings.allows(name) else CHANGED

    def _excuse(self, saved: Token, replayed: Token, position: int) -> str:
        before = self._saved[max(position - _NEAR, 0) : position] if position >= 0 else ()
        spelling = spellings.excused_by(saved, replayed, before)
        if spelling or saved.kind != replayed.kind:
            return spelling or CHANGED
        if saved.kind == "volatile":
            if saved.name != replayed.name:
                return CHANGED
            if saved.name in _IDENTITIES and not self._are_partners(saved.text, replayed.text):
                return CHANGED
            if saved.content is None or replayed.content is None:
                return saved.name
            same = saved.content.replace(" ", "") == replayed.content.replace(" ", "")
            return saved.name if same else CHANGED
        if saved.kind == "number":
            scale = self._scales.get(position, 0.0)
            return (
                numbers.excused_by(saved.text, replayed.text, self._settings, scale, self._single) or CHANGED
            )
        if saved.kind == "complex":
            scale = self._scales.get(position, 0.0)
            return numbers.complex_excused_by(saved.text, replayed.text, self._settings, scale) or CHANGED
        if saved.kind == "url":
            return _excuse_of_urls(saved.text, replayed.text, self._evidence.where) or CHANGED
        if saved.kind == "path":
            return paths.excused_by(saved.text, replayed.text, self._evidence.where) or CHANGED
        if saved.kind == "rule":
            return "whitespace" if saved.text[0] == replayed.text[0] else CHANGED
        if saved.kind == "word" and saved.text.lower() == replayed.text.lower() == "nan":
            return "number-format"
        return CHANGED

    def _are_partners(self, saved: str, replayed: str) -> bool:
        """Whether one id stands for the other throughout: that two of them are equal is no chance."""
        first = self._partners.setdefault(f"saved {saved}", replayed)
        second = self._partners.setdefault(f"replayed {replayed}", saved)
        return first == replayed and second == saved


def _excuse_of_urls(saved: str, replayed: str, is_working_folder: bool) -> str | None:
    """Addresses of local files differ as their paths do."""
    parts = [
        re.fullmatch(r"((?:file|sqlite|duckdb)(?:\+\w+)?:///?)(/[^?#]*|[A-Za-z]:[^?#]*)(.*)", url)
        for url in (saved, replayed)
    ]
    if parts[0] is None or parts[1] is None or parts[0][1] != parts[1][1] or parts[0][3] != parts[1][3]:
        return None
    return paths.excused_by(parts[0][2], parts[1][2], is_working_folder)


def _common_scales(saved: dict[int, float], replayed: dict[int, float]) -> dict[int, float]:
    return {place: max(scale, replayed[place]) for place, scale in saved.items() if place in replayed}


def _array_scales(tokens: Sequence[Token]) -> dict[int, float]:
    """For each number that stands in an array, by its place among the tokens, the largest magnitude in that array.

    An array is an outermost pair of square brackets with nothing but numbers in it.
    """
    scales: dict[int, float] = {}
    depth = 0
    pure = True
    places: list[int] = []
    for place, token in enumerate(tokens):
        if token.text == "[":
            if depth == 0:
                pure, places = True, []
            depth += 1
        elif depth == 0:
            continue
        elif token.text == "]":
            depth -= 1
            if depth == 0 and pure and len(places) > 1:
                values = [_magnitude(tokens[index]) for index in places]
                scale = max((value for value in values if value < float("inf")), default=0.0)
                scales.update(dict.fromkeys(places, scale))
        elif token.kind in {"number", "complex"}:
            places.append(place)
        elif (
            token.text not in {",", "...", "…"} and token.kind != "rule" and token.text not in _NUMERIC_WORDS
        ):
            pure = False
    return scales


def _magnitude(token: Token) -> float:
    if token.kind == "complex":
        return abs(numbers.complex_value_of(token.text))
    return abs(numbers.value_of(token.text))
