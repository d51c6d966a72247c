"""No pattern of ours takes more than time in proportion to the text: whoever sends the text decides what it is."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import pytest

import jupyter_hygiene

from .patterns import Use, patterns_in, patterns_of
from .strains import strains_of

pytestmark = pytest.mark.lengthy

# A pattern that needs no longer than this, in seconds, for so many characters, does not grow with their square. Few are
# enough where a match could begin at each of them; where the beginning is longer, what each costs shows in more.
_FEW, _QUICK = 1_000, 0.0004
_MORE, _QUICK_FOR_MORE = 6_000, 0.0006
_SHORT = 2
# Four times the text takes four times the time; sixteen, where it grows with the square, or up to a bound of its own.
_SUSPECT = 6.0
_LENGTHS = (100_000, 200_000)
_SHORTER = (10_000, 20_000)  # for those that take long, though in proportion
_LONG = 0.1
_DEAR = 0.00002  # seconds for a character
# Twice the text takes twice the time; four times, where it grows with the square. Noise is between.
_MOST_GROWTH = 3.0
_MOST_JUDGED = 2
_SHARES = 3  # tests among which our patterns are divided, for as many workers


def _use(use: Use) -> Callable[[str], object]:
    pattern = re.compile(use.pattern, use.flags)
    if use.method in ("match", "fullmatch"):
        return getattr(pattern, use.method)
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _seconds(act: Callable[[str], object], text: str, rounds: int) -> float:
    """Of the processor, so that a busy machine changes nothing; the least of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        act(text)
        least = min(least, time.process_time() - began)
    return least


def _suspicion(act: Callable[[str], object], text: Text) -> float:
    """What a character of a text takes, in seconds, if that seems to grow with the text's length; else nothing."""
    probes = [(_FEW, _QUICK)]
    if len(text.unit) > _SHORT:
        probes.append((_MORE, _QUICK_FOR_MORE))
    for length, quick in probes:
        probed = _seconds(act, text.of(length), 1)
        if probed >= quick and (probed := min(probed, _seconds(act, text.of(length), 3))) >= quick:
            more = _seconds(act, text.of(4 * length), 1)
            if more / probed >= _SUSPECT:
                return more / (4 * length)
    return 0


def worse_than_linear(use: Use) -> str:
    """On which text a pattern takes more than time in proportion; empty if on none that was tried."""
    act = _use(use)
    suspects: list[tuple[float, Text]] = []
    for parts in strains_of(re.compile(use.pattern, use.flags)):
        text = Text(*parts)
        if cost := _suspicion(act, text):
            suspects.append((cost, text))
            if cost > _DEAR:  # one is enough
                break
    for cost, text in sorted(suspects, key=lambda suspect: suspect[0], reverse=True)[:_MOST_JUDGED]:
        short, long = _LENGTHS if cost * _LENGTHS[0] < _LONG else _SHORTER
        for _ in range(3):  # what is linear shows it once
            growth = _seconds(act, text.of(long), 1) / _seconds(act, text.of(short), 1)
            if growth < _MOST_GROWTH:
                break
        else:
            return f"{text}: {growth:.1f} times for twice the text"
    return ""


class Text(NamedTuple):
    """A text of any length: something at its beginning, something again and again, something at its end."""

    beginning: str
    unit: str
    end: str

    def of(self, length: int) -> str:
        return self.beginning + self.unit * (length // len(self.unit)) + self.end


@functools.cache
def _ours() -> list[tuple[Use, str]]:
    return list(patterns_of(jupyter_hygiene).items())


def test_our_patterns_are_found() -> None:
    assert len(_ours()) > 400


@pytest.mark.parametrize("share", range(_SHARES))
def test_no_pattern_of_ours_is_worse_than_linear(share: int) -> None:
    slow = {
        place: (use.pattern[:200], found)
        for use, place in _ours()[share::_SHARES]
        if (found := worse_than_linear(use))
    }
    assert slow == {}


@pytest.mark.parametrize(
    "source",
    [
        "import re\n_WORDS = re.compile(r'\\w+!')\ndef f(text): return _WORDS.search(text)",
        "import re\n_TABLE = {'a': [re.compile(r'\\s*$')]}",
        "import re\ndef f(text): return re.sub(r'<[^>]*>', '', text)",
        "import re\n_LINES = (re.compile(r'(?m)^\\s*x'),)",
        "import re\n_QUICK = re.compile(r'#a b c d e f g(?:\\[([^\\]]*)\\])')",
    ],
)
def test_a_pattern_that_grows_with_the_square_is_found(source: str) -> None:
    module = ModuleType("planted")
    exec(source, vars(module))
    assert any(worse_than_linear(use) for use in patterns_in([(module, source)]))


def test_a_pattern_that_is_tried_at_one_place_only_may_be_what_would_be_slow_at_each() -> None:
    source = "import re\n_WORDS = re.compile(r'\\w+!')\ndef f(text): return _WORDS.match(text)"
    module = ModuleType("planted")
    exec(source, vars(module))
    uses = patterns_in([(module, source)])
    assert [use.method for use in uses] == ["match"]
    assert not any(worse_than_linear(use) for use in uses)
