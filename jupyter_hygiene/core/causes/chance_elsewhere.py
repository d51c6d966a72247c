"""Where code that is not Python takes something from chance, as far as a look at its lines tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .chance import Chance
from .chance_tables import CLOCK_CURE

# By language: what draws, what seeds, what to do; and what asks for the time.
_LANGUAGES = {
    "r": (
        r"\b(?:r(?:norm|unif|binom|pois|exp|gamma|beta|t|chisq|multinom)|sample(?:_n|_frac|\.int)?|kmeans|createDataPartition)\(",
        r"\bset\.seed\(",
        "Call `set.seed(1)` before it.",
        r"\bSys\.(?:time|Date)\(|\bproc\.time\(|\bdate\(\)",
    ),
    "julia": (
        r"\b(?:rand|randn|randperm|shuffle!?|sample)\(",
        r"\bRandom\.seed!\(|\bseed!\(",
        "Call `Random.seed!(1)` before it.",
        r"\bnow\(\)|\btime(?:_ns)?\(\)|@time\b|@btime\b",
    ),
    "bash": (
        r"\$RANDOM\b|\bshuf\b|\buuidgen\b",
        r"\bRANDOM=\d",
        "Set `RANDOM=1` before it.",
        r"(?:^|[|;(`]\s*)date\b",
    ),
}


def chances_elsewhere(sources: Sequence[str], language: str) -> list[tuple[Chance, ...]]:
    """Of each cell, the lines that take something from chance; none for a language that is not known here."""
    patterns = _LANGUAGES.get(language.lower())
    if patterns is None:
        return [() for _ in sources]
    draws, seeds, cure, clock = (
        *(re.compile(pattern) for pattern in patterns[:2]),
        patterns[2],
        re.compile(patterns[3]),
    )
    seeded = False
    found: list[tuple[Chance, ...]] = []
    for source in sources:
        chances: list[Chance] = []
        for number, line in enumerate(source.split("\n"), 1):
            seeded = seeded or seeds.search(line) is not None
            if not seeded and draws.search(line):
                chances.append(Chance("draw", number, "draws random numbers without a seed", cure))
            elif clock.search(line):
                chances.append(Chance("clock", number, "asks for the time", CLOCK_CURE))
        found.append(tuple(sorted(chances, key=lambda chance: (chance.kind != "draw", chance.line))))
    return found
