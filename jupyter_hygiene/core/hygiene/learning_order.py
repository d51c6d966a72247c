"""In which order a notebook learns from its data, makes rows of it, and sets the test rows aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import learning_tables as tables
from .learning_follower import Follower
from .learning_marks import Mark, TooLate
from .page import Page
from .whole_text import mentions

# Nothing comes too early before the first of these, or too late behind the last of those.
_MATTERS = re.compile(
    r"\.fit\(|fit_transform\(|fit_resample|fit_sample|resample\(|replace=|scale\(|_transform\(|zscore"
    rf"|\b(?:{'|'.join(sorted(tables.LEARNS | tables.MADE_OF_PARTS | tables.OVERSAMPLERS | tables.UNDERSAMPLERS))})\("
)
_SPLITS = re.compile(r"train_test_split\(|\.(?:transform|predict|predict_proba|decision_function|score)\(")


def splits_too_late(page: Page) -> tuple[TooLate, ...]:
    """Every fit and every resampling that should stand below a split, with that split."""
    return page.once("splits too late", lambda: _found(page))


def _found(page: Page) -> tuple[TooLate, ...]:
    try:
        return tuple(_follow(page))
    except RecursionError:  # nobody can tell what code that deep does
        return ()


def _follow(page: Page) -> Iterator[TooLate]:
    if not mentions(page, ("train_test_split(",)):
        return
    matter = [number for number, code in enumerate(page.code) if _MATTERS.search(code.source)]
    splits = [number for number, code in enumerate(page.code) if _SPLITS.search(code.source)]
    if not matter or not splits:
        return
    follower = Follower(page.imported)
    for code in page.code[min(matter[0], splits[0]) : splits[-1] + 1]:
        follower.cell(code)
    told: set[Mark] = set()
    for found in follower.found:
        if found.mark not in told:
            told.add(found.mark)
            yield found
