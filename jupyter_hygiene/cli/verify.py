"""``jupyter hygiene verify``: replay notebooks in local kernels and report.

What is slow to import is imported while a kernel starts.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.configuration import configure
from ..core.errors import HygieneError, Refused
from ..core.verification import VerifyOptions, verify
from ..kernels.local import start_local_kernel
from .accept import accepted_text, refusal
from .files import NotebookFile, find_notebooks, read_notebook, read_text, sweep_beside, write_atomically
from .output import NOT_DONE, complain, deliver, exit_status
from .progress import NotebookProgress, Progress
from .settings import settings_of

if TYPE_CHECKING:
    from ..core.report import Report
    from ..core.session import KernelSession
    from ..formats import Problem


_ENDING_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Result(NamedTuple):
    """What became of one notebook: a report, a problem, or both (verified, but not accepted)."""

    report: Report | None
    problem: Problem | None


def run_verify(options: argparse.Namespace) -> int:
    """Verify notebooks; returns the exit status."""
    paths = list(find_notebooks(options.paths))
    if not paths:
        complain(f"no notebooks in {', '.join(options.paths)}")
        return NOT_DONE
    try:
        results = asyncio.run(_verify_all(paths, options))
    except (KeyboardInterrupt, asyncio.CancelledError):
        complain("cancelled; the replay's kernels are shut down.")
        return NOT_DONE
    reports = [result.report for result in results if result.report is not None]
    problems = [result.problem for result in results if result.problem is not None]
    delivered = deliver(reports, problems, options)
    accepted = frozenset(report.path for report in reports if options.accept and report.verdict == "differs")
    return exit_status(reports, problems, forgiven=accepted) if delivered else NOT_DONE


async def _verify_all(paths: list[Path], options: argparse.Namespace) -> list[Result]:
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for number in _ENDING_SIGNALS:
        # Where the loop takes no handlers (Windows), Ctrl-C still raises KeyboardInterrupt.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, task.cancel if task else loop.stop)
    turn = asyncio.Semaphore(options.jobs)
    progress = Progress()

    async def one(path: Path) -> Result:
        async with turn:
            try:
                return await _verify_file(path, options, progress)
            finally:
                progress.forget(str(path))

    tasks = [asyncio.create_task(one(path)) for path in paths]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def _verify_file(path: Path, options: argparse.Namespace, progress: Progress) -> Result:
    report: Report | None = None
    try:
        sweep_beside(path)
        file = read_notebook(path)
        reason = refusal(file) if options.accept else None
        if reason is not None:
            return Result(None, _problem(path, "not_accepted", reason))
        report = await _replay(file, options, progress)
        if options.accept:
            _accept(file, report)
    except HygieneError as error:
        return Result(report, _problem(path, error.kind, error.message))
    except OSError as error:
        return Result(report, _problem(path, "io", f"{error.strerror or error}: {error.filename or path}"))
    except Exception as error:  # one notebook must not take the reports of the others with it
        return Result(report, _problem(path, "internal", f"{type(error).__name__}: {error}"))
    return Result(report, None)


def _problem(path: Path, kind: str, message: str) -> Problem:
    from ..formats import Problem

    return Problem(str(path), kind, message)


async def _replay(file: NotebookFile, options: argparse.Namespace, progress: Progress) -> Report:
    from ..core.replay import ReplayLimits

    absolute = file.path.absolute()
    configuration = configure(file.notebook, absolute.parent, settings_of(options))
    settings = configuration.settings

    async def start(cwd: Path | None) -> KernelSession:
        return await start_local_kernel(
            settings.kernel or file.notebook.kernel_name, cwd=cwd or absolute.parent, notebook_path=absolute
        )

    outcome = await verify(
        file.notebook,
        str(file.path),
        absolute.parent,
        start,
        NotebookProgress(progress, str(file.path), len(file.notebook.code_cells)),
        VerifyOptions(
            repeat=options.repeat or settings.repeat or 1,
            keep_going=bool(settings.keep_going),
            scratch=bool(settings.scratch),
            scratch_limit=options.scratch_limit,
            limits=ReplayLimits(timeout=settings.timeout or None, cell_timeout=settings.cell_timeout or None),
        ),
        configuration=configuration,
    )
    return outcome.report


def _accept(file: NotebookFile, report: Report) -> None:
    """Write a replay's outputs into its file, unless the replay failed."""
    if report.verdict == "failed":
        return
    if report.truncated:
        raise Refused("A cell's output was cut at its limit, so the outputs were not accepted.")
    if read_text(file.path) != file.text:
        raise Refused(
            "The file was changed while it was replayed, so the outputs were not accepted. Verify again."
        )
    text = accepted_text(file, report)
    if text != file.text:
        write_atomically(file.path, text)
