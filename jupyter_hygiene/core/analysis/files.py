"""Files: known by their paths, by the values that name them, and by the commands that mention them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .evaluation import EMPTY
from .instructions import Call
from .library.states import FILES, FOLDER
from .values import ITERATOR, SCALAR, STATE, Value, constant

if TYPE_CHECKING:
    from .builtin_calls import BuiltinCalls

ANY_FILE = "@file:*"
# What in a command looks like the name of a file.
_FILE = re.compile(r"[\w./~+-]{1,200}\.[A-Za-z]\w{0,9}\b")


def touch_file(run: BuiltinCalls, place: Value, writes: bool) -> None:
    """Read or write a file, known by its path, or else by the value that names it."""
    name = file_name(run, place)
    run.note_state(FOLDER)
    if writes:
        if name is None:
            run.set_state(FILES)
        else:
            _read_file(run, name.rpartition("/")[0] or ANY_FILE)  # the folder may have been made
            _write_file(run, name)
    else:
        _read_file(run, ANY_FILE)
        if name is not None:
            _read_file(run, name)
            if "/" in name:
                _read_file(run, f"@file:{name.rpartition('/')[2]}")  # commands name it from where they are


def read_folder(run: BuiltinCalls, place: Value) -> None:
    """Which files there are in a folder comes to light: those that were written under its path."""
    path = _path(place)
    run.note_state(FOLDER)
    _read_file(run, ANY_FILE)
    if path is None:
        return
    if path.strip("./") == "":
        run.every_file()
        return
    run.repeatable = False
    within = f"@file:{path.removeprefix('./').rstrip('/')}"
    for name in [name for name in run.world.names if name.startswith("@file:")]:
        if name == within or name.startswith(within + "/"):
            run.note_name(name)


def file_name(run: BuiltinCalls, place: Value) -> str | None:
    path = _path(place)
    if path is not None:
        return f"@file:{path.removeprefix('./')}"
    return f"@file:#{run.world.token(place)}" if place.version else None


def _write_file(run: BuiltinCalls, name: str) -> None:
    version = hash((run.digest, run.tokens, run.logged, name))
    run.bind(name, Value(version, STATE, (name,), path=f"by:{run.owner}"))
    run.change(name, version)


def _read_file(run: BuiltinCalls, name: str) -> None:
    """What a cell wrote when it ran before is taken to be what it would write now: it is asked whether it is
    there, so as not to be made again."""
    held = run.world.names.get(name)
    if (
        held is not None
        and run.owner is not None
        and held.path == f"by:{run.owner}"
        and name not in run.written
    ):
        run.repeatable = False
        return
    run.note_state(name)


def command_files(run: BuiltinCalls, text: str) -> None:
    """A command may write any of the files that it names."""
    words = dict.fromkeys(_FILE.findall(text))
    for word in words:
        _write_file(run, f"@file:{word.rpartition('/')[2]}")
    if not words:
        _write_file(run, ANY_FILE)


def open_file(run: BuiltinCalls, call: Call, args: list[Value], keywords: Any) -> Value:
    mode = next((value for key, value in keywords if key == "mode"), args[1] if len(args) > 1 else None)
    text = mode.const if mode is not None and mode.is_const and isinstance(mode.const, str) else "r"
    place = args[0] if args else EMPTY
    writes = any(letter in text for letter in "wxa+") or (mode is not None and not mode.is_const)
    made = run.iterator()
    if not writes:
        touch_file(run, place, writes=False)
        return Value(0, ITERATOR, (made,))
    name = file_name(run, place)
    if "w" not in text and name is not None:
        run.note_state(name)
    touch_file(run, place, writes=True)
    return Value(0, ITERATOR, (made, name) if name is not None else (made,))


def joined_path(run: BuiltinCalls, call: Call, args: list[Value], keywords: Any) -> Value:
    """``os.path.join("data", name)``"""
    parts = [_path(arg) for arg in args]
    known = [part for part in parts if part is not None]
    if args and len(known) == len(parts) and not any(part.startswith("/") for part in known[1:]):
        return constant("/".join(part.rstrip("/") for part in known))
    return run.made_of("join", args)


def path_object(run: BuiltinCalls, call: Call, args: list[Value], keywords: Any) -> Value | None:
    if len(args) == 1:
        path = _path(args[0])
        if path is not None:
            return Value(0, SCALAR, path=f"file:{path}")
    return EMPTY


def _path(value: Value) -> str | None:
    if value.is_const and isinstance(value.const, str):
        return value.const
    return value.path[5:] if value.path.startswith("file:") else None
