"""Reports read back from their JSON, so that a kept one can be exported in any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from .notebook import CellId, Output
from .report import (
    Cause,
    CellPosition,
    CellReport,
    Difference,
    Explanation,
    FileChange,
    ImageDifference,
    KernelInfo,
    OutputComparison,
    Prediction,
    PredictionOutcome,
    PredictionTotals,
    ReplayError,
    Report,
    RootCause,
    Span,
    StructureDifference,
    TableDifference,
    TextDifference,
    ValueChange,
)


def report_from_json(raw: Mapping[str, Any], details: Sequence[Mapping[str, Any]]) -> Report:
    """A report from what ``Report.to_json`` and ``CellReport.detail_json`` (of each cell, in order) gave."""
    return Report(
        path=raw["path"],
        verdict=raw["verdict"],
        headline=raw["headline"],
        seconds=raw["seconds"],
        created=raw["created"],
        kernel=KernelInfo(raw["kernel"]["name"], raw["kernel"]["display_name"], raw["kernel"]["language"]),
        cells=tuple(_cell(cell, detail) for cell, detail in zip(raw["cells"], details, strict=True)),
        counts=raw["counts"],
        options=raw["options"],
        files=tuple(FileChange(change["path"], change["change"]) for change in raw["files"]),
        notes=tuple(raw["notes"]),
        predictions=_totals(raw.get("predictions")),
        root_causes=tuple(_root_cause(root) for root in raw.get("root_causes") or ()),
    )


def _cell(raw: Mapping[str, Any], detail: Mapping[str, Any]) -> CellReport:
    error = raw["error"]
    return CellReport(
        id=CellId(raw["id"]),
        index=raw["index"],
        verdict=raw["verdict"],
        summary=raw["summary"],
        source=detail["source"],
        seconds=raw["seconds"],
        cause=raw["cause"],
        execution_count=raw["execution_count"],
        error=ReplayError(error["name"], error["message"], error["hint"]) if error else None,
        outputs=tuple(_comparison(output) for output in detail["outputs"]),
        saved_outputs=tuple(Output.from_json(output) for output in detail["saved_outputs"]),
        replayed_outputs=tuple(Output.from_json(output) for output in detail["replayed_outputs"]),
        prediction=_prediction(raw.get("prediction")),
        explanation=_explanation(raw.get("explanation"), raw["cause"]),
    )


def _explanation(raw: Mapping[str, Any] | None, cause: Cause) -> Explanation | None:
    return Explanation(cause, **raw) if raw else None


def _root_cause(raw: Mapping[str, Any]) -> RootCause:
    return RootCause(**{**raw, "cells": tuple(raw["cells"])})


def _prediction(raw: Mapping[str, Any] | None) -> Prediction | None:
    return Prediction(**raw) if raw else None


def _totals(raw: Mapping[str, Any] | None) -> PredictionTotals | None:
    if not raw:
        return None
    counts = {outcome: raw[outcome] for outcome in get_args(PredictionOutcome)}
    return PredictionTotals(raw["basis"], counts)


def _comparison(raw: Mapping[str, Any]) -> OutputComparison:
    return OutputComparison(
        verdict=raw["verdict"],
        mime=raw["mime"],
        summary=raw["summary"],
        normalised=tuple(raw["normalised"]),
        saved=Output.from_json(raw["saved"]) if raw["saved"] else None,
        replayed=Output.from_json(raw["replayed"]) if raw["replayed"] else None,
        difference=_difference(raw["difference"]) if raw["difference"] else None,
    )


def _difference(raw: Mapping[str, Any]) -> Difference:
    kind = raw["kind"]
    if kind == "text":
        return TextDifference(_spans(raw["saved"]), _spans(raw["replayed"]))
    if kind == "table":
        return TableDifference(_positions(raw["saved"]), _positions(raw["replayed"]))
    if kind == "image":
        return ImageDifference(
            raw["picture"], raw["fraction"], _size(raw["saved_size"]), _size(raw["replayed_size"])
        )
    return StructureDifference(
        tuple(
            ValueChange(change["path"], change["saved"], change["replayed"], change["mark"])
            for change in raw["changes"]
        )
    )


def _spans(raw: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(span["text"], span["mark"]) for span in raw)


def _positions(raw: Sequence[Mapping[str, Any]]) -> tuple[CellPosition, ...]:
    return tuple(CellPosition(cell["table"], cell["row"], cell["column"], cell["mark"]) for cell in raw)


def _size(raw: Sequence[int] | None) -> tuple[int, int] | None:
    return (raw[0], raw[1]) if raw else None
