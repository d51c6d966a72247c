"""Comparisons with NaN, which equals nothing, itself included."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ..causes.names import full_name
from .code import Code
from .cutting import replaced, text_of
from .fixes import Fix, SourceEdit
from .model import Hit
from .page import Page

_NAN = frozenset(
    {"numpy.nan", "numpy.NaN", "numpy.NAN", "math.nan", "pandas.NA", "pandas.NaT", "cmath.nan", "torch.nan"}
)
_WORDS = ("nan", "NaN", "NAN", "pd.NA", "NaT")


def nan_comparisons(page: Page) -> Iterator[Hit]:
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
            fixes = tuple(_asked(code, node, value, operator, page.imported))
            yield Hit(message, code.id, node.lineno, node.col_offset + 1, fixes)


def _is_nan(node: ast.expr, imported: Mapping[str, str]) -> bool:
    if isinstance(node, (ast.Attribute, ast.Name)):
        return full_name(node, imported) in _NAN
    if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
        value = node.args[0].value
        return full_name(node.func, imported) == "float" and isinstance(value, str) and value.lower() == "nan"
    return False


def _asked(
    code: Code, node: ast.Compare, value: ast.expr, operator: ast.cmpop, imported: Mapping[str, str]
) -> Iterator[Fix]:
    written = text_of(code.source, value)
    if written is None:
        return
    by_module = {target: name for name, target in imported.items()}
    equal = isinstance(operator, (ast.Eq, ast.Is))
    if pandas := by_module.get("pandas"):
        asked = f"{pandas}.isna({written})" if equal else f"{pandas}.notna({written})"
    elif numpy := by_module.get("numpy"):
        asked = f"{numpy}.isnan({written})"
        asked = asked if equal else f"{numpy}.logical_not({asked})"
    else:
        return
    text = replaced(code.source, node, asked)
    if text is not None:
        yield Fix(f"Ask `{asked.partition('(')[0]}`", (SourceEdit(code.id, code.source, text),))
