"""Reprs that releases of Python and scikit-learn write in different shapes, brought to one shape."""

from __future__ import annotations

from collections.abc import Sequence

from .containers import Group, parts_of, tree_of
from .estimator_defaults import is_default, is_estimator
from .settings import CompareSettings
from .tokens import Token

_SHAPED = frozenset({"OrderedDict", "set", "frozenset"})


def reshaped(
    saved: Sequence[Token], replayed: Sequence[Token], settings: CompareSettings
) -> tuple[list[Token], list[Token]] | None:
    """Both token lists in one shape; None if they are in one already."""
    if not settings.allows("library-repr"):
        return None
    names = {token.text for token in saved if token.kind == "word"}
    names |= {token.text for token in replayed if token.kind == "word"}
    if not any(_may_differ(name) for name in names):
        return None
    trees = tree_of(saved), tree_of(replayed)
    if trees[0] is None or trees[1] is None:
        return None
    _with_braces(trees[0])
    _with_braces(trees[1])
    calls = _arguments(trees[0]), _arguments(trees[1])
    if [name for name, _ in calls[0]] != [name for name, _ in calls[1]]:
        return None
    for (name, first), (_, second) in zip(*calls, strict=True):
        if name == "OrderedDict":
            for group in (first, second):
                _as_mapping(group)
        elif _is_result(name):
            _with_common_fields(first, second)
        else:
            kept = _keywords(first), _keywords(second)
            _without_defaults(name, first, kept[1])
            _without_defaults(name, second, kept[0])
    sides = _flat(trees[0]), _flat(trees[1])
    return None if sides == (list(saved), list(replayed)) else sides


def _may_differ(name: str) -> bool:
    return name in _SHAPED or is_estimator(name) or _is_result(name)


def _is_result(name: str) -> bool:
    """Whether this is the name of a tuple in which a library hands out a result, as LinregressResult."""
    return name.endswith("Result") and name[0].isupper()


def _with_common_fields(first: Group, second: Group) -> None:
    """Take away the fields at the end that only a newer release of the library has."""
    names = [[_keyword(part) for part in parts_of(group[1:-1])] for group in (first, second)]
    longer, count = (first, len(names[1])) if len(names[0]) > len(names[1]) else (second, len(names[0]))
    same = names[0][:count] == names[1][:count]
    if not same or not all(names[0] + names[1]) or count < 2 or len(names[0]) == len(names[1]):
        return
    comma = next(item for item in longer[1:-1] if isinstance(item, Token) and item.text == ",")
    body: Group = []
    for part in parts_of(longer[1:-1])[:count]:
        if body:
            body.append(comma)
        body.extend(part)
    longer[1:-1] = body


def _with_braces(tree: Group) -> None:
    """Write ``set([…])`` as ``{…}`` and ``frozenset([…])`` as ``frozenset({…})``, as Python 3 does."""
    for place, item in enumerate(tree):
        if isinstance(item, Token):
            continue
        before = tree[place - 1] if place else None
        name = before.text if isinstance(before, Token) else ""
        inner = item[1] if len(item) == 3 else None
        if (
            name in {"set", "frozenset"}
            and inner is not None
            and not isinstance(inner, Token)
            and _opening(inner) == "["
        ):
            opening, closing = inner[0], inner[-1]
            if isinstance(opening, Token) and isinstance(closing, Token) and len(inner) > 2:
                inner[0], inner[-1] = opening._replace(text="{"), closing._replace(text="}")
                if name == "set":
                    tree[place - 1 : place + 1] = [inner]
                    return _with_braces(tree)
        _with_braces(item)
    return None


def _arguments(tree: Group) -> list[tuple[str, Group]]:
    """The bracketed arguments of every call that may need another shape, innermost last."""
    found: list[tuple[str, Group]] = []
    before = ""
    for item in tree:
        if isinstance(item, Token):
            before = item.text if item.kind == "word" else ""
            continue
        if (before == "OrderedDict" or is_estimator(before) or _is_result(before)) and _opening(item) == "(":
            found.append((before, item))
        found.extend(_arguments(item))
        before = ""
    return found


def _opening(group: Group) -> str:
    first = group[0] if group else None
    return first.text if isinstance(first, Token) else ""


def _keywords(group: Group) -> set[str]:
    return {name for part in parts_of(group[1:-1]) if (name := _keyword(part))}


def _keyword(part: Group) -> str:
    if len(part) > 2 and isinstance(part[0], Token) and isinstance(part[1], Token) and part[1].text == "=":
        return part[0].text
    return ""


def _without_defaults(name: str, group: Group, elsewhere: set[str]) -> None:
    """Take away the arguments that the other side leaves out, if they are defaults."""
    kept = [
        part
        for part in parts_of(group[1:-1])
        if not (key := _keyword(part))
        or key in elsewhere
        or not is_default(name, key, "".join(token.text for token in _flat(part[2:])))
    ]
    comma = next((item for item in group[1:-1] if isinstance(item, Token) and item.text == ","), None)
    body: Group = []
    for part in kept:
        if body and comma is not None:
            body.append(comma)
        body.extend(part)
    group[1:-1] = body


def _as_mapping(group: Group) -> None:
    """Turn ``([(key, value), …])`` into ``({key: value, …})``, as Python 3.12 writes it."""
    if len(group) != 3 or isinstance(group[1], Token) or _opening(group[1]) != "[":
        return
    pairs = parts_of(group[1][1:-1])
    if not all(
        len(pair) == 1 and not isinstance(pair[0], Token) and _opening(pair[0]) == "(" for pair in pairs
    ):
        return
    place = group[1][0]
    assert isinstance(place, Token)
    body: Group = [place._replace(kind="mark", text="{")]
    for number, pair in enumerate(pairs):
        inner = pair[0]
        assert not isinstance(inner, Token)
        halves = parts_of(inner[1:-1])
        if len(halves) != 2:
            return
        if number:
            body.append(place._replace(kind="mark", text=","))
        body.extend([*halves[0], place._replace(kind="mark", text=":"), *halves[1]])
    group[1] = [*body, place._replace(kind="mark", text="}")]


def _flat(group: Group) -> list[Token]:
    flat: list[Token] = []
    for item in group:
        if isinstance(item, Token):
            flat.append(item)
        else:
            flat.extend(_flat(item))
    return flat
