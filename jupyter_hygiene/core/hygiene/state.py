"""State: sessions that outlive their notebook, and notebooks that reach into each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..causes.names import full_name
from .code import Code
from .model import Hit, Rule
from .page import Page

_STORE = re.compile(r"^[ \t]*%store\b(?![ \t]*(?:-[dz]\b|$))(?P<restores>[ \t]+-r\b)?", re.MULTILINE)
_RUN = re.compile(r"^[ \t]*%run\b[^\n]*?(?<![^\s'\"])([^\s'\"]+\.ipynb)\b", re.MULTILINE)
_SESSIONS = frozenset(
    {"dill.dump_session", "dill.load_session", "dill.dump_module", "dill.load_module"}
    | {"dill.session.dump_session", "dill.session.load_session"}
)
# What writes an object so that reading it needs the class to be importable; dill and cloudpickle take the class along.
_PICKLES = {
    "pickle.dump": 0,
    "pickle.dumps": 0,
    "joblib.dump": 0,
    "torch.save": 0,
    "shelve.open": None,
    "pandas.to_pickle": 0,
}


def _stored(page: Page) -> Iterator[Hit]:
    for code in page.code:
        if "%store" in code.source:
            for match in _STORE.finditer(code.source):
                what = "brings variables back from" if match["restores"] else "keeps variables in"
                yield Hit(
                    f"`%store` {what} a store outside the notebook, which the reader cannot see.",
                    code.id,
                    _line(code, match),
                )


def _sessions(page: Page) -> Iterator[Hit]:
    for code in page.code:
        if "dill" in code.source or "_session" in code.source:
            for call in code.calls:
                name = full_name(call.func, page.imported)
                if name in _SESSIONS:
                    yield Hit(
                        f"`{ast.unparse(call.func)}` takes the whole session, hidden state included. "
                        "Save what you need under its own name.",
                        code.id,
                        call.lineno,
                        call.col_offset + 1,
                    )


def _runs(page: Page) -> Iterator[Hit]:
    for code in page.code:
        if ".ipynb" in code.source and "%run" in code.source:
            for match in _RUN.finditer(code.source):
                yield Hit(
                    f"`%run {match[1]}` runs another notebook in this one's namespace: what it defines is seen nowhere "
                    "here, and its cells may have changed.",
                    code.id,
                    _line(code, match),
                )


def _pickled(page: Page) -> Iterator[Hit]:
    classes = {node.name for code in page.code for node in code.nodes(ast.ClassDef)}
    if not classes:
        return
    made: dict[str, str] = {}
    for code in page.code:
        for statement in code.nodes(ast.Assign):
            called = statement.value.func if isinstance(statement.value, ast.Call) else None
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    made.pop(target.id, None)
                    if isinstance(called, ast.Name) and called.id in classes:
                        made[target.id] = called.id
        for call in code.calls:
            place = _PICKLES.get(full_name(call.func, page.imported))
            if place is None or len(call.args) <= place:
                continue
            given = call.args[place]
            name = given.id if isinstance(given, ast.Name) else ""
            direct = given.func.id if isinstance(given, ast.Call) and isinstance(given.func, ast.Name) else ""
            owner = made.get(name) or (direct if direct in classes else "")
            if owner:
                yield Hit(
                    f"`{name or direct}` is of the class `{owner}`, which is defined in this notebook: nobody else can "
                    f"load what `{ast.unparse(call.func)}` writes.",
                    code.id,
                    call.lineno,
                    call.col_offset + 1,
                )


def _line(code: Code, match: re.Match[str]) -> int:
    return code.source.count("\n", 0, match.start()) + 1


RULES = (
    Rule(
        id="stored-variables",
        family="State",
        severity="warning",
        summary="`%store` keeps variables outside the notebook, or brings them back.",
        why="What comes back is whatever was stored last, by this notebook or another. On another machine "
        "there is nothing.",
        before="%store -r prices\nprint(sum(prices))",
        after='import json\n\nwith open("prices.json") as file:\n    prices = json.load(file)\nprint(sum(prices))',
        check=_stored,
    ),
    Rule(
        id="dumped-session",
        family="State",
        severity="warning",
        summary="A whole session is saved or loaded.",
        why="A session holds everything that ever ran in it, deleted cells included. What depends on what "
        "is lost, and it "
        "loads only in the same environment.",
        before='import dill\n\ndill.dump_session("work.pkl")',
        after='import json\n\nresult = {"mean": 3.5}\nwith open("result.json", "w") as file:\n    '
        "json.dump(result, file)",
        check=_sessions,
    ),
    Rule(
        id="run-notebook",
        family="State",
        severity="warning",
        summary="Another notebook is run inside this one.",
        why="Its names come in unseen and may take the place of yours. Code that two notebooks need belongs "
        "into a module.",
        before="%run helpers.ipynb\nclean([1, None])",
        after="from helpers import clean\n\nclean([1, None])",
        check=_runs,
    ),
    Rule(
        id="pickled-notebook-class",
        family="State",
        severity="warning",
        summary="An object is pickled whose class is defined in the notebook.",
        why="A pickle names the class, it does not hold it. Loading needs a module `__main__` with that "
        "class in it, which "
        "only this notebook has.",
        before='import pickle\n\nclass Model:\n    rate = 0.1\n\nmodel = Model()\nwith open("model.pkl", '
        '"wb") as file:\n'
        "    pickle.dump(model, file)",
        after='import pickle\nfrom models import Model\n\nmodel = Model()\nwith open("model.pkl", "wb") as file:\n'
        "    pickle.dump(model, file)",
        check=_pickled,
    ),
)
