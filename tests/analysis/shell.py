"""Sessions carried out by IPython's own shell: magics, ``_`` and ``Out``, automagic and all."""

from __future__ import annotations

import collections.abc
import contextlib
import decimal
import io
import json
import locale
import logging
import math
import os
import random
import re
import shutil
import string
import sys
import tempfile
import warnings
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
from IPython.core.interactiveshell import InteractiveShell

from .oracle import Observation, digest, line_of, static_targets

_OWN = "In Out exit quit get_ipython open _ __ ___ _i _ii _iii _ih _oh _dh _exit_code display"
_HIDDEN = frozenset(_OWN.split())
_SHELL: list[InteractiveShell] = []
_FRAMES = "-----------"


def _shell() -> Any:
    if not _SHELL:
        InteractiveShell.clear_instance()
        made: Any = InteractiveShell.instance(colors="NoColor")
        made.history_manager.enabled = False
        made.separate_in = ""
        # Reading the source of every frame takes longer than all else, and is cut away again.
        made.InteractiveTB.structured_traceback = lambda *_args, **_options: [_FRAMES]
        _SHELL.append(made)
    return _SHELL[0]


class ShellWorld:
    """A kernel's worth of state in this process, as a fresh one would have it."""

    def __init__(self, seed: int = 0) -> None:
        self.raised_in = 0
        self.shell = _shell()
        self.folder = tempfile.mkdtemp()
        os.chdir(self.folder)
        self._forget()
        fresh_process(seed)
        self._seen = self._look()

    def _forget(self) -> None:
        """As ``shell.reset`` does, but for the collection of garbage, which takes longer than the cells."""
        shell = self.shell
        shell.user_ns.clear()
        shell.displayhook._ = shell.displayhook.__ = shell.displayhook.___ = ""
        history = shell.history_manager
        history.input_hist_parsed[:] = [""]
        history.input_hist_raw[:] = [""]
        history.output_hist.clear()
        history.dir_hist[:] = [self.folder]
        history._i = history._ii = history._iii = history._i00 = ""
        shell.init_user_ns()
        shell.run_line_magic("precision", "%r")
        shell.execution_count = 1

    def close(self) -> None:
        os.chdir("/")
        shutil.rmtree(self.folder, ignore_errors=True)
        fresh_process(0)

    def run(self, source: str) -> tuple[Observation, bool]:
        before = self._seen
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            # async cells are run by the shell itself
            result = self.shell.run_cell(source, store_history=True)
        after = self._seen = self._look()
        held = {name: content for name, (_, content) in after.items()}
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        error = result.error_before_exec or result.error_in_exec
        shown = out.getvalue().replace(self.folder, "<folder>")
        raised = result.error_in_exec
        self.raised_in = line_of(raised, "ipython-input") if raised is not None else 0
        if error is not None:
            shown = f"{_without_frames(shown)}{type(error).__name__}: {error}".replace(
                self.folder, "<folder>"
            )
        else:
            shown = _plain(shown)
        return Observation(shown, frozenset(changed | static_targets(source)), held), error is None

    def _look(self) -> dict[str, tuple[int, str]]:
        """The user's names, with identity and content of their values."""
        return {
            name: (id(value), digest(value))
            for name, value in self.shell.user_ns.items()
            if name not in _HIDDEN and not name.startswith("__") and not _is_history(name)
        }


def _is_history(name: str) -> bool:
    return name.startswith("_") and name[1:].removeprefix("i").isdigit()


def _without_frames(shown: str) -> str:
    """What was printed before the traceback."""
    return _plain(shown.split(_FRAMES, 1)[0])


def _plain(shown: str) -> str:
    """Without the counts of outputs, addresses and timings."""
    shown = re.sub(r"Out\[\d+\]: ?", "", shown)
    shown = re.sub(r"0x[0-9a-f]+", "0x", shown)
    return re.sub(r"(?m)^(CPU times|Wall time|.* per loop).*\n?", "", shown)


def fresh_process(seed: int) -> None:
    """What a new process would have afresh, as far as tests touch it."""
    _restore_modules()
    np.set_printoptions(**_NUMPY_PRINT)
    np.seterr(**_NUMPY_ERRORS)
    np.random.seed(seed)
    random.seed(seed)
    pd.reset_option("display")
    os.environ.clear()
    os.environ.update(_ENVIRON)
    warnings.resetwarnings()
    warnings.filters.extend(_WARNINGS)  # type: ignore[attr-defined]
    decimal.setcontext(decimal.Context(prec=28))
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
    logging.getLogger().setLevel(logging.WARNING)
    plots = sys.modules.get("matplotlib.pyplot")
    if plots is not None:
        plots.close("all")
        plots.rcdefaults()
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(seed)


def _restore_modules() -> None:
    for module, names in _MODULES:
        now = vars(module)
        for name in [name for name in now if name not in names]:
            del now[name]
        now.update(names)
    for name in [name for name in sys.modules if name not in _LOADED]:
        if name.startswith(("mymod", "fake")):
            del sys.modules[name]
    sys.path[:] = _PATH
    sys.argv[:] = ["kernel"]
    sys.setrecursionlimit(3000)
    for name in ("last_value", "last_type", "last_traceback"):
        vars(sys).pop(name, None)


_NUMPY_PRINT = np.get_printoptions()
_NUMPY_ERRORS = np.geterr()
_ENVIRON = dict(os.environ)
_WARNINGS = list(warnings.filters)
_MODULES = [(module, dict(vars(module))) for module in (math, random, json, string, collections.abc)]
_LOADED = frozenset(sys.modules)
_PATH = list(sys.path)
