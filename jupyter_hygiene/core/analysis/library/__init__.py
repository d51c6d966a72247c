"""What is known of libraries: data, in one place.

To teach the analysis a library, add to the tables below; nothing else knows a library by name.

- ``FUNCTIONS``: a dotted path as imported (``pandas.read_csv``), or a prefix that ends in a dot, to an ``Effect``. The
  longest match decides. Functions of a module in ``PURE_MODULES`` that are not listed change nothing but give
  something new; functions of any other module may change the mutable arguments they are given.
- ``PURE_METHODS``: methods that change nothing, on whatever they are called. ``VIEW_METHODS``: the same, but what they
  give may share memory with the receiver. ``MUTATORS``: methods that change their receiver and nothing else; those in
  ``REPEATABLE`` leave it the same when called twice in a row with the same arguments. A method in none of these may
  change its receiver.
- A *state* is what a library keeps outside of any name; a state begins with ``@``, and ``STATES`` words it.
"""

from __future__ import annotations

from ..values import ARRAY, ESTIMATOR, SCALAR, UNKNOWN
from .effect import Effect
from .modules import PURE_MODULES
from .scientific import SCIENTIFIC
from .standard import STANDARD
from .states import NUMPY_RANDOM

FUNCTIONS: dict[str, Effect] = {**STANDARD, **SCIENTIFIC}
# Methods of what modules hold, by their names: distributions of scipy all draw by ``rvs``.
LAST_NAMES: dict[str, tuple[tuple[str, Effect], ...]] = {
    "at": (("numpy.", Effect(SCALAR, changes=(0,))),),
    "rvs": (("scipy.stats.", Effect(ARRAY, advances=(NUMPY_RANDOM,), unless="random_state")),),
}

# Of a library's function of which nothing else is known, a last name that begins so says that it changes the object
# that it is given first.
_CHANGING = (
    *("set_", "add_", "remove_", "update_", "insert_", "delete_", "clear_", "fill_", "append_", "relabel_"),
    *("move_", "rename_", "assign_", "apply_", "freeze", "shuffle"),
)

_FOUND: dict[str, Effect | None] = {}


def effect_of(path: str) -> Effect | None:
    """What is known of a function, by its dotted path; ``None`` where nothing is."""
    if path in _FOUND:
        return _FOUND[path]
    found = FUNCTIONS.get(path)
    if found is None:
        last = path.rpartition(".")[2]
        found = next((effect for prefix, effect in LAST_NAMES.get(last, ()) if path.startswith(prefix)), None)
    prefix = path
    while found is None and "." in prefix:
        prefix = prefix.rpartition(".")[0]
        found = FUNCTIONS.get(prefix + ".")
    if found is None and path.split(".")[0] in PURE_MODULES:
        last = path.rpartition(".")[2]
        found = Effect(ESTIMATOR, holds=True) if last[:1].isupper() else Effect(UNKNOWN)
        if last.startswith(_CHANGING):
            found = Effect(UNKNOWN, changes=(0,), keeps=True)
    if len(_FOUND) < 20_000:
        _FOUND[path] = found
    return found
