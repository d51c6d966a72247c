"""Colours in one way of writing: names, short and long hexadecimal numbers, rgb()."""

from __future__ import annotations

import re
from functools import cache


@cache
def _names() -> dict[str, str]:
    try:
        from PIL.ImageColor import colormap
    except ImportError:
        return {}
    # Pillow replaces the texts by tuples as it uses them.
    return {
        name: value.lower() if isinstance(value, str) else "#" + "".join(f"{part:02x}" for part in value[:3])
        for name, value in colormap.items()
    }


@cache
def _colour() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w#&-])(?:#(?P<hex>[0-9a-f]{6}(?:ff)?|[0-9a-f]{3})(?![\w-])|rgba?\(\s*"
        r"(?P<red>\d{1,3})[\s,]+(?P<green>\d{1,3})[\s,]+"
        r"(?P<blue>\d{1,3})\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)|(?P<name>[a-z]{3,20})(?![\w-]))",
        re.IGNORECASE,
    )


def with_plain_colours(value: str) -> str:
    """A CSS value with every colour as ``#rrggbb``."""
    return _colour().sub(_plain, value) if len(value) < 10_000 else value


def plain_colour(value: str) -> str | None:
    """The colour that a whole value is, or None if it is none."""
    if len(value) > 40:
        return None
    match = _colour().fullmatch(value.strip())
    plain = _plain(match) if match else ""
    return plain if plain.startswith("#") else None


def _plain(match: re.Match[str]) -> str:
    if match["hex"]:
        digits = match["hex"].lower()
        return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits[:6])
    if match["red"]:
        return "#" + "".join(f"{min(255, int(match[part])):02x}" for part in ("red", "green", "blue"))
    return _names().get(match["name"].lower(), match["name"])
