"""How many notebooks keep stale marks after everything was run again: edit a constant, run it, Run All.

Run ``python benchmarks/run_all_again.py FOLDER`` on a folder of notebooks. Nothing is executed: each notebook is taken
to have run from top to bottom, then a number that a cell binds to a name is made another, that cell is run, and all
cells once more. What is marked then is listed with its reasons; some of it is right: options that a cell below set, and
extensions that say that they are loaded already.
"""

from __future__ import annotations

import argparse
import ast
import json
import platform
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from jupyter_hygiene.core.analysis import Analysis, Analyzer, DocumentCell, Run
from jupyter_hygiene.core.analysis.source import compile_text

_ALREADY_LOADED = "the loaded extensions"


def sources_of(path: Path) -> list[str]:
    """The code of a notebook's cells; none if it is of another language, or of an older Python."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        metadata = raw.get("metadata", {})
        language = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get(
            "name"
        )
        cells = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
        found = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    found = [source for source in found if source.strip()]
    if language not in (None, "python") or any(compile_text(source).error for source in found):
        return []
    return found


def with_another_number(source: str) -> str | None:
    """The cell with the first number that it binds to a name made larger by one."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    lines = source.split("\n")
    for statement in body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            continue
        value = statement.value
        if isinstance(value, ast.Constant) and type(value.value) in (int, float):
            line = lines[value.lineno - 1]
            if line.isascii() and value.end_lineno == value.lineno:
                changed = repr(value.value + 1)  # type: ignore[operator]
                lines[value.lineno - 1] = line[: value.col_offset] + changed + line[value.end_col_offset :]
                return "\n".join(lines)
    return None


def played(sources: list[str]) -> Analysis | None:
    """What is marked in the end; ``None`` where there is no number to edit."""
    edits = ((place, with_another_number(source)) for place, source in enumerate(sources))
    found = next(((place, edited) for place, edited in edits if edited is not None), None)
    if found is None:
        return None
    place, edited = found
    after = [*sources[:place], edited, *sources[place + 1 :]]
    runs = [*enumerate(sources), (place, edited), *enumerate(after)]
    history = [Run(source, count, f"c{cell}", "ok") for count, (cell, source) in enumerate(runs, start=1)]
    return Analyzer().analyze(
        [DocumentCell(f"c{cell}", "code", source) for cell, source in enumerate(after)], history
    )


def marks(analysis: Analysis) -> Iterator[str]:
    """The marked cells, but for those whose extensions are loaded already, each with its first reasons."""
    for cell in analysis.cells:
        told = [reason.message for reason in cell.reasons]
        if cell.status not in ("fresh", "unknown") and not all(
            _ALREADY_LOADED in message for message in told
        ):
            yield f"{cell.id}: {'; '.join(told[:2])}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"machine: {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    notebooks = marked = restarts = cells = marked_cells = 0
    for path in sorted(options.folder.rglob("*.ipynb")):
        analysis = played(sources_of(path))
        if analysis is None:
            continue
        found = list(marks(analysis))
        notebooks += 1
        cells += len(analysis.cells)
        marked_cells += len(found)
        marked += bool(found)
        restarts += bool(found) and analysis.restart_needed
        for line in found[:2]:
            print(f"  {path.relative_to(options.folder)}  {line[:160]}")
    print(f"{notebooks} notebooks, {cells} cells")
    if notebooks:
        print(
            f"marked: {marked_cells} cells in {marked} notebooks ({marked / notebooks:.1%}); restart said in {restarts}"
        )


if __name__ == "__main__":
    main()
