"""Comparing errors: type and message, and the notebook's own lines in the traceback."""

from __future__ import annotations

import re
from functools import cache

from ..notebook import ERROR, Output
from .evidence import evidence_of
from .outcome import SAME, Outcome, excuse, shortened
from .settings import CompareContext
from .spans import plain_difference
from .terminal import rendered, without_ansi
from .text import compare_text


def compare_errors(saved: Output, replayed: Output, context: CompareContext) -> Outcome:
    """Compare two error outputs."""
    settings = context.settings.within(ERROR)
    titles = f"{saved.ename}: {saved.evalue}", f"{replayed.ename}: {replayed.evalue}"
    if saved.ename != replayed.ename:
        summary = f"another exception: {shortened(titles[0])} → {shortened(titles[1])}"
        return Outcome("changed", summary, difference=plain_difference(*titles))
    messages = _without_place(rendered(saved.evalue)), _without_place(rendered(replayed.evalue))
    if settings.allows("traceback-format"):
        messages = _without_advice(*messages)
    outcome = compare_text(*messages, evidence_of(context.source), settings)
    if outcome.verdict == "changed":
        return Outcome("changed", f"{saved.ename}: {outcome.summary}", outcome.normalised, outcome.difference)
    tracebacks = _flat(saved), _flat(replayed)
    if tracebacks[0] == tracebacks[1] and saved.evalue == replayed.evalue:
        return SAME
    reasons = _chained(tracebacks[0]), _chained(tracebacks[1])
    if len(reasons[0]) == len(reasons[1]):
        for before, after in zip(*reasons, strict=True):
            reason = compare_text(before, after, evidence_of(context.source), settings)
            if reason.verdict == "changed":
                summary = f"raised while handling another exception: {shortened(before)} → {shortened(after)}"
                return Outcome("changed", summary, reason.normalised, reason.difference)
    places = notebook_lines(tracebacks[0]), notebook_lines(tracebacks[1])
    if places[0] and places[1] and places[0] != places[1] and saved.ename != "KeyboardInterrupt":
        summary = f"raised elsewhere: {shortened(places[0][-1])} → {shortened(places[1][-1])}"
        return Outcome(
            "changed",
            summary,
            outcome.normalised,
            plain_difference("\n".join(places[0]), "\n".join(places[1])),
        )
    if outcome.verdict == "cosmetic":
        return outcome
    if not settings.allows("traceback-format"):
        return Outcome("changed", "the traceback differs", difference=plain_difference(*tracebacks))
    names = frozenset({"traceback-format"})
    return Outcome(
        "cosmetic", excuse(names), names, compare_text(*tracebacks, evidence_of(""), settings).difference
    )


def _without_advice(saved: str, replayed: str) -> tuple[str, str]:
    """The messages, without what only one of them goes on to say on further lines."""
    first = saved.split("\n", 1)[0], replayed.split("\n", 1)[0]
    one_sided = ("\n" in saved.strip()) != ("\n" in replayed.strip())
    if one_sided and first[0].rstrip(".: ") == first[1].rstrip(".: "):
        return first[0].rstrip(".: "), first[1].rstrip(".: ")
    return saved, replayed


def _chained(traceback: str) -> list[str]:
    """The exceptions that led to the last one, as their tracebacks end."""
    parts = re.split(
        r"\n[ \t]{0,40}(?:During handling of the above exception, another exception occurred"
        r"|The above exception was the direct cause of the following exception):[ \t]{0,40}\n",
        traceback[:500_000],
    )
    ends = [part.rstrip().rsplit("\n", 1)[-1].strip() for part in parts[:-1]]
    return [end for end in ends if re.match(r"[A-Za-z_][\w.]*(?::|$)", end)]


def _flat(output: Output) -> str:
    return without_ansi("\n".join(output.traceback)).strip()


def _without_place(message: str) -> str:
    """A message without the place that syntax errors carry: (1234.py, line 1)."""
    stripped = message.rstrip()
    place = re.search(
        r"\((?:<[^()<>]{1,80}>|[^()\s]{1,200}\.py|[^()\s]{1,80}), line \d{1,9}\)\Z", stripped[-300:]
    )
    return message if place is None else stripped[: len(stripped) - len(place.group())].rstrip()


@cache
def _frame_header() -> re.Pattern[str]:
    return re.compile(
        r"(?m)(?P<cell>(?:<ipython-input-[^>\n]{0,200}>|(?:Input )?(?:Cell )?In ?\[\d+\]"
        r"|(?<!\S)\S{0,400}?ipykernel_\d+[\\/]\d+\.py)[^\n]*)$"
        r"|(?P<file>^(?:File )?(?:~|/|[A-Za-z]:\\|\.{1,2}/|<)[^\n]*?(?: in |:\d+, in |:\d+$|\(\))[^\n]*$)"
        r"|(?P<arrow>^-{1,5}> ?\d+ ?(?P<code>[^\n]*)$)"
    )


def notebook_lines(traceback: str) -> list[str]:
    """The code of the notebook's own lines in a traceback without colours, outermost first."""
    lines: list[str] = []
    in_cell = False
    for match in _frame_header().finditer(traceback[:500_000]):
        if match.group("cell") is not None:
            in_cell = True
        elif match.group("file") is not None:
            in_cell = False
        elif in_cell:
            lines.append(match.group("code").strip())
    return lines
