"""Comparing JSON kinds (plotly, vega, GeoJSON, any other) by structure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ..report import Mark, StructureDifference, ValueChange
from . import numbers
from .charts import plain_chart
from .clock_rules import timing_header
from .colours import plain_colour
from .embedded import compare_embedded
from .evidence import Evidence
from .outcome import SAME, Outcome, excuse, shortened
from .settings import CompareSettings
from .text import compare_text
from .typed_arrays import decoded_array

_MOST_CHANGES = 200
_DEEPEST = 80
_LONGEST_TEXT = 20_000
_UNSEEN_KEYS = frozenset({"uid", "uuid", "plotlyServerURL", "$schema"})
_THEME_PATHS = ("layout.template", "config", "usermeta")
_SIZE_PATHS = frozenset({"width", "height", "layout.width", "layout.height"})
_SIZE_NOISE = 2  # in pixels, as for pictures
_OF_THE_RUN = frozenset(
    {
        "timing",
        "rate",
        "timestamp",
        "process-id",
        "local-port",
        "memory-use",
        "machine-state",
        "file-listing",
        "random-id",
    }
)
_MISSING = object()


def compare_structures(
    mime: str, saved: Any, replayed: Any, evidence: Evidence, settings: CompareSettings
) -> Outcome:
    """Compare two JSON values of one MIME type."""
    saved, replayed = plain_chart(mime, saved), plain_chart(mime, replayed)
    is_chart = "plotly" in mime or "vega" in mime
    walk = StructureWalk(
        evidence, settings, _UNSEEN_KEYS if is_chart else frozenset(), _THEME_PATHS if is_chart else ()
    )
    walk.compare("", saved, replayed, 0)
    return walk.outcome()


class StructureWalk:
    """Walks two JSON values side by side and collects where they differ."""

    def __init__(
        self,
        evidence: Evidence,
        settings: CompareSettings,
        unseen_keys: frozenset[str] = frozenset(),
        theme_paths: Sequence[str] = (),
    ) -> None:
        self._evidence = evidence
        self._settings = settings
        self._unseen = unseen_keys
        self._themes = tuple(theme_paths)
        self._changes: list[ValueChange] = []
        self._names: set[str] = set()
        self._changed = 0

    def outcome(self) -> Outcome:
        """What has been found."""
        difference = StructureDifference(tuple(self._changes))
        if self._changed:
            first = next(change for change in self._changes if change.mark == "changed")
            more = f" (and {self._changed - 1} more)" if self._changed > 1 else ""
            where = shortened(first.path or "the value", 40)
            values = [
                shortened(side, 30) if side is not None else "missing"
                for side in (first.saved, first.replayed)
            ]
            summary = f"{where} differs: {values[0]} → {values[1]}{more}"
            return Outcome("changed", summary, frozenset(self._names), difference)
        if self._names:
            return Outcome("cosmetic", excuse(self._names), frozenset(self._names), difference)
        return SAME

    def compare(self, path: str, saved: Any, replayed: Any, depth: int, scale: float = 0.0) -> None:
        """Compare two values at a path."""
        if saved is replayed or (type(saved) is type(replayed) and saved == replayed):
            return
        if depth > _DEEPEST:
            self._note(path, saved, replayed, "" if repr(saved) != repr(replayed) else None)
            return
        saved, replayed = decoded_array(saved), decoded_array(replayed)
        if isinstance(saved, Mapping) and isinstance(replayed, Mapping):
            self._mappings(path, saved, replayed, depth)
        elif isinstance(saved, list) and isinstance(replayed, list):
            self._lists(path, saved, replayed, depth, scale)
        elif _is_number(saved) and _is_number(replayed):
            self._numbers(path, saved, replayed, scale)
        elif isinstance(saved, str) and isinstance(replayed, str):
            self._texts(path, saved, replayed)
        elif saved != replayed or type(saved) is not type(replayed):
            self._note(path, saved, replayed, "")

    def _mappings(self, path: str, saved: Mapping[str, Any], replayed: Mapping[str, Any], depth: int) -> None:
        for key in {**saved, **replayed}:
            if key in self._unseen:
                continue
            before, after = saved.get(key, _MISSING), replayed.get(key, _MISSING)
            below = f"{path}.{key}" if path else str(key)
            if before is _MISSING or after is _MISSING:
                self._note(below, before, after, "")
            else:
                self.compare(below, before, after, depth + 1)

    def _lists(self, path: str, saved: list[Any], replayed: list[Any], depth: int, scale: float) -> None:
        scale = max(scale, _scale(saved), _scale(replayed))
        for index, (before, after) in enumerate(zip_longest(saved, replayed, fillvalue=_MISSING)):
            if before is after or (type(before) is type(after) and before == after):
                continue
            if self._changed > _MOST_CHANGES:
                self._changed += 1  # enough to show; what follows is only counted
            elif before is _MISSING or after is _MISSING:
                self._note(f"{path}[{index}]", before, after, "")
            else:
                self.compare(f"{path}[{index}]", before, after, depth + 1, scale)

    def _numbers(self, path: str, saved: float, replayed: float, scale: float) -> None:
        if saved == replayed:
            return  # 1 and 1.0 are one number in JSON
        key = path.rsplit(".", 1)[-1]
        if self._themes and path in _SIZE_PATHS and abs(saved - replayed) <= _SIZE_NOISE:
            self._note(path, saved, replayed, "image-size")
            return
        if not self._themes and key.isidentifier() and not key.isdigit():
            # What stands under pid is judged as it is in a text that says so.
            outcome = compare_text(f"{key}: {saved}", f"{key}: {replayed}", self._evidence, self._settings)
            names = outcome.normalised & _OF_THE_RUN
            if outcome.verdict == "cosmetic" and names == outcome.normalised:
                for name in sorted(names):
                    self._note(path, saved, replayed, name)
                return
        if isinstance(saved, int) and isinstance(replayed, int):
            self._note(path, saved, replayed, "")
            return
        if not self._themes and timing_header().fullmatch(key):
            self._note(path, saved, replayed, "timing")
            return
        noise = numbers.is_noise(float(saved), float(replayed), self._settings, scale)
        self._note(path, saved, replayed, "float-tolerance" if noise else "")

    def _texts(self, path: str, saved: str, replayed: str) -> None:
        key = path.rsplit(".", 1)[-1]
        outcome = compare_embedded(path, saved, replayed, self._evidence, self._settings)
        if outcome is None and max(len(saved), len(replayed)) > _LONGEST_TEXT:
            self._note(path, saved, replayed, "")
            return
        if outcome is None and self._themes and _same_to_a_chart(saved, replayed):
            return
        if outcome is None and _moment(saved) and _moment(saved) == _moment(replayed):
            self._note(path, saved, replayed, "number-format")
            return
        if outcome is None:
            # What stands under run_id is judged as it is in a text that says so.
            saved, replayed = html.unescape(saved), html.unescape(replayed)
            label = f"{key}: " if key.isidentifier() and not self._themes else ""
            outcome = compare_text(label + saved, label + replayed, self._evidence, self._settings)
        if outcome.verdict == "changed":
            self._note(path, saved, replayed, "")
        elif outcome.verdict != "same":
            for name in sorted(outcome.normalised) or ["whitespace"]:
                self._note(path, saved, replayed, name)

    def _note(self, path: str, saved: Any, replayed: Any, excused_by: str | None) -> None:
        if excused_by is None:
            return
        if not excused_by and path.startswith(self._themes) and self._themes:
            excused_by = "template"
        mark: Mark = "excused" if excused_by and self._settings.allows(excused_by) else "changed"
        if mark == "changed":
            self._changed += 1
        else:
            self._names.add(excused_by)
        if len(self._changes) < _MOST_CHANGES or (mark == "changed" and self._changed == 1):
            self._changes.append(ValueChange(path, _json(saved), _json(replayed), mark))


def _same_to_a_chart(saved: str, replayed: str) -> bool:
    colours = plain_colour(saved), plain_colour(replayed)
    return colours[0] is not None and colours[0] == colours[1]


def _moment(text: str) -> str | None:
    """A date or time without what is zero at its end; None if the text is none."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|\+00:00)?)?", text)
    if match is None:
        return None
    fraction = (match[4] or "").rstrip("0").rstrip(".")
    clock = f"{match[2] or '00:00'}{match[3] or ':00'}{fraction}"
    return f"{match[1]} {clock}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _scale(values: list[Any]) -> float:
    floats = [abs(value) for value in values if isinstance(value, float) and abs(value) < float("inf")]
    return max(floats, default=0.0)


def _json(value: Any) -> str | None:
    if value is _MISSING:
        return None
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        text = repr(type(value))
    return text if len(text) <= 400 else text[:399] + "…"
