"""Why a cell differs or fails, and which few problems are behind all that do."""

from .diagnosis import PROBLEMS, diagnose
from .evidence import Evidence
from .grouping import root_causes

__all__ = ["PROBLEMS", "Evidence", "diagnose", "root_causes"]
