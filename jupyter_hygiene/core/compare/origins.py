"""Where in a printed line a value stands that the cell asked of the clock or the machine, as its own print calls tell.

A call of ``print``, or the last expression, is read as a template: texts, values that are data, and values that come
from the clock, the machine or chance alone. Only what the last of these fill in is volatile.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .rules import Region

_LONGEST_SOURCE = 20_000
_MOST_TEMPLATES = 30
_MOST_WIDE_HOLES = 2  # more of them would take long to fill
_LONGEST_TEXT = 100_000

# What a call whose name ends so is asked of, and how its value looks.
_NUMBER = r"[-+]?\d[\d,]{0,20}(?:\.\d{1,20})?(?:e[-+]?\d{1,3})?%?"
_SPAN = (
    rf"(?:{_NUMBER}|(?:\d{{1,6}} days?, )?\d{{1,3}}:\d\d(?::\d\d)?(?:\.\d{{1,9}})?"
    r"|(?:\d{1,4}|an?) [a-z]{3,14}|datetime\.timedelta\([^()\n]{0,60}\))"
)
_WORDS = r"[^\n]{1,60}?"
_ASKED = (
    ("timing", _SPAN, r"time\.time|time_ns|perf_counter|perf_counter_ns|monotonic|process_time"
    r"|default_timer|timeit\.timeit"),
    ("timestamp", _WORDS, r"\bnow|utcnow|\btoday|time\.(?:strftime|ctime|asctime|localtime|gmtime)|getmtime"),
    ("process-id", r"\d{1,18}", r"getp?pid|get_ident|get_native_id"),
    ("machine-name", r"\S{1,80}", r"platform\.node|gethostname|getfqdn|getuser|getlogin"),
    ("machine-state", _NUMBER, r"cpu_percent|cpu_count|process_cpu_count|getloadavg|gc\.collect"
    r"|active_count|cpu_freq"
     r"|boot_time|virtual_memory|disk_usage|getswitchinterval"),
    ("memory-use", _NUMBER, r"memory_info|getrusage|get_traced_memory|memory_allocated"
    r"|max_memory_allocated|memory_reserved"),
    ("random-id", r"\S{4,80}", r"uuid[14]|token_hex|token_urlsafe|token_bytes"),
    ("temp-path", r"\S{4,200}", r"mkdtemp|mkstemp|gettempdir|mktemp"),
)  # fmt: skip
_SHAPES = {name: shape for name, shape, _ in _ASKED}
_NORMALISERS = {"machine-name": "machine-state"}
# Functions that only write their argument otherwise.
_FORMATS = frozenset(
    {"round", "str", "int", "float", "abs", "repr", "format", "divmod", "hex"}
    | {"timedelta", "naturaldelta", "naturaltime", "precisedelta", "naturalsize", "intcomma", "total_seconds"}
    | {"strftime", "ctime", "asctime", "fromtimestamp", "utcfromtimestamp", "localtime", "gmtime"}
)
_ECHO = re.compile(r"(?m)^[ \t]{0,40}!\s?echo +(?P<text>[^\n|>&;]{1,400})$")
_SHELL = re.compile(
    r"\$\((?:hostname|whoami|date[^()\n]{0,60}|nproc|uname[^()\n]{0,20}|id -u?n?)\)|`(?:hostname|whoami"
    r"|date)`"
    r"|\$\{?(?:HOSTNAME|HOST|USER|LOGNAME|SLURM_\w+|PBS_\w+|LSB_\w+|RANDOM|SECONDS|PPID)\}?"
)


@dataclass(frozen=True)
class _Hole:
    """A place of a template; without a name it holds data."""

    name: str = ""


Part = str | _Hole


def origin_regions(text: str, source: str) -> Iterator[Region]:
    """The stretches of a text that the cell fills with what it asked of the clock, the machine or chance."""
    if not source or len(text) > _LONGEST_TEXT:
        return
    lines = sum(1 for line in text.split("\n") if line.strip())
    for pattern, names, most_lines, literals in _patterns(source):
        if lines > most_lines or not all(text_of in text for text_of in literals):
            continue
        for match in re.compile(pattern, re.MULTILINE).finditer(text):
            for number, name in enumerate(names):
                start, end = match.span(f"v{number}")
                if end > start:
                    yield Region(start, end, name)


@lru_cache(maxsize=64)
def _patterns(source: str) -> tuple[tuple[str, tuple[str, ...], int, tuple[str, ...]], ...]:
    """Patterns of lines, normalisers of their values, how many lines a text may have, and what it must hold.

    A template without words fits much that others may have printed, so the text may have no line more than templates.
    """
    templates = list(_templates(source))
    alone = all(any(isinstance(part, _Hole) and part.name for part in parts) for parts in templates)
    found: list[tuple[str, tuple[str, ...], int, tuple[str, ...]]] = []
    for parts in templates[:_MOST_TEMPLATES]:
        names: list[str] = []
        pattern = ""
        holes = sum(isinstance(part, _Hole) and not part.name for part in parts)
        data = r"[^\n]{0,200}?" if holes <= _MOST_WIDE_HOLES else r"[^\s,;:|=()]{1,60}"
        for part in parts:
            if isinstance(part, str):
                pattern += re.escape(part)
            elif part.name:
                pattern += f"(?P<v{len(names)}>{_SHAPES[part.name]})"
                names.append(_NORMALISERS.get(part.name, part.name))
            else:
                pattern += data
        says_something = any(isinstance(part, str) and re.search(r"\w", part) for part in parts)
        if names and (says_something or alone):
            literals = tuple(part.strip() for part in parts if isinstance(part, str) and part.strip())
            most_lines = _LONGEST_TEXT if says_something else len(templates)
            found.append((rf"^[ \t']*{pattern}[ \t']*$", tuple(names), most_lines, literals))
    return tuple(found)


def _templates(source: str) -> Iterator[list[Part]]:
    for echo in _ECHO.finditer(source):
        words = echo["text"].strip().replace('"', "").replace("'", "")
        places = list(_SHELL.finditer(words))
        ends = [0, *(place.end() for place in places)]
        parts: list[Part] = []
        for start, place in zip(ends, places, strict=False):
            parts.extend([words[start : place.start()], _Hole("machine-name")])
        yield [*parts, words[ends[-1] :]]
    tree = _tree(source)
    if tree is None:
        return
    volatile = _volatile_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield _printed(node, volatile)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and not (
        isinstance(last.value, ast.Call)
        and isinstance(last.value.func, ast.Name)
        and last.value.func.id == "print"
    ):
        yield _parts(last.value, volatile)


def _tree(source: str) -> ast.Module | None:
    if len(source) > _LONGEST_SOURCE:
        return None
    lines = ["pass" if line.lstrip().startswith(("!", "%")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _volatile_names(tree: ast.Module) -> dict[str, str]:
    """The names that only ever hold what was asked of the clock, the machine or chance."""
    names: dict[str, str] = {}
    others: set[str] = set()
    for _ in range(2):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Assign):
                continue
            for target in node.targets:
                if isinstance(target, ast.Name):
                    name = _asked(node.value, names)
                    if name:
                        names.setdefault(target.id, name)
                    else:
                        others.add(target.id)
    return {name: kind for name, kind in names.items() if name not in others}


def _printed(call: ast.Call, volatile: dict[str, str]) -> list[Part]:
    between = " "
    for keyword in call.keywords:
        if keyword.arg == "sep" and isinstance(keyword.value, ast.Constant):
            between = str(keyword.value.value)
    parts: list[Part] = []
    for number, argument in enumerate(call.args):
        parts.extend([between] if number else [])
        parts.extend(_parts(argument, volatile))
    return parts


def _parts(value: ast.expr, volatile: dict[str, str]) -> list[Part]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.JoinedStr):
        return [part for piece in value.values for part in _parts(piece, volatile)]
    if isinstance(value, ast.FormattedValue):
        return _parts(value.value, volatile)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        sides = _parts(value.left, volatile), _parts(value.right, volatile)
        if any(isinstance(part, str) for side in sides for part in side):
            return [*sides[0], *sides[1]]
    if (
        isinstance(value, ast.BinOp)
        and isinstance(value.op, ast.Mod)
        and isinstance(value.left, ast.Constant)
    ):
        values = value.right.elts if isinstance(value.right, ast.Tuple) else [value.right]
        return _filled(str(value.left.value), r"%[-+ #0-9.]{0,12}[a-zA-Z]", values, volatile)
    if (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "format"
        and isinstance(value.func.value, ast.Constant)
    ):
        return _filled(str(value.func.value.value), r"\{[^{}]{0,30}\}", value.args, volatile)
    return [_Hole(_asked(value, volatile))]


def _filled(text: str, mark: str, values: list[ast.expr], volatile: dict[str, str]) -> list[Part]:
    pieces = re.split(mark, text)
    if len(pieces) != len(values) + 1:
        return [_Hole()]
    parts: list[Part] = [pieces[0]]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts.extend([*_parts(value, volatile), piece])
    return parts


def _asked(value: ast.expr, volatile: dict[str, str]) -> str:
    """The normaliser for what an expression asks of the clock, the machine or chance; empty if it is data."""
    if isinstance(value, ast.Name):
        return volatile.get(value.id, "")
    if isinstance(value, (ast.Attribute, ast.Subscript)):
        return _asked(value.value, volatile)
    if isinstance(value, ast.UnaryOp):
        return _asked(value.operand, volatile)
    if isinstance(value, ast.BinOp):
        sides = _asked(value.left, volatile), _asked(value.right, volatile)
        if "timestamp" in sides:
            # How long ago a date of the data is counts; how long the cell has run does not.
            return "timing" if sides == ("timestamp", "timestamp") or _is_start(value.right) else ""
        return sides[0] or sides[1]
    if not isinstance(value, ast.Call):
        return ""
    name = ast.unparse(value.func)
    for kind, _, names in _ASKED:
        if re.search(rf"(?:^|\.|\b)(?:{names})$", name):
            # With an argument these write another moment than now.
            takes_moment = kind == "timestamp" and len(value.args) > ("strftime" in name)
            return "" if takes_moment and not _asked(value.args[-1], volatile) and "now" not in name else kind
    function = name.rsplit(".", 1)[-1]
    if isinstance(value.func, ast.Attribute):
        inner = _asked(value.func.value, volatile)
        if inner:
            return inner
    if function in _FORMATS:
        return next((kind for argument in value.args if (kind := _asked(argument, volatile))), "")
    return ""


def _is_start(value: ast.expr) -> bool:
    """Whether this names the moment at which a cell began."""
    return (
        isinstance(value, ast.Name)
        and re.fullmatch(
            r"t_?\d?|tic|t_?start|(?:start|begin)_?time"
            r"|t_?begin",
            value.id,
        )
        is not None
    )
