"""All rules for volatile text in the order in which they compete, and their use on one text."""

from __future__ import annotations

from . import clock_rules, identity_rules, label_rules, machine_rules, shape_rules, tool_rules
from .evidence import Evidence
from .origins import origin_regions
from .printed_tables import timing_regions, volatile_regions_below
from .rules import Region, regions_in, without_overlaps
from .settings import CompareSettings

_RULES = (
    *tool_rules.RULES,
    *machine_rules.RULES,
    *identity_rules.RULES,
    *clock_rules.RULES,
    *label_rules.RULES,
    *shape_rules.RULES,
)


def volatile_regions(text: str, evidence: Evidence, settings: CompareSettings) -> list[Region]:
    """The stretches of a text that may differ from run to run, in order and without overlaps."""
    regions = regions_in(text, _RULES, evidence, settings)
    if settings.allows("timing"):
        regions = without_overlaps([*regions, *timing_regions(text, evidence)])
    columns = [
        part
        for part in (*origin_regions(text, evidence.source), *volatile_regions_below(text, evidence))
        if settings.allows(part.name)
    ]
    return without_overlaps([*regions, *columns]) if columns else regions


def is_timing_header(header: str) -> bool:
    """Whether a column of this name holds running times."""
    return clock_rules.timing_header().fullmatch(header.strip()) is not None
