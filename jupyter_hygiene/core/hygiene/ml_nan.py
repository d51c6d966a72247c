"""Comparisons with NaN, which equals nothing, itself included."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ..causes.names import full_name
from .model import Hit
from .page import Page
from .whole_text import mentions

_NAN = frozenset(
    {"numpy.nan", "numpy.NaN", "numpy.NAN", "math.nan", "pandas.NA", "pandas.NaT", "cmath.nan", "torch.nan"}
)
_WORDS = ("nan", "NaN", "NAN", "pd.NA", "NaT")


def nan_comparisons(page: Page) -> Iterator[Hit]:
    if not mentions(page, _WORDS):
        return
    for code in page.code:
        if not code.nodes(ast.Compare) or not any(word in code.source for word in _WORDS):
            continue
        for node in sorted(code.nodes(ast.Compare), key=lambda node: (node.lineno, node.col_offset)):
            if len(node.ops) != 1:
                continue
            left, right, operator = node.left, node.comparators[0], node.ops[0]
            sides = [_is_nan(side, page.imported) for side in (left, right)]
            # Both sides: a demonstration of what NaN does.
            if sides[0] is sides[1] or isinstance(left if sides[1] else right, ast.Constant):
                continue
            nan, value = (right, left) if sides[1] else (left, right)
            shown = ast.unparse(nan)
            if isinstance(operator, (ast.Eq, ast.NotEq)):
                always = "false" if isinstance(operator, ast.Eq) else "true"
                message = f"Nothing equals `{shown}`, so this comparison is always {always}."
                if full_name(nan, page.imported) == "pandas.NA":
                    message = (
                        f"Whatever is compared with `{shown}` gives `{shown}`, and is neither true nor false."
                    )
            elif isinstance(operator, (ast.Is, ast.IsNot)) and not shown.endswith(("NA", "NaT")):
                message = (
                    f"`is` asks for the one object `{shown}`; values that are NaN are mostly other objects."
                )
            else:
                continue
            yield Hit(f"{message} {_cure(value, operator, page)}", code.id, node.lineno, node.col_offset + 1)


def _is_nan(node: ast.expr, imported: Mapping[str, str]) -> bool:
    if isinstance(node, (ast.Attribute, ast.Name)):
        return full_name(node, imported) in _NAN
    if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        value = node.args[0].value
        return full_name(node.func, imported) == "float" and isinstance(value, str) and value.lower() == "nan"
    return False


def _cure(value: ast.expr, operator: ast.cmpop, page: Page) -> str:
    """What to ask instead, in the notebook's own names. It comes out otherwise, so it is no fix but advice."""
    by_module = {target: name for name, target in page.imported.items()}
    shown = ast.unparse(value)
    shown = shown if len(shown) <= 40 else "…"
    equal = isinstance(operator, (ast.Eq, ast.Is))
    if pandas := by_module.get("pandas"):
        return f"Ask `{pandas}.{'isna' if equal else 'notna'}({shown})`."
    if numpy := by_module.get("numpy"):
        return f"Ask `{numpy}.isnan({shown})`."
    return f"Ask `math.isnan({shown})`."
