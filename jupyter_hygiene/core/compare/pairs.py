"""Whether two aligned tokens say the same, and what excuses them if they are not equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from . import numbers, paths
from .evidence import Evidence
from .settings import CompareSettings
from .tokens import Token

CHANGED = ""  # no normaliser excuses it

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
        self._scales = _common_scales(_array_scales(saved), _array_scales(replayed))

    def judge(self, saved: Token, replayed: Token, position: int = -1) -> str | None:
        """None if they are equal, the normaliser that excuses them, or ``CHANGED``."""
        if saved.text == replayed.text:
            return None
        name = self._excuse(saved, replayed, position)
        return name if name and self._settings.allows(name) else CHANGED

    def _excuse(self, saved: Token, replayed: Token, position: int) -> str:
        if saved.kind != replayed.kind:
            return CHANGED
        if saved.kind == "volatile":
            if saved.name != replayed.name:
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
        if saved.kind == "path":
            return paths.excused_by(saved.text, replayed.text, self._evidence.where) or CHANGED
        if saved.kind == "rule":
            return "whitespace" if saved.text[0] == replayed.text[0] else CHANGED
        if saved.kind == "word" and saved.text.lower() == replayed.text.lower() == "nan":
            return "number-format"
        return CHANGED


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
                values = [abs(numbers.value_of(tokens[index].text)) for index in places]
                scale = max((value for value in values if value < float("inf")), default=0.0)
                scales.update(dict.fromkeys(places, scale))
        elif token.kind == "number":
            places.append(place)
        elif (
            token.text not in {",", "...", "…"} and token.kind != "rule" and token.text not in _NUMERIC_WORDS
        ):
            pure = False
    return scales
