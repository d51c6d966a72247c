"""``jupyter hygiene check``: look for what goes wrong in notebooks, and mend it. Nothing is run."""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..core.configuration import Configuration, Layer, configure, layer_of
from ..core.errors import HygieneError, Refused
from ..core.hygiene.examination import Subject, examine_all, mend_all
from ..core.hygiene.model import SEVERITIES
from ..core.hygiene.page import Interpreter
from ..formats import Problem
from ..formats.findings import CheckedNotebook, render_findings
from ..kernels.specs import interpreter_of
from .files import NotebookFile, find_notebooks, read_notebook, read_text, sweep_beside, write_atomically
from .json_style import dumped_like
from .output import ALL_WELL, DIFFERS, NOT_DONE, complain, put

if TYPE_CHECKING:
    from ..core.hygiene import Check
    from ..core.hygiene.mending import Mended

_PLACE = "the command line"
# Starting another process takes as long as checking this many notebooks.
_WORTH_A_PROCESS = 100
_MOST_JOBS = 8
# Notebooks that a process gets at a time: few enough that none is left with a long part at the end.
_PART = 100
_Part: TypeAlias = tuple[list[CheckedNotebook], list[Problem]]


@dataclass(frozen=True)
class _Opened:
    """A notebook that is being checked."""

    file: NotebookFile
    subject: Subject


def run_check(options: argparse.Namespace) -> int:
    """Check notebooks; returns the exit status."""
    paths = list(find_notebooks(options.paths))
    if not paths:
        complain(f"no notebooks in {', '.join(options.paths)}")
        return NOT_DONE
    try:
        request = _request(options)
    except HygieneError as error:
        complain(error.message)
        return NOT_DONE
    notebooks: list[CheckedNotebook] = []
    problems: list[Problem] = []
    for some, failed in _in_parts(paths, request, options):
        notebooks += some
        problems += failed
    text_colour = options.format == "text"
    delivered = put(
        lambda colour: render_findings(notebooks, problems, options.format, colour=colour and text_colour),
        options,
    )
    if not delivered or problems:
        return NOT_DONE
    return DIFFERS if any(_fails(notebook, options) for notebook in notebooks) else ALL_WELL


def _in_parts(paths: Sequence[Path], request: Layer, options: argparse.Namespace) -> Iterator[_Part]:
    """Check notebooks, many of them in several processes, each of which takes a part; in order."""
    jobs = options.jobs or min(os.cpu_count() or 1, _MOST_JOBS)
    jobs = min(jobs, -(-len(paths) // _WORTH_A_PROCESS))
    if jobs < 2:
        yield _check_part(paths, request, options)
        return
    parts = [paths[start : start + _PART] for start in range(0, len(paths), _PART)]
    # An interrupt goes to all processes of a terminal; only this one is to answer it.
    with ProcessPoolExecutor(
        jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    ) as processes:
        try:
            yield from processes.map(_check_part, parts, [request] * len(parts), [options] * len(parts))
        except BaseException:
            processes.shutdown(wait=False, cancel_futures=True)
            raise


def _check_part(paths: Sequence[Path], request: Layer, options: argparse.Namespace) -> _Part:
    # What is made here stays until the end; searching it for cyclic garbage takes a fifth of the time.
    gc.disable()
    problems: list[Problem] = []
    notebooks = [
        _checked(opened, found, options, problems)
        for opened, found in examine_all(_opened(paths, request, problems), lambda each: each.subject)
    ]
    return notebooks, problems


def _request(options: argparse.Namespace) -> Layer:
    given: dict[str, Any] = {}
    for key in ("select", "extend-select", "ignore"):
        named = getattr(options, key.replace("-", "_"))
        if named:
            given[key] = [name.strip() for part in named for name in part.split(",") if name.strip()]
    return layer_of(given, _PLACE, Path.cwd())


def _opened(paths: Sequence[Path], request: Layer, problems: list[Problem]) -> Iterator[_Opened]:
    for path in paths:
        try:
            sweep_beside(path)
            file = read_notebook(path)
            folder = path.absolute().parent
            configuration = configure(file.notebook, folder, request)
            yield _Opened(
                file,
                Subject(
                    file.notebook,
                    str(path),
                    folder,
                    configuration,
                    interpreter=_interpreter(file, configuration),
                ),
            )
        except HygieneError as error:
            problems.append(Problem(str(path), error.kind, error.message))
        except OSError as error:
            problems.append(Problem(str(path), "io", f"{error.strerror or error}: {error.filename or path}"))


def _interpreter(file: NotebookFile, configuration: Configuration) -> Interpreter | None:
    """The notebook's Python. In a container, such as most CI runs in, there is nothing to say of it."""
    found = interpreter_of(configuration.settings.kernel or file.notebook.kernel_name)
    return None if found is not None and found.container else found


def _checked(
    opened: _Opened, found: Check, options: argparse.Namespace, problems: list[Problem]
) -> CheckedNotebook:
    """What is said of a notebook, once what can be mended is, if that was asked for."""
    file = opened.file
    said = _said(opened, found)
    if not (options.fix or options.diff) or not any(
        fix.safe for each in found.findings for fix in each.fixes
    ):
        return said
    try:
        if file.upgraded:
            raise Refused(
                "The file is of an old notebook format; convert it (jupyter nbconvert --to notebook) to mend it."
            )
        mended = mend_all(opened.subject, file.raw)
        if options.diff:
            return replace(said, fixed=mended.fixed, difference=_difference(file, mended))
        _write(file, mended)
    except HygieneError as error:
        problems.append(Problem(str(file.path), error.kind, error.message))
        return said
    except OSError as error:
        problems.append(
            Problem(str(file.path), "io", f"{error.strerror or error}: {error.filename or file.path}")
        )
        return said
    return replace(_said(opened, mended.left), fixed=mended.fixed)


def _said(opened: _Opened, found: Check) -> CheckedNotebook:
    cells = opened.file.notebook.cells
    indices = {finding.index for finding in found.findings if finding.index is not None}
    return CheckedNotebook(
        path=str(opened.file.path),
        findings=found.findings,
        sources={index: cells[index].source for index in indices if index < len(cells)},
        silenced=found.silenced,
        notes=found.notes,
    )


def _write(file: NotebookFile, mended: Mended) -> None:
    if not os.access(os.path.realpath(file.path), os.W_OK):
        raise Refused("The file is not writable, so it was not mended.")
    if read_text(file.path) != file.text:
        raise Refused("The file was changed while it was checked, so it was not mended. Check again.")
    write_atomically(file.path, dumped_like(file.text, mended.raw))


def _difference(file: NotebookFile, mended: Mended) -> str:
    before = dumped_like(file.text, file.raw).splitlines(keepends=True)
    after = dumped_like(file.text, mended.raw).splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, after, str(file.path), str(file.path), n=2))


def _fails(notebook: CheckedNotebook, options: argparse.Namespace) -> bool:
    worst = SEVERITIES.index(options.fail_on)
    if notebook.difference:
        return True
    return any(SEVERITIES.index(finding.severity) <= worst for finding in notebook.findings)
