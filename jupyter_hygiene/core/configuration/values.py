"""Reading single values of settings: what each may be, said in words where it is something else."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..own_patterns import Pattern, is_kind, problem_of

# Turns what was written (JSON or TOML) into the value that it stands for.
Reader = Callable[[Any], Any]


class Unfit(ValueError):
    """A value is none that the key can have. The message completes "KEY …", or what comes before its colon."""


def number(at_least: float, at_most: float = math.inf) -> Reader:
    def read(raw: Any) -> float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not at_least <= raw <= at_most:
            raise Unfit(f"must be a number {_range(at_least, at_most)}, not {_shown(raw)}")
        try:
            value = float(raw)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise Unfit(f"must be a number {_range(at_least, at_most)}, not {_shown(raw)}")
        return value

    return read


def whole(at_least: int, at_most: int) -> Reader:
    def read(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not at_least <= raw <= at_most:
            raise Unfit(f"must be a whole number from {at_least} to {at_most}, not {_shown(raw)}")
        return raw

    return read


def flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Unfit(f"must be true or false, not {_shown(raw)}")
    return raw


def text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Unfit(f"must be a text, not {_shown(raw)}")
    return raw


def choice(*names: str) -> Reader:
    def read(raw: Any) -> str:
        if raw not in names:
            raise Unfit(f"must be {' or '.join(repr(name) for name in names)}, not {_shown(raw)}")
        return str(raw)

    return read


def texts(raw: Any) -> list[str]:
    """One text or a list of them."""
    listed = [raw] if isinstance(raw, str) else raw
    if not isinstance(listed, list) or not all(isinstance(item, str) and item.strip() for item in listed):
        raise Unfit(f"must be a text or a list of texts, not {_shown(raw)}")
    return listed


def tags(raw: Any) -> frozenset[str]:
    return frozenset(texts(raw))


def normalisers(raw: Any) -> frozenset[str]:
    """Names of normalisers."""
    from ..compare.settings import NORMALISERS  # the rules of comparison are slow to read in

    names = texts(raw)
    known = [name for name in NORMALISERS if name != "ignored-output"]
    for name in names:
        if name not in known:
            raise Unfit(f"names no normaliser: {name!r}{suggestion(name, known)}")
    return frozenset(names)


def rules(raw: Any) -> frozenset[str]:
    """Hygiene rules, or families of them."""
    return frozenset(rules_in_order(raw))


def rules_in_order(raw: Any) -> tuple[str, ...]:
    from ..hygiene.selection import NAMES  # reads all rules in

    names = texts(raw)
    for name in names:
        if name not in NAMES:
            raise Unfit(f"names no hygiene rule: {name!r}{suggestion(name, NAMES)}")
    return tuple(names)


_PATTERN_KEYS = ("name", "regex", "replace", "only")
# Each is carried out on every output that differs.
MOST_PATTERNS = 100


def patterns(raw: Any) -> tuple[Pattern, ...]:
    """A list of patterns, each ``{name, regex, replace?, only?}``."""
    if not isinstance(raw, list):
        raise Unfit("must be a list of patterns, each with a name and a regex")
    if len(raw) > MOST_PATTERNS:
        raise Unfit(f"must be a list of at most {MOST_PATTERNS} patterns, not of {len(raw)}")
    found = tuple(_pattern(item, f"pattern {number}") for number, item in enumerate(raw, start=1))
    names = [pattern.name for pattern in found]
    for name in names:
        if names.count(name) > 1:
            raise Unfit(f": there are two of the name {name!r}")
    return found


def _pattern(raw: Any, which: str) -> Pattern:
    if not isinstance(raw, Mapping):
        raise Unfit(f"must be a list of patterns, each with a name and a regex; {which} is {_shown(raw)}")
    for key in raw:
        if key not in _PATTERN_KEYS:
            raise Unfit(f": {which} has an unknown key {key!r}{suggestion(key, _PATTERN_KEYS)}")
    for key in ("name", "regex"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise Unfit(f": {which} must have a {key} (a text)")
    name = raw["name"].strip()
    replace = raw.get("replace")
    if replace is not None and not isinstance(replace, str):
        raise Unfit(f": {name!r} must have a text as replace, not {_shown(replace)}")
    only = texts(raw.get("only", []))
    for kind in only:
        if not is_kind(kind):
            raise Unfit(
                f": {name!r} is limited to {kind!r}; outputs are of the kind stdout, stderr, error, "
                "or a MIME type such as text/html"
            )
    return usable(Pattern(name, raw["regex"], replace, frozenset(only)), f": {name!r}")


def usable(pattern: Pattern, which: str) -> Pattern:
    """The pattern, if it can be used.

    Raises:
        Unfit: its regular expression is none, or matches everywhere; or its replacement does not fit.
    """
    problem = problem_of(pattern)
    if problem is not None:
        raise Unfit(f"{which} cannot be used: {problem}")
    return pattern


def suggestion(name: Any, known: Iterable[str]) -> str:
    """A sentence that names the nearest of the known names, or all of them where none is near."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(str(name).lower().replace("_", "-"), names, n=1, cutoff=0.55)
    if close:
        return f". Did you mean {close[0]!r}?"
    return f". There are: {', '.join(names)}."


def _range(at_least: float, at_most: float) -> str:
    if at_most == math.inf:
        return f"of {at_least:g} or more"
    return f"from {at_least:g} to {at_most:g}"


def _shown(raw: Any) -> str:
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    written = repr(raw)
    return written if len(written) <= 60 else written[:59] + "…"
