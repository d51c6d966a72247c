"""The way in: analyses a notebook, and remembers what makes the next analysis of it cheap."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

from ..configuration.marks import marked_to_skip
from .comparison import Picture, picture
from .counts import runs_from_counts
from .edges import edges_of
from .model import Analysis, Basis, CellAnalysis, DocumentCell, Reason, Run, Status
from .moves import moves_of
from .plain import analyze_plain
from .reasons import explain
from .record import LAST, SUPERSEDED, Endings, RunRecord
from .rerun import plan
from .shown import unshown_of
from .source import Code, compile_text
from .timeline import Timeline, Turn, shared_start, simulate
from .versions import has_views

_PYTHON = frozenset({"python", "ipython", "python3", "ipython3", ""})
_MOST_SOURCES = 20_000
_MOST_NOTEBOOKS = 8
# What a source does that a newer Python could read: anything.
_ANYTHING = compile_text("get_ipython().run_line_magic('unreadable', '')")


class Analyzer:
    """Analyses notebooks. One may serve many threads and notebooks; its caches are bounded."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._codes: OrderedDict[str, Code] = OrderedDict()
        self._known: list[tuple[Timeline, Timeline, Endings]] = []
        self._views = False

    def analyze(
        self,
        cells: Sequence[DocumentCell],
        history: Sequence[Run],
        *,
        language: str = "python",
        basis: Basis = "kernel",
        versions: Mapping[str, str] | None = None,
    ) -> Analysis:
        """Predict of every code cell whether a clean run would do what its last run did.

        Args:
            versions: of packages in the kernel; without them the newest are assumed.
        """
        if basis == "file":
            history = runs_from_counts(cells)
        if language.lower() not in _PYTHON:
            return analyze_plain(cells, history, basis)
        code_cells = [cell for cell in cells if cell.type == "code"]
        with self._lock, _undisturbed():
            self._go_by(versions or {})
            seen = self._simulate(code_cells, history)
            if basis == "kernel" and not history and (counted := runs_from_counts(code_cells)):
                return _assembled(seen, basis, _stale_by(self._simulate(code_cells, counted)))
            return _assembled(seen, basis)

    def reasons(
        self, cells: Sequence[DocumentCell], history: Sequence[Run]
    ) -> list[tuple[DocumentCell, Status, tuple[Reason, ...]]]:
        """The code cells of a Python notebook, each with its status and the reasons for it; what to do about them is
        left out, which is what costs most."""
        code_cells = [cell for cell in cells if cell.type == "code"]
        with self._lock, _undisturbed():
            seen = self._simulate(code_cells, history)
            if all(status == "fresh" for status in seen.statuses):
                return [(cell, "fresh", ()) for cell in seen.cells]
            told = explain(seen, "kernel")
        return list(zip(seen.cells, seen.statuses, told.reasons, strict=True))

    def effects(self, source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names that a cell reads before it writes them, and those that it writes, by itself."""
        with self._lock:
            turn = Turn(source, self._code(source), 1, may_halt=False)
            record = simulate([turn], None, set()).records[0]
        return _read(record), _names(record.writes)

    def _go_by(self, versions: Mapping[str, str]) -> None:
        """Forget what was found under other versions."""
        views = has_views(versions)
        if views != self._views:
            self._views = views
            self._codes.clear()
            self._known.clear()

    def _code(self, source: str) -> Code:
        codes = self._codes
        code = codes.get(source)
        if code is None:
            code = codes[source] = compile_text(source)
            if len(codes) > _MOST_SOURCES:
                codes.popitem(last=False)
        return code

    def _simulate(self, cells: list[DocumentCell], history: Sequence[Run]) -> Picture:
        unseen = {run.source for run in history if run.status == "ok" and self._code(run.source).error}

        def code(source: str) -> Code:
            found = self._code(source)
            return replace(_ANYTHING, digest=found.digest, error=found.error) if source in unseen else found

        runs = [
            Turn(
                run.source,
                code(run.source),
                run.execution_count or index + 1,
                run.status in ("error", "interrupted"),
                run.status != "ok",
                owner=run.cell_id,
                line=run.line if run.status == "error" else 0,
            )
            for index, run in enumerate(history)
        ]
        turns = []
        count = 0
        for cell in cells:
            compiled = code(cell.source)
            count += not compiled.empty
            skipped = marked_to_skip(cell.source, cell.tags)
            turns.append(Turn(cell.source, compiled, count, skipped=skipped, owner=cell.id))
        known = max(
            self._known,
            key=lambda entry: shared_start(runs, entry[0].turns) + shared_start(turns, entry[1].turns),
            default=None,
        )
        ambient = set(known[0].ambient) if known else set()
        owners = _by_chance(known[1]) if known else frozenset()
        runs = _told_of_chance(runs, owners)
        views = self._views
        live = simulate(runs, known[0] if known else None, ambient, views=views)
        endings = endings_of(live.records, runs, history)
        usable = known is not None and known[1].ambient == ambient and known[2] == endings
        clean = simulate(turns, known[1] if known and usable else None, ambient, endings, views=views)
        if (found := _by_chance(clean)) != owners:
            runs = _told_of_chance(runs, found)
            live = simulate(runs, live, ambient, views=views)
            endings = endings_of(live.records, runs, history)
        if known is not None and (
            shared_start(runs, known[0].turns) > len(runs) // 2
            or shared_start(turns, known[1].turns) > len(turns) // 2
        ):
            self._known = [entry for entry in self._known if entry is not known]
        self._known = [(live, clean, endings), *self._known[: _MOST_NOTEBOOKS - 1]]
        return picture(cells, history, live, clean, endings)


def _by_chance(clean: Timeline) -> frozenset[str | None]:
    """The cells that draw random numbers which nothing seeds."""
    return frozenset(
        turn.owner for turn, record in zip(clean.turns, clean.records, strict=True) if record.draws
    )


def _told_of_chance(runs: list[Turn], owners: frozenset[str | None]) -> list[Turn]:
    """The runs of these cells, told whether they are the last of theirs."""
    if not owners and not any(run.by_chance for run in runs):
        return runs
    last = {run.owner: index for index, run in enumerate(runs)}
    return [
        run._replace(
            by_chance=0 if run.owner not in owners else LAST if last[run.owner] == index else SUPERSEDED
        )
        for index, run in enumerate(runs)
    ]


def endings_of(records: Sequence[RunRecord], turns: Sequence[Turn], history: Sequence[Run]) -> Endings:
    """What the runs that were tell of those that would be."""
    failed: dict[int, int] = {}
    ended: set[int] = set()
    succeeded: set[int] = set()
    for record, turn, run in zip(records, turns, history, strict=True):
        if run.status == "error" and not record.halted:
            failed[record.whole] = run.line
        elif run.status not in ("error", "interrupted") and turn.code.may_leave:
            ended.add(record.whole)
        if run.status == "ok":
            succeeded.add(record.whole)
    return Endings({key: line for key, line in failed.items() if key not in succeeded}, frozenset(ended))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold the search for cyclic garbage off: much is made here that stays, and looking through it again and again
    takes a time that grows with the square of the notebook's length."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _stale_by(counts: Picture) -> list[tuple[Reason, ...]]:
    """Why each cell was stale when the file was saved, as far as its counts tell."""
    told = explain(counts, "file").reasons
    return [
        reasons if status == "stale" else () for reasons, status in zip(told, counts.statuses, strict=True)
    ]


def _assembled(seen: Picture, basis: Basis, by_counts: list[tuple[Reason, ...]] | None = None) -> Analysis:
    """Put the answer together.

    Args:
        by_counts: what the counts on the page tell of each cell, where this kernel has run nothing.
    """
    told = explain(seen, basis)
    todo = plan(seen if basis == "kernel" else seen.without_kernel())
    by_counts = by_counts or [()] * len(seen.cells)
    moves = moves_of(seen, told.reasons)
    unshown = unshown_of(seen)
    found = []
    for position, cell in enumerate(seen.cells):
        record = seen.clean.records[position]
        found.append(
            CellAnalysis(
                id=cell.id,
                status=seen.statuses[position],
                order=seen.order.get(cell.id),
                reads=_read(record),
                writes=_names(record.writes),
                reasons=(*told.reasons[position], *by_counts[position]),
                rerun=todo.own[position],
                dependents=told.dependents[position],
                hazard=told.hazards[position],
                move=moves[position],
                unshown=unshown[position],
            )
        )
    return Analysis(
        basis=basis,
        dependencies=True,
        cells=tuple(found),
        edges=edges_of(seen),
        rerun=todo.rerun,
        restart_needed=todo.restart_needed,
        hazards=tuple(
            cell.id
            for position, cell in enumerate(seen.cells)
            if (hazard := told.hazards[position]) is not None and hazard.kind != "draws"
        ),
    )


def _read(record: RunRecord) -> tuple[str, ...]:
    return _names(name for name, _ in record.sources())


def _names(found: Iterable[str]) -> tuple[str, ...]:
    """The names of a reader's notebook among those of a record."""
    return tuple(dict.fromkeys(name for name in found if name[0] != "@"))
