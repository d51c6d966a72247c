"""A world: every global name with its value, and what became of each object since it was made."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

from .library.states import STATES
from .values import DICT, FRAME, LIBRARY, NOTHING, UNDEFINED, Value

Region = Any

# What every kernel has without anyone defining it. A fixed list: the kernel's Python may differ from this one's.
BUILTINS: dict[str, Value] = {
    name: Value(hash(("builtin", name)), LIBRARY, path=f"builtins.{name}")
    for name in (
        *dir(builtins),
        *(
            "display",
            "get_ipython",
            "exit",
            "quit",
            "__name__",
            "__file__",
            "__builtins__",
            "open",
            "anext",
            "aiter",
        ),
        *("EncodingWarning", "BaseExceptionGroup", "ExceptionGroup", "PythonFinalizationError", "await"),
    )
    if name not in ("_",)
}
# What the shell keeps of what ran before; read by the number of the run.
HISTORY_NAMES = frozenset({"_", "__", "___", "_i", "_ii", "_iii", "In", "Out", "_ih", "_oh", "_dh"})


class World:
    """The state of a simulated kernel. A copy is cheap, so that a simulation can go on from any point of another."""

    __slots__ = (
        "again",
        "canon",
        "changes",
        "codes",
        "definers",
        "fields",
        "holders",
        "iterators",
        "joined",
        "links",
        "made",
        "mark",
        "mixed",
        "names",
        "opaque",
        "outputs",
        "patches",
        "run",
        "setters",
        "shown",
        "sources",
        "touchers",
        "unshared",
        "views",
        "writers",
    )

    def __init__(self, *, views: bool = False) -> None:
        self.views = views  # whether what is taken out of a table may be a view of it
        self.names: dict[str, Value] = {}
        self.changes: dict[Region, int] = {}  # the version of what happened to an object since it was made
        # places of an object that were written one by one since: what it was before, the places, the run before
        self.fields: dict[Region, tuple[int, tuple[tuple[Any, int], ...], int]] = {}
        self.setters: dict[tuple[Region, Any], int] = {}  # the run that last wrote a place
        # what a name was left as by a cell that may have left it as it was: the cell, the version, the version before
        # that cell first did so; and of what failed: what it did, and the version
        self.joined: dict[Any, tuple[Any, ...]] = {}
        self.mixed: set[Region] = set()  # objects with others inside that no name has by itself
        self.links: dict[Region, tuple[Region, ...]] = {}  # objects put into others after they were made
        self.canon: dict[Region, Region] = {}  # objects that are not told apart any more
        self.iterators: set[Region] = set()
        self.codes: dict[Region, tuple[Any, ...]] = {}  # of functions, classes and their instances
        self.holders: dict[Region, dict[str, None]] = {}  # names that may reach an object
        self.unshared: set[Region] = set()  # whose names no copy of this world looks at
        self.writers: dict[str, int] = {}  # the run that last bound a name
        self.touchers: dict[Region, int] = {}  # the run that last changed an object
        self.made: set[int] = set()  # the memos whose objects are here
        self.mark = 0  # of all objects that are not told apart any more
        # of places that a step made something of which comes to the same again: the step, the version that it left, the
        # version that it found, the run that had last changed that, and the version of the whole that it found
        self.again: dict[tuple[str, str], tuple[int, int, int, int, int]] = {}
        self.patches = 0  # a digest of the attributes of modules that were set
        self.definers: tuple[int, ...] = ()  # what may have defined any name
        self.opaque = 0  # a digest of it
        self.run = -1
        self.outputs: dict[int, Value] = {}
        self.shown: tuple[Value, ...] = ()
        self.sources: list[int] = []

    def copy(self) -> World:
        other = World(views=self.views)
        other.names = self.names.copy()
        other.changes = self.changes.copy()
        other.fields = self.fields.copy()
        other.mixed = self.mixed.copy()
        other.setters = self.setters.copy()
        other.joined = self.joined.copy()
        other.links = self.links.copy()
        other.canon = self.canon.copy()
        other.iterators = self.iterators.copy()
        other.codes = self.codes.copy()
        other.holders = self.holders.copy()
        self.unshared = set()
        other.writers = self.writers.copy()
        other.touchers = self.touchers.copy()
        other.made = self.made.copy()
        other.mark = self.mark
        other.again = self.again.copy()
        other.patches = self.patches
        other.definers = self.definers
        other.opaque = self.opaque
        other.run = self.run
        other.outputs = self.outputs.copy()
        other.shown = self.shown
        other.sources = self.sources.copy()
        return other

    def reach(self, regions: tuple[Region, ...]) -> tuple[Region, ...]:
        """These objects, and all that was put into them since."""
        links = self.links
        canon = self.canon
        if canon:
            for region in regions:
                if region in canon:
                    regions = tuple(dict.fromkeys([self.find(region) for region in regions]))
                    break
        if links:
            for region in regions:
                if region in links:
                    break
            else:
                return regions
            found = dict.fromkeys(regions)
            waiting = list(regions)
            for region in waiting:
                for inner in links.get(region, ()):
                    if canon:
                        inner = self.find(inner)
                    if inner not in found:
                        found[inner] = None
                        waiting.append(inner)
            return tuple(found)
        return regions

    def codes_in(self, regions: tuple[Region, ...]) -> tuple[Any, ...]:
        """The code of functions, classes and instances among these objects, and among all that was put into them."""
        codes = self.codes
        if not codes or not regions:
            return ()
        found: dict[Any, None] = {}
        for region in self.reach(regions):
            if region in codes:
                found.update(dict.fromkeys(codes[region]))
        return tuple(found)

    def find(self, region: Region) -> Region:
        """The object that stands for this one."""
        canon = self.canon
        found = region
        while found in canon:
            found = canon[found]
        while region in canon:
            canon[region], region = found, canon[region]
            if region == found:
                break
        return found

    def merge(self, regions: tuple[Region, ...]) -> tuple[Region, ...]:
        """Tell objects apart no longer: there are too many that a value may be. Sound, and coarse."""
        plain = [region for region in regions if not isinstance(region, str)]
        if len(plain) < 2:
            return regions
        self.mark = hash((self.mark, tuple(plain)))
        kept = self.find(plain[0])
        group = dict.fromkeys(self.find(region) for region in plain)
        group.pop(kept, None)
        changed = [self.changes[region] for region in (kept, *group) if region in self.changes]
        if changed:
            self.changes[kept] = hash(tuple(changed)) if len(changed) > 1 else changed[0]
        self.fields.pop(kept, None)
        for region in group:
            self.changes.pop(region, None)
            self.fields.pop(region, None)
            if region in self.touchers:
                self.touchers[kept] = max(self.touchers.get(kept, -1), self.touchers.pop(region))
            for name in self.holders.pop(region, ()):
                self.hold(name, (kept,))
            inner = self.links.pop(region, ())
            if inner:
                self.link(kept, inner)
            self.canon[region] = kept
            if region in self.mixed:
                self.mixed.add(kept)
            if region in self.codes:
                known = self.codes.get(kept, ())
                self.codes[kept] = known + tuple(code for code in self.codes[region] if code not in known)
        return (kept, *(region for region in regions if isinstance(region, str)))

    def token(self, value: Value) -> int:
        """The version of a value as it is now."""
        changes = self.changes
        if not changes or not value.regions:
            return value.version
        found: list[int] = []
        regions = self.reach(value.regions) if self.links or self.canon else value.regions
        for place, region in enumerate(regions):
            if region in changes:
                found.append(place)
                found.append(changes[region])
        return hash((value.version, *found)) if found else value.version

    def part_token(self, name: str, keys: tuple[str, ...]) -> tuple[int, int]:
        """The version of what is at some keys of a table or dictionary, and the run that changed that."""
        value = self.names.get(name)
        if (
            value is None
            or value.kind not in (FRAME, DICT)
            or len(value.own) != 1
            or value.deep
            or value.classes
        ):
            return hash(("whole", self.name_token(name))), self.changer(name)
        region = self.find(value.own[0])
        if region in self.links:
            return hash(("whole", self.name_token(name))), self.changer(name)
        written = self.writers.get(name, -1)
        if region not in self.fields:
            changed = self.changes.get(region, 0)
            return hash((value.version, changed, ())), max(written, self.touchers.get(region, -1))
        base, entries, before = self.fields[region]
        changer = max(written, before)
        counting = []
        for entry in entries:
            version, slot = entry[0]
            if (
                version != value.version
                or len(slot) != 4
                or slot[1] != "[=]"
                or slot[2] is not str
                or slot[3] in keys
            ):
                counting.append(entry)
                changer = max(changer, self.setters.get((region, entry[0]), -1))
        return hash((value.version, base, tuple(counting))), changer

    def name_token(self, name: str) -> int:
        value = self.names.get(name)
        if value is None:
            return hash((self.opaque, name)) if self.opaque and not is_state(name) else UNDEFINED
        return self.token(value)

    def changer(self, name: str) -> int:
        """The run that last bound the name or changed what it holds; -1 if none did."""
        found = self.writers.get(name, -1)
        value = self.names.get(name)
        if value is not None and value.regions and self.touchers:
            touchers = self.touchers
            for region in self.reach(value.regions):
                run = touchers.get(region, -1)
                if run > found:
                    found = run
        return found

    def hold(self, name: str, regions: Iterable[Region]) -> None:
        """Note that a name may reach these objects."""
        holders = self.holders
        for region in regions:
            held = holders.get(region)
            if held is None:
                holders[region] = {name: None}
                self.unshared.add(region)
            elif name not in held:
                if region not in self.unshared:  # other worlds look at it too
                    holders[region] = held = held.copy()
                    self.unshared.add(region)
                held[name] = None

    def link(self, outer: Region, inner: tuple[Region, ...]) -> None:
        """Put objects into another."""
        held = self.links.get(outer, ())
        if self.canon:
            inner = tuple([self.find(region) for region in inner])
        added = tuple([region for region in inner if region not in held and region != outer])
        if added:
            self.links[outer] = held + added
            held_by = self.holders.get(outer)
            if held_by:
                reached = self.reach(added)
                for name in held_by:
                    self.hold(name, reached)

    def value(self, name: str) -> Value:
        found = self.names.get(name)
        if found is None:
            found = BUILTINS.get(name, NOTHING)
        return found


def is_state(name: str) -> bool:
    return name.startswith("@")


def worded(name: str) -> str:
    """A name as a reader is told of it."""
    if name.startswith("@file:"):
        return f"the file `{name[6:]}`"
    if name.startswith("@module:"):
        return f"the module `{name[8:]}`"
    if name.startswith("@options:"):
        return f"the options of `{name[9:]}`"
    if name.startswith("@loaded:"):
        return "the loaded extensions"
    if name.startswith("@attribute:"):
        return f"`{name[11:]}`"
    return STATES.get(name, "hidden state") if name.startswith("@") else f"`{name}`"
