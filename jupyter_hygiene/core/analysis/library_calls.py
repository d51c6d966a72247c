"""Calls of what libraries offer: functions and methods by what is known of them, and with care where nothing is."""

from __future__ import annotations

from typing import Any

from .builtin_calls import NAMESPACE, BuiltinCalls
from .evaluation import EMPTY
from .files import command_files, read_folder, touch_file
from .given_back import Keywords, given
from .instructions import Call, ClassCode, FunctionCode
from .library import FUNCTIONS, effect_of
from .library.methods import (
    CHANGING_PREFIXES,
    FILE_READERS,
    FILE_WRITERS,
    FITTING,
    FOLDER_READERS,
    FRAME_MUTATORS,
    ITERATOR_METHODS,
    KEEPING,
    MUTATORS,
    PLOTTING_METHODS,
    PURE_METHODS,
    RANDOM_METHODS,
    REPEATABLE,
    VIEW_METHODS,
)
from .library.modules import HARMLESS_PREFIXES
from .library.states import FIGURE, FILES, NUMPY_RANDOM, RANDOM_STATES, SETTING_WHOLE, SETTINGS
from .options import note_options, note_patches, patch_class, set_option, sets_option
from .record import SUPERSEDED
from .values import (
    ARRAY,
    CLASS,
    DICT,
    ESTIMATOR,
    FRAME,
    FUNCTION,
    INSTANCE,
    ITERATOR,
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
from .wordlists import words

# Functions that put methods into the classes of another library.
HOOKS = frozenset(
    {"tqdm.tqdm.pandas", "tqdm.auto.tqdm.pandas", "tqdm.notebook.tqdm.pandas", "swifter.register"}
)
KNOWN_METHODS = PURE_METHODS | VIEW_METHODS | MUTATORS
_LISTS = words("split rsplit splitlines partition rpartition findall")


_MAKE_FOLDERS = frozenset({"os.mkdir", "os.makedirs"})
# Functions that complete the name of the file that they write, and those that are given it second.
_ENDINGS = {"numpy.save": ".npy", "numpy.savez": ".npz", "numpy.savez_compressed": ".npz"}
_SECOND = frozenset(
    {"joblib.dump", "shutil.copy", "shutil.copyfile", "shutil.move", "torch.save", "os.rename"}
)


def _completed(path: str, args: list[Value]) -> Value:
    """What names the file that a function reads or writes."""
    place = next(iter(args[1:] if path in _SECOND else args), EMPTY)
    ending = _ENDINGS.get(path)
    if ending and place.is_const and isinstance(place.const, str) and not place.const.endswith(ending):
        return constant(place.const + ending)
    return place


class LibraryCalls(BuiltinCalls):
    """Carries out calls of code that is not the notebook's."""

    def gathered(self, args: list[Value], keywords: Keywords, more: Value | None = None) -> Value:
        """Something that may be, or reach, any of the arguments."""
        own: tuple[Any, ...] = ()
        deep: tuple[Any, ...] = ()
        classes: tuple[Any, ...] = ()
        defs: tuple[Any, ...] = ()
        for value in (*args, *(value for _, value in keywords), *((more,) if more is not None else ())):
            if value.kind in (MODULE, LIBRARY):
                continue  # what comes of a library's function is no module
            own = merged(own, value.own)
            deep = merged(deep, value.deep)
            classes = merged(classes, value.classes)
            defs = merged(defs, value.defs)
        return Value(0, UNKNOWN, (self.fresh(), *own), deep, classes, defs)

    def unknown(self, callee: Value, args: list[Value], keywords: Keywords, changes: bool) -> Value:
        """A call of something of which nothing is known: it may change what it is given."""
        values = [*args, *(value for _, value in keywords)]
        for value in values:
            self.run_argument(value, values)
            if changes and value.kind not in (SCALAR, FUNCTION, CLASS, MODULE, LIBRARY):
                self.change_value(value)
            else:
                self.use_up(value)
        return self.gathered(args, keywords, callee if callee.kind not in (MODULE, LIBRARY) else None)

    def call_bound(self, callee: Value, args: list[Value], keywords: Keywords) -> None:
        """A method that was kept, or handed over, changes what it was taken from."""
        self.change_value(callee)
        kept = self.gathered(args, keywords)
        inner = self.absorbed(callee.own, kept.own[1:] + kept.deep)
        self.put_into(callee.own, inner)

    def run_argument(self, value: Value, others: list[Value]) -> None:
        """A function that is handed over is taken to be called, with anything that went along."""
        if value.path.startswith("method:"):
            self.call_bound(value, [other for other in others if other is not value], [])
            return
        if not value.defs or value.kind in (INSTANCE, ITERATOR):
            return
        along = [other for other in others if other is not value]
        shared = self.gathered(along, []) if along else EMPTY
        handed = Value(0, UNKNOWN, shared.own + shared.deep, (), shared.classes, shared.defs)
        for code in value.defs:
            if isinstance(code, FunctionCode):
                self.apply(code, value, None, [handed] * len(code.params), [])
            elif value.kind == CLASS:
                self.instance(value, [handed], [])

    def use_up(self, value: Value) -> None:
        """Going through an iterator changes it, and runs what it was made of."""
        if value.kind != ITERATOR:
            if value.kind == INSTANCE:
                for code in value.defs:
                    for name in ("__iter__", "__next__", "__getitem__"):
                        if isinstance(code, ClassCode) and name in code.methods:
                            self.apply(code.methods[name], value, value, [], [])
            elif value.kind == UNKNOWN:
                for region in value.own:
                    if region in self.world.iterators:
                        self.change(region)
            return
        for code in value.defs:
            if isinstance(code, FunctionCode):
                reached = Value(0, UNKNOWN, value.deep)
                self.apply(code, value, None, [reached] * len(code.params), [])
        self.change_value(value, deep=value.path == "calls")
        for region in value.classes:  # an iterator over an iterator
            if region in self.world.iterators:
                self.change(region)

    def library(self, path: str, call: Call, args: list[Value], keywords: Keywords, callee: Value) -> Value:
        self.note_attribute(path)
        special = self.SPECIAL.get(path)
        if special is not None:
            result = special(self, call, args, keywords)
            if result is not None:
                return result
        if (sets_option(path) and path not in FUNCTIONS) or path in HOOKS:
            if not (args and args[0].kind not in (SCALAR, LIBRARY, MODULE, FUNCTION, UNKNOWN)):
                digest = self.arguments_digest(args, keywords)
                if path in HOOKS:
                    patch_class(self, path, digest)
                else:
                    set_option(self, path, digest)
        else:
            note_options(self, path)
        effect = effect_of(path)
        if effect is None:
            harmless = path.rpartition(".")[2].startswith(HARMLESS_PREFIXES)
            return self.unknown(callee, args, keywords, changes=not harmless)
        names = {key for key, _ in keywords}
        values = [*args, *(value for _, value in keywords)]
        by_chance = not effect.by_chance or any(value.path == "sklearn.chance" for value in values)
        if by_chance and not (effect.unless and effect.unless in names):
            for state in effect.advances:
                self.move(state, path if path in SETTING_WHOLE else "")
        for state in effect.reads:
            if state == FILES:
                read_folder(self, args[0] if args else constant("."))
            else:
                self.note_state(state)
        for state in effect.sets:
            self.advance(state, to=hash(("set", path, self.arguments_digest(args, keywords))))
        if path in _MAKE_FOLDERS and args:
            touch_file(self, args[0], writes=True)
        elif FILES in effect.advances:
            command_files(self, " ".join(str(value.const) for value in values if value.is_const))
        if effect.reads_file or effect.writes_file:
            touch_file(self, _completed(path, args), writes=effect.writes_file)
        if effect.shows:
            for value in values:
                self.show(value)
        for index in effect.changes:
            if index < len(args):
                self.change_value(args[index], deep=False)
                if effect.keeps:
                    for other in args:
                        if other is not args[index]:
                            self.put(args[index], other)
        for key, value in keywords:
            if key in effect.keywords:
                self.change_value(value)
        if effect.uses_up:
            for value in values:
                if value.kind in (ITERATOR, INSTANCE, UNKNOWN):
                    self.use_up(value)
                    if value.defs and value.kind == UNKNOWN:
                        self.run_argument(value, values)
                elif value.defs:
                    self.run_argument(value, values)
        return given(self, effect.gives, effect.shares, effect.holds, args, keywords, path)

    def method(self, receiver: Value, call: Call, args: list[Value], keywords: Keywords) -> Value:
        name = call.name
        kind = receiver.kind
        if receiver.defs and kind != ITERATOR:
            for code in receiver.defs:
                if isinstance(code, ClassCode) and name in code.methods:
                    self.harden(call)
                    return self.apply(code.methods[name], receiver, receiver, args, keywords)
        if receiver.own and name not in KNOWN_METHODS:
            kept = self.kept_functions(receiver)
            if kept:
                self.harden(call)
                callee = Value(0, UNKNOWN, receiver.own, receiver.deep, receiver.classes, kept)
                return self.call_value(callee, call, args, keywords)
        values = [*args, *(value for _, value in keywords)] if keywords else args
        for value in values:
            if value.kind == ITERATOR:
                self.use_up(value)
            elif value.defs and name not in KEEPING:
                self.run_argument(value, [*values, receiver])
        if kind == STATE:
            if name in PURE_METHODS or name in VIEW_METHODS:
                self.note_state(receiver.path)
            else:
                if name in ("pop", "popitem", "setdefault"):
                    self.note_state(receiver.path)
                self.move(receiver.path)
            return Value(0, STATE, path=receiver.path)
        if name in FOLDER_READERS:
            read_folder(self, receiver)
        if name in FILE_WRITERS or name in FILE_READERS:
            place = receiver if receiver.kind == SCALAR else (args[0] if args else EMPTY)
            touch_file(self, place, writes=name in FILE_WRITERS)
            return EMPTY
        if kind == SCALAR:
            return Value(0, LIST, (self.fresh(),)) if name in _LISTS else EMPTY
        inplace = any(
            key == "inplace" and not (value.is_const and value.const is False) for key, value in keywords
        )
        if name in RANDOM_METHODS:
            state, unless = RANDOM_METHODS[name]
            if all(key != unless for key, _ in keywords):
                self.move(state)
        if name in PLOTTING_METHODS and kind in (FRAME, ARRAY, UNKNOWN):
            self.move(FIGURE)
            if kind == FRAME:
                return Value(0, ESTIMATOR, (self.fresh(),))
        if inplace or self.is_mutator(name, kind):
            return self.mutator(receiver, call, args, keywords, inplace)
        self.harden(call)
        note_patches(self, name, name in KNOWN_METHODS)
        if name in VIEW_METHODS:
            return self.view(receiver, name)
        if name in PURE_METHODS:
            if kind in (FRAME, ARRAY):
                return Value(0, kind, (self.fresh(),))
            if name == "copy":
                return self.copied(receiver)
            return Value(0, UNKNOWN, (self.fresh(),), receiver.deep if kind not in (ESTIMATOR,) else ())
        if kind == FRAME or (kind == ESTIMATOR and not name.startswith(CHANGING_PREFIXES)):
            return Value(0, UNKNOWN, (self.fresh(),), receiver.deep if kind == ESTIMATOR else ())
        self.change_value(receiver)
        return self.gathered(args, keywords, receiver)

    def kept_functions(self, receiver: Value) -> tuple[Any, ...]:
        """The functions that were put into an object, or into its class: any of them may be the method."""
        world = self.world
        inner = tuple(
            inner for region in receiver.own + receiver.classes for inner in world.links.get(region, ())
        )
        return tuple(code for code in world.codes_in(inner) if isinstance(code, FunctionCode))

    def call_value(self, callee: Value, call: Call, args: list[Value], keywords: Keywords) -> Value:
        raise NotImplementedError

    def is_mutator(self, name: str, kind: int) -> bool:
        if kind == FRAME:
            return name in FRAME_MUTATORS
        if name in MUTATORS:
            return True
        return name.endswith("_") and not name.endswith("__") and name[:1] != "_" and kind in (ARRAY, UNKNOWN)

    def view(self, receiver: Value, name: str) -> Value:
        kind = receiver.kind
        if name in ITERATOR_METHODS:
            made = self.fresh()
            if kind == FRAME:  # what it gives of each row is a copy
                return Value(0, ITERATOR, (made,))
            containers, elements = self.gone_through([receiver])
            return Value(0, ITERATOR, (made,), elements, containers)
        if kind == DICT and name == "get":
            return self.item(receiver, None)
        if kind == DICT and name in ("keys", "values", "items"):
            containers = merged(
                receiver.own, receiver.classes
            )  # what is seen through it changes with the dictionary
            return Value(0, LIST, (self.fresh(),), self.inside(receiver), containers, receiver.defs, "view")
        if kind in (LIST, DICT, TUPLE):
            inner = self.inside(receiver)
            return Value(0, LIST, (self.fresh(),), inner, receiver.classes, receiver.defs)
        return Value(0, kind, receiver.own, receiver.deep, receiver.classes)

    def mutator(
        self, receiver: Value, call: Call, args: list[Value], keywords: Keywords, inplace: bool
    ) -> Value:
        """A method that changes what it is called on."""
        name = call.name
        if name == "shuffle" and args:  # of a generator of random numbers
            self.change_value(args[0], deep=False)
        if name in FITTING and receiver.path == "sklearn.chance":
            self.move(NUMPY_RANDOM)
        counts = name == "update" and receiver.kind in (UNKNOWN, INSTANCE)  # a Counter adds up
        if (
            name in REPEATABLE
            and not counts
            and call.root
            and (name not in FITTING or receiver.path.startswith("sklearn"))
        ):
            digest = self.arguments_digest(args, keywords)
            if name in FITTING and receiver.path in ("sklearn", "sklearn.steps"):  # it starts afresh
                self.change_slot(receiver, (receiver.version, ("fit",)), digest)
            else:
                self.repeat(receiver, ("call", name, digest))
            if receiver.path == "sklearn.steps":
                for region in self.world.reach(receiver.deep):
                    self.change(region)
        else:
            self.harden(call)
            self.change_value(receiver, deep=receiver.kind not in (LIST, DICT, FRAME, ARRAY))
        if name in KEEPING and receiver.kind not in (FRAME, ARRAY):
            kept = self.gathered(args, keywords)
            inner = self.absorbed(receiver.own, kept.own[1:] + kept.deep)
            self.put_into(receiver.own, inner)
        if name in ("pop", "popitem", "popleft"):
            return self.item(receiver, None)
        if name in FITTING and name != "fit":
            return Value(0, ARRAY, (self.fresh(),))
        if receiver.kind in (LIST, DICT) or inplace:
            return EMPTY
        return Value(
            0, receiver.kind, receiver.own, receiver.deep, receiver.classes, receiver.defs, receiver.path
        )

    def repeat(self, receiver: Value, slot: Any) -> None:
        """A change that, made twice in a row, leaves what it left the first time."""
        if len(receiver.own) == 1 and not self.guard and not self.depth:
            region = self.world.find(receiver.own[0])
            entries = self.world.fields[region][1] if region in self.world.fields else ()
            if entries and entries[-1] == ((receiver.version, slot), 1):
                fields = self.world.fields[region]
                self.change(region, self.world.changes.get(region, 0))
                self.world.fields[region] = fields
                return
            self.change_slot(receiver, (receiver.version, slot), 1)
        else:
            self.change_value(receiver, deep=False)

    def harden(self, call: Call) -> None:
        """The content of the receiver counts after all."""
        if call.root:
            self.note_name(call.root)

    def move(self, state: str, setter: str = "") -> None:
        """A state moves on: settings are set, random states and figures are used up.

        Args:
            setter: a function that sets the same whatever its arguments, so that its last call counts.
        """
        if setter:
            self.set_state(state, ("by", setter), hash((self.digest, self.tokens, self.logged)))
        elif state in SETTINGS or state == NAMESPACE:
            self.set_state(state)
        elif state in RANDOM_STATES:
            self.draw(state)
        else:
            self.note(self.read(state))
            self.advance(state)

    def draw(self, state: str) -> None:
        """Random numbers are drawn: the next ones, if they were seeded, and else any."""
        world = self.world
        is_seeded = state in world.names
        if is_seeded and not self.by_chance:
            self.note(self.read(state))
            self.advance(state)
            return
        self.record.draws = self.record.draws or not is_seeded
        self.repeatable = False
        self.drawn += 1
        again = world.run if self.by_chance == SUPERSEDED or self.owner is None else -1
        self.note(hash(("drawn", self.owner, state, self.drawn, again)))
        if is_seeded:
            self.advance(state, to=hash((world.name_token(state), self.key)))

    def apply(
        self, code: FunctionCode, callee: Value, receiver: Value | None, args: list[Value], keywords: Keywords
    ) -> Value:
        raise NotImplementedError

    def instance(self, callee: Value, args: list[Value], keywords: Keywords) -> Value:
        raise NotImplementedError
