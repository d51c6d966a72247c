"""All rules, by id. A family's rules stand in a module of their own."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    environment,
    imports,
    machine_learning,
    meanings,
    naming,
    order,
    portability,
    state,
    structure,
    version_control,
)
from .model import Rule

_FAMILIES = (
    naming,
    order,
    meanings,
    state,
    structure,
    imports,
    environment,
    machine_learning,
    version_control,
    portability,
)
RULES: Mapping[str, Rule] = {rule.id: rule for family in _FAMILIES for rule in family.RULES}
