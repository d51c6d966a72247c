"""Which rules are run, and what is too much, as the settings have it."""

from __future__ import annotations

from collections.abc import Iterable

from ..configuration.model import Settings
from .page import Limits
from .registry import RULES

_FAMILIES = {
    family.lower().replace(" ", "-"): frozenset(rule.id for rule in RULES.values() if rule.family == family)
    for family in dict.fromkeys(rule.family for rule in RULES.values())
}
DEFAULT = frozenset(rule.id for rule in RULES.values() if rule.on)
# What a setting may name: a rule, a family, or one of two words.
NAMES: tuple[str, ...] = (*RULES, *_FAMILIES, "default", "all")


def selected(settings: Settings) -> frozenset[str]:
    """The ids of the rules to run: those selected, or the default set, and those added, less those ignored."""
    chosen = DEFAULT if settings.select is None else _rules(settings.select)
    return (chosen | _rules(settings.extend_select)) - _rules(settings.ignore)


def rules_named(names: Iterable[str]) -> frozenset[str]:
    """The ids of the rules that names of rules and of families stand for; unknown names stand for themselves."""
    return _rules(names)


def limits(settings: Settings) -> Limits:
    """The limits in force."""
    default = Limits()
    return Limits(
        cell_statements=settings.max_statements or default.cell_statements,
        notebook_cells=settings.max_cells or default.notebook_cells,
        output_bytes=default.output_bytes
        if settings.max_output is None
        else round(settings.max_output * 1_000_000),
    )


def _rules(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name == "all":
            found.update(RULES)
        elif name == "default":
            found |= DEFAULT
        else:
            found |= _FAMILIES.get(name, frozenset({name}))
    return frozenset(found)
