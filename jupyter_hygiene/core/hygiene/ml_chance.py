"""Randomness without a seed: which call draws, and where the seed would go."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..analysis.wordlists import words
from ..causes import chance_tables
from ..causes.chance import is_settled
from ..causes.chance_tables import Draw
from ..causes.names import full_name
from .code import Code
from .cutting import replaced, text_of, with_line_above
from .fixes import Fix, SourceEdit
from .import_bindings import imports_of
from .model import Hit
from .page import Page
from .whole_text import mentions

# Libraries that do not draw, or where only what is called so does.
_PLAIN = frozenset(sys.stdlib_module_names) | words(
    "numpy pandas matplotlib scipy seaborn IPython ipywidgets plotly bokeh altair statsmodels requests bs4 tqdm sympy"
)
_DRAWING_WORDS = ("random", "seed", "shuffle", "sample", "rvs")
_TABLES = frozenset({"pandas", "polars", "dask", "cudf"})
_DRAWS_OTHERWISE = frozenset({"pymc", "pymc3", "tensorflow_probability", "numpyro", "pyro", "emcee"})


@dataclass(frozen=True)
class _Unseeded:
    """A call that draws, and that nothing settles."""

    code: Code
    call: ast.Call
    draw: Draw

    @property
    def shown(self) -> str:
        text = ast.unparse(self.call.func)
        return text if len(text) < 80 else text.rpartition(".")[2]


# The same few names come again and again.
_draw = lru_cache(maxsize=4096)(chance_tables.draw)
_seeds = lru_cache(maxsize=4096)(chance_tables.seeds)


def unseeded(page: Page) -> Iterator[Hit]:
    """Of each way to draw that is left without a seed, its first call."""
    groups: dict[str, list[_Unseeded]] = {}
    for found in _unseeded(page):
        groups.setdefault(found.draw.cure.replace("{call}", found.shown), []).append(found)
    for cure, places in groups.items():
        first = places[0]
        if first.draw.keyword is None:
            what = f"`{first.shown}` draws random numbers without a seed"
        else:
            what = f"`{first.shown}` is called without `{first.draw.keyword}`"
        others = len(places) - 1
        more = f", as in {others} other place{'s' if others > 1 else ''}" if others else ""
        line, column = first.call.lineno, first.call.col_offset + 1
        fixes = tuple(_seeded(page, places))
        yield Hit(
            f"{what}{more}, so it may give something else each time. {cure}",
            first.code.id,
            line,
            column,
            fixes,
        )


def _unseeded(page: Page) -> Iterator[_Unseeded]:
    """Every such call, in document order."""
    imported = page.imported
    cells = _cells_that_may_draw(page)
    seeds_later = any(
        _seeds(full_name(call.func, imported))
        for code in cells
        if "seed" in code.source or "set_state" in code.source
        for call in code.nodes(ast.Call)
    )
    tables_only = bool(_tops(imported) & _TABLES) and not _tops(imported) & _DRAWS_OTHERWISE
    seeded: set[str] = set()
    for code in cells:
        deferred: frozenset[int] | None = None
        seeded_from_outside: set[ast.expr] = set()
        for call in code.calls:
            if call in seeded_from_outside:
                continue
            if any(keyword.arg == "random_state" for keyword in call.keywords):
                # What is handed to it gets its seed from it, as an ensemble's parts do.
                seeded_from_outside.update(call.args, (keyword.value for keyword in call.keywords))
            if not _may_matter(call.func, imported):
                continue
            name = full_name(call.func, imported)
            if families := _seeds(name):
                if call.args or call.keywords:
                    seeded.update(families)
                continue
            draw = _draw(name)
            if draw is None or draw.hardly_shows or draw.family in seeded or is_settled(call, draw):
                continue
            if name == "?.sample" and not tables_only:
                continue
            if _root(call.func) in _rebound(page):
                continue  # no longer what was imported under the name
            if seeds_later:
                # In a function it draws when it is called, which may be below the seed.
                deferred = _deferred_lines(code) if deferred is None else deferred
                if call.lineno in deferred:
                    continue
            yield _Unseeded(code, call, draw)


def _may_matter(called: ast.expr, imported: Mapping[str, str]) -> bool:
    """Whether something is called that is imported, seeds, or is a method that may draw."""
    if isinstance(called, ast.Name):
        return called.id in imported or "seed" in called.id
    if not isinstance(called, ast.Attribute):
        return False
    root = called.value
    if isinstance(root, ast.Name) and root.id in imported:
        return True
    return isinstance(root, ast.Attribute) or called.attr in ("sample", "rvs") or "seed" in called.attr


def _cells_that_may_draw(page: Page) -> list[Code]:
    if _tops(page.imported) - _PLAIN:
        return list(page.code)
    drawing = (
        name for name, target in page.imported.items() if target.startswith(("random.", "numpy.random"))
    )
    named = (*_DRAWING_WORDS, *drawing)
    if not mentions(page, named):
        return []
    return [code for code in page.code if any(word in code.source for word in named)]


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _rebound(page: Page) -> frozenset[str]:
    """The imported names that something else is assigned to as well."""
    return page.once(
        "rebound imports",
        lambda: frozenset(
            name.id
            for code in page.code
            for name in code.nodes(ast.Name)
            if name.id in page.imported and isinstance(name.ctx, ast.Store)
        ),
    )


def _tops(imported: Mapping[str, str]) -> set[str]:
    return {target.split(".")[0] for target in imported.values()}


def _deferred_lines(code: Code) -> frozenset[int]:
    """The lines of functions, which run when they are called."""
    lines: set[int] = set()
    functions: list[ast.stmt | ast.expr] = [
        *code.nodes(ast.FunctionDef),
        *code.nodes(ast.AsyncFunctionDef),
        *code.nodes(ast.Lambda),
    ]
    for node in functions:
        lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(lines)


# --- the fix


def _seeded(page: Page, places: list[_Unseeded]) -> Iterator[Fix]:
    """A seed where it is missing: in each call that takes one, else in a line above the first draw."""
    first = places[0]
    if first.draw.keyword in ("random_state", "seed"):
        edits = []
        for cell in dict.fromkeys(place.code.id for place in places):
            own = [place for place in places if place.code.id == cell]
            text: str | None = own[0].code.source
            # From the last to the first, so that what is above keeps its place.
            for place in sorted(own, key=lambda one: (one.call.lineno, one.call.col_offset), reverse=True):
                text = _with_argument(text, place) if text is not None else None
            if text is None:
                return
            edits.append(SourceEdit(own[0].code.id, own[0].code.source, text))
        where = f" in {len(places)} places" if len(places) > 1 else ""
        yield Fix(f"Add `{first.draw.keyword}=0`{where}", tuple(edits))
        return
    line = _seed_line(first.draw.family, page.imported)
    line_of_call = first.call.lineno
    statement = next(
        (one for one in first.code.body if one.lineno <= line_of_call <= (one.end_lineno or 0)), None
    )
    if line is None or statement is None or text_of(first.code.source, statement) is None:
        return
    if not _is_imported_above(page, first.code, statement, line.split(".")[0]):
        return
    above = with_line_above(first.code.source, statement, line)
    if above is not None:
        yield Fix(f"Add `{line}` above it", (SourceEdit(first.code.id, first.code.source, above),))


def _with_argument(text: str, place: _Unseeded) -> str | None:
    written = text_of(place.code.source, place.call)
    if written is None or not written.endswith(")") or place.draw.keyword is None:
        return None
    if any(given.arg == place.draw.keyword for given in place.call.keywords):
        return None
    inside = written[:-1].rstrip()
    if "#" in inside.rpartition("\n")[2]:
        return None
    comma = "" if inside.endswith("(") else " " if inside.endswith(",") else ", "
    return replaced(text, place.call, f"{inside}{comma}{place.draw.keyword}=0)")


def _is_imported_above(page: Page, code: Code, statement: ast.stmt, name: str) -> bool:
    place = (code.cell.index, statement.lineno)
    return any(
        name in item.bound and (item.code.cell.index, item.statement.lineno) < place
        for item in imports_of(page)
    )


_SEED_OF = {
    "numpy": ("numpy", "random.seed(0)"),
    "python": ("random", "seed(0)"),
    "torch": ("torch", "manual_seed(0)"),
    "tensorflow": ("tensorflow", "random.set_seed(0)"),
}


def _seed_line(family: str, imported: Mapping[str, str]) -> str | None:
    """The line that seeds a generator, in the notebook's own names."""
    if family not in _SEED_OF:
        return None
    module, seed = _SEED_OF[family]
    for name, target in imported.items():
        if target == module:
            return f"{name}.{seed}"
        if target == f"{module}.random" and seed.startswith("random."):
            return f"{name}.{seed.removeprefix('random.')}"
    return None
