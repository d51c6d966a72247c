"""Carrying out a compiled cell in a world: steps in order, branches joined, loops gone through, errors allowed for."""

from __future__ import annotations

from collections.abc import Sequence

from .instructions import (
    OP_IF,
    OP_LOOP,
    OP_RAISE,
    OP_STEP,
    OP_TRY,
    Op,
)
from .ledger import Halt
from .library.states import FIGURE, KEPT_FIGURES, LAST_ERROR
from .memos import Memo, written
from .record import Endings, RunRecord, sharing_of
from .source import Code, compile_text
from .stepping import Stepper
from .values import ITERATOR, NOTHING, UNDEFINED, UNKNOWN, Value, union


class Execution(Stepper):
    """One run of one cell in one world."""

    def block(self, ops: Sequence[Op]) -> None:
        for op in ops:
            kind = op[0]
            if kind == OP_STEP:
                self.step(op[1])
            elif kind == OP_IF:
                self.branches(op)
            elif kind == OP_LOOP:
                self.loop(op)
            elif kind == OP_TRY:
                self.try_(op)
            elif kind == OP_RAISE and self.depth == 0:
                raise Halt

    def take_back(self, mark: int) -> dict[str, Value | None]:
        """Undo what was bound since, and tell what it was."""
        names = self.world.names
        found: dict[str, Value | None] = {}
        for name, _, _, _ in self.log[mark:]:
            found[name] = names.get(name)
        for name, old, was_written, writer in reversed(self.log[mark:]):
            if not was_written:
                self.written.discard(name)
            self.world.writers[name] = writer
            if old is None:
                names.pop(name, None)
            else:
                names[name] = old
        del self.log[mark:]
        return found

    def guarded(self, ops: Sequence[Op], guard: int) -> dict[str, Value | None]:
        """Run a block that may not run at all; what it bound is told, and undone."""
        outer, self.guard = self.guard, hash((self.guard, guard))
        self.depth += 1
        mark = len(self.log)
        self.block(ops)
        self.depth -= 1
        self.guard = outer
        return self.take_back(mark)

    def branches(self, op: Op) -> None:
        key = hash((self.key, self.flow)) if op[4] else self.key
        found = [(self.guarded(ops, hash((key, index))), leaves) for index, (ops, leaves) in enumerate(op[1])]
        staying = [bound for bound, leaves in found if not leaves]
        names = dict.fromkeys(op[2])
        for bound, _ in found:
            names.update(dict.fromkeys(bound))
        self.join(names, staying, key, mix=op[4])

    def join(
        self, names: dict[str, None], outcomes: list[dict[str, Value | None]], key: int, mix: bool = False
    ) -> None:
        """Let each name be what it was left as by one of several outcomes."""
        for name in names:
            old = self.world.names.get(name)
            kept = not outcomes or any(name not in outcome for outcome in outcomes)
            if kept:
                self.may_stay(name)
            values = [outcome.get(name, old) if name in outcome else old for outcome in outcomes]
            if not values or all(value is old for value in values):
                continue
            versions = [value.version if value is not None else UNDEFINED for value in values]
            first = values[0]
            if not mix and all(version == versions[0] for version in versions) and first is not None:
                version = versions[0]
            elif any(value is old for value in values):
                others = tuple(
                    [0 if value is old else made for value, made in zip(values, versions, strict=False)]
                )
                version = self.joined_version(name, hash((key, others)), old.version if old else UNDEFINED)
            else:
                version = hash((key, tuple(versions)))
            present = [value for value in values if value is not None]
            if not present:
                self.bind(name, None)
                continue
            made = present[0]
            if len(values) == 1:
                made = made.renewed(version) if version != made.version else made
            for other in present[1:]:
                made = union(made, other, version)
            if len(present) < len(values):
                made = union(made, NOTHING, version)
            self.bind(name, made)

    def may_stay(self, name: str) -> None:
        """The old content of a name may be what stays: it counts, though nothing read it."""
        if name not in self.touched and not name.startswith("@0"):
            self.touched[name] = None
            if name not in self.written and name not in self.record.reads and name not in self.record.soft:
                self.record.soft[name] = (self.world.name_token(name), self.world.changer(name))

    def loop(self, op: Op) -> None:
        _, turn, orelse, names, runs, targets, leaves = op
        start = self.key
        outer_flow, self.flow = self.flow, start
        outer_guard, self.guard = self.guard, hash((self.guard, start))
        mark = len(self.log)
        self.depth += 1
        self.loops += 1
        self.block(turn)
        if self.loops == 1:
            self.block(turn)  # what the first turn left is what the second finds
        self.loops -= 1
        self.depth -= 1
        self.guard = outer_guard
        key = self.flow
        self.flow = hash((outer_flow, key))
        bound = self.take_back(mark)
        for name in dict.fromkeys((*names, *bound)):
            old, new = self.world.names.get(name), bound.get(name)
            if not runs:
                self.may_stay(name)
            if new is None:
                if name in bound and old is not None:
                    self.bind(name, old.renewed(hash((key, name, old.version))) if not runs else None)
                continue
            version = hash((start, name) if name in targets else (key, name))
            if not runs:
                version = self.joined_version(name, version, old.version if old is not None else UNDEFINED)
            if runs or old is None:
                self.bind(name, new.renewed(version))
            else:
                self.bind(name, union(new, old, version))
        self.key = key
        if orelse and leaves:
            otherwise = self.guarded(orelse, hash((key, "else")))
            self.join(dict.fromkeys(otherwise), [otherwise, {}], key, mix=True)
        elif orelse:
            self.block(orelse)

    def try_(self, op: Op) -> None:
        _, body, handlers, orelse, final, names = op
        before = self.key
        outer_flow, self.flow = self.flow, 0
        outer_guard, self.guard = self.guard, hash((self.guard, "try", before))
        mark = len(self.log)
        self.depth += 1
        self.block(body)
        self.depth -= 1
        self.guard = outer_guard
        key = self.flow
        self.flow = hash((outer_flow, key))
        done = self.take_back(mark)
        outcomes: list[dict[str, Value | None]] = []
        if handlers:
            self.join(dict.fromkeys(done), [done, {}], key, mix=True)  # part of the body may have run
            for index, (ops, leaves) in enumerate(handlers):
                bound = self.guarded(ops, hash((key, index)))
                if not leaves:
                    partly = {name: self.world.names.get(name) for name in done}
                    outcomes.append({**partly, **bound})
            self.take_back(mark)
        for name, value in done.items():
            self.bind(name, value)
        if orelse:
            self.depth += 1
            self.block(orelse)
            self.depth -= 1
        completed = {**done, **self.take_back(mark)}
        self.join(dict.fromkeys((*names, *completed)), [completed, *outcomes], key)
        if final:
            self.block(final)

    def run_source(self, source: str) -> Value | None:
        """Code that stands in a literal text, run where it stands."""
        code = compile_text(source)
        if code.error or self.env is not None:
            return None
        kept = (self.key, self.logged, self.results, self.applied, self.tokens, self.digest, self.serial)
        self.applied = {}
        try:
            self.block(code.ops)
        finally:
            self.key, self.logged, self.results, self.applied, self.tokens, self.digest, self.serial = kept
        self.note(code.digest)
        self.note(self.flow)
        return Value(0, UNKNOWN, (self.fresh(),))

    def run(self, code: Code, failed: bool, endings: Endings | None) -> RunRecord:
        """Run a cell and record what it did.

        Args:
            failed: it raised or was interrupted, somewhere.
            endings: what tells whether it raises, if its own status does not.
        """
        record = self.record
        ended = False
        try:
            self.block(code.ops)
        except Halt:
            ended = True
        self.depth = 0
        self.guard = 0
        record.halted = self.halted
        reads = [token for token, _ in record.reads.values()]
        reads += [token for token, _, _ in record.parts.values()]
        if len(self.pattern) > 1:
            record.sharing = sharing_of(list(self.pattern.values()))
            record.shared = tuple(self.pattern)
        record.key = hash((code.digest, *record.reads, *record.parts, *reads, record.sharing))
        if ended:
            self.repeatable = False
            for name in code.targets:
                self.may_stay(name)  # it stays what it was
            self.advance(LAST_ERROR, to=hash(("halted", record.key)))
        elif failed or (endings is not None and endings.may_fail(record.key, code.may_leave)):
            self.repeatable = False
            self.allow_for_error(record)
            self.advance(LAST_ERROR, to=hash(("failed", record.key)))
        self.clean_up(record)
        return record

    def allow_for_error(self, record: RunRecord) -> None:
        """Any of the writes may not have happened."""
        first: dict[str, Value | None] = {}
        for name, old, _, _ in self.log:
            first.setdefault(name, old)
        guard = hash(("failed", record.key))
        for name, old in first.items():
            new = self.world.names.get(name)
            self.touched[name] = None
            if new is old:
                continue
            before = old.version if old is not None else UNDEFINED
            version = self.joined_version(("failed", name), hash((guard, name)), before)
            self.bind(name, union(new or NOTHING, old or NOTHING, version))
        for region, before in self.changed.items():
            self.world.changes[region] = self.joined_version(("object", region), guard, before)
            self.world.fields.pop(region, None)

    def clean_up(self, record: RunRecord) -> None:
        """Take away what does not outlast the cell, and record what it wrote."""
        world = self.world
        for name, _, _, _ in self.log:
            if name[0] == "@" and (
                name[1:2].isdigit() or (name == FIGURE and KEPT_FIGURES not in world.names)
            ):
                world.names.pop(name, None)  # inline figures are closed with the cell
                if name == FIGURE:
                    self.absent[KEPT_FIGURES] = None
                    record.reads.pop(FIGURE, None)
        bound = {name: world.names.get(name) for name, _, _, _ in self.log}
        record.writes = written(world, bound, tuple(self.touched), self.changed)
        for state, places in self.placed.items():
            if state in record.writes and state not in self.whole:
                record.settings[state] = record.writes.pop(state)
                for place, content in places.items():
                    record.writes[f"{state}[{place}]"] = content

    def memo(self) -> Memo | None:
        """What the run did, to be done again where it would find the same."""
        if not self.repeatable or self.world.opaque:
            return None
        world, record = self.world, self.record
        first: dict[str, Value | None] = {}
        for name, old, _, _ in self.log:
            first.setdefault(name, old)
        names = world.names
        found = dict.fromkeys(
            (*record.reads, *record.soft, *(name for name, _ in record.parts), *self.touched, *self.looked)
        )
        made = Memo(record, world)
        made.found = tuple([(name, first[name] if name in first else names.get(name)) for name in found])
        made.absent = tuple([name for name in self.absent if name not in found])
        made.lacked = tuple(self.lacked)
        if self.modules:
            made.modules = self.modules
        made.bound = {name: names.get(name) for name in first}
        changes, fields = world.changes, world.fields
        if self.changed:
            made.changed = {region: changes[region] for region in self.changed}
        if fields:
            made.fields = {
                place: fields[place] for table in (self.changed, first) for place in table if place in fields
            }
        if self.joined:
            made.joined = self.joined
        made.setters = tuple(self.setters)
        made.links = tuple(self.links)
        made.mixed = tuple(self.mixed)
        made.iterators = tuple(self.iterators)
        made.touched = tuple(self.touched)
        made.shown = self.last_shown
        entered = [value.regions for _, value in made.found if value is not None and value.regions]
        made.simple = (
            not world.canon
            and self.last_shown is None
            and all(
                value is None or (not value.classes and value.kind != ITERATOR) for _, value in made.found
            )
            and not any(
                region in world.links or region in world.mixed or region in world.iterators
                for regions in entered
                for region in regions
            )
        )
        start = self.start
        reached = [value.regions for value in made.bound.values() if value is not None]
        if made.shown is not None:
            reached.append(made.shown.regions)
        reached += [inner for _, inner in self.links]
        if any(region.__class__ is int and region > start for regions in reached for region in regions):
            made.made = start
            world.made.add(start)
        met = {region for regions in (*reached, self.changed) for region in regions}
        made.met = frozenset([region for region in met if region.__class__ is int and region <= start])
        return made
