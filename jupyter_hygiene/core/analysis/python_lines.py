"""A cell's text as Python whose lines are those of the cell: magics that run Python stand as the code that they run."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import NamedTuple

from .shell_syntax import automagic, transformed

# Cell magics whose body is Python that runs in the notebook's own namespace.
_RUNS_BODY = re.compile(r"\s*%%(time|timeit|capture|prun|memit|mprun|wandb|matplotlib)\b[^\S\n]*([^\n]*)")
_ANY_CELL_MAGIC = re.compile(r"\s*%%(?!\s*(?:\n|$))")
# Line magics that run the code behind them, as IPython writes them down in Python.
_RUNS_LINE = re.compile(
    r"^(\s*)get_ipython\(\)\.run_line_magic\('(?:time|timeit|prun|memit)', "
    r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)\s*$",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"^(?:-[a-z](?:\s*\d+)?\s+|-[a-z]\s+\w+\s+|--?[\w-]+=\S+\s+)+")


class Reading(NamedTuple):
    """A cell as Python. ``tree`` is ``None`` where it is another language's, or cannot be read: then ``error``."""

    text: str
    tree: ast.Module | None
    error: SyntaxError | None = None


@lru_cache(maxsize=4096)
def read(source: str) -> Reading:
    """Read a cell's text as Python, its lines numbered as in the text. Never raises."""
    text = source
    if _ANY_CELL_MAGIC.match(source):
        magic = _RUNS_BODY.match(source)
        if magic is None:
            return Reading("", None)
        text = (
            "\n" * source.count("\n", 0, magic.start(1)) + _head(magic[1], magic[2]) + source[magic.end() :]
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return Reading(text, ast.parse(text))
            except SyntaxError as error:
                return _as_shell_syntax(text, error)
    except (ValueError, RecursionError, MemoryError) as error:
        return Reading("", None, SyntaxError(str(error) or "it is nested too deeply"))


def _as_shell_syntax(text: str, error: SyntaxError) -> Reading:
    for make in (transformed, automagic):
        try:
            made = make(text)
            if made is None or made == text:
                continue
            made = _RUNS_LINE.sub(_run_in_place, made)
            return Reading(made, ast.parse(made))
        except SyntaxError as later:
            if make is transformed:
                error = later
    return Reading("", None, error)


def _head(name: str, rest: str) -> str:
    """What stands for a cell magic's own line, so that the lines below count on."""
    if name == "capture":
        words = [word for word in rest.split() if word.isidentifier()]
        return f"{words[0]} = None" if words else "pass"
    if name == "timeit":
        setup = _OPTIONS.sub("", rest.strip() + " ").strip()
        return setup if setup and _is_python(setup) else "pass"
    return "pass"


def _run_in_place(match: re.Match[str]) -> str:
    try:
        line = str(ast.literal_eval(match[2])).strip()
    except (ValueError, SyntaxError):
        return match[0]
    code = _OPTIONS.sub("", line + " ").strip()
    return match[1] + code if code and "\n" not in code and _is_python(code) else match[0]


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return False
    return True
