"""What a run did, kept so that it need not be simulated again where it finds the same.

A memo holds the values that a run found and all it changed in its world. In a world where the names that it looks at
hold the very same values in the same versions, the changes are made again without carrying out a single step.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any

from .library.states import FIGURE, KEPT_FIGURES
from .record import RunRecord
from .values import ITERATOR, MODULE, UNDEFINED, Value
from .world import World

if TYPE_CHECKING:
    from .execution import Execution

_NONE: dict[Any, Any] = {}
_NO_OBJECTS: frozenset[Any] = frozenset()


class Memo:
    """One run of one code.

    Args:
        found: names that were looked at, with what they held.
        absent: names that were looked for and not there.
        lacked: of these, those that something unseen defines.
        bound: names that were bound, with what they hold since.
        made: its number, if it made objects that last: they cannot be made twice in a world.
        simple: what it found may be other objects of the same make.
        changed: objects that were changed, with their versions and places since.
        open: names that were bound, or left as they were.
        left: names that stayed what they were, and count as written.
        used: modules that it used after it had imported them.
        met: objects of earlier runs that it changed, kept or handed on.
    """

    __slots__ = (
        "absent",
        "again",
        "bound",
        "changed",
        "codes",
        "fields",
        "found",
        "iterators",
        "joined",
        "lacked",
        "left",
        "links",
        "made",
        "mark",
        "met",
        "mixed",
        "modules",
        "open",
        "patches",
        "record",
        "setters",
        "shown",
        "simple",
        "used",
    )

    def __init__(self, record: RunRecord, world: World) -> None:
        self.record = record
        self.made = 0
        self.mark = world.mark
        self.patches = world.patches
        self.found: tuple[tuple[str, Value | None], ...] = ()
        self.absent: tuple[str, ...] = ()
        self.lacked: tuple[str, ...] = ()
        self.modules: dict[str, int] = _NONE
        self.bound: dict[str, Value | None] = _NONE
        self.changed: dict[Any, int] = _NONE
        self.fields: dict[Any, Any] = _NONE
        self.joined: dict[Any, tuple[Any, ...]] = _NONE
        self.setters: tuple[Any, ...] = ()
        self.links: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
        self.mixed: tuple[Any, ...] = ()
        self.codes: dict[Any, tuple[Any, ...]] = _NONE
        self.again: dict[Any, Any] = _NONE
        self.iterators: tuple[Any, ...] = ()
        self.open: tuple[str, ...] = ()
        self.left: tuple[str, ...] = ()
        self.used: frozenset[str] = frozenset()
        self.shown: Value | None = None
        self.simple = False
        self.met: frozenset[Any] = frozenset()

    def replay(self, world: World, ambient: Container[str]) -> RunRecord | None:
        """Do again what the run did, if it would find the same; else nothing, and ``None``."""
        names = world.names
        others = False
        for name, value in self.found:
            here = names.get(name)
            if here is not value:
                if here is None or value is None or not here.alike(value):
                    return None
                others = others or here.regions != value.regions
        for name in self.absent:
            if name in names:
                return None
        for name in self.lacked:
            if name not in ambient:
                return None
        for state, version in self.modules.items():
            if world.changes.get(state, 0) != version:
                return None
        if (
            world.mark != self.mark
            or world.opaque
            or self.made in world.made
            or world.patches != self.patches
        ):
            return None
        stands: dict[Any, Any] | None = _NONE
        if others:
            stands = self._counterparts(world)
        elif (world.links or world.canon) and not self._meets_the_same(world):
            return None
        record = self._reads_in(world) if stands is not None else None
        if record is not None and stands is not None:
            stayed = {name: (world.name_token(name), world.changer(name)) for name in self.open}
            if self.made:
                world.made.add(self.made)
            if stands:
                self._act_on_others(world, stands)
            else:
                self._act(world, self.bound, self.changed, self.fields, self.setters, self.links)
            changed = {stands.get(region, region): 0 for region in self.changed} if stands else self.changed
            record.writes = written(world, self.bound, self.left, changed, self.used)
            leave_open(record, world, self.open, stayed)
            for state in self.record.settings:
                record.settings[state] = record.writes.pop(state, 0)
            for place, content in self.record.writes.items():
                if place[0] == "@" and place[-1] == "]":
                    record.writes[place] = content
        return record

    def _meets_the_same(self, world: World) -> bool:
        """Whether what was put into the objects found is here what it was there."""
        if not self.met:
            return True
        here: set[Any] = set()
        for _, value in self.found:
            if value is not None and value.regions:
                here.update(world.reach(value.regions))
        return self.met <= here

    def _counterparts(self, world: World) -> dict[Any, Any] | None:
        """Which objects of this world stand where the run found others; ``None`` where that is not one to one."""
        if not self.simple or world.canon:
            return None
        stands: dict[Any, Any] = {}
        for name, value in self.found:
            here = world.names.get(name)
            if value is None or here is None:
                continue
            for region, other in zip(value.regions, here.regions, strict=True):
                if stands.setdefault(region, other) != other or other in world.links or other in world.mixed:
                    return None
        return stands if len(set(stands.values())) == len(stands) else None

    def _reads_in(self, world: World) -> RunRecord | None:
        """The record of a run in this world, as far as reads go."""
        known = self.record
        names = world.names
        made = RunRecord(known.key, shared=known.shared, sharing=known.sharing)
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

    def _act_on_others(self, world: World, stands: dict[Any, Any]) -> None:
        """Do again what the run did, with other objects of the same make."""
        get = stands.get
        bound = {
            name: value if value is None or stands.keys().isdisjoint(value.regions) else value.over(stands)
            for name, value in self.bound.items()
        }
        self._act(
            world,
            bound,
            {get(region, region): version for region, version in self.changed.items()},
            {get(region, region): places for region, places in self.fields.items()},
            tuple([(get(region, region), slot) for region, slot in self.setters]),
            tuple(
                [
                    (get(outer, outer), tuple([get(region, region) for region in inner]))
                    for outer, inner in self.links
                ]
            ),
        )

    def _act(
        self,
        world: World,
        bound: dict[str, Value | None],
        changed: dict[Any, int],
        places: dict[Any, Any],
        setters: tuple[Any, ...],
        links: tuple[tuple[Any, tuple[Any, ...]], ...],
    ) -> None:
        run = world.run
        names, writers = world.names, world.writers
        for outer, inner in links:
            world.link(outer, inner)
        world.mixed.update(self.mixed)
        world.iterators.update(self.iterators)
        world.codes.update(self.codes)
        world.again.update(self.again)
        linked = bool(world.links or world.canon)
        for name, value in bound.items():
            if value is None:
                names.pop(name, None)
            else:
                names[name] = value
                if value.regions:
                    world.hold(name, world.reach(value.regions) if linked else value.regions)
            writers[name] = run
        changes, fields, touchers = world.changes, world.fields, world.touchers
        for region, version in changed.items():
            changes[region] = version
            touchers[region] = run
            fields.pop(region, None)
        if places:
            fields.update(places)
        for place in setters:
            world.setters[place] = run
        if self.joined:
            world.joined.update(self.joined)


def memo_of(run: Execution) -> Memo | None:
    """What the run did, to be done again where it would find the same."""
    if not run.repeatable or run.world.opaque:
        return None
    world, record = run.world, run.record
    first: dict[str, Value | None] = {}
    for name, old, *_ in run.log:
        first.setdefault(name, old)
    names = world.names
    found = dict.fromkeys(
        (*record.reads, *record.soft, *(name for name, _ in record.parts), *run.touched, *run.looked)
    )
    made = Memo(record, world)
    made.found = tuple([(name, first[name] if name in first else names.get(name)) for name in found])
    made.absent = tuple([name for name in run.absent if name not in found])
    made.lacked = tuple(run.lacked)
    if run.modules:
        made.modules = run.modules
    made.bound = {name: names.get(name) for name in first}
    changes, fields = world.changes, world.fields
    if run.changed:
        made.changed = {region: changes[region] for region in run.changed}
    if fields:
        made.fields = {
            place: fields[place] for table in (run.changed, first) for place in table if place in fields
        }
    joined = {name: world.joined[name] for name in first if name in world.joined}
    if joined or run.joined:
        made.joined = {**joined, **run.joined}
    made.setters = tuple(run.setters)
    made.links = tuple(run.links)
    made.mixed = tuple(run.mixed)
    if run.codes:
        made.codes = run.codes
    if run.again:
        made.again = run.again
    made.iterators = tuple(run.iterators)
    made.open = tuple(run.open)
    made.left = tuple(run.left)
    made.used = frozenset(run.used)
    made.shown = run.last_shown
    entered = [value.regions for _, value in made.found if value is not None and value.regions]
    made.simple = (
        not world.canon
        and run.last_shown is None
        and all(value is None or (not value.classes and value.kind != ITERATOR) for _, value in made.found)
        and not any(
            region in world.links or region in world.mixed or region in world.iterators
            for regions in entered
            for region in regions
        )
    )
    start = run.start
    reached = [value.regions for value in made.bound.values() if value is not None]
    if made.shown is not None:
        reached.append(made.shown.regions)
    reached += [inner for _, inner in run.links]
    if any(region.__class__ is int and region > start for regions in reached for region in regions):
        made.made = start
        world.made.add(start)
    met = {region for regions in (*reached, run.changed) for region in regions}
    made.met = frozenset([region for region in met if region.__class__ is int and region <= start])
    return made


def leave_open(
    record: RunRecord, world: World, names: Iterable[str], stayed: dict[str, tuple[int, int]]
) -> None:
    """Record of names that were bound, or left as they were, what was there."""
    for name in names:
        if name in world.names and name in stayed and name in record.writes:
            record.stays[name] = (*stayed[name], record.writes[name])


def written(
    world: World,
    bound: dict[str, Value | None],
    left: tuple[str, ...],
    changed: dict[Any, int],
    used: Container[str],
) -> dict[str, int]:
    """Every name that a run bound, or may reach something that it changed, with the version it left.

    Args:
        left: names that stayed what they were, and count.
        used: modules that it read after it had imported them.
    """
    names = dict.fromkeys((*bound, *left))
    reached: dict[str, frozenset[Any]] = {}
    for region in changed:
        if region.__class__ is str and region.startswith("@module:"):
            names[region] = None
        for name in world.holders.get(region, ()):
            if name in names:
                continue
            found = reached.get(name)
            if found is None:
                value = world.names.get(name)
                found = reached[name] = (
                    frozenset(world.reach(value.regions)) if value is not None else _NO_OBJECTS
                )
            if region in found:
                names[name] = None
    if FIGURE in names and KEPT_FIGURES not in world.names:
        del names[FIGURE]
    changes = world.changes
    left_by_name: dict[str, int] = {}
    for name in names:
        value = world.names.get(name)
        if name.startswith("@module:"):
            left_by_name[name] = changes.get(name, 0)
        elif name[0] != "@" or not name[1:2].isdigit():
            # what others did to a module is none of what importing it does
            unused = value is not None and value.kind == MODULE and name in bound and name not in used
            left_by_name[name] = value.version if unused and value is not None else world.name_token(name)
    return left_by_name
