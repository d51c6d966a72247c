"""What is set in a library as a whole: its options and hooks, and what is patched into it.

Which of its functions look at which option is not known, so all that is called of the library counts them in, and
methods that are not known count in what was patched into the library's classes.
"""

from __future__ import annotations

import re

from .builtin_calls import BuiltinCalls
from .library.modules import PURE_MODULES
from .library.states import PATCHED_CLASSES

# Functions by whose names they set something in the library, rather than in what they are given.
_SETS = re.compile(
    r"(?:set_|enable|disable|register|unregister|install|init_|use_|configure|config_)\w*|setup|basicConfig|disable"
    r"|captureWarnings|config_context"
)
_OPTION = re.compile(
    r"config|option|setting|default|templates|rcParams|interactivity|backend|display|verbos|debug|log_level|max_|precision",
    re.IGNORECASE,
)
# What is set by these on the first call stays.
_ONCE = frozenset({"logging.basicConfig"})


def options_of(path: str) -> str:
    """The state that holds what is set in the library of a dotted path."""
    return f"@options:{path.split('.')[0]}"


def is_well_known(path: str) -> bool:
    """Whether a dotted path is of a library of which something is known."""
    return path.split(".")[0] in PURE_MODULES


def looks_like_option(path: str) -> bool:
    """Whether what is set there tells the library how to work, rather than replacing a part of it."""
    return _OPTION.search(path) is not None


def sets_option(path: str) -> bool:
    """Whether a function sets something in its library, as far as its name says."""
    last = path.rpartition(".")[2]
    return is_well_known(path) and "seed" not in last and _SETS.fullmatch(last) is not None


def set_option(run: BuiltinCalls, path: str, content: int) -> None:
    """Something is set in a library.

    Args:
        path: of what sets it, or of what is set.
        content: a digest of what it is set to.
    """
    world, state = run.world, options_of(path)
    run.repeatable = False
    if path in _ONCE and state in world.fields and any(slot[1] == path for slot, _ in world.fields[state][1]):
        return
    run.set_state(state, ("option", path), content)
    world.names[state].path = f"by:{run.owner}"
    world.patches = hash((world.patches, path, content))


def patch_class(run: BuiltinCalls, path: str, content: int) -> None:
    """Something is put into a class of a library: its instances have it."""
    run.repeatable = False
    run.set_state(PATCHED_CLASSES, ("option", path), content)
    run.world.patches = hash((run.world.patches, path, content))


def patch_module(run: BuiltinCalls, path: str, content: int) -> None:
    """An attribute of a well-known module is set: it counts for those that read it by its name."""
    run.repeatable = False
    run.advance(f"@attribute:{path}", to=content)
    run.world.patches = hash((run.world.patches, path, content))


def note_options(run: BuiltinCalls, path: str) -> None:
    """What is set in a library counts for whoever calls something of it, but for what the same cell set last when it
    ran before: it will set that again."""
    state = options_of(path)
    if run.world.patches and state in run.world.names:
        if run.world.names[state].path == f"by:{run.owner}" and state not in run.written:
            run.repeatable = False
            return
        run.note_name(state)


def note_patches(run: BuiltinCalls, name: str, is_known: bool) -> None:
    """What was put into classes of libraries counts for a method that is not known, or has the name of one."""
    world = run.world
    if not world.patches or PATCHED_CLASSES not in world.names:
        return
    places = world.fields[PATCHED_CLASSES][1] if PATCHED_CLASSES in world.fields else ()
    if not is_known or any(slot[1].rpartition(".")[2] == name for slot, _ in places if slot[0] == "option"):
        run.note_name(PATCHED_CLASSES)
