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
    r"^([^\S\n]*)get_ipython\(\)\.run_line_magic\('(?:time|timeit|prun|memit)', "
    r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)[^\S\n]*$",
    re.MULTILINE,
)
_PLAIN_MAGIC = re.compile(
    r"^%(matplotlib|config|load_ext|reload_ext|autoreload|watermark|pip|conda)\b([^\n?{$]*)$", re.MULTILINE
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
    simple = _without_plain_magics(text)
    if simple is not None:
        try:
            return Reading(simple, ast.parse(simple))
        except SyntaxError:
            pass
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


def _without_plain_magics(text: str) -> str | None:
    """The text with magics that stand on a line of their own, and bind nothing, made into the calls that they are.

    IPython does it too, but takes ten times as long as reading the cell. ``None`` where it is left to IPython.
    """
    if '"""' in text or "'''" in text or "\\\n" in text:
        return None  # such a line may be part of a text
    made = _PLAIN_MAGIC.sub(
        lambda match: f"get_ipython().run_line_magic({match[1]!r}, {match[2].strip()!r})", text
    )
    return made if made != text else None


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
