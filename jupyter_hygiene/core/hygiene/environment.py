"""Environment: what a notebook needs around it, and whether that is its own."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from .code import Code
from .declared import declared_packages, installed_as
from .model import Hit, Rule
from .page import Interpreter, Page
from .python2 import is_python2

_INSTALLS = re.compile(
    r"^[ \t]*!\s*(?:sudo\s+(?:-H\s+)?)?(?P<tool>(?:python3?\s+-m\s+)?pip3?|conda|mamba|uv\s+pip)\s+install\b",
    re.MULTILINE,
)
_WITH_EVERY_KERNEL = frozenset(
    {"IPython", "ipykernel", "traitlets", "kaggle_secrets", "pyodide", "js", "piplite"}
)
_KINDS = {
    "system": "The kernel runs in the Python of the whole machine",
    "conda-base": "The kernel runs in conda's base environment",
}


def _not_isolated(page: Page) -> Iterator[Hit]:
    found = page.interpreter
    if found is None:
        return
    cure = "Make an environment for this project, install ipykernel in it, and choose its kernel."
    if found.kind in _KINDS:
        if not found.container:
            yield Hit(f"{_KINDS[found.kind]} (`{found.path}`), which other projects share. {cure}")
    elif found.user_site:
        yield Hit(
            f"The kernel's environment also sees the packages in `{found.user_site}`, which other projects share. Set "
            "`PYTHONNOUSERSITE=1`, or make the environment without them."
        )


def container_note(found: Interpreter | None) -> str:
    """What is to be known of a kernel in a container, which is isolated in its own way; empty for any other."""
    if found is None or not found.container or found.kind not in _KINDS:
        return ""
    return f"{_KINDS[found.kind]}, in a container: isolated as long as nothing else is installed there."


def _installs(page: Page) -> Iterator[Hit]:
    for code in page.code:
        if "install" not in code.source or "!" not in code.source:
            continue
        for match in _INSTALLS.finditer(code.source):
            tool = " ".join(match["tool"].split())
            magic = "%conda" if tool in ("conda", "mamba") else "%pip"
            yield Hit(
                f"`!{tool} install` installs into whatever environment the shell finds, which need not be "
                f"the kernel's. "
                f"Declare the package in the project's requirements, or use `{magic} install`.",
                code.id,
                code.source.count("\n", 0, match.start()) + 1,
            )


def _undeclared(page: Page) -> Iterator[Hit]:
    folder = page.folder
    declared = declared_packages(folder) if folder is not None else None
    if folder is None or declared is None:
        return
    seen: set[str] = set()
    for code in page.code:
        for line, name in _imports(code):
            module = name.split(".")[0]
            if module in seen or _is_always_there(name) or declared.has(module):
                continue
            seen.add(module)
            if declared.is_local(module, folder):
                continue
            package = installed_as(module)
            known = f" (of the package `{package}`)" if package != module else ""
            yield Hit(
                f"`{module}`{known} is imported here, but {declared.file} does not declare it.", code.id, line
            )


def _is_always_there(name: str) -> bool:
    """Whether a kernel, or the service that a notebook is written for, has the module by itself."""
    return name.split(".")[0] in sys.stdlib_module_names | _WITH_EVERY_KERNEL or name.startswith(
        "google.colab"
    )


def _imports(code: Code) -> Iterator[tuple[int, str]]:
    """What is imported for certain: not what may be missing."""
    optional = {
        id(inner)
        for node in code.nodes(ast.Try)
        if any(_catches_missing(handler) for handler in node.handlers)
        for part in (*node.body, *node.handlers)
        for inner in ast.walk(part)
    }
    found: list[tuple[int, str]] = []
    for node in code.nodes(ast.Import):
        if id(node) not in optional:
            found += [(node.lineno, alias.name) for alias in node.names]
    for each in code.nodes(ast.ImportFrom):
        if each.module and not each.level and id(each) not in optional:
            found.append((each.lineno, f"{each.module}.{each.names[0].name}"))
    yield from sorted(found)


def _catches_missing(handler: ast.ExceptHandler) -> bool:
    return (
        handler.type is None or "Import" in ast.unparse(handler.type) or "Module" in ast.unparse(handler.type)
    )


def _python2(page: Page) -> Iterator[Hit]:
    for section in ("language_info", "kernelspec"):
        part = page.notebook.metadata.get(section)
        version = part.get("version") if isinstance(part, dict) else None
        name = part.get("name") if isinstance(part, dict) else None
        if (isinstance(version, str) and version.startswith("2.")) or name == "python2":
            yield Hit(
                "The notebook was made for Python 2, which is no longer maintained and runs on few machines."
            )
            return
    for code in page.code:
        if code.error is not None and is_python2(code.source):
            yield Hit("This is Python 2, which a kernel of today cannot run.", code.id, code.error.lineno)
            return


RULES = (
    Rule(
        id="kernel-not-isolated",
        in_words=True,
        family="Environment",
        severity="warning",
        summary="The kernel runs in an environment that other projects share.",
        why="An upgrade for another project changes this one's results, and nobody can tell which packages "
        "the notebook needs. Containers are isolated in their own way, and only noted.",
        before="The kernel's Python is the system's, or conda's base environment, or sees the user's own "
        "site-packages.",
        after="The kernel's Python is that of a virtual or conda environment made for the project.",
        check=_not_isolated,
    ),
    Rule(
        id="install-in-cell",
        family="Environment",
        severity="warning",
        summary="Packages are installed by a shell command in a cell.",
        why="The shell may find another Python than the kernel's; the version is today's, and is written down nowhere.",
        before="!pip install seaborn",
        after="%pip install seaborn==0.13.2",
        check=_installs,
    ),
    Rule(
        id="undeclared-dependency",
        in_words=True,
        family="Environment",
        severity="warning",
        summary="A package is imported that the project's requirements do not declare.",
        why="Whoever sets the project up by its requirements cannot run the notebook.",
        before="The project's `requirements.txt` names pandas alone; a cell has `import seaborn as sns`.",
        after="The project's `requirements.txt` names pandas and seaborn.",
        check=_undeclared,
    ),
    Rule(
        id="python-2",
        family="Environment",
        severity="warning",
        summary="The notebook is written in Python 2.",
        why="Python 2 has had no fixes since 2020, and today's kernels cannot run it.",
        before='print "done"',
        after='print("done")',
        check=_python2,
    ),
)
