"""Comparing HTML by what a reader sees of it; ids, order of attributes and neutral markup do not count."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from .evidence import Evidence
from .ids import IdNames
from .images import compare_images
from .markup import Document, Shown, cell_styles, is_broken, parse_html
from .outcome import SAME, Outcome, excuse, gravest, shortened
from .scripts import compare_renamed_scripts
from .settings import CompareSettings
from .spans import plain_difference
from .tables import compare_tables
from .text import compare_text

_LARGEST_PARSED = 1_500_000
_DEEPEST_FRAME = 3


def compare_html(
    saved: str, replayed: str, evidence: Evidence, settings: CompareSettings, depth: int = 0
) -> Outcome:
    """Compare two pieces of HTML."""
    if saved == replayed:
        return SAME
    if any(len(source) > _LARGEST_PARSED or is_broken(source) for source in (saved, replayed)):
        first, second = IdNames((), [saved]).renamed(saved), IdNames((), [replayed]).renamed(replayed)
        return SAME if first == second else compare_text(first, second, Evidence(), settings)
    documents = parse_html(saved), parse_html(replayed)
    names = tuple(IdNames(document.ids, document.scripts) for document in documents)
    outcome = gravest(
        [
            compare_tables(documents[0].tables, documents[1].tables, evidence, settings),
            compare_text(documents[0].prose, documents[1].prose, evidence, settings),
            _compare_shown(documents, (names[0], names[1]), evidence, settings, depth),
            _compare_all_scripts(documents, (names[0], names[1]), settings),
            _compare_looks(documents),
        ]
    )
    if outcome.verdict == "same" and _sizes(saved) != _sizes(replayed):
        if not settings.allows("image-size"):
            return Outcome("changed", "it has another size", difference=plain_difference(saved, replayed))
        return Outcome("cosmetic", excuse({"image-size"}), frozenset({"image-size"}))
    if outcome.verdict == "same" and documents[0].emphasis != documents[1].emphasis:
        if not settings.allows("markup"):
            return Outcome("changed", "the markup differs", difference=plain_difference(saved, replayed))
        return Outcome("cosmetic", excuse({"markup"}), frozenset({"markup"}))
    return outcome


def _sizes(source: str) -> list[list[tuple[str, str]]]:
    """The sizes that pictures, players and frames are given."""
    tags = re.findall(r"(?i)<(?:iframe|img|video|embed|object|audio)\b([^<>]{0,2000})", source)
    return [sorted(re.findall(r"(?i)\b(width|height)=[\"']?([\d.%]{1,12})", tag)) for tag in tags]


Documents = tuple[Document, Document]
Names = tuple[IdNames, IdNames]


def _compare_all_scripts(documents: Documents, names: Names, settings: CompareSettings) -> Outcome:
    sides = [
        [names[side].renamed(script) for script in documents[side].scripts if script.strip()]
        for side in (0, 1)
    ]
    if sides[0] == sides[1]:
        return SAME
    if len(sides[0]) != len(sides[1]):
        texts = "\n".join(sides[0]), "\n".join(sides[1])
        return Outcome("changed", "there are other scripts", difference=plain_difference(*texts))
    return gravest(
        compare_renamed_scripts(first, second, settings) for first, second in zip(*sides, strict=True)
    )


def _compare_shown(
    documents: Documents, names: Names, evidence: Evidence, settings: CompareSettings, depth: int
) -> Outcome:
    sides = documents[0].shown, documents[1].shown
    if [(item.tag, item.attribute) for item in sides[0]] != [(item.tag, item.attribute) for item in sides[1]]:
        texts = _listed(sides[0]), _listed(sides[1])
        return Outcome("changed", "links, pictures or fields differ", difference=plain_difference(*texts))
    outcomes: list[Outcome] = []
    for before, after in zip(*sides, strict=True):
        if before.value == after.value:
            continue
        first, second = names[0].renamed(before.value), names[1].renamed(after.value)
        if first != second:
            outcomes.append(_compare_attribute(before, after, (first, second), evidence, settings, depth))
    return gravest(outcomes)


def _compare_attribute(
    saved: Shown,
    replayed: Shown,
    renamed: tuple[str, str],
    evidence: Evidence,
    settings: CompareSettings,
    depth: int,
) -> Outcome:
    values = saved.value, replayed.value
    if all(value.startswith("data:image/") and "svg" not in value[:30] for value in values):
        return compare_images(values[0].partition(",")[2], values[1].partition(",")[2], settings)
    frames = _frame(saved), _frame(replayed)
    if frames[0] is not None and frames[1] is not None and depth < _DEEPEST_FRAME:
        return compare_html(frames[0], frames[1], evidence, settings, depth + 1)
    outcome = compare_text(*renamed, evidence, settings)
    if outcome.verdict == "changed":
        summary = (
            f"{saved.attribute} of <{saved.tag}> differs: {shortened(values[0])} → {shortened(values[1])}"
        )
        return Outcome("changed", summary, outcome.normalised, outcome.difference)
    return outcome


def _frame(item: Shown) -> str | None:
    """The HTML document that an attribute holds, if it holds one."""
    if item.attribute == "srcdoc":
        return item.value
    match = re.match(r"data:text/html;(?:charset=[\w-]+;)?base64,", item.value)
    if match is None:
        return None
    try:
        return base64.b64decode(item.value[match.end() :], validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return None


def _listed(items: Sequence[Shown]) -> str:
    return "\n".join(f"<{item.tag}> {item.attribute}: {shortened(item.value, 200)}" for item in items)


def _compare_looks(documents: Documents) -> Outcome:
    styles = cell_styles(documents[0].styles), cell_styles(documents[1].styles)
    looks = documents[0].looks, documents[1].looks
    if looks[0] != looks[1]:
        texts = "\n".join(looks[0]), "\n".join(looks[1])
        return Outcome("changed", "colours or weights differ", difference=plain_difference(*texts))
    if styles[0] != styles[1]:
        place = next(
            key for key in sorted({*styles[0], *styles[1]}) if styles[0].get(key) != styles[1].get(key)
        )
        texts_of_cell = [
            "; ".join(f"{name}: {value}" for name, value in side.get(place, [])) or "none" for side in styles
        ]
        summary = f"the styling of {place.replace('_', ', ')} differs"
        return Outcome("changed", summary, difference=plain_difference(texts_of_cell[0], texts_of_cell[1]))
    return SAME
