"""Imports: what is found, what is rightly left alone, and what the fixes leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hygiene.pages import Source, code, findings, markdown, mended, places
from tests.notebooks import printed, raised, result


@pytest.mark.parametrize(
    "cells",
    [
        ["import numpy as np", "import numpy as np\nx = np.ones(3)"],
        ["import os\nimport os"],
        ["from math import pi, e", "from math import pi"],
        ["import numpy as np, pandas as pd", "import pandas as pd"],
        [
            "%matplotlib inline\nimport matplotlib.pyplot as plt",
            "%%time\nimport matplotlib.pyplot as plt\nx = 1",
        ],
        ["import numpy as np", "%%bash\nls", "import numpy as np\nx = 1"],
        ["from typing import List", "def f():\n    List = 1", "x = 1", "import re", "import re"],
    ],
)
def test_an_import_that_stands_above_is_imported_again(cells: list[Source]) -> None:
    assert findings("imported-again", *cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["import numpy as np", "import numpy"],
        ["import numpy as np", "np = 3", "import numpy as np"],
        ["import numpy as np", "del np", "import numpy as np"],
        ["import numpy as np", "%reset -f", "import numpy as np"],
        ["import numpy as np", "for np in [1]:\n    pass", "import numpy as np"],
        ["import helper", "import importlib\nimportlib.reload(helper)", "import helper"],
        ["from helper import f", "%load_ext autoreload\n%autoreload 2", "from helper import f"],
        ["try:\n    import numpy as np\nexcept ImportError:\n    np = None", "import numpy as np"],
        ["if True:\n    import re", "import re"],
        ["import re", "def f():\n    import re\n    return re"],
        ["import re", "if True:\n    import re"],
        ["from os import path", "from helper import *", "from os import path"],
        ["from os import path", "%run setup.py", "from os import path"],
        ["from os import path", "%%cython\ndef path(): pass", "from os import path"],
        ["import numpy as np", "import cupy as np", "import numpy as np"],
        ["from datetime import datetime", "import datetime", "from datetime import datetime"],
        ["from __future__ import annotations", "from __future__ import annotations"],
        [code("import re", raised("ModuleNotFoundError", "No module named 're'")), "import re"],
        ["import xml.dom", "import xml.sax"],
        ["import numpy as np", "import os\nos.kill(os.getpid(), 9)", "import numpy as np"],
    ],
)
def test_an_import_that_does_something_again_is_left_alone(cells: list[Source]) -> None:
    assert findings("imported-again", *cells) == []


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("import os\nx = 1", "x = 1"),
        ("# files\nimport os\n\nx = 1  # one", "# files\n\nx = 1  # one"),
        ("import os  # for files\nx = 1", "# for files\nx = 1"),
        ("import os; x = 1", "x = 1"),
        ("x = 1; import os; y = 2", "x = 1; y = 2"),
        ("x = 1\n\nimport os\n\ny = 2", "x = 1\n\ny = 2"),
        ("%matplotlib inline\nimport os\n!ls", "%matplotlib inline\n!ls"),
        ("%%time\nimport os\nx = 1", "%%time\nx = 1"),
        ("é = 'ü'; import os; y = é", "é = 'ü'; y = é"),
        ("from os import (\n    path,\n    sep,\n)\nx = 1", "x = 1"),
        ("# only this\nimport os", "# only this"),
        ("from os import path, name, sep  # é", "from os import name  # é"),
        ("import os, re as r; x = 1", "import re as r; x = 1"),
    ],
)
def test_the_fix_takes_the_import_and_nothing_else(source: str, left: str) -> None:
    above = "import os\nfrom os import path, sep"
    assert mended("imported-again", above, source)[1] == left


def test_a_cell_that_holds_nothing_else_goes() -> None:
    assert mended("imported-again", "import os", "import os\n", "x = 1") == ["import os", "x = 1"]


@pytest.mark.parametrize(
    "again",
    [
        "x\nimport os",  # the value of x would be shown
        "%%time\nimport os",  # a magic without a body
        code("import os", printed("welcome")),
        "from os import (\n    path,\n    name,  # posix\n)",
    ],
)
def test_no_fix_where_it_would_do_more(again: Source) -> None:
    (hit,) = findings("imported-again", "import os\nfrom os import path", again)
    assert hit.fixes == ()


def test_no_fix_where_the_cells_ran_in_another_order() -> None:
    (hit,) = findings("imported-again", code("import os", count=5), code("import os\nx = 1", count=2))
    assert hit.fixes == ()


@pytest.mark.parametrize(
    "cells",
    [
        ["import datetime", "from datetime import datetime"],
        ["import time", "from time import time"],
        ["from scipy.stats import norm", "from numpy.linalg import norm"],
        ["import random", "from numpy import random"],
        ["import pandas as pd", "import polars as pd"],
        ["from tqdm import tqdm", "import tqdm"],
    ],
)
def test_one_name_for_two_things_is_ambiguous(cells: list[Source]) -> None:
    assert places("ambiguous-alias", *cells) == [(1, 1)]


@pytest.mark.parametrize(
    "cells",
    [
        ["import matplotlib.pyplot as plt", "from matplotlib import pyplot as plt"],
        ["from tqdm import tqdm", "from tqdm.auto import tqdm"],
        ["try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle"],
        ["from sklearn.externals import joblib", "import joblib"],
        ["from collections import Iterable", "from collections.abc import Iterable"],
        ["import datetime", "def f():\n    from datetime import datetime\n    return datetime"],
        ["import datetime", "del datetime", "from datetime import datetime"],
        ["import numpy as np", "import numpy as np"],
        ["import xml.dom", "import xml.sax"],
    ],
)
def test_one_thing_by_two_ways_is_not_ambiguous(cells: list[Source]) -> None:
    assert findings("ambiguous-alias", *cells) == []


def test_a_star_import_is_spelled_out_from_the_modules_source() -> None:
    assert mended("star-import", "from math import *", "print(sqrt(pi))\n%timeit cos(2)") == [
        "from math import cos, pi, sqrt",
        "print(sqrt(pi))\n%timeit cos(2)",
    ]


def test_a_star_import_is_spelled_out_from_a_module_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("import os\ndef load():\n    pass\n_x = 1\ny = 2\n")
    cells = "from helper import *", "load(), y, _x"
    assert mended("star-import", *cells, folder=tmp_path)[0] == "from helper import load, y"


@pytest.mark.parametrize(
    "text",
    [
        "for name in ('a', 'b'):\n    globals()[name] = 1\n",
        "if 1:\n    a = 1\n",
        "__all__ = [name for name in dir()]\n",
        "def broken(:\n",
        "from elsewhere_not_there import *\n",
    ],
)
def test_no_fix_for_a_module_that_has_to_be_run_to_tell(tmp_path: Path, text: str) -> None:
    (tmp_path / "helper.py").write_text(text)
    (hit,) = findings("star-import", "from helper import *", "a", folder=tmp_path)
    assert hit.fixes == ()


def test_nothing_of_a_module_is_executed(tmp_path: Path) -> None:
    package = tmp_path / "helper"
    package.mkdir()
    executed = tmp_path / "executed"
    (package / "__init__.py").write_text(f"open({str(executed)!r}, 'w')\n")
    (package / "inner.py").write_text(f"open({str(executed)!r}, 'w')\na = 1\n")
    (hit,) = findings("star-import", "from helper.inner import *", "a", folder=tmp_path)
    assert hit.fixes
    assert not executed.exists()


def test_no_fix_where_names_may_be_used_unseen() -> None:
    (hit,) = findings("star-import", "from math import *", "eval(input())")
    assert hit.fixes == ()


def test_a_star_import_that_its_authors_ask_for_is_only_noted() -> None:
    (hit,) = findings("star-import", "from fastai.vision.all import *")
    assert hit.severity == "info"


SCATTERED: list[Source] = [
    "import numpy as np\nx = np.ones(3)",
    "x.sum()",
    "import re\nre.findall('a', 'b')",
    "y = len(x)\nimport json\njson.dumps(y)",
    "from math import pi\nprint(pi)",
]


def test_imports_in_the_midst_of_several_cells_are_one_finding() -> None:
    (hit,) = findings("scattered-imports", *SCATTERED)
    assert (hit.cell_id, hit.line) == ("c2", 1)
    assert "cells 3, 4, 5" in hit.message


@pytest.mark.parametrize(
    "cells",
    [
        SCATTERED[:4],
        [
            "import os\nos.environ['A'] = '1'",
            "%matplotlib inline\nimport matplotlib.pyplot as plt",
            "import re",
            "import json",
        ],
        [
            "import sys\nsys.path.insert(0, '..')",
            "!pip install x",
            "import x\nx.set_option(1)",
            "import re",
            "import os",
            "y = 1",
        ],
        ["x = f(1)", "import re", "import json", "import os", "import sys"],
        [
            *("x = f(1)", markdown("# One"), "import re\nre.search('a', 'b')"),
            *(
                markdown("# Two"),
                "import json\njson.loads('1')",
                markdown("## Three"),
                "import os\nos.getcwd()",
            ),
        ],
        ["import re\nf(re)", "import re\ng(re)", "import re\nh(re)", "import re\ni(re)"],
    ],
)
def test_set_up_first_and_imports_that_open_a_section_are_not_scattered(cells: list[Source]) -> None:
    assert findings("scattered-imports", *cells) == []


def test_an_import_that_nothing_uses_is_found_and_taken_away() -> None:
    cells = "import os\nimport json\nimport re", "print(re)"
    assert [hit.message for hit in findings("unused-import", *cells, lint=True)] == [
        "`os` is imported and never used.",
        "`json` is imported and never used.",
    ]
    assert mended("unused-import", *cells, lint=True)[0] == "import json\nimport re"


@pytest.mark.parametrize(
    "use",
    [
        "%timeit os.getcwd()",
        "!ls {os.getcwd()}",
        "files = !echo {os}",
        "df.query('a == @os')",
        "eval('os.sep')",
        "%%timeit\nos.getcwd()",
        "%%bash\necho os",
        "__all__ = ['os']",
        "%lprun -f os.getcwd f()",
        "os?",
    ],
)
def test_an_import_that_is_used_where_ruff_does_not_look_is_used(use: str) -> None:
    assert findings("unused-import", "import os", use, lint=True) == []


@pytest.mark.parametrize(
    "line",
    [
        "from mpl_toolkits.mplot3d import Axes3D",
        "import seaborn as sns",
        "from sklearn.experimental import enable_iterative_imputer",
        "from google.colab import drive",
    ],
)
def test_an_import_for_its_effect_is_used(line: str) -> None:
    assert findings("unused-import", line, code("x = 1", result("1")), lint=True) == []
