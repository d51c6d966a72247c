"""Reading TOML, on every Python that is supported."""

from __future__ import annotations

import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML document.

    Raises:
        ValueError: it is none. The message says where.
    """
    found: dict[str, Any] = tomllib.loads(text)
    return found
