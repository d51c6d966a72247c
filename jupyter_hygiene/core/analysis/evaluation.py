"""From descriptions to values, and how names and objects of a world are read, bound and changed by a run."""

from __future__ import annotations

from typing import Any

from .instructions import (
    ATTRIBUTE,
    CONSTANT,
    DEFINITION,
    DISPLAY,
    EITHER,
    FRESH,
    GENERATOR,
    IMPORT,
    ITEM,
    JOINED,
    MASK,
    NAME,
    OPERATION,
    PLAIN,
    RESULT,
    SLICE,
    ClassCode,
    Description,
    FunctionCode,
)
from .ledger import Ledger
from .library.methods import MUTATORS
from .library.modules import STATE_ATTRIBUTES
from .values import (
    ARRAY,
    CLASS,
    DICT,
    FRAME,
    FUNCTION,
    ITERATOR,
    LIBRARY,
    LIST,
    MODULE,
    NOTHING,
    SCALAR,
    STATE,
    TUPLE,
    UNKNOWN,
    Value,
    constant,
    fold,
    merged,
    union,
)
from .wordlists import words
from .world import BUILTINS

EMPTY = Value(0, SCALAR)
_FRAME_FACTS = words("shape size ndim columns index dtype dtypes name names empty nbytes itemsize")


class Evaluator(Ledger):
    """One run in a world: reads and writes go through here, and are recorded."""

    def lookup(self, name: str) -> Value:
        env = self.env
        if env is not None:
            found = env.get(name)
            if found is not None:
                return found
        found = self.world.names.get(name)
        if found is None:
            found = BUILTINS.get(name)
            if found is None:
                found = self.shown_before(name) if name[:1] in ("_", "O") else NOTHING
        return found

    def shown_before(self, name: str) -> Value:
        """What the shell keeps under this name: a value that an earlier run showed."""
        world = self.world
        if name in ("_", "__", "___"):
            return world.shown[-len(name)] if len(world.shown) >= len(name) else NOTHING
        if name[1:].isdigit():
            return world.outputs.get(int(name[1:]), NOTHING)
        if name in ("Out", "_oh"):
            held: tuple[Any, ...] = ()
            for value in world.outputs.values():
                held = merged(held, value.own + value.deep)
            return Value(0, UNKNOWN, held)
        return NOTHING

    def value(self, described: Description) -> Value:
        """The value behind a description; its version is 0 unless it is one that is known already."""
        code = described[0]
        if code == NAME:
            return self.lookup(described[1])
        if code == CONSTANT:
            return constant(described[1])
        if code == RESULT:
            return self.results[described[1]]
        if code == ATTRIBUTE:
            return self.attribute(self.value(described[1]), described[2])
        if code == OPERATION:
            return self.operation(described)
        if code == ITEM:
            return self.item(self.value(described[1]), described[2])
        if code == PLAIN:
            return EMPTY
        if code == JOINED:
            return self.joined_text(described[1])
        if code == DISPLAY:
            return self.display(described[1], described[2])
        if code == SLICE:
            return self.part(self.value(described[1]))
        if code == MASK:
            base = self.value(described[1])
            return self.copied(base)
        if code == EITHER:
            first, *others = [self.value(part) for part in described[1]]
            for other in others:
                first = union(first, other, 0)
            return first
        if code == IMPORT:
            return self.imported(described[1], described[2])
        if code == DEFINITION:
            return self.definition(described)
        if code == GENERATOR:
            through = self.value(described[2])
            made = self.iterator()
            containers, elements = self.gone_through([through])
            return Value(0, ITERATOR, (made,), elements, containers, (described[1], *through.defs))
        if code == FRESH:
            return Value(0, described[1], (self.fresh(),))
        return EMPTY

    def imported(self, path: str, is_module: bool) -> Value:
        known = hash(("import", path, is_module))
        module = path if is_module else path.rpartition(".")[0]
        state = f"@module:{module}"
        if self.note_attribute(path):
            known = hash((known, self.world.name_token(f"@attribute:{path}")))
        change = self.world.changes.get(state, 0)
        self.modules.setdefault(state, self.changed.get(state, change))
        if change and self.env is not None:
            self.note(change)  # in a function, no name that is read tells of it
        return Value(known, MODULE if is_module else LIBRARY, (state,), path=path)

    def note_attribute(self, path: str) -> bool:
        """Whether something was put in the place of an attribute of a module, which then counts."""
        name = f"@attribute:{path}"
        if not self.world.patches or name not in self.world.names:
            return False
        self.note_name(name)
        return True

    def attribute(self, base: Value, name: str) -> Value:
        kind = base.kind
        if kind == SCALAR:
            return EMPTY
        if kind in (MODULE, LIBRARY):
            path = f"{base.path}.{name}"
            self.note_attribute(path)
            state = STATE_ATTRIBUTES.get(path)
            if state is not None:
                return Value(0, STATE, path=state)
            if path == "sys.modules":
                self.every_module()
            return Value(0, LIBRARY, base.own, base.deep, (), (), path)
        if kind in (FRAME, ARRAY):
            return EMPTY if name in _FRAME_FACTS else Value(0, kind, base.own, base.deep)
        if base.defs:
            for code in base.defs:
                if isinstance(code, ClassCode) and name in code.methods:
                    return Value(
                        0, FUNCTION, base.own, base.deep, base.classes, (code.methods[name],), "bound"
                    )
        if kind == STATE:
            return base
        if base.path == "super":
            return base
        path = f"method:{name}" if name in MUTATORS else ""
        return Value(0, UNKNOWN, base.own + base.deep, (), base.classes, base.defs, path)

    def item(self, base: Value, at: Description | None) -> Value:
        """``base[at]``, or what going through ``base`` gives."""
        world = self.world
        kind = base.kind
        if kind == SCALAR:
            return EMPTY
        if kind == FRAME and not world.views:
            return Value(0, kind, (self.fresh(),))  # copied when it is written to
        if kind in (ARRAY, FRAME):
            if at is not None:
                index = self.value(at)
                if index.kind in (FRAME, ARRAY, LIST):
                    return Value(0, kind, (self.fresh(),))
            return Value(0, kind, base.own, base.deep)
        if kind in (LIST, TUPLE, DICT):
            inner = self.inside(base)
            if not inner and not base.defs:
                return EMPTY
            return Value(0, UNKNOWN, inner, (), base.classes, merged(base.defs, world.codes_in(inner)))
        if kind == STATE:
            self.note_state(base.path)
            return base
        if kind == ITERATOR:
            if not base.deep and not base.defs:
                return EMPTY
            return Value(0, UNKNOWN, base.deep, (), (), merged(base.defs, world.codes_in(base.deep)))
        inner = base.own + base.deep
        return Value(0, UNKNOWN, inner, (), base.classes, merged(base.defs, world.codes_in(inner)))

    def inside(self, base: Value) -> tuple[Any, ...]:
        """The objects within a container."""
        world = self.world
        inner = base.deep
        if world.links or world.canon:
            own = world.reach(base.own)
            inner = tuple(
                [region for region in world.reach(base.own + base.deep) if region not in own[: len(base.own)]]
            )
        if world.mixed and base.own:
            inner = merged(tuple([region for region in base.own if world.find(region) in world.mixed]), inner)
        return inner

    def gone_through(self, values: list[Value]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Of values that an iterator goes through: the containers, and the objects that come of it."""
        containers: tuple[Any, ...] = ()
        elements: tuple[Any, ...] = ()
        for value in values:
            if value.kind in (LIST, TUPLE, DICT, ITERATOR):
                containers = merged(containers, value.own + value.classes)
                elements = merged(elements, self.inside(value))
            elif value.kind in (FUNCTION, CLASS):
                containers = merged(containers, value.own)
            else:
                containers = merged(containers, value.own + value.classes)
                elements = merged(elements, value.own + value.deep)
        return containers, elements

    def part(self, base: Value) -> Value:
        """A slice: of a list a copy that shares the elements, of an array a view."""
        if base.kind == FRAME and not self.world.views:
            return Value(0, FRAME, (self.fresh(),))
        if base.kind in (SCALAR, ARRAY, FRAME, STATE):
            return base if base.kind == SCALAR else Value(0, base.kind, base.own, base.deep)
        if base.kind in (LIST, TUPLE):
            return self.copied(base)
        return Value(0, base.kind, base.own, base.deep, base.classes, base.defs)

    def copied(self, base: Value) -> Value:
        """A shallow copy."""
        if base.kind == SCALAR:
            return EMPTY
        if base.kind in (FRAME, ARRAY):
            return Value(0, base.kind, (self.fresh(),))
        if base.kind in (LIST, DICT, TUPLE):
            inner = self.inside(base)
            return Value(0, base.kind, (self.fresh(),), inner, base.classes, base.defs)
        inner = merged(base.own, base.deep)
        return Value(0, base.kind, (self.fresh(),), inner, base.classes, base.defs)

    def display(self, kind: int, parts: tuple[Description, ...]) -> Value:
        deep: tuple[Any, ...] = ()
        classes: tuple[Any, ...] = ()
        defs: tuple[Any, ...] = ()
        for part in parts:
            if part[0] in (CONSTANT, PLAIN):
                continue
            value = self.value(part)
            if value.regions and value.kind not in (MODULE, LIBRARY):
                deep = merged(deep, value.own + value.deep)
                classes = merged(classes, value.classes)
            if value.defs:
                defs = merged(defs, value.defs)
        if kind == TUPLE:
            return Value(0, kind, (), deep, classes, defs)
        own = (self.fresh(),)
        if deep:
            deep = self.absorbed(own, deep)
        return Value(0, kind, own, deep, classes, defs)

    def absorbed(self, own: tuple[Any, ...], inner: tuple[Any, ...]) -> tuple[Any, ...]:
        """What is put into objects, but for what was only just made for it: that is theirs alone."""
        if self.env is not None or self.depth:
            return inner
        world = self.world
        start, holders = self.step_start, world.holders
        kept = tuple(
            [
                region
                for region in inner
                if isinstance(region, str) or region <= start or region in holders or region in world.codes
            ]
        )
        if len(kept) < len(inner):
            world.mixed.update(own)
            self.mixed.extend(own)
        return kept

    def joined_text(self, parts: tuple[Description, ...]) -> Value:
        """An f-string."""
        values = [self.value(part) for part in parts]
        if all(value.is_const and isinstance(value.const, (str, int)) for value in values):
            return constant("".join(str(value.const) for value in values))
        return self.made_of("text", values)

    def made_of(self, how: str, parts: list[Value]) -> Value:
        """An immutable value that its parts decide on, known by theirs."""
        if all(part.version for part in parts):
            return Value(hash((how, tuple([self.world.token(part) for part in parts]))), SCALAR)
        return EMPTY

    def operation(self, described: Description) -> Value:
        left = self.value(described[1])
        right = self.value(described[2])
        if left.kind == SCALAR and right.kind == SCALAR:
            if left.is_const and right.is_const and described[3]:
                result = fold(described[3], left.const, right.const)
                if result is not None:
                    return constant(result)
            if left.path.startswith("file:") and right.is_const and described[3] == "Div":
                return Value(0, SCALAR, path=f"{left.path.rstrip('/')}/{right.const}")
            if described[3] in ("Add", "Mod", "Div"):
                return self.made_of(described[3], [left, right])
            return EMPTY
        kind = left.kind if left.kind not in (SCALAR, UNKNOWN) else right.kind
        if kind in (FRAME, ARRAY, SCALAR):
            if UNKNOWN in (left.kind, right.kind):
                return Value(0, UNKNOWN, (self.fresh(),))
            return Value(0, FRAME if FRAME in (left.kind, right.kind) else kind, (self.fresh(),))
        deep = merged(left.deep, right.deep)
        return Value(0, kind, (self.fresh(),), deep, merged(left.classes, right.classes))

    def definition(self, described: Description) -> Value:
        """A function or class that is defined here."""
        code, parts, decorators = described[1], described[2], described[3]
        deep: tuple[Any, ...] = ()
        classes: tuple[Any, ...] = ()
        defs: tuple[Any, ...] = (code,)
        for part in (*parts, *decorators):
            value = self.value(part)
            deep = merged(deep, value.own + value.deep if value.kind not in (CLASS, MODULE, LIBRARY) else ())
            classes = merged(classes, value.classes + value.own if value.kind == CLASS else value.classes)
            if part in decorators or isinstance(code, ClassCode):
                defs = merged(defs, value.defs)
        if isinstance(code, FunctionCode):
            defs += tuple(inner for inner in code.nested if inner not in defs)
        own = (self.fresh(),)
        self.is_made_of(own[0], defs)
        kind = CLASS if isinstance(code, ClassCode) else FUNCTION
        return Value(0, kind, own, deep, classes, defs, "decorated" if decorators else "")
