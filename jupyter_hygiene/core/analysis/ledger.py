"""Reading, binding and changing the names and objects of a world, with a record of it all."""

from __future__ import annotations

from itertools import count
from typing import Any

from .library.states import FILES
from .record import RunRecord
from .values import MODULE, STATE, UNDEFINED, Value
from .world import BUILTINS, HISTORY_NAMES, World, is_state

_MOST_REGIONS = 12  # that a value is told to reach one by one


_NUMBERS = count(1)


class Halt(Exception):
    """The cell ends here: a name it needs is not there."""


class Ledger:
    """One run in a world: its reads and writes go through here, and are recorded."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.record = RunRecord()
        self.key = 0  # a digest of all that decides on what the open step does
        self.logged = 0  # the part of it that came to light while the step went on
        self.serial = 0
        self.owner: str | None = None
        self.by_chance = 0  # what it draws is any number, wherever the random state stands
        self.drawn = 0
        self.guard = 0
        self.depth = 0
        self.results: list[Value] = []
        self.env: dict[str, Value] | None = None
        self.log: list[tuple[str, Value | None, bool, int, tuple[Any, ...] | None]] = []
        self.changed: dict[Any, int] = {}
        self.written: set[str] = set()
        self.here: set[str] = set()  # names that were bound since the innermost open block began
        # what steps found that leave the same when they are run again, and what they found the first time
        self.again: dict[tuple[str, str], tuple[int, int, int, int, int]] = {}
        self.same_reads: dict[str, int] = {}
        self.same_parts: dict[tuple[str, tuple[str, ...]], int] = {}
        self.used: set[str] = set()  # modules that it read after it had imported them
        self.left: dict[str, None] = {}  # names that it would have bound, had it gone another way
        self.stayed: dict[
            str, tuple[int, int]
        ] = {}  # what names held that the cell may have left as they were
        self.open: list[str] = []  # of these, names that it bound, or left as they were
        self.pattern: dict[str, tuple[Any, ...]] = {}
        self.undefined: list[str] = []
        self.step_start = 0
        self.placed: dict[str, dict[str, int]] = {}  # places of states that were set by themselves
        self.whole: set[str] = set()  # states that were set otherwise
        # for a memo of the run
        self.start = self.fresh()
        self.repeatable = True  # it looked at nothing but what is recorded
        self.absent: dict[str, None] = {}
        self.lacked: list[str] = []
        self.modules: dict[str, int] = {}  # that were imported, with what was done to them before
        self.looked: dict[str, None] = {}
        self.joined: dict[Any, tuple[Any, ...]] = {}
        self.setters: list[Any] = []
        self.links: list[tuple[Any, tuple[Any, ...]]] = []
        self.mixed: list[Any] = []
        self.codes: dict[Any, tuple[Any, ...]] = {}
        self.iterators: list[Any] = []

    def read(self, name: str) -> int:
        """The version of a global name, noted as read."""
        world = self.world
        value = world.names.get(name)
        if value is None:
            if name in BUILTINS:
                self.absent[name] = None
                return BUILTINS[name].version
            if name in HISTORY_NAMES or (
                name[0] == "_" and (name[1:].isdigit() or (name[1:2] == "i" and name[2:].isdigit()))
            ):
                return self.read_history(name)
            token = world.name_token(name)
            patched = world.names.get(f"@attribute:builtins.{name}") if world.patches else None
            if patched is not None:
                token = patched.version
            if token == UNDEFINED and not is_state(name):
                self.undefined.append(name)
            if name not in self.written and name not in self.record.reads:
                self.record.reads[name] = (token, world.writers.get(name, -1))
            return token
        token = self.same_reads[name] if name in self.same_reads else world.token(value)
        record = self.record.reads
        if name not in self.written and name not in record:
            record[name] = (token, world.changer(name) if world.touchers else world.writers.get(name, -1))
            if value.regions:
                self.share(name, value)
        elif value.kind == MODULE:
            self.used.add(name)
        return token

    def read_part(self, name: str, keys: tuple[str, ...]) -> int:
        """The version of what is at some keys of a name."""
        world = self.world
        if name not in world.names:
            return self.read(name)
        token, changer = world.part_token(name, keys)
        token = self.same_parts.get((name, keys), token)
        if name not in self.written and (name, keys) not in self.record.parts:
            self.record.parts[name, keys] = (token, changer, world.name_token(name))
            value = world.names[name]
            if value.regions:
                self.share(name, value)
        return token

    def joined_version(self, name: Any, what: int, old: int) -> int:
        """The version of what is either made now or was there before: doing the same again changes nothing."""
        known = self.world.joined
        found = known.get(name)
        if found is not None and found == (what, old):
            return old
        version = hash((what, old))
        known[name] = self.joined[name] = (what, version)
        return version

    def read_soft(self, name: str) -> None:
        """Note that a name is changed in place without its content counting otherwise."""
        world = self.world
        value = world.names.get(name)
        if value is None and name not in BUILTINS and not world.opaque:
            self.undefined.append(name)
        if name not in self.written and name not in self.record.reads and name not in self.record.soft:
            self.record.soft[name] = (world.name_token(name), world.changer(name))

    def read_history(self, name: str) -> int:
        """What the shell keeps of earlier runs: the last values shown, and the sources."""
        self.repeatable = False
        shown = self.world.shown
        if name in ("_", "__", "___"):
            place = len(name)
            token = self.world.token(shown[-place]) if len(shown) >= place else 0
        elif name in ("Out", "_oh"):
            token = hash(
                tuple((count, self.world.token(value)) for count, value in self.world.outputs.items())
            )
        elif name[1:].isdigit():
            found = self.world.outputs.get(int(name[1:]))
            token = self.world.token(found) if found else 0
        elif name.startswith("_i") and name[2:].isdigit():
            at = int(name[2:]) - 1
            token = self.world.sources[at] if at < len(self.world.sources) else 0
        else:
            token = hash(tuple(self.world.sources))
        if name not in self.written and name not in self.record.reads:
            self.record.reads[name] = (token, self.world.run - 1)
        return token

    def every_file(self) -> None:
        """Which files there are, and what is in them, may come to light."""
        self.repeatable = False
        self.note_state(FILES)
        for name in [name for name in self.world.names if name.startswith("@file:")]:
            self.note_name(name)

    def every_module(self) -> None:
        """Whatever was done to any module may come to light."""
        self.repeatable = False
        for region, version in sorted(
            (region, version)
            for region, version in self.world.changes.items()
            if region.__class__ is str and region.startswith("@module:")
        ):
            self.note(hash((region, version)))
        for name in [name for name, value in self.world.names.items() if value.kind == MODULE]:
            self.note_name(name)

    def share(self, name: str, value: Value) -> None:
        """Note which objects a name holds; a module is always the same."""
        objects = tuple([region for region in self.world.reach(value.regions) if region.__class__ is int])
        if objects:
            self.pattern[name] = objects

    def note_state(self, state: str) -> None:
        """A state counts, if anything ever set it."""
        if state in self.world.names:
            self.note_name(state)
        else:
            self.absent[state] = None

    def note(self, token: int) -> None:
        """Let a version that came to light decide on what the step does."""
        self.key = hash((self.key, token))
        self.logged = hash((self.logged, token))

    def note_name(self, name: str) -> None:
        """Let a name that runs by the way decide on what the step does."""
        self.note(self.read(name))

    def bind(self, name: str, value: Value | None, made: int = 0) -> None:
        """Bind a name, or unbind it.

        Args:
            made: not 0: what it held when the open block began may have stayed, and this is the version of what it
                was bound to if it did not.
        """
        world = self.world
        if value is not None and (made or value.made):
            value = value.renewed(value.version)
            value.made = made
        writers = world.writers
        self.log.append(
            (name, world.names.get(name), name in self.written, writers.get(name, -1), world.joined.get(name))
        )
        if value is None:
            world.names.pop(name, None)
        else:
            if value.regions:
                if len(value.regions) > _MOST_REGIONS:
                    value = self.merged(value)
                value.made = made
                world.hold(name, world.reach(value.regions) if world.links or world.canon else value.regions)
            world.names[name] = value
        writers[name] = world.run
        self.written.add(name)
        self.here.add(name)

    def merged(self, value: Value) -> Value:
        """The same value with its many objects no longer told apart."""
        self.repeatable = False  # what a memo would say of these objects no longer holds
        merge = self.world.merge
        own = merge(value.own) if len(value.own) > 2 else value.own
        deep = merge(tuple(region for region in value.deep if region not in value.own))
        return Value(value.version, value.kind, own, deep, value.classes, value.defs, value.path)

    def change(self, region: Any, version: int | None = None) -> None:
        """An object was changed in place."""
        world = self.world
        if world.canon:
            region = world.find(region)
        old = world.changes.get(region, 0)
        if region not in self.changed:
            self.changed[region] = old
        self.serial += 1
        world.changes[region] = hash((old, self.key, self.guard, self.serial)) if version is None else version
        if version is None:
            world.fields.pop(region, None)
        world.touchers[region] = world.run

    def change_value(self, value: Value, deep: bool = True) -> None:
        """A value was changed in place: itself, and with ``deep`` anything that it reaches."""
        regions = value.own + value.deep if deep else value.own
        for region in self.world.reach(regions) if deep else regions:
            self.change(region)

    def change_slot(self, value: Value, slot: Any, content: int) -> None:
        """A known place in an object was written: writing it again leaves the object as it is."""
        if len(value.own) != 1 or self.guard or self.depth:
            self.change_value(value, deep=False)
            return
        world = self.world
        region = world.find(value.own[0])
        base, entries, before = world.fields.get(
            region, (world.changes.get(region, 0), (), world.touchers.get(region, -1))
        )
        at = next((index for index, entry in enumerate(entries) if entry[0] == slot), None)
        if at is not None and all(_disjoint(entries[at][0], later[0]) for later in entries[at + 1 :]):
            entries = (*entries[:at], (slot, content), *entries[at + 1 :])
        else:
            entries = (*entries, (slot, content))
        self.change(region, hash((base, entries)))
        world.fields[region] = (base, entries, before)
        world.setters[region, slot] = world.run
        self.setters.append((region, slot))

    def advance(self, state: str, *, to: int | None = None) -> None:
        """A state outside of names moves on, or is set."""
        version = hash((self.key, self.guard, state)) if to is None else to
        self.bind(state, Value(version, STATE))

    def fresh(self) -> Any:
        """A new object. No two objects of any world have the same number."""
        return next(_NUMBERS)

    def iterator(self) -> Any:
        """A new object that going through it uses up."""
        made = self.fresh()
        self.world.iterators.add(made)
        self.iterators.append(made)
        return made

    def is_made_of(self, region: Any, codes: tuple[Any, ...]) -> None:
        """A new object is a function, a class or an instance with this code."""
        self.world.codes[region] = self.codes[region] = codes

    def put_into(self, owners: tuple[Any, ...], inner: tuple[Any, ...]) -> None:
        """Put objects into any of others. Where these are too many, they are no longer told apart."""
        if len(owners) > _MOST_REGIONS:
            self.repeatable = False
            owners = self.world.merge(owners)
        if len(inner) > _MOST_REGIONS:
            self.repeatable = False
            inner = self.world.merge(inner)
        for region in owners:
            self.link(region, inner)

    def link(self, outer: Any, inner: tuple[Any, ...]) -> None:
        """Put objects into another."""
        self.links.append((outer, inner))
        self.world.link(outer, inner)


def _disjoint(one: Any, other: Any) -> bool:
    """Whether two places of one object are surely not the same, nor within another: ``d['a']`` and ``d['b']``."""
    (version, first), (other_version, second) = one, other
    if version != other_version or len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return (
        "[=]" in first
        and first[:-1] == second[:-1]
        and len(differing) == 1
        and all(isinstance(part, str) or (isinstance(part, int) and part >= 0) for part in differing[0])
    )
