"""What a cell may take from outside the notebook, or from chance: hints for a difference that nothing else explains.

Hints, read off the source: they say what may be behind a difference, never that it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .report import Cause


class Hint(NamedTuple):
    """What a cell does that may come out otherwise the next time: a cause, and words to follow "the cell"."""

    cause: Cause
    words: str


# In the order in which they explain best.
_HINTS = (
    (
        Hint("nondeterminism", "looks at the clock"),
        r"\b(?:time|perf_counter|monotonic|process_time|now|today|utcnow)(?:_ns)?\(\s*\)|\bstrftime\("
        r"|^\s*%%?(?:time|timeit|prun)\b",
    ),
    (
        Hint("nondeterminism", "makes ids or secrets by chance"),
        r"\buuid[14]?\b|\bsecrets\.|\burandom\(|\btempfile\.|\bmkdtemp\(",
    ),
    (
        Hint("nondeterminism", "lets things run at the same time"),
        r"\bthreading\b|\bconcurrent\.futures\b|\bmultiprocessing\b|\basyncio\.|\bn_jobs\s*=",
    ),
    (
        Hint("nondeterminism", "uses an order or a number that differs from one kernel to the next"),
        r"(?<![\w.])(?:set|frozenset|hash|id)\(",
    ),
    (
        Hint("external", "reads from the network"),
        r"https?://|\brequests\.|\burlopen\(|\burlretrieve\(|\bfetch_\w+\(|\bload_dataset\(|\bsocket\.",
    ),
    (
        Hint("external", "asks a database"),
        r"\bread_sql\w*\(|\bsqlite3\.|\bcreate_engine\(|\bpsycopg2?\.|^\s*%%?sql\b",
    ),
    (
        Hint("external", "reads files, which may have changed"),
        r"(?<![\w.])open\(|\bread_\w+\(|\bload(?:txt)?\(|\bgenfromtxt\(|\bglob\(|\blistdir\(|\biterdir\(|\bwalk\(",
    ),
    (Hint("external", "asks whoever runs it"), r"(?<![\w.])input\(|\bgetpass\("),
    (
        Hint("environment", "depends on the machine and what is installed on it"),
        r"\bos\.environ\b|\bgetenv\(|\bplatform\.|\bsys\.(?:version|path|platform|executable)|__version__"
        r"|\bcpu_count\(|\bsubprocess\.|\bos\.system\(|\bgetcwd\(|^\s*(?:!|%pip\b|%conda\b|%env\b|%%(?:bash|sh|script)\b)",
    ),
)
_PATTERNS = tuple((hint, re.compile(pattern, re.MULTILINE)) for hint, pattern in _HINTS)
_CHANCE = Hint("nondeterminism", "draws random numbers without a seed")
_DRAWS = re.compile(
    r"\brandom\.\w+\(|\brand(?:n|int|perm|om)?\(|\bsample\(|\bshuffle\(|\bchoice\(|\btrain_test_split\("
    r"|\bKMeans\(|\b\w*Forest\w*\(|\bnn\.\w+\("
)
_SEEDS = re.compile(
    r"\bseed\w*\(|\brandom_state\s*=|\bdefault_rng\(\s*\w|\bmanual_seed\w*\(|\bRandom(?:State)?\(\s*\w"
)


def hint(source: str, *, seeded: bool) -> Hint | None:
    """What in a cell's source may make its outcome another one. ``seeded``: whether its notebook sets a seed."""
    if not seeded and _DRAWS.search(source):
        return _CHANCE
    return next((found for found, pattern in _PATTERNS if pattern.search(source)), None)


def sets_seed(source: str) -> bool:
    """Whether a cell settles what random numbers come."""
    return _SEEDS.search(source) is not None
