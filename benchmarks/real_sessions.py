"""How right the engine is on notebooks that people have written, played as people play them.

Run ``python benchmarks/real_sessions.py FOLDER`` on a folder of notebooks. Each is run for real in IPython's shell, in
a process of its own, then edited, run in part or again, cut and moved about. A cell is wrong if its last run was not
what a clean run of the document does: other output, or other values of what it binds or changes. Cells on which two
clean runs disagree do not count. Then the cures are carried out: the list must leave no wrong cell, a restart must be
the only thing that does, and what is said to count twice must give something else when it is run again.

Left out are notebooks that import what is not installed, reach for the network, wait, or fail in most of their cells.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import random
import re
import subprocess
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

_INSTALLED = frozenset({"numpy", "pandas", "matplotlib", "sklearn", "seaborn", "scipy", "plotly", "IPython"})
_ELSEWHERE = re.compile(
    r"\binput\(|sleep\(|urlopen|requests|https?://|fetch_|load_dataset|multiprocessing|socket|os\.system|webbrowser"
    r"|tkinter|subprocess|shutil\.rmtree|os\.remove"
)
_FEWEST, _MOST = 5, 45  # cells of a notebook
_MOST_FAILING = 0.3
_SECONDS = 150.0
_EDITS = 3  # for each notebook

Cells = list[tuple[str, str]]


def sources_of(path: Path) -> list[str]:
    """The code of a notebook's cells, without magics and commands; none if it is not for this benchmark."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        cells = ["".join(cell["source"]) for cell in raw["cells"] if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    found = []
    for source in cells:
        if source.lstrip().startswith(("%%", "!")):
            continue
        text = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith(("%", "!")))
        if text.strip():
            found.append(text)
    if not _FEWEST <= len(found) <= _MOST or any(_ELSEWHERE.search(text) for text in found):
        return []
    return found if all(_is_for_us(text) for text in found) else []


def _is_for_us(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            modules.add((node.module or "").split(".")[0])
    return modules <= _INSTALLED | sys.stdlib_module_names


def with_another_number(source: str, rng: random.Random) -> str | None:
    """The cell with one of its numbers changed; ``None`` if it has none."""
    lines = source.split("\n")
    numbers = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.lineno == node.end_lineno
        and lines[node.lineno - 1].isascii()
    ]
    if not numbers:
        return None
    node = rng.choice(numbers)
    value = node.value + 1 if isinstance(node.value, int) else node.value * 1.5  # type: ignore[operator]
    line = lines[node.lineno - 1]
    lines[node.lineno - 1] = line[: node.col_offset] + repr(value) + line[node.end_col_offset :]
    return "\n".join(lines)


def sessions_of(cells: Cells, rng: random.Random) -> Iterator[tuple[str, Cells, Cells]]:
    """What is done, the document then, and all that ran."""
    for number in range(_EDITS):
        for index in rng.sample(range(len(cells)), len(cells)):
            source = with_another_number(cells[index][1], rng)
            if source is not None:
                edited = [*cells[:index], (cells[index][0], source), *cells[index + 1 :]]
                yield "edit, run it", edited, [*cells, edited[index]]
                if number == 0:
                    yield "edit, run it, Run All", edited, [*cells, edited[index], *edited]
                break
    yield "run a cell again", cells, [*cells, rng.choice(cells)]
    gone = rng.randrange(len(cells))
    yield "delete", [*cells[:gone], *cells[gone + 1 :]], cells
    moved = list(cells)
    moved.insert(rng.randrange(len(moved)), moved.pop(rng.randrange(len(moved))))
    yield "move", moved, cells


def judged(kind: str, document: Cells, played: Cells) -> dict[str, Any]:
    """One session: what is said of it beside what is so."""
    from jupyter_hygiene.core.analysis_requests import AnalysisDesk
    from tests.analysis.sessions import executed
    from tests.analysis.shell import ShellWorld

    session = executed(document, played, ShellWorld)
    answer = AnalysisDesk().answer(session.request())
    cells = {cell["id"]: cell for cell in answer["cells"]}
    code = dict(document)
    wrong = [cell_id for cell_id, truth in session.truth.items() if truth == "must"]
    right = [cell_id for cell_id, truth in session.truth.items() if truth == "free"]

    def shown(cell_id: str) -> bool:
        return cells[cell_id]["status"] not in ("fresh", "unrun")

    def still_wrong(more: Sequence[str]) -> int:
        again = executed(document, [*played, *((cell_id, code[cell_id]) for cell_id in more)], ShellWorld)
        return sum(truth == "must" for truth in again.truth.values())

    found: dict[str, Any] = {
        "kind": kind,
        "wrong": len(wrong),
        "seen": sum(map(shown, wrong)),
        "false": sum(map(shown, right)),
        "missed": [code[cell_id] for cell_id in wrong if not shown(cell_id)],
        "alarms": [[_first_reason(cells[cell_id]), code[cell_id]] for cell_id in right if shown(cell_id)],
        "marked": any(shown(cell_id) for cell_id in cells),
        "lists": 0,
        "cures": 0,
        "restarts": int(answer["restart_needed"]),
        "restarts_wrong": 0,
        "hazards": 0,
        "hazards_right": 0,
        "wrong hazards": [],
    }
    if answer["rerun"] and not answer["restart_needed"]:
        found["lists"] = 1
        found["cures"] = int(still_wrong(answer["rerun"]) == 0)
    if answer["restart_needed"]:
        ran = [cell_id for cell_id, _ in document if session.truth[cell_id] != "unrun"]
        found["restarts_wrong"] = int(still_wrong(ran) == 0)
    for cell_id in answer["hazards"][:3]:
        if session.truth.get(cell_id) == "free":
            again = executed(document, [*played, (cell_id, code[cell_id])], ShellWorld)
            is_right = again.truth[cell_id] == "must"
            found["hazards"] += 1
            found["hazards_right"] += int(is_right)
            if not is_right:
                found["wrong hazards"].append([cells[cell_id]["hazard"]["message"], code[cell_id]])
    return found


def _first_reason(cell: dict[str, Any]) -> str:
    return str(cell["reasons"][0]["message"] if cell["reasons"] else cell["status"])


def play(path: Path) -> None:
    """All sessions of one notebook, a line each."""
    os.environ["MPLBACKEND"] = "agg"
    warnings.simplefilter("ignore")
    from tests.analysis.sessions import executed
    from tests.analysis.shell import ShellWorld

    cells = [(f"c{number}", source) for number, source in enumerate(sources_of(path))]
    before = executed(cells, cells, ShellWorld, judged=False)
    failing = sum(run["status"] != "ok" for run in before.history)
    if failing > _MOST_FAILING * len(cells):
        return
    for kind, document, played in sessions_of(cells, random.Random(path.name)):
        print(json.dumps(judged(kind, document, played)), flush=True)


def _in_its_own_process(path: Path) -> list[dict[str, Any]]:
    command = [sys.executable, __file__, "--play", str(path)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)
        text = done.stdout
    except subprocess.TimeoutExpired as error:
        text = error.stdout or b""
    lines = [line for line in text.decode("utf-8", "replace").split("\n") if line.startswith('{"kind"')]
    found = []
    for line in lines:
        try:
            found.append({**json.loads(line), "path": str(path)})
        except ValueError:  # cut off at its time limit
            continue
    return found


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "-"


def report(found: list[dict[str, Any]], shown: int) -> None:
    """The figures, by what was done and over all."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for session in found:
        for kind in (session["kind"], "all"):
            counter = totals[kind]
            counter["sessions"] += 1
            for key, value in session.items():
                if isinstance(value, (int, bool)):
                    counter[key] += int(value)
            counter["cured"] += int(session["wrong"] == 0)
            counter["marked although cured"] += int(session["wrong"] == 0 and session["marked"])
    for kind, counter in totals.items():
        print(f"{kind}: {counter['sessions']} sessions")
        print(f"  recall {_share(counter['seen'], counter['wrong'])}")
        print(f"  precision {_share(counter['seen'], counter['seen'] + counter['false'])}")
        print(
            f"  marked although nothing is wrong {_share(counter['marked although cured'], counter['cured'])}"
        )
        print(f"  lists that cure {_share(counter['cures'], counter['lists'])}")
        print(f"  restarts that were not needed {_share(counter['restarts_wrong'], counter['sessions'])}")
        print(f"  hazards that are right {_share(counter['hazards_right'], counter['hazards'])}")
    for session in found:
        for source in session["missed"]:
            print(f"MISSED in {session['path']} ({session['kind']})\n{_indented(source)}")
    for kind in ("alarms", "wrong hazards"):
        told = [(session, one) for session in found for one in session[kind]]
        for session, (reason, source) in told[:shown]:
            print(f"{kind} in {session['path']} ({session['kind']}): {reason}\n{_indented(source)}")


def _indented(source: str) -> str:
    return "\n".join(f"    | {line}" for line in source.split("\n")[:12])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=200, help="notebooks (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="at a time (default: %(default)s)")
    parser.add_argument("--show", type=int, default=0, help="so many false alarms with their code")
    parser.add_argument("--play", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.play:
        play(options.folder)
        return
    print(f"command: python {' '.join(sys.argv)}")
    print(
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    paths = [path for path in sorted(options.folder.rglob("*.ipynb")) if sources_of(path)]
    random.Random(0).shuffle(paths)
    with ThreadPoolExecutor(options.jobs) as pool:
        played = list(pool.map(_in_its_own_process, paths[: options.most]))
    found = [session for sessions in played for session in sessions]
    print(f"{sum(map(bool, played))} notebooks of {len(paths[: options.most])} could be played\n")
    report(found, options.show)


if __name__ == "__main__":
    main()
