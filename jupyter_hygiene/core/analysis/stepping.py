"""Carrying out one step: what it reads decides on its key, its calls and stores change objects, its names are bound."""

from __future__ import annotations

import ast
from typing import Any

from .calls import Caller
from .evaluation import EMPTY
from .instructions import (
    ATTRIBUTE,
    CONSTANT,
    ITEM,
    NAME,
    NO_CALL,
    RESULT,
    SLICE,
    ClassCode,
    Description,
    Step,
    Store,
    steps_of,
)
from .ledger import Halt
from .library.states import FORMAT
from .options import is_well_known, looks_like_option, patch_class, patch_module, set_option
from .plain_values import MISSING, is_scalar, worked_out
from .values import (
    CLASS,
    DICT,
    FUNCTION,
    INSTANCE,
    LIBRARY,
    LIST,
    MODULE,
    SCALAR,
    STATE,
    TUPLE,
    UNKNOWN,
    Value,
    constant,
    merged,
)
from .world import World

_PLAIN_KINDS = (SCALAR, LIST, TUPLE, DICT, UNKNOWN)


class Stepper(Caller):
    """Carries out steps."""

    def __init__(
        self,
        world: World,
        ambient: set[str],
        may_halt: bool,
        owner: str | None = None,
        by_chance: int = 0,
    ) -> None:
        super().__init__(world)
        self.owner = owner
        self.by_chance = by_chance
        self.ambient = ambient
        self.may_halt = may_halt
        self.flow = 0
        self.loops = 0
        self.turning: frozenset[str] = frozenset()  # names that the open loops give a value in each turn
        self.touched: dict[str, None] = {}
        self.halted = ""
        self.last_shown: Value | None = None

    def step(self, step: Step) -> None:
        reads = step.reads
        found = self.found_again(step) if step.again is not None else None
        if self.undefined:
            self.undefined.clear()
        if step.parts:
            parts = [self.read_part(name, keys) for name, keys in step.parts]
            tokens = (*[self.read(name) for name in reads], *parts)
        else:
            tokens = tuple([self.read(name) for name in reads])
        self.tokens = tokens
        for name in step.soft:
            self.read_soft(name)
        self.digest = step.digest
        self.key = hash((step.digest, tokens))
        self.logged = 0
        self.serial = 0
        self.step_start = self.fresh()
        missing: list[str] = []
        if self.undefined:
            missing = [name for name in self.undefined if name not in self.ambient]
            if self.depth == 0:
                self.lacked += self.undefined
        world_names = self.world.names
        if not step.plain:
            for name in reads:
                value = world_names.get(name)
                if value is not None and value.defs and value.kind == INSTANCE:
                    self.use_instance(value)
        if missing and self.depth == 0 and self.may_halt:
            if len(step.calls) > 1:
                self.calls_before_the_end(step)
            self.halted = " ".join(missing)
            raise Halt
        if step.calls:
            if self.applied:
                self.applied = {}
            self.results = []
            for call in step.calls:
                self.results.append(self.call(call))
        if step.consumes:
            for described in step.consumes:
                self.use_up(self.value(described))
        if missing and self.depth == 0:
            self.ambient.update(missing)  # it ran well: something we do not see defines them
        if step.stores:
            for store in step.stores:
                self.store(store)
        if step.star:
            self.import_all(step.star)
        if step.binds:
            self.bind_all(step)
        for name in step.deletes:
            self.bind(name, None)
        if step.shows is not None:
            self.display_result(step.shows)
        self.flow = hash((self.flow, self.key))
        if found is not None:
            self.left_again(step, found)

    def found_again(self, step: Step) -> tuple[int, int, int] | None:
        """What a step finds that leaves what it left the first time: where it was the last to write there, that is
        what it found then."""
        assert step.again is not None
        name, key = step.again
        world = self.world
        if self.depth or name in self.written or name not in world.names:
            return None
        token, changer, whole = self.place_now(name, key)
        known = world.again.get(step.again)
        if known is not None and known[:2] == (step.digest, token):
            token, changer, whole = known[2:]
            self.repeatable = False
            if key:
                self.record.parts.setdefault((name, (key,)), (token, changer, whole))
                self.same_parts[name, (key,)] = token
            else:
                self.record.reads.setdefault(name, (token, changer))
                self.same_reads[name] = token
        return token, changer, whole

    def left_again(self, step: Step, found: tuple[int, int, int]) -> None:
        assert step.again is not None
        self.same_reads.clear()
        self.same_parts.clear()
        left = self.place_now(*step.again)[0]
        self.world.again[step.again] = self.again[step.again] = (step.digest, left, *found)

    def place_now(self, name: str, key: str) -> tuple[int, int, int]:
        world = self.world
        whole = world.name_token(name)
        return (*world.part_token(name, (key,)), whole) if key else (whole, world.changer(name), whole)

    def calls_before_the_end(self, step: Step) -> None:
        """Of the calls of a step that ends for want of a name, the first ones may have been made."""
        mark = len(self.log)
        self.applied, self.results = {}, []
        for call in step.calls:
            self.results.append(self.call(call))
        made = self.take_back(mark)
        self.join(dict.fromkeys(made), [made, {}], self.key, mix=True)

    def take_back(self, mark: int) -> dict[str, Value | None]:
        raise NotImplementedError

    def join(
        self,
        names: dict[str, None],
        outcomes: list[dict[str, Value | None]],
        key: int,
        mix: bool = False,
        lenient: bool = False,
    ) -> None:
        raise NotImplementedError

    def use_instance(self, value: Value) -> None:
        """Operators, properties and representations of a class of the notebook run unseen."""
        for code in value.defs:
            if isinstance(code, ClassCode):
                for method in code.implicit:
                    self.apply(method, value, value, [], [])

    def store(self, store: Store) -> None:
        if store.slot is None or store.value is None:
            self.store_plainly(store)
            return
        base = self.value(store.base)
        value = self.value(store.value)
        self.put(base, value)
        root = self.lookup(store.root)
        if store.value[0] in (NAME, CONSTANT):
            content = self.world.token(value)
        else:
            tokens = [self.name_token(name) for name in store.reads]
            tokens += [
                self.same_parts.get((name, keys), self.world.part_token(name, keys)[0])
                for name, keys in store.parts
                if name not in store.reads
            ]
            content = hash((store.digest, tuple(tokens), self.logged))
        if base.kind == STATE:
            self.set_state(base.path, store.slot[1:], content)
            return
        if root.kind == INSTANCE and any(isinstance(code, ClassCode) and code.implicit for code in root.defs):
            self.note_name(store.root)
            self.use_instance(root)
            self.change_value(base, deep=False)
            return
        attribute = store.slot[-1]
        if base.kind in (MODULE, LIBRARY) and isinstance(attribute, tuple) and is_well_known(base.path):
            path = f"{base.path}.{attribute[1]}"
            if base.kind == MODULE and not looks_like_option(path):
                patch_module(self, path, content)
            elif base.path.rpartition(".")[2][:1].isupper() and not looks_like_option(path):
                patch_class(self, path, content)
            else:
                set_option(self, path, content)
            return
        if base.kind in (MODULE, LIBRARY):
            self.written.add(f"@module:{root.path}")
        self.change_slot(base, (root.version, store.slot), content)

    def name_token(self, name: str) -> int:
        value = self.world.value(name)
        return self.world.token(value)

    def bind_all(self, step: Step) -> None:
        binds = step.binds
        if len(binds) == 1:
            name, described, digest, part = binds[0]
            value = self.versioned(self.value(described), described, digest, part, step, 0)
            if step.plain_value is not None and not step.plain:
                value = self.plainly(value, step.plain_value)
            self.bind(name, value)
            return
        known: dict[int, Value] = {}
        made = []
        for index, (name, described, digest, part) in enumerate(binds):
            found = known.get(id(described))
            if found is None:
                known[id(described)] = found = self.value(described)
            made.append((name, self.versioned(found, described, digest, part, step, index)))
        for name, value in made:
            self.bind(name, value)

    def plainly(self, value: Value, node: ast.expr) -> Value:
        """A value with its content, where plain Python tells that; a number or text is known by it alone."""
        if value.is_const or value.kind not in _PLAIN_KINDS:
            return value
        content = self.known(node)
        if content is MISSING:
            return value
        if is_scalar(content):
            return constant(content)
        value.content = content
        return value

    def known(self, node: ast.expr | None) -> Any:
        """What an expression gives now, where plain Python tells that. In a loop, each turn may find something else."""
        if node is None or self.loops or self.world.opaque:
            return MISSING
        return worked_out(node, self.content, self.world.names)

    def content(self, name: str) -> Any:
        """What a name holds, where that is known; ``MISSING`` where it is not."""
        world = self.world
        held = world.names.get(name)
        if held is None or held.made:
            return MISSING
        if held.is_const:
            return held.const
        if held.content is MISSING or any(
            region in world.changes or region in world.canon or region in world.links
            for region in held.regions
        ):
            return MISSING
        return held.content

    def versioned(
        self, value: Value, described: Description, digest: int, part: tuple[str, ...], step: Step, index: int
    ) -> Value:
        """A value under the version that all it was made from gives it."""
        if (value.version and described[0] != RESULT) or value.is_const:
            return value
        if part:
            tokens = tuple([self.tokens[step.reads.index(name)] for name in part[1:]])
            version = hash((digest, tokens, self.logged))
        else:
            tokens = self.tokens
            if value.own and described[0] in (SLICE, ITEM, ATTRIBUTE) and len(step.reads) == 1:
                # what is seen through another's object changes with that object: that is counted there
                base = self.world.names.get(step.reads[0])
                if base is not None and set(value.regions) <= set(base.regions):
                    tokens = (base.version,)
            version = hash((digest or (step.digest, index), tokens, self.logged))
        if value is EMPTY:
            return Value(version, SCALAR)
        return value.renewed(version)

    def import_all(self, module: str) -> None:
        """``from module import *``: each name that the module gives is bound."""
        from .star import names_of_module

        names = names_of_module(module)
        self.repeatable = False
        if names is None:
            self.define_unknown(hash(("star", module)))
            return
        self.note(self.world.changes.get(f"@module:{module}", 0))
        for name in names:
            self.bind(name, self.imported(f"{module}.{name}", False))

    def display_result(self, described: Description) -> None:
        value = self.value(described)
        self.note_state(FORMAT)
        if value.kind == INSTANCE:
            self.use_instance(value)  # it says itself how it is shown
        self.show(value)
        if described[0] == RESULT and value.kind == SCALAR:
            return  # as a rule None: print, append
        version = value.version or hash((self.key, "_"))
        self.last_shown = value if value.version else value.renewed(version)

    def definition(self, described: Description) -> Value:
        value = super().definition(described)
        code, decorators = described[1], described[3]
        if isinstance(code, ClassCode):
            value = self.class_body(code, value)
        for decorator in reversed(decorators):
            called = self.value(decorator)
            if called.defs and called.kind in (FUNCTION, CLASS, INSTANCE, UNKNOWN):
                given = self.call_value(called, NO_CALL, [value], [])
                deep = merged(value.deep, given.own + given.deep)
                classes, defs = merged(value.classes, given.classes), merged(value.defs, given.defs)
                value = Value(0, value.kind, value.own, deep, classes, defs, value.path)
        return value

    def class_body(self, code: ClassCode, value: Value) -> Value:
        """Run the body of a class: its names are its own, those it reads count. What it makes is the class's."""
        outer_env, outer_results, outer_key = self.env, self.results, self.key
        env: dict[str, Value] = dict(outer_env) if outer_env else {}
        own: dict[str, None] = {}
        for step in steps_of(code.ops):
            for name in (*step.reads, *step.soft):
                if name not in env:
                    self.note_name(name)
            for name in step.outer:
                self.note_name(name)
            self.env = env
            self.results = []
            for call in step.calls:
                self.results.append(self.call(call))
            for store in step.stores:
                self.store_plainly(store)
            for name, part, _, _ in step.binds:
                env[name] = self.value(part)
                own[name] = None
        self.env, self.results = outer_env, outer_results
        self.key = hash((outer_key, self.key))
        deep, classes, defs = value.deep, value.classes, value.defs
        for name in own:
            held = env[name]
            if held.kind != FUNCTION or name not in code.methods:
                deep, classes = merged(deep, held.own + held.deep), merged(classes, held.classes)
            for part in held.defs:
                if isinstance(part, ClassCode) and "__set_name__" in part.methods:
                    self.apply(part.methods["__set_name__"], held, held, [value], [])
                if isinstance(part, ClassCode) and part is not code and part not in defs:
                    defs = (*defs, part)  # a descriptor, or a class within
        made = Value(0, value.kind, value.own, deep, classes, defs, value.path)
        for base in value.defs:
            if isinstance(base, ClassCode) and base is not code:
                hooks = ("__init_subclass__", "__prepare__", "__new__", "__init__")
                for name in hooks if base.is_meta else hooks[:1]:
                    if name in base.methods:
                        self.apply(base.methods[name], made, made, [EMPTY, EMPTY, EMPTY], [])
        return made
