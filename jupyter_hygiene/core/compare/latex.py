"""Comparing LaTeX: numbers and symbols count, spacing and the order of the terms of a sum do not."""

from __future__ import annotations

import re
from functools import cache

from .evidence import Evidence
from .outcome import SAME, Outcome, excuse
from .settings import CompareSettings
from .text import compare_text

_LONGEST_SORTED = 20_000
_DEEPEST = 40
_OPENING = {
    "{": "}",
    "(": ")",
    "[": "]",
    r"\left(": r"\right)",
    r"\left[": r"\right]",
    r"\left\{": r"\right\}",
}
_RELATIONS = frozenset(
    {
        "=",
        "<",
        ">",
        ",",
        ";",
        "&",
        r"\\",
        r"\le",
        r"\leq",
        r"\ge",
        r"\geq",
        r"\neq",
        r"\to",
        r"\in",
        r"\wedge",
        r"\vee",
    }
)
_SETTING = frozenset(
    {"$", "$$", r"\displaystyle", r"\[", r"\]", r"\,", r"\;", r"\:", r"\!", r"\ ", r"\quad", "~"}
)

Group = list["str | Group"]


def compare_latex(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two LaTeX outputs."""
    tokens = _tokens(saved), _tokens(replayed)
    if tokens[0] == tokens[1]:
        return SAME
    bare = [_unbraced([token for token in side if token not in _SETTING]) for side in tokens]
    if bare[0] == bare[1] and _is_set_alike(tokens):
        return SAME
    if bare[0] == bare[1]:
        if not settings.allows("whitespace"):
            return Outcome("changed", "the setting of the formula differs")
        return Outcome("cosmetic", excuse({"whitespace"}), frozenset({"whitespace"}))
    outcome = compare_text(" ".join(bare[0]), " ".join(bare[1]), evidence, settings)
    if outcome.verdict != "changed" or max(len(saved), len(replayed)) > _LONGEST_SORTED:
        return outcome
    sums = _sorted_sums(bare[0]), _sorted_sums(bare[1])
    if sums[0] is not None and sums[0] == sums[1] and settings.allows("term-order"):
        return Outcome("cosmetic", excuse({"term-order"}), frozenset({"term-order"}), outcome.difference)
    plain = compare_text(saved, replayed, evidence, settings)
    return plain if plain.verdict == "changed" else outcome


# Formulas with these look otherwise in a line of text than on a line of their own.
_TALL = frozenset({r"\frac", r"\sum", r"\int", r"\prod", r"\lim", r"\binom", r"\bigcup", r"\bigcap"})
_DELIMITERS = frozenset({"$", "$$", r"\displaystyle", r"\[", r"\]"})


def _is_set_alike(tokens: tuple[list[str], list[str]]) -> bool:
    """Whether two formulas that say the same look the same, too."""
    spaced = [[token for token in side if token in _SETTING - _DELIMITERS] for side in tokens]
    if spaced[0] != spaced[1]:
        return False
    displayed = [bool({r"\displaystyle", "$$", r"\["} & set(side)) for side in tokens]
    return displayed[0] == displayed[1] or not _TALL & set(tokens[0])


def _unbraced(tokens: list[str]) -> list[str]:
    """The tokens without braces around a single exponent or index: x^{2} is x^2."""
    kept: list[str] = []
    place = 0
    while place < len(tokens):
        if (
            tokens[place] in {"^", "_"}
            and tokens[place + 1 : place + 2] == ["{"]
            and tokens[place + 3 : place + 4] == ["}"]
        ):
            kept.extend([tokens[place], tokens[place + 2]])
            place += 4
        else:
            kept.append(tokens[place])
            place += 1
    return kept


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"\\(?:left|right)\s*(?:\\[{}|]|[()\[\]|.])|\\[A-Za-z]+|\\.|\$\$|\d+\.?\d*|[^\s]", re.DOTALL
    )


def _tokens(text: str) -> list[str]:
    return [re.sub(r"\s+", "", token) for token in _token().findall(text)]


def _sorted_sums(tokens: list[str]) -> str | None:
    """The formula with the terms of every sum sorted; None if its brackets do not match."""
    root: Group = []
    stack: list[tuple[Group, str]] = [(root, "")]
    for token in tokens:
        group, closing = stack[-1]
        if closing and token == closing:
            stack.pop()
            group.append(token)
        elif token in _OPENING:
            if len(stack) > _DEEPEST:
                return None
            inner: Group = [token]
            group.append(inner)
            stack.append((inner, _OPENING[token]))
        else:
            group.append(token)
    return _arranged(root) if len(stack) == 1 else None


@cache
def _plain_factor() -> re.Pattern[str]:
    """A number, a letter, or a Greek letter: what commutes."""
    greek = r"alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
    return re.compile(rf"\d+(?:\.\d*)?|[A-Za-z]|\\(?:{greek})")


_FUNCTIONS = frozenset(
    {f"\\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "ln", "exp", "sqrt")}
)


def _factors_sorted(term: list[str]) -> list[str]:
    """A term, sign first, with its factors sorted if all of them are plain: letters and numbers with their powers."""
    factors: list[str] = []
    rest = iter(term[1:])
    for item in rest:
        if item in {"^", "_"} and factors:
            factors[-1] += f" {item} {next(rest, '')}"
        elif _plain_factor().fullmatch(item):
            factors.append(item)
        elif item in _FUNCTIONS:
            factors.append(f"{item} {next(rest, '')}")
        else:
            return term
    return [term[0], *sorted(factors)]


def _arranged(group: Group) -> str:
    """One group, its sums sorted between the relations that part them."""
    pieces: list[str] = []
    terms: list[list[str]] = [["+"]]

    def finish() -> None:
        pieces.append(" ".join(sorted(" ".join(_factors_sorted(term)) for term in terms if len(term) > 1)))

    body = group[1:-1] if group and isinstance(group[0], str) and group[0] in _OPENING else group
    for item in body:
        if isinstance(item, str) and item in {"+", "-"} and not (len(terms[-1]) == 1 and terms[-1][0] == "-"):
            if len(terms[-1]) == 1:
                terms[-1] = [item]
            else:
                terms.append([item])
        elif isinstance(item, str) and item in _RELATIONS:
            finish()
            pieces.append(item)
            terms = [["+"]]
        else:
            terms[-1].append(item if isinstance(item, str) else _arranged(item))
    finish()
    inner = " ".join(pieces)
    return f"{group[0]} {inner} {group[-1]}" if body is not group else inner
