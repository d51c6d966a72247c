"""All that is known of a notebook besides its verdicts: its runs, its code, its files, its software."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..analysis import Analyzer, Run
from ..analysis.model import Analysis
from ..notebook import Cell, CellId, Notebook
from .chance import Chance, chances_of
from .chance_elsewhere import chances_elsewhere
from .elimination import third_party
from .names import imported_names, is_plain, literal_texts, modules_used
from .outside import Taken, taken_from_outside
from .reach import reached_by
from .state import StateOfCells
from .versions import Mismatch, Recorded, mismatches, python_mismatch, recorded_versions

# How much younger than the notebook a file must be to have changed since, in seconds; how much older not to have.
_AFTER = 1.0
_LONG_BEFORE = 60.0
_WRITES = re.compile(
    r"\.to_(?:csv|excel|json|parquet|pickle|feather|hdf|sql|html|stata)\(|\bsave\w*\(|\bdump\(|\.?\bwrite_\w+\("
    r"|open\([^)]{0,300},\s*(?:mode\s*=\s*)?['\"][wax]|^%%(?:writefile|file)\b|\burlretrieve\(|^[^\S\n]*!.*>|\bwget\b|\bcurl\b"
)


@dataclass
class Evidence:
    """What a diagnosis can draw on.

    Args:
        notebook: the page that was replayed.
        analysis: what is predicted of it.
        history: the runs of the page's kernel, if they are known.
        repeated: whether two replays or more were compared.
        folder: where the notebook lies, if that is on this machine.
        path: the notebook's name or path; its last part names its file in the folder.
        versions: of the modules that the replay had imported; with ``python``, the interpreter's.
        rewritten: where two notebooks were compared, not one with its replay: the cells whose code differs.
        by_counts: what is predicted from the counts on the page, for cells that the history does not know.
    """

    notebook: Notebook
    analysis: Analysis
    history: Sequence[Run] = ()
    repeated: bool = False
    folder: Path | None = None
    path: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    by_counts: Analysis | None = None
    language: str = "python"
    rewritten: frozenset[str] | None = None

    def __post_init__(self) -> None:
        self.code_cells: tuple[Cell, ...] = self.notebook.code_cells
        self._cells = {cell.id: cell for cell in self.code_cells}
        self.state = StateOfCells(self.analysis, self.code_cells, self.history, self.by_counts)
        self._direct: dict[str, dict[str, list[str]]] = {}
        for edge in self.analysis.edges:
            self._direct.setdefault(edge.target, {}).setdefault(edge.source, []).append(edge.name)
        self._givers: dict[str, dict[str, str]] = {}
        self._exits: dict[str, dict[str, set[str]]] = {}

    @property
    def _is_python(self) -> bool:
        return self.analysis.dependencies

    def cell(self, cell_id: CellId) -> Cell:
        return self._cells[cell_id]

    # Who feeds whom

    def direct_givers(self, cell_id: str) -> frozenset[str]:
        return frozenset(self._direct.get(cell_id, ()))

    def taken_from_cells(self, cell: Cell) -> dict[str, Cell]:
        """The variables that a cell takes from others, each with the cell that gives it; imports left out."""
        return {
            name: self.cell(CellId(giver))
            for giver, names in self._direct.get(cell.id, {}).items()
            for name in names
            if name not in self._imported
        }

    def givers(self, cell_id: str) -> Mapping[str, str]:
        """The cells that feed a cell, the nearest first, each with the name by which the way to it begins."""
        known = self._givers.get(cell_id)
        if known is None:
            known = self._givers[cell_id] = self._walk(cell_id)
        return known

    def _walk(self, cell_id: str) -> dict[str, str]:
        found: dict[str, str] = {}
        exits: dict[str, set[str]] = {}
        ring: dict[str, str] = {}
        for giver, names in self._direct.get(cell_id, {}).items():
            ring[giver] = names[0]
            exits.setdefault(giver, set()).update(names)
        while ring:
            ordered = sorted(ring, key=lambda giver: -self._cells[CellId(giver)].index)
            found.update((giver, ring[giver]) for giver in ordered)
            following: dict[str, str] = {}
            for giver in ordered:
                for further, names in self._direct.get(giver, {}).items():
                    exits.setdefault(further, set()).update(names)
                    if further not in found and further != cell_id:
                        following.setdefault(further, ring[giver])
            ring = following
        self._exits[cell_id] = exits
        return found

    def reaches(self, giver: Cell, line: int, cell_id: str) -> bool:
        """Whether what a line of one cell does may be in what another cell takes from it, directly or not."""
        self.givers(cell_id)
        return bool(reached_by(giver.source, line) & self._exits[cell_id].get(giver.id, set()))

    # What is defined where

    def definers(self, name: str) -> list[Cell]:
        return self.state.definers(name)

    def defines(self, name: str) -> bool:
        """Whether the notebook itself defines a function, class or variable of this name."""
        top = name.split(".")[0]
        return top not in self._imported and bool(self.definers(top))

    def deleted_definers(self, name: str) -> list[int]:
        analyzer = Analyzer()
        writes: dict[str, Sequence[str]] = {}
        for run in self.history:
            if re.search(rf"\b{re.escape(name)}\b", run.source):
                writes[run.source] = analyzer.effects(run.source)[1]
        return self.state.deleted_definers(name, writes)

    def maker_of_key(self, key: str, cell: Cell) -> Cell | None:
        """A cell that makes a column, key or attribute of this name: one above first, else the next below."""
        quoted = re.escape(key)
        makes = re.compile(
            rf"\[\s*['\"]{quoted}['\"]\s*\]\s*(?:[-+*/]?=)(?!=)|\b{quoted}\s*=(?!=)|['\"]{quoted}['\"]\s*:"
            rf"|\.insert\([^)]{{0,300}}['\"]{quoted}['\"]|(?:names|columns)\s*=\s*\[[^\]]{{0,2000}}['\"]{quoted}['\"]"
            rf"|def\s+{quoted}\b|\.{quoted}\s*=(?!=)|rename\([^)]{{0,2000}}:\s*['\"]{quoted}['\"]"
        )
        others = [other for other in self.code_cells if other.id != cell.id and makes.search(other.source)]
        above = [other for other in others if other.index < cell.index]
        return above[-1] if above else (others[0] if others else None)

    def writer_of_file(self, path: str, cell: Cell) -> Cell | None:
        """Another cell that seems to write a file of this name."""
        name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
        others = [other for other in self.code_cells if other.id != cell.id and name and name in other.source]
        return next((other for other in others if _writes(other.source, name)), None)

    # Chance, and what is outside

    @cached_property
    def _imported(self) -> dict[str, str]:
        return imported_names(cell.source for cell in self.code_cells)

    @cached_property
    def _chances(self) -> dict[str, tuple[Chance, ...]]:
        sources = [cell.source for cell in self.code_cells]
        found = (
            chances_of(sources, self._imported)
            if self._is_python
            else chances_elsewhere(sources, self.language)
        )
        return {cell.id: chances for cell, chances in zip(self.code_cells, found, strict=True)}

    def chances(self, cell: Cell) -> tuple[Chance, ...]:
        return self._chances[cell.id]

    def taken(self, cell: Cell) -> tuple[Taken, ...]:
        return taken_from_outside(cell.source)

    def newer_files(self, cell: Cell) -> list[str]:
        """The files that a cell names and that were written after the notebook was saved."""
        saved = self._saved_at
        return [] if saved is None else [name for name, at in self._named_files(cell) if at > saved + _AFTER]

    def files_are_older(self, cell: Cell) -> bool:
        """Whether a cell names its files, and all were there long before the notebook was saved."""
        saved, named = self._saved_at, self._named_files(cell)
        return saved is not None and bool(named) and all(at < saved - _LONG_BEFORE for _, at in named)

    @cached_property
    def _saved_at(self) -> float | None:
        if self.folder is None or not self.path:
            return None
        return _modified(self.folder / self.path.replace("\\", "/").rpartition("/")[2])

    def _named_files(self, cell: Cell) -> list[tuple[str, float]]:
        if self.folder is None:
            return []
        found = []
        for text in sorted(literal_texts(cell.source)):
            if 0 < len(text) < 300 and "\n" not in text and "\0" not in text and "://" not in text:
                at = _modified(self.folder / text)
                if at is not None:
                    found.append((text, at))
        return found

    # Software

    def modules(self, cell: Cell) -> frozenset[str]:
        return self._modules[cell.id]

    @cached_property
    def _modules(self) -> dict[str, frozenset[str]]:
        return {
            cell.id: modules_used(cell.source, self._imported) if self._is_python else frozenset()
            for cell in self.code_cells
        }

    @cached_property
    def _recorded(self) -> Recorded:
        return recorded_versions(self.notebook, self.folder)

    def mismatch_of(self, cell: Cell) -> Mismatch | None:
        """A package that the cell, or what feeds it, uses in another version than is recorded."""
        if not self.versions:
            return None
        givers = [self.cell(CellId(giver)) for giver in self.givers(cell.id)]
        for other in [cell, *givers]:
            if found := mismatches(self._recorded, self.versions, third_party(self.modules(other))):
                return found[0]
        uses = any(third_party(self.modules(other)) for other in [cell, *givers])
        return python_mismatch(self._recorded, self.versions) if uses else None

    @property
    def same_software(self) -> bool:
        """Whether the page was made by the very Python of the replay, as far as the notebook tells."""
        present = self.versions.get("python", "")
        return bool(present) and self._recorded.python == present

    def is_read(self, cells: Sequence[Cell]) -> bool:
        """Whether all of these cells are Python and nothing but it."""
        return self._is_python and all(is_plain(cell.source) for cell in cells)

    @cached_property
    def page_was_cleared(self) -> bool:
        """Whether cells have run, and none shows an output."""
        ran = [cell for cell in self.code_cells if cell.execution_count is not None]
        return bool(ran) and not any(cell.outputs for cell in self.code_cells)

    def changes_own(self, cell: Cell) -> str | None:
        """A name that a cell changes from what it was."""
        predicted = self.state.predicted(cell.id)
        if predicted is None or predicted.hazard is None:
            return None
        return predicted.hazard.name


def _writes(source: str, file: str) -> bool:
    """Whether a line that writes names the file, or a variable that holds its name."""
    held = set(re.findall(rf"^[^\S\n]*(\w+)\s*=[^=].*{re.escape(file)}", source, re.MULTILINE))
    for line in source.splitlines():
        wrote = None if line.lstrip().startswith("#") else _WRITES.search(line)
        if wrote:
            named = line if wrote[0].startswith(".write_") else line[wrote.start() :]
            if file in named or not held.isdisjoint(re.findall(r"\w+", named)):
                return True
    return False


def _modified(path: Path) -> float | None:
    try:
        return path.stat().st_mtime if path.is_file() else None
    except (OSError, ValueError):
        return None
