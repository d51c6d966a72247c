"""Carrying out a compiled cell in a world: steps in order, branches joined, loops gone through, errors allowed for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from .instructions import (
    OP_IF,
    OP_LOOP,
    OP_RAISE,
    OP_STEP,
    OP_TRY,
    Loop,
    Op,
)
from .ledger import Halt
from .library.states import FIGURE, KEPT_FIGURES, LAST_ERROR, RANDOM_STATES, SHELL_OPTIONS
from .memos import leave_open, written
from .plain_values import MISSING
from .record import Endings, RunRecord, sharing_of
from .source import Code, compile_text
from .stepping import Stepper
from .values import NOTHING, UNDEFINED, UNKNOWN, Value, union


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
                self.loop(op[1])
            elif kind == OP_TRY:
                self.try_(op)
            elif kind == OP_RAISE and self.depth == 0:
                raise Halt

    def take_back(self, mark: int) -> dict[str, Value | None]:
        """Undo what was bound since, and tell what it was."""
        names = self.world.names
        found: dict[str, Value | None] = {}
        for name, *_ in self.log[mark:]:
            found[name] = names.get(name)
        for name, old, was_written, writer, joined in reversed(self.log[mark:]):
            if not was_written:
                self.written.discard(name)
            self.world.writers[name] = writer
            if joined is not None:
                self.world.joined[name] = joined
            else:
                self.world.joined.pop(name, None)
            if old is None:
                names.pop(name, None)
            else:
                names[name] = old
        del self.log[mark:]
        return found

    def guarded(self, ops: Sequence[Op], guard: int) -> dict[str, Value | None]:
        """Run a block that may not run at all; what it bound is told, and undone."""
        outer, self.guard = self.guard, hash((self.guard, guard))
        here, self.here = self.here, set()
        self.depth += 1
        mark = len(self.log)
        self.block(ops)
        self.depth -= 1
        self.here = here
        self.guard = outer
        return self.take_back(mark)

    def branches(self, op: Op) -> None:
        taken = self.known(op[3])
        if taken is not MISSING:
            self.block(op[1][0 if taken else 1][0])
            self.leave(op[2])
            return
        lenient = self.loops > 0 and not self.is_of_turns(op[3])
        key = hash((self.key, self.flow)) if op[4] else self.key
        found = [(self.guarded(ops, hash((key, index))), leaves) for index, (ops, leaves) in enumerate(op[1])]
        staying = [bound for bound, leaves in found if not leaves]
        names = dict.fromkeys(op[2])
        for bound, _ in found:
            names.update(dict.fromkeys(bound))
        self.join(names, staying, key, mix=op[4], lenient=lenient)

    def is_of_turns(self, test: ast.expr | None) -> bool:
        """Whether a condition is about nothing but what a loop goes through, itself: ``i > 5``."""
        parts = list(ast.walk(test)) if test is not None else []
        if not parts or any(isinstance(part, (ast.Subscript, ast.Attribute, ast.Call)) for part in parts):
            return False
        return {part.id for part in parts if isinstance(part, ast.Name)} <= self.turning

    def join(
        self,
        names: dict[str, None],
        outcomes: list[dict[str, Value | None]],
        key: int,
        mix: bool = False,
        lenient: bool = False,
    ) -> None:
        """Let each name be what it was left as by one of several outcomes.

        Args:
            lenient: in one of the turns of a loop, each of the outcomes is taken to come about.
        """
        for name in names:
            old = self.world.names.get(name)
            if not outcomes or any(name not in outcome for outcome in outcomes):
                self.may_stay(name)
            values = [outcome.get(name, old) if name in outcome else old for outcome in outcomes]
            if not values or all(value is old for value in values):
                continue
            present = [value for value in values if value is not None]
            if not present:
                self.bind(name, None)
                continue
            versions = [UNDEFINED if value is None else value.made or value.version for value in values]
            stays = any(value is old or (value is not None and value.made) for value in values)
            if lenient and stays and old is not None and name not in self.here:
                values = [value for value in values if value is not old]
                versions = [UNDEFINED if value is None else value.version for value in values]
                present = [value for value in values if value is not None]
                stays = not present
            first = values[0]
            if stays:
                others = [0 if value is old else made for value, made in zip(values, versions, strict=True)]
                made = hash((key, tuple(others)))
            elif not mix and all(version == versions[0] for version in versions) and first is not None:
                made = versions[0]
            else:
                made = hash((key, tuple(versions)))
            value = present[0]
            if len(values) == 1:
                value = value.renewed(made) if made != value.version else value
            for other in present[1:]:
                value = union(value, other, made)
            if len(present) < len(values):
                value = union(value, NOTHING, made)
            if stays:
                self.bind_or_leave(name, value, made)
            else:
                self.bind(name, value)

    def bind_or_leave(self, name: str, value: Value, made: int) -> None:
        """Bind a name to a value of this version, or leave it as it was: which one, all that was read decides.

        What the same cell left there when it ran before does not count as what it was: then the block is taken to run
        as it did. What others left does.
        """
        self.may_stay(name)
        world = self.world
        old = world.names.get(name)
        base = old.version if old is not None else UNDEFINED
        first = base
        known = world.joined.get(name)
        is_own = known is not None and known[:2] == (self.owner, base)
        if known is not None and is_own:
            first = known[2]
            if name not in self.written:
                base = first
        version = hash((made, base))
        if old is None or (is_own and name not in self.written):
            value = value.renewed(version)
        else:
            value = union(value, old, version)
        if name not in self.here:
            self.bind(name, value, made=made)
        else:
            self.bind(name, value, made=hash((made, old.made)) if old is not None and old.made else 0)
        world.joined[name] = (self.owner, version, first)

    def leave(self, names: Iterable[str]) -> None:
        """Names that code would have bound which surely did not run: what they hold is the cell's result as well."""
        for name in names:
            if name not in self.written and not name.startswith("@"):
                self.touched[name] = None
                self.left[name] = None
                if name not in self.record.reads:
                    self.record.soft.setdefault(name, (self.world.name_token(name), self.world.changer(name)))

    def may_stay(self, name: str) -> None:
        """The old content of a name may be what stays."""
        if name.startswith("@0"):
            return
        self.touched[name] = None
        if name not in self.written and name not in self.stayed:
            self.stayed[name] = (self.world.name_token(name), self.world.changer(name))

    def loop(self, loop: Loop) -> None:
        turn, orelse, names = loop.turn, loop.orelse, loop.names
        given = True if loop.through is True else self.known(loop.through or None)
        # Few loops go through nothing: those that what they go through was chosen for may.
        runs = bool(given) if given is not MISSING else loop.presumed
        if given is not MISSING and not runs:
            self.block(orelse)
            self.leave(names)
            return
        start = self.key
        outer_flow, self.flow = self.flow, start
        outer_guard, self.guard = self.guard, hash((self.guard, start))
        here, self.here = self.here, set()
        mark = len(self.log)
        self.depth += 1
        self.loops += 1
        turning, self.turning = self.turning, self.turning | loop.given
        self.block(turn)
        if self.loops == 1:
            self.block(turn)  # what the first turn left is what the second finds
        self.turning = turning
        self.loops -= 1
        self.depth -= 1
        self.here = here
        self.guard = outer_guard
        key = self.flow
        self.flow = hash((outer_flow, key))
        bound = self.take_back(mark)
        for name in dict.fromkeys((*names, *bound)):
            old, new = self.world.names.get(name), bound.get(name)
            stays = (
                not runs
                or (name not in loop.certain and not loop.presumed)
                or (new is not None and new.made != 0)
            )
            if new is None:
                if stays:
                    self.may_stay(name)
                if name in bound and old is not None:
                    self.bind(name, old.renewed(hash((key, name, old.version))) if stays else None)
                continue
            version = hash((start, name) if name in loop.untouched else (key, name))
            if stays:
                self.bind_or_leave(name, new, version)
            else:
                self.bind(name, new.renewed(version))
        self.key = key
        if orelse and loop.leaves:
            otherwise = self.guarded(orelse, hash((key, "else")))
            self.join(dict.fromkeys(otherwise), [otherwise, {}], key, mix=True)
        elif orelse:
            self.block(orelse)

    def try_(self, op: Op) -> None:
        _, body, handlers, orelse, final, names = op
        if self.completes(body):
            self.block(orelse)
            self.leave(names)
            self.block(final)
            return
        before = self.key
        outer_flow, self.flow = self.flow, 0
        outer_guard, self.guard = self.guard, hash((self.guard, "try", before))
        here, self.here = self.here, set()
        mark = len(self.log)
        self.depth += 1
        self.block(body)
        self.depth -= 1
        self.guard = outer_guard
        key = self.flow
        self.flow = hash((outer_flow, key))
        done = self.take_back(mark)
        self.here = here.copy()
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
        self.here = here
        self.join(dict.fromkeys((*names, *completed)), [completed, *outcomes], key)
        if final:
            self.block(final)

    def completes(self, ops: Sequence[Op]) -> bool:
        """Run a block if it surely comes to its end: all that it does is told by plain Python."""
        mark = len(self.log)
        for op in ops:
            step = op[1]
            if op[0] != OP_STEP or step.plain_value is None or self.known(step.plain_value) is MISSING:
                self.take_back(mark)
                return False
            self.step(step)
        return bool(ops)

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

    def run(self, code: Code, failed: bool, endings: Endings | None, line: int = 0) -> RunRecord:
        """Run a cell and record what it did.

        Args:
            failed: it raised or was interrupted, somewhere.
            endings: what tells whether it raises, if its own status does not.
            line: the line that raised, if that is known.
        """
        record = self.record
        ended = False
        whole = 0
        if line or (endings is not None and any(endings.failed.values())):
            whole = self.key_at_its_end(code)
            line = line or (endings.failed.get(whole, 0) if endings is not None else 0)
        certain = code.statement_at(line) if whole else None
        if self.world.patches and SHELL_OPTIONS in self.world.names and not code.empty:
            self.note_name(SHELL_OPTIONS)  # hooks and what is shown of each line
        try:
            if certain is not None:
                self.block(code.ops[: certain[0]])
                mark, changed = len(self.log), self.changed
                self.changed = {}
                self.block(code.ops[certain[0] : certain[1]])
                self.depth = 0
                self.allow_for_error(hash(("failed", whole)), mark)
                self.changed = {**self.changed, **changed}
                self.leave(code.targets)
            else:
                self.block(code.ops)
        except Halt:
            ended = True
            self.leave(code.targets)
        self.depth = 0
        self.guard = 0
        record.halted = self.halted
        reads = [token for token, _ in record.reads.values()]
        reads += [token for token, _, _ in record.parts.values()]
        if len(self.pattern) > 1:
            record.sharing = sharing_of(list(self.pattern.values()))
            record.shared = tuple(self.pattern)
        record.key = hash((code.digest, *record.reads, *record.parts, *reads, record.sharing))
        record.whole = whole or record.key
        if ended:
            self.repeatable = False
            self.advance(LAST_ERROR, to=hash(("halted", record.key)))
        elif certain is not None:
            self.repeatable = False
            self.advance(LAST_ERROR, to=hash(("failed", record.key)))
        elif failed or (endings is not None and endings.may_fail(record.key, code.may_leave)):
            self.repeatable = False
            self.allow_for_error(hash(("failed", record.key)))
            self.advance(LAST_ERROR, to=hash(("failed", record.key)))
        self.clean_up(record)
        return record

    def key_at_its_end(self, code: Code) -> int:
        """The key of the run, were it to come to its end."""
        ghost = Execution(self.world.copy(), set(self.ambient), self.may_halt, self.owner, self.by_chance)
        return ghost.run(code, False, None).key

    def allow_for_error(self, guard: int, mark: int = 0) -> None:
        """Any of the writes may not have happened, or of those since a mark."""
        first: dict[str, Value | None] = {}
        for name, old, *_ in self.log[mark:]:
            first.setdefault(name, old)
        for name, old in first.items():
            new = self.world.names.get(name)
            self.touched[name] = None
            self.left[name] = None
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
        for name, *_ in self.log:
            if name[0] == "@" and (
                name[1:2].isdigit() or (name == FIGURE and KEPT_FIGURES not in world.names)
            ):
                world.names.pop(name, None)  # inline figures are closed with the cell
                if name == FIGURE:
                    self.absent[KEPT_FIGURES] = None
                    record.reads.pop(FIGURE, None)
        bound = {name: world.names.get(name) for name, *_ in self.log}
        record.writes = written(world, bound, tuple(self.left), self.changed, self.used)
        for name, value in bound.items():
            if value is not None and value.made:
                self.open.append(name)
                world.names[name] = value.renewed(value.version)
        leave_open(record, world, self.open, self.stayed)
        if record.draws or self.by_chance:
            for state in RANDOM_STATES:
                record.writes.pop(state, None)
        for state, places in self.placed.items():
            if state in record.writes and state not in self.whole:
                record.settings[state] = record.writes.pop(state)
                for place, content in places.items():
                    record.writes[f"{state}[{place}]"] = content
