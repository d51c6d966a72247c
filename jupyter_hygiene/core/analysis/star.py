"""The names that ``from module import *`` brings, for modules that do nothing but compute when they are imported."""

from __future__ import annotations

import importlib
import sys
from functools import lru_cache

from .wordlists import words

# Imported here to ask them: they are part of Python, and have no effect when imported.
_ASKABLE = words(
    "math cmath random itertools functools collections statistics string operator datetime time os os.path re json "
    "typing decimal fractions heapq bisect copy pathlib dataclasses enum glob sys"
)
_PREFIXES = (
    "numpy",
    "pandas",
    "scipy",
    "matplotlib",
    "pylab",
    "sympy",
    "torch",
    "sklearn",
    "seaborn",
    "IPython",
)


@lru_cache(maxsize=64)
def names_of_module(module: str) -> tuple[str, ...] | None:
    """The names, or ``None`` where they are not known."""
    if module in _ASKABLE:
        loaded = importlib.import_module(module)
    elif module.split(".")[0] in _PREFIXES and module in sys.modules:
        loaded = sys.modules[module]
    else:
        return None
    names = getattr(loaded, "__all__", None)
    if names is None:
        names = [name for name in vars(loaded) if not name.startswith("_")]
    return tuple(names)
