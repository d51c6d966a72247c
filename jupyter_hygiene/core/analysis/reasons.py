"""Why cells are not fresh: what differs between the worlds, and who made it so, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .comparison import Picture
from .culprits import Culprits, Finding
from .hazards import hazards_of
from .model import Basis, Reason

_MOST_REASONS = 5
_MOST_ROOTS = 4
# The most telling first.
_ORDER = (
    "edited",
    "interrupted",
    "unreadable",
    "deleted",
    "repeated",
    "below",
    "outside",
    "undefined",
    "redefined",
    "not_run",
    "state",
    "upstream",
)


@dataclass
class Told:
    """What is told of each cell, by position."""

    reasons: list[tuple[Reason, ...]]
    dependents: list[tuple[str, ...]]
    hazards: list[Reason | None]


def explain(seen: Picture, basis: Basis) -> Told:
    """Tell of every cell that is not fresh why, and of which others it is the cause."""
    cells = seen.cells
    culprits = Culprits(seen)
    reasons: list[tuple[Reason, ...]] = []
    roots: list[tuple[int, ...]] = []
    for position, status in enumerate(seen.statuses):
        own = _own_reason(seen, position, basis)
        findings = culprits.of(position) if status in ("stale", "edited", "interrupted") else []
        if own is not None:
            findings = [finding for finding in findings if finding.kind != "state"]
        causes: dict[int, None] = {}
        for finding in findings:
            place = finding.cell
            if place is None or place == position:
                continue
            above = roots[place] if place < position else ()
            for root in above or (place,):
                causes[root] = None
        roots.append(tuple(causes)[:_MOST_ROOTS])
        told = [*([own] if own else []), *_sentences(findings, seen, roots, position)]
        reasons.append(tuple(told[:_MOST_REASONS]))
    dependents: list[list[str]] = [[] for _ in cells]
    for position, causes_of in enumerate(roots):
        if seen.statuses[position] == "stale":
            for root in causes_of:
                dependents[root].append(cells[position].id)
    return Told(
        _with_places(seen, reasons),
        [tuple(found) for found in dependents],
        hazards_of(seen, culprits),
    )


def _own_reason(seen: Picture, position: int, basis: Basis) -> Reason | None:
    """What is wrong with the cell itself."""
    cell = seen.cells[position]
    status = seen.statuses[position]
    run = seen.history[seen.last[cell.id]] if cell.id in seen.last else None
    count = run.execution_count if run else None
    if status == "unknown":
        error = seen.clean.turns[position].code.error
        return Reason("unreadable", f"this cell cannot be read as Python: {error}", None, cell.id, count)
    if status == "unrun":
        if seen.clean.turns[position].code.empty:
            return None
        if cell.execution_count is not None:
            return Reason(
                "unrun",
                f"this cell has not been run in this kernel; what stands here, [{cell.execution_count}], is from an "
                "earlier one, and is known from the file alone",
            )
        where = "" if basis == "file" else " in this kernel"
        return Reason("unrun", f"this cell has not been run{where}")
    if status == "edited":
        return Reason("edited", f"this cell was edited since it ran{_as(count)}", None, cell.id, count)
    if status == "interrupted":
        return Reason(
            "interrupted", f"this cell was interrupted when it ran{_as(count)}", None, cell.id, count
        )
    return None


def _as(count: int | None) -> str:
    return f" as [{count}]" if count is not None else ""


def _sentences(
    findings: list[Finding], seen: Picture, roots: list[tuple[int, ...]], position: int
) -> list[Reason]:
    """A sentence for each cause; names that share a cause share the sentence."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        grouped.setdefault((finding.kind, finding.cell, finding.run, finding.template), []).append(finding)
    found = []
    for group in grouped.values():
        first = group[0]
        is_one = len(group) == 1 and not first.worded.endswith(
            ("settings", "options", "variables", "filters", "files", "extensions")
        )
        names = _listed([finding.worded for finding in group])
        message = first.template.replace("{name}", names).replace("{is}", "is" if is_one else "are")
        message = message.replace("{was}", "was" if is_one else "were")
        message = message.replace("{comes}", "comes" if is_one else "come")
        if first.kind == "upstream" and first.cell is not None and first.cell < position:
            message += _root_told(seen, roots[first.cell], first.cell)
        found.append(
            Reason(
                first.kind,
                message,
                first.name,
                first.cell_id,
                first.number,
            )
        )
    found.sort(key=lambda reason: _ORDER.index(reason.kind) if reason.kind in _ORDER else 99)
    return found


def _root_told(seen: Picture, causes: tuple[int, ...], direct: int) -> str:
    others = [cause for cause in causes if cause != direct]
    if not others:
        return ""
    status = seen.statuses[others[0]]
    label = seen.label(others[0])
    if status == "edited":
        return f", because of {label}, which was edited since"
    if status == "unrun":
        return f", because of {label}, which has not been run"
    return f", because of {label}"


def _listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) == 1:
        return names[0]
    if len(names) <= 3:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:2])} and {len(names) - 2} more"


def _with_places(seen: Picture, reasons: list[tuple[Reason, ...]]) -> list[tuple[Reason, ...]]:
    """Tell where the source of each deleted cell belongs: above the first cell that needs it, below what it needs."""
    first: dict[tuple[str | None, int | None], int] = {}
    for position, told in enumerate(reasons):
        for reason in told:
            if reason.kind == "deleted":
                first.setdefault((reason.cell_id, reason.execution_count), position)
    if not first:
        return reasons
    return [
        tuple(
            replace(reason, restore_before=seen.cells[first[reason.cell_id, reason.execution_count]].id)
            if reason.kind == "deleted"
            else reason
            for reason in told
        )
        for told in reasons
    ]
