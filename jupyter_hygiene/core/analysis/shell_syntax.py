"""The shell's own syntax, turned into Python by IPython itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .wordlists import words

# Magics that work without their percent sign, unless a variable has the name.
AUTOMAGICS = words(
    "ls ll cd pwd cat less more man cp mv rm mkdir rmdir clear time timeit run reset who whos who_ls env set_env "
    "matplotlib pylab load_ext reload_ext autoreload config history hist pip conda load store precision pinfo alias "
    "bookmark dirs pushd popd pycat pdef pdoc psource quickref xmode automagic logstart logstop prun"
)
_WORD = re.compile(r"\s*(\w+)(?:\s+(?![\s=.(\[,+*/<>|&^%-]|in\b|is\b|and\b|or\b|not\b|if\b).*)?$")


@lru_cache(maxsize=1)
def _manager() -> Any:
    from IPython.core import inputtransformer2

    make: Any = inputtransformer2.TransformerManager
    return make()


def transformed(source: str) -> str:
    """The source with magics, shell commands and help made into calls of ``get_ipython()``."""
    try:
        return str(_manager().transform_cell(source))
    except ImportError:
        return source
    except Exception as error:  # whatever it raises, the source is not one that it can read
        if isinstance(error, (SyntaxError, RecursionError, MemoryError)):
            raise
        raise SyntaxError(str(error)) from error


def automagic(source: str) -> str | None:
    """The source with percent signs before what can only be magics."""
    lines = source.split("\n")
    found = False
    for index, line in enumerate(lines):
        match = _WORD.match(line)
        if match and match[1] in AUTOMAGICS:
            lines[index] = line.replace(match[1], "%" + match[1], 1)
            found = True
    return transformed("\n".join(lines)) if found else None
