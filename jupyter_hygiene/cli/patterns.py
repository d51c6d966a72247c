"""``jupyter hygiene patterns``: what patterns match in saved outputs, and what would be left to compare."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..core.configuration import Configuration, configure, layer_of
from ..core.configuration.values import Unfit, usable
from ..core.errors import HygieneError, InvalidNotebook, InvalidSettings
from ..core.notebook import ERROR, STREAM, Cell, Notebook
from ..core.own_patterns import Left, Pattern, further_left, notes_on_costly
from ..formats.painting import harmless
from .files import find_notebooks, read_notebook
from .output import ALL_WELL, DIFFERS, NOT_DONE, complain, show

_STDIN = "-"
_MOST_MATCHES = 5
_MOST_LINES = 12
_LONGEST_LINE = 160


def run_patterns(options: argparse.Namespace) -> int:
    """Try patterns on notebooks; returns the exit status."""
    try:
        given = _given(options)
    except InvalidSettings as error:
        complain(error.message)
        return NOT_DONE
    trial = _Trial(given)
    status = ALL_WELL
    paths = [path for path in options.paths if path == _STDIN] + [
        str(path) for path in find_notebooks(path for path in options.paths if path != _STDIN)
    ]
    for path in paths:
        try:
            trial.try_on(path)
        except HygieneError as error:
            complain(f"{path}: {error.message}")
            status = NOT_DONE
    if not paths:
        complain(f"no notebooks in {', '.join(options.paths)}")
        return NOT_DONE
    if not trial.patterns and status == ALL_WELL:
        complain(
            "there are no patterns to try. Give --regex or --sanitize-with, or set some in pyproject.toml."
        )
        return NOT_DONE
    if not show(harmless("\n".join([*trial.lines, *trial.totals()]))):
        return NOT_DONE
    idle = any(not trial.counts[key] for key in trial.patterns)
    return max(status, DIFFERS if idle else ALL_WELL)


def _given(options: argparse.Namespace) -> tuple[Pattern, ...] | None:
    """The patterns given in the call; ``None`` if there are none and those that are set are meant."""
    if options.regex is None and options.replace is not None:
        raise InvalidSettings("--replace needs a --regex.")
    if options.regex is None and not options.sanitize_with:
        return None
    files = {"sanitize-with": options.sanitize_with} if options.sanitize_with else {}
    given = layer_of(files, "the command line", Path.cwd()).settings.patterns
    if options.regex is None:
        return given
    try:
        return (*given, usable(Pattern("regex", options.regex, options.replace), "--regex"))
    except Unfit as error:
        raise InvalidSettings(f"{error}.") from None


class _Trial:
    """What was found so far: the lines to show, and how often each pattern matched."""

    def __init__(self, given: tuple[Pattern, ...] | None) -> None:
        self._given = given
        self.lines: list[str] = []
        self.patterns: dict[tuple[str, str], Pattern] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self._add(given or ())

    def try_on(self, path: str) -> None:
        """Look at one notebook.

        Raises:
            HygieneError: it cannot be read, or its settings are wrong.
        """
        if path == _STDIN:
            text, notebook = _from_stdin()
            folder = Path.cwd()
        else:
            text, notebook = "", read_notebook(Path(path)).notebook
            folder = Path(path).absolute().parent
        configuration = Configuration() if self._given is not None else configure(notebook, folder)
        general = configuration.settings.patterns if self._given is None else self._given
        self._add(general)
        self._try_text(path, general, "text/plain", text)
        for cell in notebook.code_cells:
            patterns = configuration.of(cell).patterns if self._given is None else self._given
            self._add(patterns)
            for kind, text in _texts(cell):
                self._try_text(f"{path}, cell {cell.index + 1}", patterns, kind, text)

    def totals(self) -> Iterator[str]:
        """How often each pattern matched in all."""
        for key, pattern in self.patterns.items():
            count = self.counts[key]
            times = f"{count} {'match' if count == 1 else 'matches'}" if count else "matches nowhere"
            yield f"{pattern.name}: {times}   ({pattern.regex})"
        yield from notes_on_costly(self.patterns.values())

    def _add(self, patterns: Sequence[Pattern]) -> None:
        self.patterns.update({_key(pattern): pattern for pattern in patterns})

    def _try_text(self, where: str, patterns: Sequence[Pattern], kind: str, text: str) -> None:
        left = Left(text)
        lines: list[str] = []
        for pattern in patterns:
            if not pattern.is_for(kind):
                continue
            before = len(left.found)
            left = further_left([pattern], left)
            matched = [found.text for found in left.found[before:]]
            self.counts[_key(pattern)] += len(matched)
            if matched:
                lines.append(f"  {pattern.name}: {_listed(matched)}")
        if lines:
            self.lines += [f"{where}, {kind.removeprefix('stream/')}", *lines, *_remaining(left), ""]


def _key(pattern: Pattern) -> tuple[str, str]:
    return pattern.name, pattern.file


def _from_stdin() -> tuple[str, Notebook]:
    """A text, and a notebook; one of them is empty."""
    empty = Notebook((), {})
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return text, empty
    try:
        return "", Notebook.from_json(raw)
    except InvalidNotebook:
        return text, empty


def _texts(cell: Cell) -> Iterator[tuple[str, str]]:
    """The texts among a cell's outputs on which patterns would be tried, with their kinds."""
    from ..core.compare.terminal import rendered

    streams: dict[str, str] = {}
    for output in cell.outputs:
        if output.output_type == STREAM:
            streams[output.name] = streams.get(output.name, "") + output.text
    for name, text in streams.items():
        yield f"stream/{name}", rendered(text)
    for output in cell.outputs:
        if output.output_type == ERROR:
            yield ERROR, rendered(output.evalue)
        for mime, value in output.data.items():
            if isinstance(value, str) and (
                mime.startswith("text/") or mime.endswith(("svg+xml", "javascript"))
            ):
                yield mime, rendered(value) if mime == "text/plain" else value


def _listed(matched: Sequence[str]) -> str:
    shown = [f"“{_cut(text)}”" for text in dict.fromkeys(matched)][:_MOST_MATCHES]
    more = len(matched) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _remaining(left: Left) -> Iterator[str]:
    """The lines in which something was replaced, as they are left."""
    starts: list[int] = []
    for stretch in left.stretches:
        start = left.text.rfind("\n", 0, stretch.new_start) + 1
        if not starts or starts[-1] != start:
            starts.append(start)
    for start in starts[:_MOST_LINES]:
        end = left.text.find("\n", start)
        yield f"  left: {_cut(left.text[start : end if end >= 0 else len(left.text)])}"
    if len(starts) > _MOST_LINES:
        yield f"  … and {len(starts) - _MOST_LINES} more lines"


def _cut(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= _LONGEST_LINE else flat[: _LONGEST_LINE - 1] + "…"
