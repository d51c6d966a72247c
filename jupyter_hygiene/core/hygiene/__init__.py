"""Hygiene: rules that find what goes wrong in notebooks, and fixes for it. Nothing is executed."""

from .checking import Check, check
from .fixes import Edit, Fix
from .model import Finding, Rule, Severity
from .registry import RULES

__all__ = ["RULES", "Check", "Edit", "Finding", "Fix", "Rule", "Severity", "check"]
