"""Imports: made twice, made ambiguously, made with a star, made in the midst of work, made for nothing."""

from __future__ import annotations

from .import_bindings import ambiguous, repeats
from .import_places import scattered, unused
from .model import Rule
from .star_imports import star_imports

RULES: tuple[Rule, ...] = (
    Rule(
        id="imported-again",
        family="Imports",
        severity="info",
        summary="An import repeats one that a cell above has made already.",
        why="Repeated imports hide what a notebook needs, and the copies drift apart when one of them is changed.",
        before="""\
import math
# %%
import math
print(math.sqrt(2))""",
        after="""\
import math
# %%
print(math.sqrt(2))""",
        check=repeats,
        fix="Deletes the repeated import, where nothing has changed what its name stands for in between.",
    ),
    Rule(
        id="ambiguous-alias",
        family="Imports",
        severity="warning",
        summary="Two imports bind the same name to different things.",
        why="What the name stands for depends on which of the two cells ran last, so cells above break when run again.",
        before="""\
import datetime
print(datetime.date(2024, 1, 1))
# %%
from datetime import datetime
print(datetime(2024, 1, 1))""",
        after="""\
import datetime
print(datetime.date(2024, 1, 1))
# %%
print(datetime.datetime(2024, 1, 1))""",
        check=ambiguous,
    ),
    Rule(
        id="star-import",
        family="Imports",
        severity="warning",
        summary="A star import brings in names that cannot be seen.",
        why="It may replace names of the notebook and of Python, `sum` and `open` among them, and neither readers nor "
        "tools can tell where a name comes from.",
        before="""\
from math import *
print(sqrt(2) * pi)""",
        after="""\
from math import pi, sqrt
print(sqrt(2) * pi)""",
        check=star_imports,
        fix="Imports the names that the notebook uses, where the module's source tells which ones it gives.",
    ),
    Rule(
        id="scattered-imports",
        family="Imports",
        severity="info",
        summary="Imports stand in the midst of the work of several cells.",
        why="What a notebook needs should be seen at its top: a module that is missing then shows at once and not "
        "after an hour of training. Imports that open a section of their own are left alone.",
        before="""\
import math
print(math.pi)
# %%
import json
text = json.dumps([1, 2])
# %%
import random
random.seed(0)
print(random.random())
# %%
import statistics
print(statistics.mean([1, 2]))""",
        after="""\
import json
import math
import random
import statistics
# %%
print(math.pi)
# %%
text = json.dumps([1, 2])
# %%
random.seed(0)
print(random.random())
# %%
print(statistics.mean([1, 2]))""",
        check=scattered,
    ),
    Rule(
        id="unused-import",
        family="Imports",
        severity="info",
        summary="An import is never used, in code, magics, shell lines or strings that a library evaluates.",
        why="It costs time at every start, and asks readers to install what the notebook does not need.",
        before="""\
import json
import math
print(math.pi)""",
        after="""\
import math
print(math.pi)""",
        check=unused,
        fix="Deletes the import.",
        on=False,
    ),
)
