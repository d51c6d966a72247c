"""Predicting staleness: what a clean run would do, and how far the last runs are from it. Nothing is executed."""

from .analyzer import Analyzer
from .model import Analysis, Basis, CellAnalysis, DocumentCell, Edge, Reason, Run, RunStatus, Status

__all__ = [
    "Analysis",
    "Analyzer",
    "Basis",
    "CellAnalysis",
    "DocumentCell",
    "Edge",
    "Reason",
    "Run",
    "RunStatus",
    "Status",
]
