"""From comparisons to verdicts: of a cell, and of the notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .compare import worst
from .growth import may_still_become
from .ignored import ignored
from .notebook import ERROR, Cell, Output
from .replay import CellRun
from .report import SEVERITY, CellReport, CellVerdict, NotebookVerdict, OutputComparison, OutputVerdict


def shows_nothing_to_compare(cell: Cell) -> bool:
    """Whether the page says nothing of what this cell does: no count and no output."""
    return cell.execution_count is None and not cell.outputs


def cell_report(
    run: CellRun,
    comparisons: Sequence[OutputComparison],
    *,
    blocked_by: str = "",
) -> CellReport:
    """Judge one cell.

    Args:
        blocked_by: for a cell that was not reached, what stopped the replay.
    """
    verdict, summary = _judge(run, comparisons, blocked_by)
    # One that fails keeps what tells why.
    if run.treatment.ignored and verdict != "failed":
        comparisons = [ignored(output, run.treatment.ignored) for output in comparisons]
    return CellReport(
        id=run.cell.id,
        index=run.cell.index,
        verdict=verdict,
        summary=summary,
        source=run.cell.source,
        seconds=run.seconds,
        execution_count=run.execution_count,
        error=run.error,
        outputs=tuple(comparisons),
        saved_outputs=run.cell.outputs,
        replayed_outputs=run.outputs,
    )


def _judge(run: CellRun, comparisons: Sequence[OutputComparison], blocked_by: str) -> tuple[CellVerdict, str]:
    if run.status == "skipped":
        return "skipped", f"Not replayed: {run.treatment.skipped or 'the cell is marked so'}."
    if run.status == "not_reached":
        return "not_reached", f"Not reached: {blocked_by or 'the replay ended above'}."
    if run.status == "empty":
        return _judge_ignored(comparisons, run) if _is_ignored(run) else _judge_empty(run.cell)
    if run.error is not None and (run.error.cut_short or not run.may_raise):
        raised_as_before = (
            not run.error.cut_short
            and _has_error(run.cell.outputs)
            and worst(output.verdict for output in comparisons) in ("same", "cosmetic")
        )
        if not raised_as_before:
            return "failed", _error_summary(run)
        return worst(output.verdict for output in comparisons), f"Raises {run.error.name}, as the page shows."
    if shows_nothing_to_compare(run.cell):
        return "unsaved", "Ran, but the page holds no count and no output to compare with."
    if _is_ignored(run):
        return _judge_ignored(comparisons, run)
    if run.truncated and may_still_become(run.cell.outputs, run.outputs):
        return "not_comparable", "The replay's output was cut at the limit, so it cannot be compared in full."
    verdict, summary = _judge_outputs(comparisons)
    if run.lost and (verdict not in ("same", "cosmetic") or not comparisons):
        return "not_comparable", f"{_lost(run.lost)}, so that its output is not all there."
    return verdict, summary


def _lost(count: int) -> str:
    if count == 1:
        return "A message of the kernel could not be read while it ran"
    return f"{count} messages of the kernel could not be read while it ran"


def _is_ignored(run: CellRun) -> bool:
    return bool(run.treatment.ignored) and not shows_nothing_to_compare(run.cell)


def _judge_ignored(comparisons: Sequence[OutputComparison], run: CellRun) -> tuple[CellVerdict, str]:
    if all(output.verdict == "same" for output in comparisons):
        return "same", f"The output is the same. It is not compared: {run.treatment.ignored}."
    return "cosmetic", f"The output differs, and is not compared: {run.treatment.ignored}."


def _judge_empty(cell: Cell) -> tuple[CellVerdict, str]:
    if cell.outputs:
        return "changed", "The source is empty, but an output of earlier code still stands here."
    if shows_nothing_to_compare(cell):
        return "unsaved", "The cell is empty."
    return "same", "The cell is empty, and shows nothing."


def _judge_outputs(comparisons: Sequence[OutputComparison]) -> tuple[CellVerdict, str]:
    if not comparisons:
        return "same", "No output, as on the page."
    verdict: OutputVerdict = worst(output.verdict for output in comparisons)
    deciding = [output for output in comparisons if output.verdict == verdict]
    summary = deciding[0].summary
    if len(deciding) > 1 and verdict != "same":
        summary = f"{len(deciding)} outputs: {summary}"
    return verdict, summary


def _has_error(outputs: Sequence[Output]) -> bool:
    return any(output.output_type == ERROR for output in outputs)


def _error_summary(run: CellRun) -> str:
    error = run.error
    if error is None:  # for the type checker: callers have one
        return "Fails."
    if error.cut_short:
        text = error.message[:1].upper() + error.message[1:] + "."
    else:
        first_line = error.message.strip().split("\n", 1)[0]
        text = f"Raises {error.name}: {_shortened(first_line)}" if first_line else f"Raises {error.name}"
        if error.hint and not text.endswith((".", "!", "?")):
            text += "."
    return f"{text} {error.hint}" if error.hint else text


def _shortened(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def notebook_verdict(cells: Sequence[CellReport]) -> NotebookVerdict:
    """The verdict of the whole, from its code cells."""
    verdicts = {cell.verdict for cell in cells}
    if verdicts & {"failed", "not_reached"}:
        return "failed"
    if verdicts & {"changed", "nondeterministic"}:
        return "differs"
    if not verdicts & {"same", "cosmetic"}:
        return "unverified"
    return "reproduced"


def counts(cells: Sequence[CellReport]) -> dict[str, int]:
    """Code cells by verdict, worst last, verdicts without cells left out."""
    counted = Counter(cell.verdict for cell in cells)
    order = [*SEVERITY, "unsaved", "skipped", "failed", "not_reached"]
    return {verdict: counted[verdict] for verdict in order if counted[verdict]}  # type: ignore[index]


_IN_WORDS = {
    "same": "same",
    "cosmetic": "cosmetic",
    "not_comparable": "not comparable",
    "unsaved": "without saved output",
    "skipped": "skipped",
}


def headline(cells: Sequence[CellReport]) -> str:
    """The outcome in words, for a banner."""
    verdict = notebook_verdict(cells)
    shown = [cell for cell in cells if cell.source.strip() or cell.verdict != "unsaved"]
    counted = counts(shown)
    total = len(shown)
    rest = ", ".join(f"{counted[name]} {words}" for name, words in _IN_WORDS.items() if name in counted)
    if verdict == "reproduced":
        return f"Reproduced: {rest}"
    if verdict == "unverified":
        return f"Nothing to compare: {rest}" if rest else "Nothing to compare: no code cell has run"
    if verdict == "differs":
        return _differs(counted, total)
    return _fails(shown, counted, total)


def _differs(counted: dict[str, int], total: int) -> str:
    changed, random = counted.get("changed", 0), counted.get("nondeterministic", 0)
    text = f"{changed + random} of {total} {_cells(total)} {_verb(changed + random, 'differ')}"
    if random:
        text += f" ({random} from one replay to the next)"
    return text


def _fails(shown: Sequence[CellReport], counted: dict[str, int], total: int) -> str:
    failed = [cell for cell in shown if cell.verdict == "failed"]
    parts = []
    if failed:
        parts.append(f"{len(failed)} of {total} {_cells(total)} {_verb(len(failed), 'fail')}")
        if len(failed) == 1 and failed[0].error is not None:
            parts[0] += f" ({failed[0].error.name})"
    if "not_reached" in counted:
        parts.append(
            f"{counted['not_reached']} {'' if failed else f'of {total} {_cells(total)} '}not reached"
        )
        stopper = next((cell for cell in reversed(shown) if cell.error is not None), None)
        if not failed and stopper is not None and stopper.error is not None:
            parts[-1] += f" (cell {stopper.index + 1} raises {stopper.error.name}, as the page shows)"
    differing = counted.get("changed", 0) + counted.get("nondeterministic", 0)
    if differing:
        parts.append(f"{differing} {_verb(differing, 'differ')}")
    return ", ".join(parts)


def _cells(count: int) -> str:
    return "cell" if count == 1 else "cells"


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb
