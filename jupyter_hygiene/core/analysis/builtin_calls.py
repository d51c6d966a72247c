"""Calls that reach beyond their arguments: files, settings, namespaces, code in text, and what the shell offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from .evaluation import EMPTY, Evaluator
from .files import joined_path, open_file, path_object
from .instructions import Call, Store
from .library.states import DECIMAL, FOLDER, LAST_ERROR, NUMPY_PRINT, PANDAS_OPTIONS
from .values import (
    ARRAY,
    DICT,
    FRAME,
    FUNCTION,
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
    union,
)

NAMESPACE = "@namespace"  # what globals() gives
_CONTAINERS = (TUPLE, LIST, DICT)


class BuiltinCalls(Evaluator):
    """What built-in functions and states do."""

    SPECIAL: ClassVar[dict[str, Callable[[Any, Call, list[Value], Any], Value | None]]] = {}

    def __init__(self, world: Any) -> None:
        super().__init__(world)
        self.applied: dict[Any, Value] = {}
        self.active: set[Any] = set()
        self.tokens: tuple[int, ...] = ()
        self.digest = 0

    def set_state(self, state: str, slot: Any = None, content: int = 0) -> None:
        """Set a state, or a place in it: doing so again with the same arguments is doing it once.

        A state is what was set in it, in order. Whoever sets a place counts as setting that alone.

        Args:
            slot: the place; without one, what is set is only known by the code that sets it.
        """
        if state == NAMESPACE:
            self.change_everything()
            return
        world = self.world
        operation = hash((self.digest, self.tokens, self.logged))
        before = world.name_token(state)
        if self.guard or state == FOLDER:  # whether it is set, and from where to where, depends on more
            last = world.fields.get(state)
            again = last is not None and last[1] == ((operation, before),) and not self.guard
            version = before if again else hash((operation, self.guard, before))
            self.placed.pop(state, None)
            self.whole.add(state)
            if state not in self.written and state not in self.record.reads:
                self.record.soft.setdefault(state, (before, world.writers.get(state, -1)))
            self.advance(state, to=version)
            world.fields[state] = (version, ((operation, version),), -1)
            return
        if slot is None:
            slot, content = ("by", operation), operation
        last = world.fields.get(state)
        entries: tuple[Any, ...] = ()
        if last is not None and last[2] == before:
            before, entries = last[0], last[1]
        entries = _in_order((*[entry for entry in entries if entry[0] != slot], (slot, content)))
        version = hash((before, entries))
        self.placed.setdefault(state, {})[str(slot)] = content
        self.advance(state, to=version)
        world.fields[state] = (before, entries, version)

    def show(self, value: Value) -> None:
        """A value is displayed: the print options decide on how."""
        holds = value.kind in _CONTAINERS and bool(value.deep)
        if value.kind == ARRAY or holds:
            self.note_state(NUMPY_PRINT)
        if value.kind == FRAME or holds:
            self.note_state(PANDAS_OPTIONS)

    def arguments_digest(self, args: list[Value], keywords: Any) -> int:
        """A digest of arguments; of the whole step where one of them is not known by itself."""
        values = [*args, *(value for _, value in keywords)]
        if all(value.version for value in values):
            names = tuple(key for key, _ in keywords)
            return hash((names, tuple(self.world.token(value) for value in values)))
        return hash((self.digest, self.tokens, self.logged))

    def added_to(self, receiver: Value, value: Value, call: Call) -> Value:
        """``x += value``: a new value where it is immutable, else the object changes."""
        if receiver.kind == SCALAR:
            operator = call.args[1][1]
            return self.operation_on(receiver, value, operator)
        if receiver.kind == TUPLE:
            return Value(0, TUPLE, (), merged(receiver.deep, value.deep), receiver.classes)
        self.use_up(value)
        self.change_value(receiver, deep=False)
        if receiver.kind in (LIST, DICT, UNKNOWN) and (value.deep or value.kind == UNKNOWN):
            self.put_into(receiver.own, value.deep or value.own)
        return Value(0, receiver.kind, receiver.own, receiver.deep, receiver.classes, receiver.defs)

    def operation_on(self, left: Value, right: Value, operator: str) -> Value:
        from .values import fold

        if left.is_const and right.is_const:
            folded = fold(operator, left.const, right.const)
            if folded is not None:
                return constant(folded)
        if right.kind == SCALAR:
            return EMPTY
        return Value(0, right.kind, (self.fresh(),), right.deep)

    def use_up(self, value: Value) -> None:
        raise NotImplementedError

    def store_plainly(self, store: Store) -> None:
        """Write into an object, without knowing whether the same was there before."""
        base = self.value(store.base)
        value = self.value(store.value) if store.value is not None else EMPTY
        self.put(base, value)
        if base.kind == STATE:
            self.set_state(base.path)
        elif base.kind in (MODULE, LIBRARY):
            for region in base.own:
                self.change(region)
        else:
            self.change_value(base, deep=False)

    def put(self, base: Value, value: Value) -> None:
        """What an object holds from now on."""
        if base.kind not in (FRAME, ARRAY, STATE) and value.regions and value.kind not in (MODULE, LIBRARY):
            inner = self.absorbed(base.own, value.own + value.deep) + value.classes
            if value.kind == FUNCTION and value.path == "bound":
                kept = self.fresh()
                self.is_made_of(kept, value.defs)
                inner = (*inner, kept)
            self.put_into(base.own, inner)

    # -- namespaces and code in text -----------------------------------------------------------

    def namespace(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """``globals()``, ``locals()``, ``vars()``: every name, to read or to write."""
        if args:
            return Value(0, UNKNOWN, args[0].own + args[0].deep, (), args[0].classes)
        self.read_everything()
        return Value(0, STATE, path=NAMESPACE)

    def run_text(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """``exec`` and ``eval``: a literal text is run as it stands, any other may do anything."""
        text = args[0] if args else EMPTY
        if text.is_const and isinstance(text.const, str) and len(args) == 1 and not keywords:
            result = self.run_source(text.const)
            if result is not None:
                return result
        self.read_everything()
        self.change_everything()
        return self.any_value()

    def any_value(self) -> Value:
        regions = tuple(dict.fromkeys(region for value in self.world.names.values() for region in value.own))
        return Value(0, UNKNOWN, (self.fresh(), *regions[:200]))

    def run_source(self, source: str) -> Value | None:
        raise NotImplementedError

    def read_everything(self) -> None:
        self.repeatable = False
        for name in list(self.world.names):
            if name != LAST_ERROR:
                self.note_name(name)

    def change_everything(self) -> None:
        """Any name may be another thing now, and any object another."""
        world = self.world
        self.repeatable = False
        for name, value in list(world.names.items()):
            if value.kind == MODULE:
                continue  # nobody calls anything else by a module's name
            self.serial += 1
            version = hash((self.key, self.guard, name, world.token(value)))
            self.bind(name, Value(version, UNKNOWN, value.own, value.deep, value.classes, value.defs))
        self.define_unknown(self.key)

    def define_unknown(self, what: int) -> None:
        """Any name that is not known may be defined from now on; by the same again, it is defined no other way."""
        world = self.world
        self.repeatable = False
        if what not in world.definers:
            world.definers = (*world.definers, what)
            world.opaque = hash(world.definers)

    def set_attribute(self, call: Call, args: list[Value], keywords: Any) -> Value:
        if args:
            if len(args) > 2:
                self.put(args[0], args[2])
            if args[0].kind == STATE:
                self.set_state(args[0].path)
            else:
                self.change_value(args[0], deep=False)
        return EMPTY

    def get_attribute(self, call: Call, args: list[Value], keywords: Any) -> Value:
        if len(args) > 1 and args[1].is_const and isinstance(args[1].const, str):
            found = self.attribute(args[0], args[1].const)
        else:
            found = args[0] if args else EMPTY
        default = args[2] if len(args) > 2 else EMPTY
        own = merged(found.own, default.own)
        return Value(
            0, found.kind, own, merged(found.deep, default.deep), found.classes, found.defs, found.path
        )

    def parent(self, call: Call, args: list[Value], keywords: Any) -> Value:
        """``super()``: the object itself, with the methods of its bases."""
        env = self.env or {}
        receiver = env.get("self", EMPTY)
        return Value(0, receiver.kind, receiver.own, receiver.deep, receiver.classes, (), "super")

    def import_by_name(self, call: Call, args: list[Value], keywords: Any) -> Value:
        if args and args[0].is_const and isinstance(args[0].const, str):
            return self.imported(args[0].const, True)
        return Value(0, UNKNOWN, (self.fresh(),))

    def decimal_context(self, call: Call, args: list[Value], keywords: Any) -> Value:
        """The context of decimals: every number of that module depends on it."""
        return Value(0, UNKNOWN, (DECIMAL,))

    def set_decimal_context(self, call: Call, args: list[Value], keywords: Any) -> Value:
        self.change(DECIMAL)
        return Value(0, UNKNOWN, (DECIMAL,))

    def decimal_number(self, call: Call, args: list[Value], keywords: Any) -> Value:
        return Value(0, SCALAR, (), (DECIMAL,))

    def partial(self, call: Call, args: list[Value], keywords: Any) -> Value:
        """A function with some of its arguments: they go along with each call."""
        held = Value(0, UNKNOWN)
        for value in (*args[1:], *(value for _, value in keywords)):
            held = union(held, value, 0)
        called = args[0] if args else EMPTY
        path = called.path if called.path.startswith("method:") else "partial"
        own = (self.fresh(), *called.own) if path != "partial" else (self.fresh(),)
        deep = merged(called.own + called.deep, held.own + held.deep)
        return Value(0, UNKNOWN, own, deep, merged(called.classes, held.classes), called.defs, path)

    def set_options(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """``pd.set_option("display.max_rows", 5)``: one place of the options, whatever the others are."""
        names = [name.const for name in args[::2]]
        if keywords or len(args) % 2 or not all(isinstance(name, str) for name in names):
            return None
        for name, value in zip(names, args[1::2], strict=True):
            content = self.arguments_digest([value], [])
            self.set_state(PANDAS_OPTIONS, ("option", name.rpartition(".")[2]), content)
        return EMPTY

    def set_print_options(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """``np.set_printoptions(precision=3)``: the same."""
        if args or any(key is None for key, _ in keywords):
            return None
        for key, value in keywords:
            self.set_state(NUMPY_PRINT, ("option", key), self.arguments_digest([value], []))
        return EMPTY

    def reload(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """A module as it was: whatever was done to it is undone."""
        self.repeatable = False
        for region in args[0].own if args else ():
            if region in self.world.changes:
                self.change(region)
                self.world.changes.pop(region)
        return args[0] if args else EMPTY

    def tee(self, call: Call, args: list[Value], keywords: Any) -> Value:
        """Iterators that go on with another one's."""
        through = args[0] if args else EMPTY
        return Value(
            0, TUPLE, (), (self.iterator(), *through.own, *through.deep), through.classes, through.defs
        )

    def next_of(self, call: Call, args: list[Value], keywords: Any) -> Value | None:
        """One more element of what may be an iterator under any name."""
        if args and args[0].kind == UNKNOWN:
            self.change_value(args[0], deep=False)
        return None


def _in_order(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was set, in an order that matters: of places that were set by themselves, one after the other, it does
    not."""
    found: list[Any] = []
    run: list[Any] = []
    for entry in entries:
        if entry[0][0] == "by":
            found += [*sorted(run, key=lambda one: str(one[0])), entry]
            run = []
        else:
            run.append(entry)
    return (*found, *sorted(run, key=lambda one: str(one[0])))


BuiltinCalls.SPECIAL.update(
    {
        "functools.partial": BuiltinCalls.partial,
        "importlib.reload": BuiltinCalls.reload,
        "pandas.set_option": BuiltinCalls.set_options,
        "numpy.set_printoptions": BuiltinCalls.set_print_options,
        "itertools.tee": BuiltinCalls.tee,
        "builtins.next": BuiltinCalls.next_of,
        "decimal.getcontext": BuiltinCalls.decimal_context,
        "decimal.setcontext": BuiltinCalls.set_decimal_context,
        "decimal.localcontext": BuiltinCalls.set_decimal_context,
        "decimal.Decimal": BuiltinCalls.decimal_number,
        "builtins.open": open_file,
        "io.open": open_file,
        "gzip.open": open_file,
        "pathlib.Path": path_object,
        "os.path.join": joined_path,
        "builtins.globals": BuiltinCalls.namespace,
        "builtins.locals": BuiltinCalls.namespace,
        "builtins.vars": BuiltinCalls.namespace,
        "builtins.exec": BuiltinCalls.run_text,
        "builtins.eval": BuiltinCalls.run_text,
        "builtins.setattr": BuiltinCalls.set_attribute,
        "builtins.delattr": BuiltinCalls.set_attribute,
        "builtins.getattr": BuiltinCalls.get_attribute,
        "builtins.super": BuiltinCalls.parent,
        "builtins.__import__": BuiltinCalls.import_by_name,
        "importlib.import_module": BuiltinCalls.import_by_name,
    }
)
