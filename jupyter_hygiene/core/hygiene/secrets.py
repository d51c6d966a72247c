"""Secrets in what a notebook's cells say and show.

Texts are searched for a few words first, which costs next to nothing; only around those are detectors let loose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ..notebook import Cell, Output
from . import secret_shapes as shapes
from .fixes import ClearOutputs, Fix
from .model import Hit
from .page import Page

_TABLE = 'class="dataframe"'
_AROUND = 200
_MOST = 2000  # places of a kind to look at in one notebook
_BEGINNING, _END = 80_000, 20_000  # of a text that is longer: what is in between is a library, or data


@dataclass(frozen=True)
class Secret:
    """A secret in a text, and where."""

    what: str  # in words
    value: str
    start: int


def secrets(page: Page) -> Iterator[Hit]:
    cells = page.notebook.cells
    for cell, secret in _in_all([(cell, cell.source) for cell in cells], is_code=True):
        line_start = cell.source.rfind("\n", 0, secret.start) + 1
        yield Hit(
            f"{_said(secret)} stands in the {'code' if cell.is_code else 'text'}. Whoever gets the notebook can use "
            "it: withdraw it, and read a new one from the environment.",
            cell.id,
            cell.source.count("\n", 0, secret.start) + 1,
            secret.start - line_start + 1,
        )
    shown = [(cell, text) for cell in cells if cell.outputs for text in _texts(cell)]
    for cell, secret in _in_all(shown, is_code=False):
        yield Hit(
            f"{_said(secret)} stands in the output. Whoever gets the notebook can use it: withdraw it, and clear "
            "the output.",
            cell.id,
            fixes=(Fix("Clear the outputs of the cell", (ClearOutputs(cell.id),)),),
            in_output=True,
        )


def _in_all(texts: list[tuple[Cell, str]], *, is_code: bool) -> Iterator[tuple[Cell, Secret]]:
    """The secrets in many texts, each of them once a cell. They are searched in one go, which is much faster."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for _, text in texts:
        starts.append(length)
        if len(text) > _BEGINNING + _END:
            text = text[:_BEGINNING] + "\n" + text[-_END:]
        parts.append(text)
        length += len(text) + 1
    told: set[tuple[str, str]] = set()
    for secret in found_in("\n".join(parts), is_code=is_code):
        index = bisect_right(starts, secret.start) - 1
        cell = texts[index][0]
        if (cell.id, secret.value) not in told:
            told.add((cell.id, secret.value))
            yield cell, replace(secret, start=secret.start - starts[index])


def _said(secret: Secret) -> str:
    """A secret in words, which must not give it away."""
    return secret.what[0].upper() + secret.what[1:]


def found_in(text: str, *, is_code: bool = True) -> list[Secret]:
    """The secrets in a text."""
    lowered = text.lower()
    telling = [place for word in shapes.TELLING if word in lowered for place in _places(lowered, word)]
    places = [place for mark in shapes.MARKS if mark in text for place in _places(text, mark)]
    for run in shapes.RUNS:
        places += [_start_of_word(text, match.start()) for match in islice(run.finditer(text), _MOST)]
    places = [place for place in places if shapes.TOKEN.match(text, place)]
    windows = _windows(text, places + [place for place in telling if _is_near_phrase(text, place)])
    if "@" in text and "://" in text:
        windows += _windows(text, [match.start() for match in islice(shapes.ADDRESS.finditer(text), _MOST)])
    found = _known(text, windows) if windows else []
    for secret in (*_assigned(text, telling, is_code), *_pairs(text)):
        if not any(_overlap(secret, other) for other in found):
            found.append(secret)
    return sorted(found, key=lambda secret: secret.start)


def _places(text: str, word: str) -> Iterator[int]:
    start = -1
    for _ in range(_MOST):
        start = text.find(word, start + 1)
        if start < 0:
            return
        yield start


def _start_of_word(text: str, place: int) -> int:
    least = max(0, place - _AROUND)
    while place > least and (text[place - 1].isalnum() or text[place - 1] in "_-"):
        place -= 1
    return place


def _is_near_phrase(text: str, place: int) -> bool:
    start, end = max(0, place - _AROUND // 4), place + _AROUND
    if "PRIVATE KEY" in text[start:end]:
        return True
    return bool(shapes.LONG.search(text, start, end)) and bool(shapes.PHRASE.search(text, start, end))


def _windows(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The pieces of the text around some places, each of them once."""
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - _AROUND), min(len(text), place + 2 * _AROUND)
        if windows and start < windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _known(text: str, windows: list[tuple[int, int]]) -> list[Secret]:
    """The secrets whose kind shows."""
    from .secret_detectors import known_shapes

    found: list[Secret] = []
    for start, end in windows[:_MOST]:
        for what, value, offset in known_shapes(text[start:end]):
            if not _is_placeholder(what, value):
                said = what if "address" in what or "private key" in what else f"{what} (`{_first(value)}…`)"
                found.append(Secret(said, value, start + offset))
    return found


def _is_placeholder(what: str, value: str) -> bool:
    if "address" in what:
        user, _, password = value.removeprefix("://").rstrip("@").rpartition(":")
        return (
            user == password or len(password) < 3 or bool(shapes.NOT_A_SECRET.search(password)) or "/" in user
        )
    return bool(shapes.PLACEHOLDER.search(value))


def _first(value: str) -> str:
    return value[:4] if len(value) >= 12 else ""


def _assigned(text: str, telling: list[int], is_code: bool) -> Iterator[Secret]:
    """The values that are given to names of secrets."""
    told: set[int] = set()
    for place in telling:
        match = shapes.ASSIGNED.match(text, place)
        start = _start_of_word(text, place)
        if match is None and shapes.SETS_ENVIRONMENT.search(text[max(0, start - 12) : start]):
            match = shapes.ENVIRONMENT.match(text, place)
        if match is None or match.start("value") in told:
            continue
        name = re.match(r"[\w-]+", text[start : match.end()])
        value = match["value"]
        if name is None or not shapes.NAME.search(name[0]) or shapes.NO_SECRET_NAME.search(name[0]):
            continue
        if shapes.NOT_A_SECRET.search(value):
            continue
        told.add(match.start("value"))
        line = text[max(text.rfind("\n", 0, start) + 1, start - _AROUND) : match.end()]
        if _is_secret(name[0].lower(), value, line, is_code=is_code):
            yield Secret(f"the value of `{name[0]}`", value, match.start("value"))


def _pairs(text: str) -> Iterator[Secret]:
    for word in shapes.TAKES_PAIR:
        for place in _places(text, word):
            match = shapes.PAIR.match(text, place)
            value = match["value"] if match else ""
            if match and any(sign.isdigit() for sign in value) and not shapes.NOT_A_SECRET.search(value):
                yield Secret("a password", value, match.start("value"))


def _is_secret(name: str, value: str, line: str, *, is_code: bool) -> bool:
    from .secret_detectors import entropy, is_assigned_secret

    has_digit = any(character.isdigit() for character in value)
    has_letter = any(character.isalpha() for character in value)
    if not has_letter:
        return False
    is_password = "pass" in name or "pwd" in name
    if is_password and is_code:
        has_sign = any(not character.isalnum() and character not in "_-. " for character in value)
        return has_digit or (has_sign and is_assigned_secret(line, value))
    if not has_digit:
        return False
    if is_password:
        return len(value) >= 10 and value.lower() != value
    limit = 3.5 if "token" in name or "bearer" in name or not is_code else 3.0
    return len(value) >= (20 if "token" in name else 16) and entropy(value) >= limit


def _overlap(one: Secret, other: Secret) -> bool:
    return one.start < other.start + len(other.value) and other.start < one.start + len(one.value)


def _texts(cell: Cell) -> Iterator[str]:
    for output in cell.outputs:
        yield from _texts_of(output)


def _texts_of(output: Output) -> Iterator[str]:
    if output.text:
        yield output.text
    if output.evalue:
        yield output.evalue
    if output.traceback:
        yield "\n".join(output.traceback)
    for mime, value in output.data.items():
        if isinstance(value, str):
            if mime == "text/html" and _TABLE in value[:3000] and output.data.get("text/plain"):
                continue  # pandas' plain text of a table holds what its HTML does
            if (
                not mime.startswith(("image/", "audio/", "video/", "application/pdf"))
                or mime == "image/svg+xml"
            ):
                yield value
        else:
            yield from _strings(value)


def _strings(value: object) -> Iterator[str]:
    """The texts in a JSON value."""
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if len(item) >= 16:
                yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list) and not (item and isinstance(item[0], (int, float))):
            waiting.extend(item)
