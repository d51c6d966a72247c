"""Notebooks that do not reproduce, each for a cause of its own: the page as it stands, and what a replay must say.

The pages are what a user would have saved after the runs that the story tells of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jupyter_hygiene.core.analysis import Run
from tests.notebooks import code, notebook, printed, raised, result


@dataclass(frozen=True)
class Story:
    """``causes``: by position of the code cell; ``says``: words of the first problem; ``helps``: of its action."""

    name: str
    page: dict[str, Any]
    causes: Mapping[int, str]
    says: str
    helps: str
    line: int | None = None
    history: Sequence[Run] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    repeat: int = 1
    keep_going: bool = False
    problems: int = 1


STORIES = (
    Story(
        "edited, as the runs of the kernel tell",
        notebook(
            code("x = 6", count=1),
            code("print(x)", printed("5\n"), count=2),
            code("print(x + 1)", printed("6\n"), count=3),
        ),
        {1: "upstream", 2: "upstream"},
        "This cell was edited since it ran as [1].",
        "Run it again",
        history=[
            Run("x = 5", 1, "c0", "ok"),
            Run("print(x)", 2, "c1", "ok"),
            Run("print(x + 1)", 3, "c2", "ok"),
        ],
    ),
    Story(
        "edited where it prints, as the runs of the kernel tell",
        notebook(code("print('hallo')", printed("hello\n"), count=1)),
        {0: "edited"},
        "edited since it ran",
        "Run it again",
        history=[Run("print('hello')", 1, "c0", "ok")],
    ),
    Story(
        "edited, as nothing else can be in a file whose counts are complete",
        notebook(code("x = 6", count=1), code("print(x)", printed("5\n"), count=2)),
        {1: "edited"},
        "This cell, or cell 1, from which `x` comes, must have been edited",
        "Take the replayed output",
    ),
    Story(
        "an output under a cell that was emptied",
        notebook(code("", printed("5\n"), count=2)),
        {0: "edited"},
        "The code of this cell was removed",
        "Clear the output",
    ),
    Story(
        "outputs that were cleared are one problem",
        notebook(
            code("x = 1\nprint(x)", count=1),
            code("print(x + 1)", count=2),
            code("print(x + 2)", printed("3\n"), count=3),
        ),
        {0: "edited", 1: "edited"},
        "The output was cleared from the page",
        "Take the replayed output.",
    ),
    Story(
        "a name from a deleted cell, its code still in the kernel's history",
        notebook(code("y = 1", count=2), code("print(x)", printed("5\n"), count=3)),
        {1: "hidden_state"},
        "`x` comes from a cell that was deleted, run as [1]: `x = 5`.",
        "Bring the code of [1] back",
        history=[Run("x = 5", 1, "gone", "ok"), Run("y = 1", 2, "c0", "ok"), Run("print(x)", 3, "c1", "ok")],
    ),
    Story(
        "a name from a deleted cell, in a file",
        notebook(
            code("y = 1", count=1),
            code("z = x + 1\nprint(z)", printed("6\n"), count=3),
            code("print(z * 2)", printed("12\n"), count=4),
        ),
        {1: "hidden_state", 2: "upstream"},
        "Nothing in the notebook defines `x`; perhaps the code that ran as [2] did.",
        "Define `x` in a cell above",
        keep_going=True,
    ),
    Story(
        "a value from a deleted cell, in a file",
        notebook(code("x = 1", count=1), code("print(x)", printed("5\n"), count=3)),
        {1: "hidden_state"},
        "Perhaps `x` was changed by code that is gone: the run [2] left no cell on the page.",
        "Define `x` in a cell above",
    ),
    Story(
        "a value set in a console",
        notebook(code("x = 1", count=1), code("print(x)", printed("5\n"), count=3)),
        {1: "hidden_state"},
        "`x` was set by code that no cell here has (run [2]): `x = 5`.",
        "Bring the code of [2] back",
        history=[Run("x = 1", 1, "c0", "ok"), Run("x = 5", 2, None, "ok"), Run("print(x)", 3, "c1", "ok")],
    ),
    Story(
        "a name defined below",
        notebook(
            code("print(x)", printed("5\n"), count=2), code("x = 5", count=1), code("print(1)", count=3)
        ),
        {0: "out_of_order", 1: "upstream", 2: "upstream"},
        "`x` is defined only below, in cell 2.",
        "Move cell 2 above cell 1",
    ),
    Story(
        "a key made below",
        notebook(
            code("d = {'a': 1}", count=1),
            code("print(d['b'])", printed("5\n"), count=3),
            code("d['b'] = 5", count=2),
        ),
        {1: "out_of_order", 2: "upstream"},
        "stands below",
        "Move cell 3 above cell 2",
    ),
    Story(
        "a cell that ran before the one above it",
        notebook(code("x = 5", count=1), code("x = 7", count=3), code("print(x)", printed("5\n"), count=2)),
        {2: "out_of_order"},
        "`x` was changed by cell [3] after this cell ran.",
        "Run cell 3 again after cell 2",
    ),
    Story(
        "a cell that ran twice, as the runs of the kernel tell",
        notebook(code("x = 0", count=1), code("x += 1\nprint(x)", printed("2\n"), count=3)),
        {1: "out_of_order"},
        "has run twice",
        "however often it runs",
        history=[
            Run("x = 0", 1, "c0", "ok"),
            *(Run("x += 1\nprint(x)", count, "c1", "ok") for count in (2, 3)),
        ],
    ),
    Story(
        "a cell that ran more than once, in a file",
        notebook(code("x = 0", count=1), code("x += 1\nprint(x)", printed("3\n"), count=4)),
        {1: "out_of_order"},
        "Perhaps this cell has run more than once: it changes `x`",
        "however often it runs",
    ),
    Story(
        "random numbers, replayed once",
        notebook(
            code("import random", count=1),
            code("x = [random.random() for _ in range(9)]", count=2),
            code("print(x)", printed("[0.1, 0.2]\n"), count=3),
            code("print(sum(x))", printed("0.3\n"), count=4),
        ),
        {2: "nondeterminism", 3: "nondeterminism"},
        "Line 1 of cell 2 draws random numbers without a seed (`random.random`).",
        "Call `random.seed(0)` before it.",
        line=1,
    ),
    Story(
        "random numbers, replayed twice",
        notebook(
            code("import numpy as np\nrng = np.random.default_rng()", count=1),
            code("x = rng.normal(size=3)\nx.shape", result("(3,)", 2), count=2),
            code("print(x.sum())", printed("0.3\n"), count=3),
        ),
        {2: "nondeterminism"},
        "Line 2 of cell 1 calls `np.random.default_rng` without `seed`.",
        "Give it a seed: `np.random.default_rng(0)`.",
        line=2,
        repeat=2,
    ),
    Story(
        "the order of a set, replayed twice",
        notebook(
            code(
                "words = set('the quick brown fox jumps over the lazy dog and runs'.split())\nfor word in words:\n"
                "    print(word)",
                printed("fox\nthe\nquick\nover\njumps\nbrown\ndog\nlazy\nand\nruns\n"),
                count=1,
            )
        ),
        {0: "nondeterminism"},
        "Line 2 of cell 1 goes through a set",
        "sorted",
        line=2,
        repeat=2,
    ),
    Story(
        "the clock, replayed twice",
        notebook(
            code("import time\nstart = time.time_ns()", count=1),
            code("print(start % 1000003)", printed("17\n"), count=2),
        ),
        {1: "nondeterminism"},
        "Line 2 of cell 1 asks for the time",
        "Do not show the time",
        line=2,
        repeat=2,
    ),
    Story(
        "a date that has moved on, on which two replays agree",
        notebook(
            code("from datetime import date\nyear = date.today().year", count=1),
            code("print(year + 1)", printed("2001\n"), count=2),
        ),
        {1: "external"},
        "Time has passed: line 2 of cell 1 asks for the time",
        "Do not show the time",
        line=2,
        repeat=2,
    ),
    Story(
        "a class that a library has moved",
        notebook(
            code(
                "import jupyter_client.manager as m\nm.KernelManager",
                result("jupyter_client.old.KernelManager"),
                count=1,
            )
        ),
        {0: "environment"},
        "Only the name of a data type differs",
        "install the versions",
    ),
    Story(
        "ten failures after one import",
        notebook(
            code("import nowhere_to_be_found as nw", count=1),
            *(code(f"x{i} = nw.f({i})\nprint(x{i})", printed(f"{i}\n"), count=i + 2) for i in range(10)),
        ),
        {0: "environment", **dict.fromkeys(range(1, 11), "upstream")},
        "The module nowhere_to_be_found is not installed",
        "Install nowhere_to_be_found",
        keep_going=True,
    ),
    Story(
        "an API that is gone, and the version that had it in a lock file",
        notebook(code("import numpy as np", count=1), code("np.float(3)", result("3.0", 2), count=2)),
        {1: "environment"},
        "numpy has no float in the version that is installed for the replay's kernel. requirements.txt records "
        "numpy 1.19.2; the replay's kernel has",
        "install the version of numpy that the notebook was made with",
        files={"requirements.txt": "numpy==1.19.2\n"},
    ),
    Story(
        "an argument that is gone",
        notebook(code("import json\njson.dumps(1, ident=2)", result("'1'"), count=1)),
        {0: "environment"},
        "does not take the argument ident",
        "Change the call",
    ),
    Story(
        "a warning that went",
        notebook(
            code(
                "print(3)",
                printed("/x/y.py:3: DeprecationWarning: soon gone\n", "stderr"),
                printed("3\n"),
                count=1,
            )
        ),
        {0: "environment"},
        "A warning of a library is gone.",
        "install the versions",
    ),
    Story(
        "another version of a package, although a file is read too",
        notebook(
            code("import numpy as np\nx = np.loadtxt('n.txt')", count=1),
            code("print(x.sum())", printed("4.0\n"), count=2),
        ),
        {1: "environment"},
        "requirements.txt records numpy 1.19.2; the replay's kernel has",
        "Install numpy 1.19.2",
        files={"requirements.txt": "numpy==1.19.2\n", "n.txt": "1 2"},
    ),
    Story(
        "made with another Python",
        notebook(
            code("import numpy as np\nx = np.arange(3)", count=1),
            code("print(x.sum())", printed("4\n"), count=2),
            language_info={"name": "python", "version": "3.6.1"},
        ),
        {1: "environment"},
        "The notebook records Python 3.6.1; the replay's kernel has 3.",
        "Install Python 3.6.1",
    ),
    Story(
        "a file that is not there",
        notebook(code("print(open('sales.csv').read())", printed("1\n"), count=1)),
        {0: "external"},
        "The file sales.csv is not there for the replay.",
        "Put it where the notebook looks for it",
    ),
    Story(
        "a script that is not there",
        notebook(code("%run setup.py", count=1)),
        {0: "external"},
        "The file setup.py is not there for the replay.",
        "Put it where the notebook looks for it",
    ),
    Story(
        "a file that is another",
        notebook(
            code("text = open('sales.csv').read()", count=1),
            code("print(text)", printed("1\n"), count=2),
            code("print(len(text))", printed("1\n"), count=3),
        ),
        {1: "external", 2: "external"},
        "line 1 of cell 1 reads files",
        "whether the file is still the one",
        line=1,
        files={"sales.csv": "1,2"},
    ),
    Story(
        "a file that a cell below writes",
        notebook(
            code("print(open('made.txt').read())", printed("1\n"), count=2),
            code("with open('made.txt', 'w') as file:\n    file.write('1')", count=1),
        ),
        {0: "out_of_order", 1: "upstream"},
        "The file made.txt is written only below, in cell 2.",
        "Move cell 2 above cell 1",
    ),
    Story(
        "a server that does not answer",
        notebook(
            code(
                "import urllib.request\nprint(urllib.request.urlopen('http://127.0.0.1:9/').read())",
                printed("1\n"),
                count=1,
            )
        ),
        {0: "external"},
        "did not answer",
        "Verify again",
    ),
    Story(
        "something that nothing explains",
        notebook(
            code("import numpy as np\nx = np.arange(3)", count=1),
            code("print(x.sum())", printed("4\n"), count=2),
        ),
        {1: "unknown"},
        "Why it differs is not known.",
        "Verify it twice",
    ),
    Story(
        "an error on the page, and another one now",
        notebook(code("{}['a']", raised("ValueError", "no"), count=1, tags=["raises-exception"])),
        {0: "edited"},
        "must have been edited",
        "Take the replayed output",
    ),
    Story(
        "several at once: what fails comes first, then what concerns most cells",
        notebook(
            code("import random", count=1),
            code("n = 3", count=2),
            code("print(random.random())", printed("0.3\n"), count=3),
            code("print(n)", printed("4\n"), count=5),
            code("print(lost)", printed("1\n"), count=6),
            code("print(n + 1)", printed("5\n"), count=7),
        ),
        {2: "nondeterminism", 3: "hidden_state", 4: "hidden_state", 5: "hidden_state"},
        "Nothing in the notebook defines `lost`",
        "Define `lost`",
        keep_going=True,
        repeat=2,
        problems=3,
    ),
)
