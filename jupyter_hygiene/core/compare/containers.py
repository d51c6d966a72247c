"""Collections whose order means nothing: sets and dicts in a repr, JSON objects, listings of a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .evidence import Evidence
from .settings import CompareSettings
from .tokens import Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 60
_ORDERED = frozenset({"OrderedDict"})
_KEY_VIEWS = frozenset({"dict_keys", "dict_items", "KeysView", "ItemsView"})

# How Julia prints a hash map: an entry a line.
_HASH_MAP = re.compile(r"(?m)^Dict\{[^\n]{1,200}\} with \d+ entr")

Group = list["Token | Group"]


def reordered(
    tokens: Sequence[Token], text: str, evidence: Evidence, settings: CompareSettings
) -> tuple[list[Token], frozenset[str]]:
    """The tokens with every unordered collection sorted, and the normalisers which that took."""
    names: set[str] = set()
    tree = tree_of(tokens)
    if tree is None:
        return list(tokens), frozenset()
    lists_are_sets = (evidence.listing and not evidence.is_sorted) or evidence.lists_a_set
    list_name = "listing-order" if evidence.listing else "set-order"
    if lists_are_sets and settings.allows(list_name) and not any(_opens(token) for token in tokens):
        tree = _sorted_lines(tree, text)
        names.add(list_name)
    if _HASH_MAP.search(text) and settings.allows("key-order"):
        tree = _sorted_lines(tree, text)
        names.add("key-order")
    result: list[Token] = []
    _flatten(tree, result, names, settings, list_name if lists_are_sets else "")
    return result, frozenset(names)


def _opens(token: Token) -> bool:
    return token.text in _CLOSING and token.kind == "mark"


def tree_of(tokens: Sequence[Token]) -> Group | None:
    """Nested groups, each with its opening bracket first and its closing one last; None if they do not match."""
    root: Group = []
    stack: list[Group] = [root]
    for token in tokens:
        if _opens(token):
            if len(stack) > _DEEPEST:
                return None
            group: Group = [token]
            stack[-1].append(group)
            stack.append(group)
        elif token.kind == "mark" and token.text in ")]}":
            if len(stack) == 1 or _CLOSING[_first_text(stack[-1])] != token.text:
                return None
            stack.pop().append(token)
        else:
            stack[-1].append(token)
    return root if len(stack) == 1 else None


def _first_text(group: Group) -> str:
    first = group[0]
    return first.text if isinstance(first, Token) else ""


def _flatten(
    group: Group,
    into: list[Token],
    names: set[str],
    settings: CompareSettings,
    list_name: str,
    owner: str = "",
) -> None:
    """Write a group out; ``owner`` is the word before its bracket, as in ``dict_keys([…])``."""
    before = ""
    for item in _ordered(group, names, settings, list_name, owner):
        if isinstance(item, Token):
            into.append(item)
            before = item.text if item.kind == "word" else ""
        else:
            is_inner = len(group) == 3 and _first_text(group) == "("
            _flatten(item, into, names, settings, list_name, before or (owner if is_inner else ""))
            before = ""


def _ordered(group: Group, names: set[str], settings: CompareSettings, list_name: str, owner: str) -> Group:
    if not group or not isinstance(group[0], Token) or not isinstance(group[-1], Token) or len(group) < 3:
        return group
    bracket = group[0].text
    if bracket == "{":
        body = group[1:-1]
        is_dict = any(isinstance(item, Token) and item.text == ":" for item in body)
        if owner in _ORDERED or (owner and _is_prose(body)):
            return group
        name = "key-order" if is_dict else "set-order"
    elif (bracket == "[" and owner in _KEY_VIEWS) or (
        bracket == "(" and owner[:1].isupper() and _is_named(group)
    ):
        name = "key-order"
    elif bracket == "[" and list_name and _holds_strings(group):
        name = list_name
    else:
        return group
    if not settings.allows(name):
        return group
    parts = parts_of(group[1:-1])
    if len(parts) < 2:
        return group
    arranged = sorted(parts, key=_sort_key)
    names.add(name)
    comma = next(item for item in group[1:-1] if isinstance(item, Token) and item.text == ",")
    body = list(arranged[0])
    for part in arranged[1:]:
        body.append(comma)
        body.extend(part)
    return [group[0], *body, group[-1]]


def _is_prose(body: Group) -> bool:
    """Whether there is nothing but bare words between braces: no repr of Python's writes strings so."""
    return all(isinstance(item, Token) and (item.kind == "word" or item.text == ",") for item in body)


def _is_named(group: Group) -> bool:
    """Whether every argument between these parentheses has a name."""
    parts = parts_of(group[1:-1])
    return all(
        len(part) > 2
        and isinstance(part[0], Token)
        and part[0].kind == "word"
        and isinstance(part[1], Token)
        and part[1].text == "="
        for part in parts
    )


def _holds_strings(group: Group) -> bool:
    texts: list[str] = []
    _collect(group, texts)
    return "'" in texts or '"' in texts


def parts_of(body: Group) -> list[Group]:
    """What commas part within a pair of brackets."""
    parts: list[Group] = [[]]
    for item in body:
        if isinstance(item, Token) and item.text == "," and item.kind == "mark":
            parts.append([])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]


def _sort_key(part: Group) -> tuple[str, ...]:
    flat: list[str] = []
    _collect(part, flat)
    return (*sorted(flat), *flat) if part and not isinstance(part[0], Token) else tuple(flat)


def _collect(part: Group, into: list[str]) -> None:
    for item in part:
        if isinstance(item, Token):
            into.append(item.name or item.text)
        else:
            # A set within a set has no order of its own yet: sort by what it holds.
            inner: list[str] = []
            _collect(item, inner)
            into.extend(sorted(inner) if _first_text(item) == "{" else inner)


def _sorted_lines(tree: Group, text: str) -> Group:
    lines: list[Group] = []
    end = -1
    for item in tree:
        start = item.start if isinstance(item, Token) else 0
        if not lines or "\n" in text[end:start]:
            lines.append([])
        lines[-1].append(item)
        end = item.end if isinstance(item, Token) else end
    by_content: Callable[[Group], tuple[str, ...]] = _sort_key
    return [item for line in sorted(lines, key=by_content) for item in line]
