"""No fix changes what a notebook computes: each is carried out, and both notebooks are run for real."""

from __future__ import annotations

import contextlib
import copy
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_hygiene.core.configuration import configure, layer_of
from jupyter_hygiene.core.hygiene import RULES, Finding, Fix
from jupyter_hygiene.core.hygiene.examination import Subject, examine, mend_all
from jupyter_hygiene.core.hygiene.mending import carry_out
from jupyter_hygiene.core.notebook import Notebook
from tests.notebooks import code, notebook, printed

# Of each rule with a fix, notebooks that its fixes apply to. Every cell shows what it computes.
SAMPLES: dict[str, list[list[str]]] = {
    "imported-again": [
        [
            "import math\nimport os",
            "import math\nprint(math.pi)",
            "import os, sys\nprint(os.sep, sys.byteorder)",
        ],
        ["from math import pi, e\nprint(pi)", "from math import pi\n# why\nprint(pi * e)"],
        ["import numpy as np", "%precision 3\nimport numpy as np  # again\nprint(np.arange(3))"],
        ["import os", "import os; print(os.sep)", "import math\nprint(math.e)", "import math"],
        ["import os.path", "import os.path\nprint(os.path.join('a', 'b'))"],
    ],
    "star-import": [
        ["from math import *", "print(pi, floor(2.5))"],
        ["from collections import *\nprint(Counter('aab'))", "print(OrderedDict(a=1))"],
        ["from os.path import *\nfrom math import *\nprint(join('a', 'b'), pi)"],
    ],
    "empty-cell": [["x = 1", "", "print(x)"]],
    "absolute-path": [
        ["import os\nprint(os.path.exists('/home/someone/data/prices.csv'))"],
        ["from pathlib import Path\nhere = Path('/Users/me/project')\nprint(here / 'a.csv')"],
    ],
    "execution-counts": [["x = 1\nprint(x)"]],
    "unused-import": [["import os\nimport math\nprint(math.pi)"]],
    "undefined-name": [],  # the notebook stops there
    "used-before-definition": [],
    "deleted-definition": [],
    "secret": [],  # clears outputs
    "large-output": [],  # clears outputs
    "metadata-churn": [["print(1)"]],
    "unseeded-randomness": [
        ["import random\nprint(random.random())"],
        ["import numpy as np\nprint(np.random.rand(2).tolist())"],
        ["import numpy as np\nrng = np.random.default_rng()\nprint(rng.random())"],
    ],
}
RANDOM = {"unseeded-randomness"}
DROPS_NAMES = {"star-import", "unused-import"}  # that nothing uses


def ran(raw: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """What a notebook prints, and the values that it leaves under names, run from top to bottom."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell()
    ours = set(shell.user_ns)
    printed_text = io.StringIO()
    with contextlib.redirect_stdout(printed_text):
        for cell in raw["cells"]:
            if cell["cell_type"] == "code" and "".join(cell["source"]).strip():
                outcome = shell.run_cell("".join(cell["source"]), store_history=True)
                assert outcome.success, cell["source"]
    left = {
        name: repr(value)
        for name, value in shell.user_ns.items()
        if name not in ours
        and name[0] != "_"
        and isinstance(value, (int, float, str, list, dict, tuple, set))
    }
    return printed_text.getvalue(), left


def subject_of(raw: dict[str, Any], rule: str) -> Subject:
    view = Notebook.from_json(raw)
    return Subject(
        view, "a.ipynb", None, configure(view, None, layer_of({"select": [rule]}, "the test", None))
    )


def samples() -> list[tuple[str, list[str]]]:
    return [(rule, cells) for rule, books in SAMPLES.items() for cells in books]


def fixes_of(raw: dict[str, Any], rule: str) -> list[tuple[Finding, Fix]]:
    return [(each, fix) for each in examine(subject_of(raw, rule)).findings for fix in each.fixes]


def test_every_rule_with_a_fix_has_its_samples() -> None:
    assert {rule.id for rule in RULES.values() if rule.fix} == set(SAMPLES)


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MPLBACKEND", "agg")
    assert os.getcwd() == str(tmp_path)


@pytest.mark.parametrize(("rule", "cells"), samples())
def test_a_notebook_computes_the_same_before_and_after_each_fix(rule: str, cells: list[str]) -> None:
    raw = notebook(*[code(cell, printed("0"), count=n + 1) for n, cell in enumerate(cells)])
    raw["cells"][0]["metadata"] = {"ExecuteTime": {"start_time": "2024-01-01T12:00:00"}, "tags": ["keep"]}
    if rule == "empty-cell":
        raw["cells"][1]["outputs"] = []
    before, names = ran(raw)
    fixes = fixes_of(raw, rule)
    assert fixes, "there is nothing to fix"
    for _, fix in fixes:
        fixed = copy.deepcopy(raw)
        carry_out(fixed, Notebook.from_json(raw), fix.edits)
        assert fixed != raw
        after, left = ran(fixed)
        if rule in RANDOM:
            assert ran(fixed)[0] == after, "the numbers are the same each time from now on"
            assert len(after.split()) == len(before.split())
        else:
            assert after == before
            dropped = names.keys() - left.keys() if rule in DROPS_NAMES else set()
            assert names.items() - left.items() == {(name, names[name]) for name in dropped}
        kept = {cell["id"]: cell for cell in fixed["cells"]}
        assert kept.get("c0", {"metadata": {"tags": ["keep"]}})["metadata"].get("tags") == ["keep"]


@pytest.mark.parametrize(("rule", "cells"), samples())
def test_a_notebook_computes_the_same_after_all_safe_fixes(rule: str, cells: list[str]) -> None:
    raw = notebook(*[code(cell) for cell in cells])
    mended = mend_all(subject_of(raw, rule), raw)
    if not mended.fixed:
        assert all(not fix.safe for _, fix in fixes_of(raw, rule))
    elif rule not in RANDOM:
        assert ran(mended.raw) == ran(raw)
