"""All rules, by id. A family's rules stand in a module of their own."""

from __future__ import annotations

from collections.abc import Mapping

from . import state, structure
from .model import Rule

_FAMILIES = (state, structure)
RULES: Mapping[str, Rule] = {rule.id: rule for family in _FAMILIES for rule in family.RULES}
