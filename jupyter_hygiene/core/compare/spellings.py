"""The same written differently: plus-minus, micro, quotes, units of time, aliases of frequency and dtype."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .tokens import Token

_SIGNS = {
    **dict.fromkeys(("±", "+/-", "+-"), "±"),
    **dict.fromkeys(("×", "x"), "×"),
    **dict.fromkeys(("‘", "’", "ʼ", "´", "`", "'"), "'"),
    **dict.fromkeys(("“", "”", "„", '"'), '"'),
    **dict.fromkeys(("–", "—", "‐", "‑", "−", "-"), "-"),
    **dict.fromkeys(("…", "..."), "..."),
    **dict.fromkeys(("→", "->"), "->"),
    **dict.fromkeys(("≤", "<="), "<="),
    **dict.fromkeys(("≥", ">="), ">="),
}
_MICRO = {
    f"{sign}{unit}": f"µ{unit}" for sign in "uµμ" for unit in ("s", "m", "g", "l", "L", "A", "V", "W", "F")
}
# Behind a number.
_UNITS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("ms", "msec", "msecs", "milliseconds"), "ms"),
    **dict.fromkeys(("usec", "microseconds", "us", "µs", "μs"), "µs"),
    **dict.fromkeys(("ns", "nsec", "nanoseconds"), "ns"),
}
_CLASSES = {
    "DeviceArray": "Array",
    "Array": "Array",
    "WindowsPath": "Path",
    "PosixPath": "Path",
    "PureWindowsPath": "PurePath",
    "PurePosixPath": "PurePath",
}
_FREQUENCIES = (
    "M ME", "Q QE", "A Y YE", "AS YS", "BM BME", "BQ BQE", "BA BY BYE", "BAS BYS", "SM SME", "CBM CBME", "H h",
    "BH bh", "CBH cbh", "T min", "S s", "L ms", "U us", "N ns",
)  # fmt: skip
_FREQUENCY = {alias: names.split()[0] for names in _FREQUENCIES for alias in names.split()}
_DTYPES = {
    "M8": "datetime64", "m8": "timedelta64", "f8": "float64", "f4": "float32", "f2": "float16", "i8": "int64",
    "i4": "int32", "i2": "int16", "i1": "int8", "u8": "uint64", "u4": "uint32", "u2": "uint16", "u1": "uint8",
    "b1": "bool", "c8": "complex64", "c16": "complex128",
}  # fmt: skip


def excused_by(saved: Token, replayed: Token, before: Sequence[Token]) -> str | None:
    """The normaliser under which two unequal tokens are the same in another spelling; None if they are not.

    ``before``: the tokens in front of the saved one, the nearest last.
    """
    first, second = saved.text, replayed.text
    if {saved.kind, replayed.kind} <= {"mark", "sign", "rule", "word"}:
        if first in _SIGNS and _SIGNS[first] == _SIGNS.get(second):
            return "spelling"
        if {first, second} <= {"\\\\", "\\", "/"}:
            return "machine-path"
    if saved.kind != "word" or replayed.kind != "word":
        return None
    if first in _CLASSES and _CLASSES[first] == _CLASSES.get(second):
        return "machine-path" if first.endswith("Path") else "library-repr"
    if first in _MICRO and _MICRO[first] == _MICRO.get(second):
        return "spelling"
    if before and before[-1].kind == "number" and first in _UNITS and _UNITS[first] == _UNITS.get(second):
        return "spelling"
    if _dtype(first) and _dtype(first) == _dtype(second):
        return "library-repr"
    if any(token.text in {"freq", "Freq", "period", "freqstr"} for token in before):
        frequencies = _frequency(first), _frequency(second)
        if frequencies[0] and frequencies[0] == frequencies[1]:
            return "library-repr"
    return None


def _frequency(text: str) -> tuple[str, str] | None:
    match = re.fullmatch(r"(\d{0,4})([A-Za-z]{1,4})", text)
    return (match[1], _FREQUENCY[match[2]]) if match and match[2] in _FREQUENCY else None


def _dtype(text: str) -> str:
    return _DTYPES.get(text.lstrip("<>|="), "") or (text if text in _DTYPES.values() else "")


def ungrouped(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the commas between thousands taken out of numbers that stand outside brackets."""
    found: list[Token] = []
    depth = 0
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "mark":
            depth += (token.text in "[{") - (token.text in "]}")
        end = _grouped(tokens, place) if depth <= 0 and token.kind == "number" else place + 1
        if end - place > 1:
            text = "".join(part.text for part in tokens[place:end] if part.text != ",")
            token = token._replace(text=text, end=tokens[end - 1].end)
        found.append(token)
        place = end
    return found


def _touches_comma(tokens: Sequence[Token], place: int, beside: int) -> bool:
    """Whether a comma stands at a place, right beside another token and no blank on its far side."""
    if not 0 <= place < len(tokens) or tokens[place].text != ",":
        return False
    far = place + (place - beside)
    if not 0 <= far < len(tokens):
        return True
    first, second = sorted((tokens[place], tokens[far]), key=lambda token: token.start)
    return first.end == second.start


def _grouped(tokens: Sequence[Token], place: int) -> int:
    """Where the number ends whose groups of three digits begin here."""
    end = place + 1
    if not re.fullmatch(r"[+\-−]?[1-9]\d{0,2}", tokens[place].text):
        return end
    behind = tokens[place - 1].text if place else ""
    while end + 1 < len(tokens):
        comma, group = tokens[end], tokens[end + 1]
        if comma.text != "," or comma.start != tokens[end - 1].end or group.start != comma.end:
            break
        if group.kind != "number" or not re.fullmatch(r"\d{3}(?:\.\d+)?", group.text):
            break
        end += 2
        if "." in group.text:
            break
    if _touches_comma(tokens, place - 1, place) or _touches_comma(tokens, end, end - 1):
        return place + 1  # a line of values that commas part
    # In parentheses it may be a tuple of two.
    closes = tokens[end].text if end < len(tokens) else ""
    return place + 1 if behind == "(" and closes == ")" else end
