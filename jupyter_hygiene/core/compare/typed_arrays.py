"""Arrays that plotly stores as base64 of their bytes, as lists of numbers."""

from __future__ import annotations

import array
import base64
import binascii
import sys
from collections.abc import Mapping
from typing import Any

_CODES = {
    "i1": "b",
    "u1": "B",
    "i2": "h",
    "u2": "H",
    "i4": "i",
    "u4": "I",
    "i8": "q",
    "u8": "Q",
    "f4": "f",
    "f8": "d",
}


def decoded_array(value: Any) -> Any:
    """The list of numbers that ``{"dtype": …, "bdata": …, "shape": …}`` stands for; any other value as it is."""
    if not isinstance(value, Mapping) or not isinstance(value.get("bdata"), str):
        return value
    code = _CODES.get(str(value.get("dtype", "")).lstrip("<=|"))
    if code is None:
        return value
    try:
        numbers = array.array(code)
        numbers.frombytes(base64.b64decode(value["bdata"], validate=True))
    except (ValueError, binascii.Error):
        return value
    if sys.byteorder == "big":
        numbers.byteswap()
    return _shaped(numbers.tolist(), value.get("shape"))


def _shaped(flat: list[Any], shape: Any) -> list[Any]:
    if not isinstance(shape, str) or "," not in shape:
        return flat
    sizes = [int(part) for part in shape.split(",") if part.strip().isdigit()]
    for size in reversed(sizes[1:]):
        if size <= 0:
            return flat
        flat = [flat[start : start + size] for start in range(0, len(flat), size)]
    return flat
