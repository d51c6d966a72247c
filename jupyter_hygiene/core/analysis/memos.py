"""What a run did, kept so that it need not be simulated again where it finds the same.

A memo holds the values that a run found and all it changed in its world. In a world where the names that it looks at
hold the very same values in the same versions, the changes are made again without carrying out a single step.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from .library.states import FIGURE, KEPT_FIGURES
from .record import RunRecord
from .values import UNDEFINED, Value
from .world import World


class Memo:
    """One run of one code.

    Args:
        found: names that were looked at, with what they held.
        absent: names that were looked for and not there.
        lacked: of these, those that something unseen defines.
        bound: names that were bound, with what they hold since.
        made: its number, if it made objects that last: they cannot be made twice in a world.
        changed: objects that were changed, with their versions and places since.
    """

    __slots__ = (
        "absent",
        "bound",
        "changed",
        "fields",
        "found",
        "joined",
        "lacked",
        "links",
        "made",
        "mark",
        "mixed",
        "record",
        "setters",
        "shown",
        "touched",
    )

    def __init__(self, record: RunRecord, world: World) -> None:
        self.record = record
        self.made = 0
        self.mark = world.mark
        self.found: tuple[tuple[str, Value | None], ...] = ()
        self.absent: tuple[str, ...] = ()
        self.lacked: tuple[str, ...] = ()
        self.bound: dict[str, Value | None] = {}
        self.changed: dict[Any, int] = {}
        self.fields: dict[Any, Any] = {}
        self.joined: dict[Any, tuple[int, int]] = {}
        self.setters: tuple[Any, ...] = ()
        self.links: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
        self.mixed: tuple[Any, ...] = ()
        self.touched: tuple[str, ...] = ()
        self.shown: Value | None = None

    def replay(self, world: World, ambient: Container[str]) -> RunRecord | None:
        """Do again what the run did, if it would find the same; else nothing, and ``None``."""
        names = world.names
        for name, value in self.found:
            here = names.get(name)
            if here is not value and (here is None or value is None or not here.same(value)):
                return None
        for name in self.absent:
            if name in names:
                return None
        for name in self.lacked:
            if name not in ambient:
                return None
        if world.mark != self.mark or world.opaque or self.made in world.made:
            return None
        record = self._reads_in(world)
        if record is not None:
            if self.made:
                world.made.add(self.made)
            self._act(world)
            record.writes = written(world, self.bound, self.touched, self.changed)
        return record

    def _reads_in(self, world: World) -> RunRecord | None:
        """The record of a run in this world, as far as reads go."""
        known = self.record
        names = world.names
        made = RunRecord(key=known.key, shown=known.shown)
        for table, here in ((known.reads, made.reads), (known.soft, made.soft)):
            for name, (token, _) in table.items():
                value = names.get(name)
                if (world.token(value) if value is not None else UNDEFINED) != token:
                    return None
                here[name] = (token, world.changer(name))
        for (name, keys), (token, _, whole) in known.parts.items():
            now, changer = world.part_token(name, keys)
            if now != token or world.name_token(name) != whole:
                return None
            made.parts[name, keys] = (token, changer, whole)
        return made

    def _act(self, world: World) -> None:
        run = world.run
        names, writers = world.names, world.writers
        for outer, inner in self.links:
            world.link(outer, inner)
        world.mixed.update(self.mixed)
        linked = bool(world.links or world.canon)
        for name, value in self.bound.items():
            if value is None:
                names.pop(name, None)
            else:
                names[name] = value
                if value.regions:
                    world.hold(name, world.reach(value.regions) if linked else value.regions)
            writers[name] = run
        changes, fields, touchers = world.changes, world.fields, world.touchers
        for region, version in self.changed.items():
            changes[region] = version
            touchers[region] = run
            fields.pop(region, None)
        if self.fields:
            fields.update(self.fields)
        for place in self.setters:
            world.setters[place] = run
        if self.joined:
            world.joined.update(self.joined)


def written(
    world: World, bound: dict[str, Value | None], touched: tuple[str, ...], changed: dict[Any, int]
) -> dict[str, int]:
    """Every name that a run bound, or may reach something that it changed, with the version it left."""
    names = dict.fromkeys(bound)
    names.update(dict.fromkeys(touched))
    for region in changed:
        if region.__class__ is str and region.startswith("@module:"):
            names[region] = None
        for name in world.names_of(region):
            names[name] = None
    if FIGURE in names and KEPT_FIGURES not in world.names:
        del names[FIGURE]
    changes = world.changes
    return {
        name: changes.get(name, 0) if name.startswith("@module:") else world.name_token(name)
        for name in names
        if name[0] != "@" or not name[1:2].isdigit()
    }
