"""Comparing SVG by its drawing: ids, metadata and the writing of numbers do not count, coordinates do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from .colours import with_plain_colours
from .evidence import Evidence
from .ids import IdNames
from .markup import declarations, is_broken, without_tags
from .numbers import value_of
from .outcome import Outcome, excuse, gravest, shortened
from .picture_links import with_named_pictures
from .settings import CompareSettings
from .spans import plain_difference
from .text import compare_text

_SKIPPED = frozenset({"metadata", "desc"})
# Names of nodes that are addresses or ids of objects.
_OBJECT = re.compile(r"\b(?:0x[0-9a-f]{6,16}|\d{9,20})\b")
_COLOURS = frozenset({"fill", "stroke", "stop-color", "color", "flood-color"})
# What these are where nothing is said of them.
_INITIAL = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "stop-opacity": "1",
    "fill-rule": "nonzero",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "font-style": "normal",
    "font-weight": "normal",
    "visibility": "visible",
}
_UNSEEN_ATTRIBUTES = ("xmlns", "data-", "class", "version", "xml:")


@dataclass
class _Shape:
    tag: str
    attributes: dict[str, str]


@dataclass
class _Drawing:
    shapes: list[_Shape] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # tooltips
    styles: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def compare_svg(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two SVG documents."""
    drawings = _drawing(with_named_pictures(saved)), _drawing(with_named_pictures(replayed))
    _drop_initial_values(drawings)
    texts = "\n".join(drawings[0].texts), "\n".join(drawings[1].texts)
    labels = compare_text(*texts, evidence, settings)
    if labels.verdict == "changed":
        return Outcome("changed", f"a label differs: {labels.summary}", labels.normalised, labels.difference)
    names = IdNames(drawings[0].ids), IdNames(drawings[1].ids)
    titles = [_plain_titles(drawing, side) for drawing, side in zip(drawings, names, strict=True)]
    if all(titles):
        tips = compare_text(titles[0], titles[1], evidence, settings)
        if tips.verdict == "changed":
            return Outcome("changed", f"a tooltip differs: {tips.summary}", tips.normalised, tips.difference)
        labels = gravest([labels, tips])
    shapes = drawings[0].shapes, drawings[1].shapes
    if [shape.tag for shape in shapes[0]] != [shape.tag for shape in shapes[1]]:
        counts = f"{len(shapes[0])} → {len(shapes[1])} elements"
        return Outcome("changed", f"the drawing has other shapes ({counts})", labels.normalised)
    noisy = False
    for before, after in zip(*shapes, strict=True):
        for key in sorted({*before.attributes, *after.attributes}):
            first, second = before.attributes.get(key), after.attributes.get(key)
            if first == second:
                continue
            if first is not None and second is not None:
                distance = _distance(names[0].renamed(first), names[1].renamed(second))
            else:
                distance = None
            if distance is None or distance > settings.coordinate_tolerance:
                values = shortened(first or "none", 40), shortened(second or "none", 40)
                summary = f"{key} of a <{before.tag}> differs: {values[0]} → {values[1]}"
                return Outcome("changed", summary, difference=plain_difference(first or "", second or ""))
            noisy = noisy or distance > 0
    if [names[0].renamed(style) for style in drawings[0].styles] != [
        names[1].renamed(style) for style in drawings[1].styles
    ]:
        return Outcome("changed", "the styles of the drawing differ", labels.normalised)
    if not noisy:
        return labels
    if not settings.allows("float-tolerance"):
        return Outcome("changed", "coordinates differ slightly", labels.normalised)
    excuses = labels.normalised | {"float-tolerance"}
    return Outcome("cosmetic", excuse(excuses), excuses, labels.difference)


def _plain_titles(drawing: _Drawing, names: IdNames) -> str:
    """The tooltips, with a sign for ids of objects that are numbered in order of appearance."""
    seen: dict[str, str] = {}
    titles = names.renamed("\n".join(drawing.titles))
    return _OBJECT.sub(lambda match: seen.setdefault(match.group(), f"object{len(seen)}"), titles)


def _drawing(source: str) -> _Drawing:
    reader = _Reader()
    try:
        if is_broken(source):
            reader.drawing.texts.append(without_tags(source))
        else:
            reader.feed(source)
            reader.close()
    except (AssertionError, ValueError):  # html.parser gives up on some malformed declarations
        reader.drawing.texts.append(without_tags(source))
    return reader.drawing


def _drop_initial_values(drawings: tuple[_Drawing, _Drawing]) -> None:
    """Forget attributes that say what holds anyway, unless something in the drawing says otherwise."""
    shapes = [shape for drawing in drawings for shape in drawing.shapes]
    for name, initial in _INITIAL.items():
        values = {shape.attributes[name] for shape in shapes if name in shape.attributes}
        if values == {initial}:
            for shape in shapes:
                shape.attributes.pop(name, None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.drawing = _Drawing()
        self._skipped = 0
        self._in_style = False
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        if self._skipped:
            return
        if tag == "title":
            self._in_title = True
            return
        self._in_style = tag == "style"
        shown: dict[str, str] = {}
        styled: dict[str, str] = {}
        for name, value in attrs:
            if name == "id":
                self.drawing.ids.append(value or "")
            elif name == "style":
                styled.update(declarations(value or ""))
            elif not name.startswith(_UNSEEN_ATTRIBUTES):
                flat = " ".join((value or "").split())
                shown[name.removeprefix("xlink:")] = with_plain_colours(flat) if name in _COLOURS else flat
        shown.update(styled)  # a declaration wins over an attribute of the same name
        self.drawing.shapes.append(_Shape(tag, shown))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SKIPPED:
            self._skipped -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED and self._skipped:
            self._skipped -= 1
        if tag == "style":
            self._in_style = False
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self._in_title and not self._skipped:
            self.drawing.titles.append(text)
        elif text and not self._skipped:
            (self.drawing.styles if self._in_style else self.drawing.texts).append(text)


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w#-])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|(?<=[MmLlHhVvCcSsQqTtAaZz\d])-?"
        r"(?:\d+\.?\d*|\.\d+)"
    )


def _distance(saved: str, replayed: str) -> float | None:
    """How far the numbers in two attribute values are apart at most; None if the rest of them differs."""
    if saved == replayed:
        return 0.0
    numbers = _number().findall(saved), _number().findall(replayed)
    if len(numbers[0]) != len(numbers[1]):
        return None
    rests = [re.sub(r"[\s,]+", "", _number().sub("#", value)) for value in (saved, replayed)]
    if rests[0] != rests[1]:
        return None
    gaps = [abs(value_of(first) - value_of(second)) for first, second in zip(*numbers, strict=True)]
    return max(gaps, default=0.0)
