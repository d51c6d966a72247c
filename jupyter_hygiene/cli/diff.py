"""``jupyter hygiene diff``: the comparison alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..core.configuration import configure
from ..core.errors import HygieneError
from .files import read_notebook
from .output import NOT_DONE, deliver, exit_status
from .settings import settings_of


def run_diff(options: argparse.Namespace) -> int:
    """Compare two notebooks; returns the exit status."""
    from ..core.pairing import compare_notebooks
    from ..formats import Problem

    notebooks = []
    for path in (options.saved, options.replayed):
        try:
            notebooks.append(read_notebook(Path(path)).notebook)
        except HygieneError as error:
            deliver([], [Problem(path, error.kind, error.message)], options)
            return NOT_DONE
    try:
        folder = Path(options.saved).absolute().parent
        configuration = configure(notebooks[0], folder, settings_of(options))
    except HygieneError as error:
        deliver([], [Problem(options.saved, error.kind, error.message)], options)
        return NOT_DONE
    report = compare_notebooks(notebooks[0], notebooks[1], path=options.saved, configuration=configuration)
    return exit_status([report], []) if deliver([report], [], options) else NOT_DONE
