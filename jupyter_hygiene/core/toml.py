"""Reading TOML, on every Python that is supported."""

from __future__ import annotations

import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MOST_DOTS = 10_000_000


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML document.

    Raises:
        ValueError: it is none, or names keys within keys within keys. The message says where.
    """
    # The parser keeps every beginning of a dotted key: memory that grows with the square of its length.
    if sum(line.count(".") ** 2 for line in text.split("\n")) > _MOST_DOTS:
        raise ValueError("its dotted keys are nested too deeply")
    found: dict[str, Any] = tomllib.loads(text)
    return found
