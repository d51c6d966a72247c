"""Reading JSON text in pieces: reading megabytes at once keeps every other thread waiting, the event loop's too.

The standard library's scanner lets no other thread run until it has read the whole. Here it is given what is small,
and what is large is taken apart around it.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from .background import in_the_background, uncollected

# What is shorter is read at once, in bytes.
_SMALL = 1_000_000
_DECODED_AT_ONCE = 1_000_000
# How much of an array or object is tried at once, first and then, before it is taken apart, in characters.
_TRIED = (4_096, 65_536)
_SPACE = re.compile(r"[ \t\n\r]*")
# Where a list may be cut, if what is before is whole.
_ENDS = ("", "}", "]", '"')
# After no cut was found, so many elements are read one by one before the next is sought.
_ONE_BY_ONE = 256


def parse_json(content: bytes) -> Any:
    """What JSON text says: what ``json.loads`` makes of it, but for ``NaN`` and the infinities.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply to be read.
    """
    encoding = json.detect_encoding(content)
    if len(content) <= _SMALL:
        return json.loads(content.decode(encoding, "surrogatepass"), parse_constant=_refuse)
    text = "".join(_decoded(content, encoding))
    with in_the_background(), uncollected():
        value, end = _value(text, _skip(text, 0))
    if _skip(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def is_small(content: bytes) -> bool:
    """Whether JSON text is read in so short a time that it may be read on the event loop."""
    return len(content) <= _SMALL


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_decoder = json.JSONDecoder(parse_constant=_refuse)


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    for start in range(0, len(content), _DECODED_AT_ONCE):
        yield decoder.decode(content[start : start + _DECODED_AT_ONCE])
    yield decoder.decode(b"", final=True)


def _value(text: str, start: int) -> tuple[Any, int]:
    """The value that begins at ``start``, and where it ends."""
    opening = text[start : start + 1]
    if opening not in ("[", "{"):
        return _decoder.raw_decode(text, start)
    for size in _TRIED:
        try:
            value, length = _decoder.raw_decode(text[start : start + size])
        except ValueError:  # it is longer, or wrong: which of the two comes to light in its parts
            continue
        return value, start + length
    return _array(text, start) if opening == "[" else _object(text, start)


def _array(text: str, start: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    place = _skip(text, start + 1)
    if text[place : place + 1] == "]":
        return found, place + 1
    look_again = 0
    while True:
        if len(found) >= look_again:
            several, place = _several(text, place)
            found.extend(several)
            look_again = len(found) + (0 if several else _ONE_BY_ONE)
        value, place = _value(text, place)
        found.append(value)
        place, is_last = _behind(text, place, "]")
        if is_last:
            return found, place


def _several(text: str, start: int) -> tuple[list[Any], int]:
    """As many elements of a list as are read at once, if such are found; and where the next one begins.

    What is read as a list is one, whole, up to the comma: its beginning leaves no other way to read it.
    """
    for end in _ENDS:
        comma = text.rfind(f"{end},", start, start + _TRIED[-1])
        if comma - start > _TRIED[0]:
            comma += len(end)
            try:
                return _decoder.decode(f"[{text[start:comma]}]"), _skip(text, comma + 1)
            except ValueError:
                continue
    return [], start


def _object(text: str, start: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    place = _skip(text, start + 1)
    if text[place : place + 1] == "}":
        return found, place + 1
    while True:
        if text[place : place + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, place)
        name, place = _decoder.raw_decode(text, place)
        place = _skip(text, place)
        if text[place : place + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", text, place)
        found[name], place = _value(text, _skip(text, place + 1))
        place, is_last = _behind(text, place, "}")
        if is_last:
            return found, place


def _behind(text: str, place: int, closing: str) -> tuple[int, bool]:
    """Behind an element: where the next one begins; or where the whole ends, if it was the last."""
    place = _skip(text, place)
    mark = text[place : place + 1]
    if mark == closing:
        return place + 1, True
    if mark != ",":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, place)
    return _skip(text, place + 1), False


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
