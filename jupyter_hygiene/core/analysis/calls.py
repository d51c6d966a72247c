"""What calls do: functions and classes of the notebook by their code, those of libraries by what is known of them."""

from __future__ import annotations

from typing import Any

from .evaluation import EMPTY
from .files import command_files, touch_file
from .given_back import Keywords
from .instructions import Call, ClassCode, FunctionCode, Step
from .library.states import FILES, KEPT_FIGURES, SHELL_OPTIONS
from .library_calls import LibraryCalls
from .values import (
    CLASS,
    FUNCTION,
    INSTANCE,
    ITERATOR,
    LIBRARY,
    MODULE,
    SCALAR,
    STATE,
    TUPLE,
    UNKNOWN,
    Value,
    merged,
    union,
)

_MOST_APPLICATIONS = 400  # of functions in one step


class Caller(LibraryCalls):
    """Carries out calls."""

    def call(self, call: Call) -> Value:
        name = call.name
        args = [self.value(arg) for arg in call.args] if call.args else []
        keywords: Keywords = [(key, self.value(arg)) for key, arg in call.keywords] if call.keywords else []
        if call.receiver is not None:
            receiver = self.value(call.receiver)
            if name == "@iadd":
                return self.added_to(receiver, args[0], call)
            if receiver.kind in (MODULE, LIBRARY):
                return self.library(f"{receiver.path}.{name}", call, args, keywords, receiver)
            return self.method(receiver, call, args, keywords)
        if call.function is None:
            return self.shell_effect(name, args)
        return self.call_value(self.value(call.function), call, args, keywords)

    def shell_effect(self, name: str, args: list[Value]) -> Value:
        """What a magic does, or the formatting of a value."""
        text = str(args[0].const) if args and args[0].is_const else ""
        if name == "@format":
            self.show(args[0])
        elif name == "@with":
            for code in args[0].defs:
                for method in ("__enter__", "__exit__", "__aenter__", "__aexit__"):
                    if isinstance(code, ClassCode) and method in code.methods:
                        self.apply(code.methods[method], args[0], args[0], [EMPTY] * 3, [])
        elif name == "@note":
            self.note_state(text)
        elif name == "@set":
            place = args[1].const if len(args) > 1 else ""
            if place.startswith("load_ext "):  # one that is there already says so
                self.note_name(f"@loaded:{place}")
                self.advance(f"@loaded:{place}", to=1)
            self.set_state(text, ("option", place) if place else None, self.digest)
            if text == SHELL_OPTIONS:
                self.repeatable = False
                self.world.patches = hash((self.world.patches, self.digest))
            if text == FILES:
                command_files(self, place)
        elif name == "@read_files":
            self.every_file()
        elif name in ("@write", "@append"):
            if name == "@append":
                self.note_state(f"@file:{text}")
            touch_file(self, args[0] if text else EMPTY, writes=True)
        elif name == "@keep_figures":
            self.set_state(KEPT_FIGURES)
        elif name == "@star":
            self.import_all(text)
        elif name == "@look":
            if args[0].kind == STATE:
                self.note_state(args[0].path)
        elif name == "@run":
            self.note_state(f"@file:{text}")
            self.define_unknown(hash(("run", text, self.logged)))
        elif name == "@read_everything":
            self.read_everything()
        elif name == "@reset":
            self.repeatable = False
            for known in list(self.world.names):
                self.bind(known, None)
        else:
            self.read_everything()
            self.change_everything()
            return self.any_value()
        return EMPTY

    def import_all(self, module: str) -> None:
        raise NotImplementedError

    def call_value(self, callee: Value, call: Call, args: list[Value], keywords: Keywords) -> Value:
        kind = callee.kind
        if kind in (LIBRARY, MODULE):
            return self.library(callee.path, call, args, keywords, callee)
        if callee.path.startswith("method:"):
            self.call_bound(callee, args, keywords)
            return self.gathered(args, keywords, callee)
        if kind == UNKNOWN:
            more = tuple(
                code
                for code in self.world.codes_in(callee.own + callee.deep + callee.classes)
                if isinstance(code, FunctionCode) and code not in callee.defs
            )
            if more:  # no class is called by what an object holds besides
                defs = tuple(code for code in callee.defs if isinstance(code, FunctionCode)) + more
                callee = Value(0, UNKNOWN, callee.own, callee.deep, callee.classes, defs, callee.path)
        if not callee.defs:
            return self.unknown(callee, args, keywords, changes=kind == UNKNOWN)
        if kind == FUNCTION and callee.path != "decorated" and isinstance(callee.defs[0], FunctionCode):
            code = callee.defs[0]
            receiver = (
                Value(0, INSTANCE, callee.own, callee.deep, callee.classes)
                if callee.path == "bound"
                else None
            )
            return self.apply(code, callee, receiver, args, keywords)
        if kind == CLASS and callee.path != "decorated":
            return self.instance(callee, args, keywords)
        result: Value | None = None
        if callee.path == "partial":  # which of the parameters were given is not told apart
            held = Value(0, UNKNOWN, callee.deep, (), callee.classes)
            for value in (*args, *(value for _, value in keywords)):
                held = union(held, value, 0)
            args, keywords = [held] * 8, []
        for code in callee.defs:
            if isinstance(code, FunctionCode):
                owner = Value(0, INSTANCE, callee.own, callee.deep, callee.classes)
                receiver = owner if kind == UNKNOWN and code.params[:1] == ("self",) else None
                given = self.apply(code, callee, receiver, args, keywords)
            elif kind == INSTANCE and "__call__" in code.methods:
                given = self.apply(code.methods["__call__"], callee, callee, args, keywords)
            else:
                given = self.instance(callee, args, keywords)
            result = given if result is None else union(result, given, 0)
        return result or EMPTY

    def instance(self, callee: Value, args: list[Value], keywords: Keywords) -> Value:
        """A new instance of a class of the notebook."""
        codes = [code for code in callee.defs if isinstance(code, ClassCode)]
        made = next((code.methods["__init__"] for code in codes if "__init__" in code.methods), None)
        deep: tuple[Any, ...] = callee.deep
        if made is None or any(code.bases for code in codes):
            for arg in (*args, *(value for _, value in keywords)):
                if arg.kind not in (MODULE, LIBRARY):
                    deep = merged(deep, arg.own + arg.deep)
        defs = tuple(codes) or callee.defs
        for arg in args:
            if arg.defs:
                defs = merged(defs, arg.defs)
        value = Value(0, INSTANCE, (self.fresh(),), deep, merged(callee.own, callee.classes), defs)
        self.is_made_of(value.own[0], defs)
        for code in codes:
            for name in ("__new__", "__init__", "__post_init__"):
                if name in code.methods:
                    self.apply(code.methods[name], callee, value, args, keywords)
        return value

    def apply(
        self, code: FunctionCode, callee: Value, receiver: Value | None, args: list[Value], keywords: Keywords
    ) -> Value:
        """Carry out what calling a function of the notebook does."""
        given = [receiver, *args] if receiver is not None else args
        marker = (
            id(code),
            tuple([arg.regions for arg in given]),
            tuple([(n, v.regions) for n, v in keywords]),
        )
        if marker in self.applied:
            return self.applied[marker]
        if code in self.active or len(self.applied) > _MOST_APPLICATIONS:
            return self.gathered(given, keywords)
        free = code.free
        env: dict[str, Value] = dict.fromkeys(code.local, EMPTY)
        if callee.deep and code.defaults:  # what a default holds outlives the call
            default = Value(0, UNKNOWN, callee.deep, (), callee.classes)
            for name in code.defaults:
                env[name] = default
        if free:
            outer = self.env or {}
            captured = Value(0, UNKNOWN, callee.own + callee.deep, (), callee.classes, callee.defs)
            for name in free:
                env[name] = outer.get(name, captured)
        for name in code.reads:
            if name not in free:
                self.note_name(name)
        self.take(code, env, given, keywords)
        if code.captures:
            self.change_value(callee, deep=False)
        if code.cached:
            for region in callee.own:
                self.change(region)
        outer_env, outer_results = self.env, self.results
        self.env, result = env, EMPTY
        self.active.add(code)
        self.depth += 1
        for step in code.steps:
            returned = self.step_in_function(step, code)
            if returned is not None:
                result = union(result, returned, 0) if result is not EMPTY else returned
        self.depth -= 1
        self.active.discard(code)
        self.env, self.results = outer_env, outer_results
        if code.is_generator:
            reached = self.gathered(given, keywords)
            result = Value(0, ITERATOR, (self.iterator(),), merged(reached.own, reached.deep), (), (code,))
        else:
            defs = merged(result.defs, tuple(code.nested)) if result.kind != SCALAR else ()
            made = Value(0, result.kind, result.own, result.deep, result.classes, defs, result.path)
            if code.nested and defs and not made.own:
                made = Value(0, UNKNOWN, (self.fresh(),), made.deep, made.classes, defs)
            result = made
        self.applied[marker] = result
        return result

    def take(self, code: FunctionCode, env: dict[str, Value], given: list[Value], keywords: Keywords) -> None:
        """Hand the arguments of a call to the parameters."""
        params = code.params
        for index, arg in enumerate(given):
            if index < len(params):
                env[params[index]] = arg
            else:
                self.take_more(code.rest, env, arg)
        for key, arg in keywords:
            if key is not None and key in env:
                env[key] = arg
            elif key is not None:
                self.take_more(code.rest, env, arg)
            else:
                inner = Value(0, UNKNOWN, self.inside(arg), (), arg.classes, arg.defs)
                self.take_more(code.rest, env, inner)
                for name in params:
                    env[name] = union(env[name], inner, 0) if env[name] is not EMPTY else inner

    def take_more(self, names: tuple[str, ...], env: dict[str, Value], arg: Value) -> None:
        """Into ``*args`` and ``**options``: collections that hold the arguments."""
        held = Value(0, TUPLE, (), arg.own + arg.deep, arg.classes, arg.defs)
        for name in names:
            env[name] = union(env[name], held, 0) if env[name] is not EMPTY else held

    def step_in_function(self, step: Step, code: FunctionCode) -> Value | None:
        """What a step of a function does to objects and to global names; its result where it returns."""
        self.results = []
        for call in step.calls:
            self.results.append(self.call(call))
        for described in step.consumes:
            self.use_up(self.value(described))
        env = self.env
        assert env is not None
        for store in step.stores:
            self.store_plainly(store)
        for name, described, _, _ in step.binds:
            value = self.value(described)
            if name in code.globals:
                self.serial += 1
                version = value.version if value.is_const else hash((self.key, name, self.serial))
                bound = value.renewed(version) if not value.is_const else value
                old = self.world.names.get(name)
                self.looked[name] = None
                if (step.weak or self.guard) and old is not None:
                    version = hash((version, self.world.token(old)))
                    bound = union(bound, old, version)
                self.bind(name, bound)
            elif step.weak and env.get(name, EMPTY) is not EMPTY:
                env[name] = union(env[name], value, 0)
            else:
                env[name] = value
        for name in step.deletes:
            if name in code.globals:
                self.bind(name, None)
        return self.value(step.shows) if step.shows is not None else None
