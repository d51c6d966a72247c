"""Families of cells, each about one way in which cells may depend on one another without saying so.

The cells of a family are run, edited, moved and deleted in random orders. Of a cell with an edit, both are given.
"""

from __future__ import annotations

FAMILIES: dict[str, list[str | tuple[str, str]]] = {
    "class attrs via instances": [
        "class C:\n"
        "    items = []\n"
        "    n = 0\n"
        "    def add(self, x):\n"
        "        self.items.append(x)\n"
        "        self.n += 1",
        "c = C()",
        "c2 = C()",
        "c.add(1)",
        "print(c2.items, c2.n, C.items)",
        "C.n = 5",
    ],
    "super": [
        "class A:\n"
        "    def __init__(self):\n"
        "        self.log = []\n"
        "    def go(self, x):\n"
        "        self.log.append(x)\n"
        "        return len(self.log)",
        "class B(A):\n    def go(self, x):\n        return super().go(x) * 2",
        "b = B()",
        "print(b.go(3))",
        "print(b.log)",
    ],
    "property setter": [
        "class T:\n"
        "    def __init__(self):\n"
        "        self._v = 0\n"
        "        self.h = []\n"
        "    @property\n"
        "    def v(self):\n"
        "        self.h.append(self._v)\n"
        "        return self._v\n"
        "    @v.setter\n"
        "    def v(self, x):\n"
        "        self._v = x",
        "t = T()",
        ("t.v = 3", "t.v = 4"),
        "print(t.v)",
        "print(t.h)",
    ],
    "setattr hook": [
        "log = []\n"
        "class S:\n"
        "    def __setattr__(self, k, v):\n"
        "        log.append(k)\n"
        "        object.__setattr__(self, k, v)",
        "s = S()",
        "s.a = 1",
        "s.b = s.a + 1",
        "print(log)",
        "print(vars(s))",
    ],
    "getattr hook": [
        "class G:\n"
        "    def __init__(self):\n"
        "        self.__dict__['seen'] = []\n"
        "    def __getattr__(self, k):\n"
        "        self.seen.append(k)\n"
        "        return k.upper()",
        "g = G()",
        "print(g.foo)",
        "w = g.bar",
        "print(g.seen)",
    ],
    "descriptor": [
        "class D:\n"
        "    def __set_name__(self, o, n):\n"
        "        self.n = n\n"
        "    def __get__(self, o, t=None):\n"
        "        return o.__dict__.get(self.n, 0) + 1\n"
        "    def __set__(self, o, v):\n"
        "        o.__dict__[self.n] = v",
        "class H:\n    x = D()",
        "h = H()",
        ("h.x = 5", "h.x = 6"),
        "print(h.x)",
    ],
    "metaclass": [
        "reg = {}\n"
        "class M(type):\n"
        "    def __new__(m, n, b, d):\n"
        "        c = super().__new__(m, n, b, d)\n"
        "        reg[n] = len(reg)\n"
        "        return c",
        "class X(metaclass=M):\n    pass",
        "class Y(X):\n    k = 2",
        "print(reg)",
        "print(sorted(reg))",
    ],
    "init_subclass": [
        "subs = []\nclass Base:\n    def __init_subclass__(cls, **k):\n        subs.append(cls.__name__)",
        "class One(Base):\n    pass",
        "class Two(Base):\n    pass",
        "print(subs)",
    ],
    "dataclass": [
        "from dataclasses import dataclass, field\n"
        "@dataclass\n"
        "class P:\n"
        "    x: int = 1\n"
        "    ys: list = field(default_factory=list)",
        "p = P(2)",
        "p.ys.append(p.x)",
        "q = p",
        "q.x += 1",
        "print(p, q == p)",
    ],
    "enum": [
        "from enum import Enum\nclass Col(Enum):\n    R = 1\n    G = 2",
        "c = Col.R",
        "print(c is Col.R, c == Col.R)",
        "d = {Col.R: 'r'}",
        "print(d.get(Col.R))",
    ],
    "namedtuple": [
        "from collections import namedtuple\nPt = namedtuple('Pt', 'x y')",
        "p = Pt(1, [2])",
        "p.y.append(3)",
        "print(isinstance(p, Pt), p)",
        "q = p._replace(x=5)",
        "print(q)",
    ],
    "isinstance": [
        "class P:\n    pass",
        "p = P()",
        "print(isinstance(p, P))",
        "ps = [p, P()]",
        "print([isinstance(i, P) for i in ps])",
        "print(type(p) is P)",
    ],
    "except class": [
        "class Err(Exception):\n    pass",
        "e = Err('x')",
        "try:\n    raise e\nexcept Err:\n    print('caught')\nexcept Exception:\n    print('other')",
        "def boom():\n    raise e",
        "try:\n    boom()\nexcept Err as err:\n    r = str(err)\nexcept Exception:\n    r = 'no'",
        "print(r)",
    ],
    "contextmanager": [
        "from contextlib import contextmanager\n"
        "st = []\n"
        "@contextmanager\n"
        "def cm(n):\n"
        "    st.append(n)\n"
        "    yield st\n"
        "    st.append(-n)",
        ("with cm(1) as s:\n    s.append(0)", "with cm(2) as s:\n    s.append(0)"),
        "print(st)",
        "with cm(3):\n    k = len(st)",
        "print(k)",
    ],
    "enter exit": [
        "class R:\n"
        "    def __init__(self):\n"
        "        self.open = 0\n"
        "    def __enter__(self):\n"
        "        self.open += 1\n"
        "        return self\n"
        "    def __exit__(self, *a):\n"
        "        self.n = self.open",
        "r = R()",
        "with r:\n    pass",
        "with r as q:\n    z = q.open",
        "print(r.open, z)",
    ],
    "nonlocal": [
        "def counter():\n"
        "    n = 0\n"
        "    def inc():\n"
        "        nonlocal n\n"
        "        n += 1\n"
        "        return n\n"
        "    return inc",
        "c = counter()",
        "print(c())",
        "d = c",
        "x = d()",
        "print(x)",
    ],
    "closure list": [
        "def make():\n"
        "    acc = []\n"
        "    def add(x):\n"
        "        acc.append(x)\n"
        "        return list(acc)\n"
        "    return add",
        "add = make()",
        ("add(1)", "add(2)"),
        "y = add(5)",
        "print(y)",
    ],
    "default mutable": [
        "def f(x, acc=[]):\n    acc.append(x)\n    return acc",
        "a = f(1)",
        "b = f(2)",
        "print(a is b, a)",
        "print(len(f(3)))",
    ],
    "kw default": [
        "def f(*, d={}):\n    d['n'] = d.get('n', 0) + 1\n    return d['n']",
        "print(f())",
        "z = f()",
        "print(z)",
    ],
    "function attr": [
        "def f():\n    f.n = getattr(f, 'n', 0) + 1\n    return f.n",
        "f.n = 10",
        "print(f())",
        "x = f()",
        "print(x, f.n)",
    ],
    "global": [
        "n = 0\ndef up():\n    global n\n    n += 1\n    return n",
        "up()",
        "print(n)",
        "def both():\n    return up() + up()",
        "print(both())",
    ],
    "global new": [
        "def setit(v):\n    global fresh_name\n    fresh_name = v",
        ("setit(3)", "setit(4)"),
        "print(fresh_name)",
        "fresh_name += 1",
    ],
    "lru": [
        "import functools\nk = 2",
        "@functools.lru_cache(None)\ndef f(x):\n    return x * k",
        ("k = 3", "k = 4"),
        "print(f(1))",
        "print(f(2))",
        "f.cache_clear()",
    ],
    "cache": [
        "from functools import cache\nc = []\n@cache\ndef f(x):\n    c.append(x)\n    return len(c)",
        "print(f(1))",
        "print(f(2))",
        "print(c)",
    ],
    "decorator state": [
        "calls = {}\n"
        "def count(f):\n"
        "    def g(*a):\n"
        "        calls[f.__name__] = calls.get(f.__name__, 0) + 1\n"
        "        return f(*a)\n"
        "    return g",
        "@count\ndef h(x):\n    return x + 1",
        "print(h(1))",
        "print(calls)",
        "y = h(2)",
    ],
    "register decorator": [
        "reg = []\ndef register(f):\n    reg.append(f.__name__)\n    return f",
        "@register\ndef a():\n    return 1",
        "@register\ndef b():\n    return a() + 1",
        "print(reg)",
        "print(b())",
    ],
    "iter list": ["xs = [1, 2, 3]", "it = iter(xs)", "print(next(it))", "xs.append(9)", "print(list(it))"],
    "zip": ["a = [1, 2, 3]", "z = zip(a, 'abc')", "print(next(z))", "rest = list(z)", "print(rest)"],
    "map filter": [
        "k = 2\nxs = [1, 2, 3]",
        "m = map(lambda x: x * k, xs)",
        ("k = 3", "k = 5"),
        "print(next(m))",
        "print(list(m))",
    ],
    "gen func": [
        "def g(n):\n    for i in range(n):\n        yield i * s",
        "s = 2",
        "it = g(3)",
        ("s = 5", "s = 7"),
        "print(next(it))",
        "print(sum(it))",
    ],
    "gen nested": [
        "src = iter(range(10))",
        "ev = (x for x in src if x % 2 == 0)",
        "print(next(ev))",
        "print(next(src))",
        "print(list(ev))",
    ],
    "enumerate": [
        "e = enumerate('abc')",
        "for i, ch in e:\n    if i == 1: break",
        "print(i, ch)",
        "print(list(e))",
    ],
    "count cycle": [
        "import itertools\nids = itertools.count(1)",
        "a = next(ids)",
        "b = [next(ids) for _ in range(2)]",
        "print(a, b)",
        "cy = itertools.cycle('xy')",
        "print(next(cy), next(ids))",
    ],
    "tee chain": [
        "import itertools as it\nbase = iter([1, 2, 3, 4])",
        "x, y = it.tee(base)",
        "print(next(x))",
        "print(list(y))",
        "ch = it.chain(x, [9])",
        "print(list(ch))",
    ],
    "gen send": [
        "def acc():\n    t = 0\n    while True:\n        v = yield t\n        t += v or 0",
        "g = acc()\nnext(g)",
        "print(g.send(3))",
        "r = g.send(2)",
        "print(r)",
    ],
    "dict views": [
        "d = {'a': 1}",
        "ks = d.keys()\nvs = d.values()",
        ("d['b'] = 2", "d['c'] = 2"),
        "print(list(ks), sum(vs))",
        "for k in ks:\n    print(k)",
    ],
    "sets": [
        "s = {1, 2}",
        "t = s",
        "t |= {3}",
        "print(sorted(s))",
        "u = s | {9}",
        "s.discard(1)",
        "print(sorted(u), sorted(t))",
    ],
    "shallow": [
        "import copy\nm = [[1], [2]]",
        "a = copy.copy(m)",
        "b = copy.deepcopy(m)",
        "c = m[:]",
        "a[0].append(5)",
        "print(m, b, c)",
        "c.append([7])",
        "print(len(a), len(c))",
    ],
    "list mult": [
        "row = [0]",
        "grid = [row] * 2",
        "row[0] = 4",
        "print(grid)",
        "g2 = [list(r) for r in grid]",
        "g2[0][0] = 9",
        "print(grid, g2)",
    ],
    "dict copy": [
        "base = {'x': [1]}",
        "d1 = dict(base)",
        "d2 = {**base, 'y': 2}",
        "d1['x'].append(2)",
        "print(base, d2)",
        "d2['x'] = 0",
        "print(base)",
    ],
    "star unpack": [
        "xs = [[1], [2], [3]]",
        "a, *rest = xs",
        "rest[0].append(7)",
        "print(xs)",
        "rest.append(1)",
        "print(len(xs), len(rest))",
    ],
    "tuple of lists": [
        "t = ([1], [2])",
        "a, b = t",
        "a.append(3)",
        "print(t)",
        "(u, v), w = (t, 5)",
        "v.append(8)",
        "print(b, w)",
    ],
    "swap": ["a = [1]; b = [2]", "a, b = b, a", "a.append(5)", "print(a, b)"],
    "setitem slice": [
        "xs = [1, 2, 3, 4]",
        "ys = xs",
        ("ys[1:3] = [9]", "ys[1:3] = [8, 8]"),
        "del xs[0]",
        "print(ys)",
    ],
    "nested store": [
        "cfg = {'m': {'lr': 1}}",
        "m = cfg['m']",
        ("m['lr'] = 2", "m['lr'] = 3"),
        "cfg['m']['k'] = m['lr'] + 1",
        "print(cfg)",
    ],
    "attr alias": [
        "class O: pass\no = O()\no.xs = [1]",
        "ys = o.xs",
        "ys.append(2)",
        "print(o.xs)",
        "o.xs = [0]",
        "print(ys, o.xs)",
    ],
    "bound method": [
        "xs = []",
        "push = xs.append",
        ("push(1)", "push(2)"),
        "print(xs)",
        "xs = [5]",
        "print(len(xs))",
    ],
    "method obj": [
        "class A:\n"
        "    def __init__(self):\n"
        "        self.n = 0\n"
        "    def inc(self):\n"
        "        self.n += 1\n"
        "        return self.n",
        "a = A()",
        "f = a.inc",
        "print(f())",
        "print(a.n)",
    ],
    "partial": [
        "from functools import partial\nacc = []\ndef add(lst, x):\n    lst.append(x)\n    return len(lst)",
        "p = partial(add, acc)",
        "print(p(1))",
        "print(acc)",
    ],
    "reduce": [
        "from functools import reduce\nxs = [[1], [2]]",
        "tot = reduce(lambda a, b: a + b, xs)",
        "r = reduce(lambda a, b: a.extend(b) or a, xs)",
        "print(xs, tot, r)",
    ],
    "operator": [
        "import operator as op\nd = {}",
        "op.setitem(d, 'a', 1)",
        "op.iadd(xs := [1], [2])",
        "print(d, xs)",
        "g = op.itemgetter('a')",
        "print(g(d))",
    ],
    "setattr delattr": [
        "class O: pass\no = O()",
        ("setattr(o, 'x', 1)", "setattr(o, 'x', 2)"),
        "print(getattr(o, 'x', None))",
        "delattr(o, 'x')",
        "print(hasattr(o, 'x'))",
        "print(vars(o))",
    ],
    "dynamic setattr": [
        "class O: pass\no = O()\nname = 'x'",
        "setattr(o, name, 5)",
        "name = 'y'",
        "print(vars(o))",
    ],
    "globals": [
        "globals()['g'] = 1",
        "print(g)",
        "for i in range(3):\n    globals()[f'v{i}'] = i",
        "print(v0 + v1 + v2)",
        "print('v1' in globals())",
    ],
    "vars locals": [
        "locals()['q'] = 3",
        "print(q)",
        "vars()['q'] = 5",
        "print(sorted(k for k in vars() if k == 'q'))",
    ],
    "exec": [
        "src = 'z = 1'",
        "exec(src)",
        "print(z)",
        ("src = 'z = 2'", "src = 'z = 3; y = 1'"),
        "exec('w = z + 1')",
        "print(w)",
    ],
    "exec ns": [
        "ns = {}",
        "exec('a = 1', ns)",
        "print(ns['a'])",
        "exec('a += 1', ns)",
        "r = eval('a * 2', ns)",
        "print(r)",
    ],
    "eval": [
        "x = 2",
        "e = 'x * 3'",
        "print(eval(e))",
        ("x = 3", "x = 4"),
        "print(eval('x + 1'))",
        "y = eval(compile(e, 's', 'eval'))",
        "print(y)",
    ],
    "del": ["a = 1\nb = 2", "del a", "print('a' in globals())", "a = b", "print(a)"],
    "conditional def": [
        "flag = True",
        (
            "if flag:\n    def f(): return 1\nelse:\n    def f(): return 2",
            "if flag:\n    def f(): return 3\nelse:\n    def f(): return 2",
        ),
        "flag = False",
        "print(f())",
    ],
    "if else read": [
        "x = 0\nc = 1",
        ("c = 0", "c = 2"),
        "if c:\n    x = 5\nelse:\n    print(x)",
        "x = 3",
        "print(x, c)",
    ],
    "while else": ["n = 3", "while n > 0:\n    n -= 1\nelse:\n    done = n", "print(n, done)", "n = 2"],
    "for break": [
        "xs = [1, 2, 3]",
        "for v in xs:\n    if v == lim: break\nelse:\n    v = -1",
        "lim = 2",
        "print(v)",
        ("lim = 9", "lim = 1"),
    ],
    "try flow": [
        "d = {'a': 1}",
        "try:\n"
        "    r = d['b']\n"
        "except KeyError:\n"
        "    r = 'none'\n"
        "else:\n"
        "    r = r + 1\n"
        "finally:\n"
        "    n = len(d)",
        ("d['b'] = 5", "d['b'] = 6"),
        "print(r, n)",
    ],
    "try partial": [
        "x = 1",
        ("x = 0", "x = 2"),
        "try:\n    a = 5\n    b = 1 / x\n    a = 6\nexcept ZeroDivisionError:\n    pass",
        "print(a)",
    ],
    "trystar": [
        "k = 1",
        "try:\n"
        "    if k: raise ExceptionGroup('g', [ValueError(1)])\n"
        "    v = 0\n"
        "except* ValueError as eg:\n"
        "    v = len(eg.exceptions)",
        "print(v)",
        "k = 0",
    ],
    "raise cond": [
        "lim = 5\nx = 9",
        ("lim = 20", "lim = 10"),
        "if x > lim:\n    raise ValueError('too big')\ny = 1",
        "print('y' in globals())",
        "y = 2",
    ],
    "assert cond": ["ok = True", "assert ok\nz = 1", "ok = False", "print('z' in globals())", "z = 5"],
    "match class": [
        "class Pt:\n    __match_args__ = ('x', 'y')\n    def __init__(s, x, y):\n        s.x, s.y = x, y",
        "p = Pt(1, 2)",
        "match p:\n"
        "    case Pt(0, y):\n"
        "        r = y\n"
        "    case Pt(x, y) if x > 0:\n"
        "        r = x + y\n"
        "    case _:\n"
        "        r = None",
        "print(r)",
        ("p.x = 0", "p.x = -1"),
    ],
    "match map": [
        "m = {'t': 'a', 'v': [1]}",
        "match m:\n    case {'t': 'a', 'v': v, **rest}:\n        v.append(2)\n    case _:\n        v = None",
        "print(m, v)",
        "match [1, [2, 3]]:\n    case [a, [b, *c]]:\n        c.append(a)",
        "print(a, b, c)",
    ],
    "walrus comp": [
        "xs = [1, 5, 3]",
        "ys = [last := x for x in xs]",
        "print(last)",
        ("xs.append(9)", "xs.append(4)"),
        "if (n := len(xs)) > 3:\n    print(n)",
        "print(any((hit := x) > 4 for x in xs), hit)",
    ],
    "class scope": [
        "k = 2",
        (
            "class A:\n    k = k + 1\n    vals = [i for i in range(k)]\n    def m(self):\n        return k",
            "class A:\n    k = k + 2\n    vals = [i for i in range(k)]\n    def m(self):\n        return k",
        ),
        "k = 9",
        "print(A.k, A.vals, A().m())",
    ],
    "nested comp": [
        "m = [[1, 2], [3]]",
        "flat = [x for r in m for x in r]",
        "cols = {len(r): r for r in m}",
        "cols[1].append(8)",
        "print(m, flat)",
    ],
    "lambda late": [
        "fs = [lambda: i for i in range(3)]",
        "i = 10",
        "print([f() for f in fs])",
        "gs = [lambda j=j: j for j in range(3)]",
        "print(gs[0]())",
    ],
    "late global": [
        "def f():\n    return helper() + 1",
        "def helper():\n    return 1",
        "print(f())",
        ("def helper():\n    return 2", "def helper():\n    return 3"),
        "x = f()",
        "print(x)",
    ],
    "recursion": [
        "def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)",
        "g = fact",
        "print(g(3))",
        "def fact(n):\n    return 0",
        "print(g(3))",
    ],
    "module alias": [
        "import math as m\nimport math",
        "m.tau = 1",
        "print(math.tau)",
        "from math import tau",
        "print(tau)",
    ],
    "monkeypatch": [
        "import json\norig = json.dumps",
        "json.dumps = lambda o: 'patched'",
        "print(json.dumps({}))",
        "json.dumps = orig",
    ],
    "builtin shadow": [
        "print(max(1, 2))",
        "max = min",
        "print(max(1, 2))",
        "del max",
        "len = lambda x: 7",
        "print(len([]))",
    ],
    "star import shadow": [
        "pow = lambda a, b: 'mine'",
        "from math import *",
        "print(pow(2, 3))",
        "e = 5",
        "print(e)",
    ],
    "random state": [
        "import random\nrandom.seed(2)\nst = random.getstate()",
        "a = random.random()",
        "random.setstate(st)",
        "print(random.random(), a)",
        "xs = [1, 2, 3, 4]",
        "random.shuffle(xs)",
        "print(xs)",
    ],
    "np legacy": [
        "import numpy as np\nnp.random.seed(0)",
        "a = np.random.rand(2)",
        "b = np.random.randn(1)",
        "print(a, b)",
        "st = np.random.get_state()",
        "c = np.random.rand()",
        "np.random.set_state(st)",
        "print(c)",
    ],
    "np from import": [
        "from numpy.random import rand, seed\nseed(1)",
        "x = rand()",
        "print(x)",
        "from numpy import random as npr\nprint(npr.rand())",
        "rand()",
    ],
    "np generator": [
        "import numpy as np\nrng = np.random.default_rng(0)",
        "a = rng.normal(size=2)",
        "r2 = rng",
        "b = r2.integers(10)",
        "print(a, b)",
        "ch = rng.spawn(1)[0]",
        "print(ch.random())",
    ],
    "RandomState": [
        "import numpy as np\nrs = np.random.RandomState(3)",
        "print(rs.rand())",
        "p = rs.permutation(3)",
        "print(p)",
    ],
    "printoptions": [
        "import numpy as np\na = np.array([1.23456])",
        "np.set_printoptions(precision=2)",
        "print(a)",
        "with np.printoptions(precision=1):\n    print(a)",
        "s = str(a)",
        "print(s)",
    ],
    "pd options": [
        "import pandas as pd\ndf = pd.DataFrame({'a': range(30)})",
        "pd.set_option('display.max_rows', 4)",
        "print(df)",
        "pd.options.display.max_rows = 6",
        "df",
        "pd.reset_option('display.max_rows')",
    ],
    "pd option_context": [
        "import pandas as pd\ns = pd.Series([1.23456])",
        "with pd.option_context('display.precision', 2):\n    print(s)",
        "pd.set_option('display.precision', 3)",
        "print(s)",
        "print(pd.get_option('display.precision'))",
    ],
    "environ": [
        "import os\nos.environ['JHX'] = '1'",
        "print(os.environ.get('JHX'))",
        "os.environ.update(JHX='2')",
        "print(os.getenv('JHX'))",
        "os.environ.pop('JHX', None)",
        "v = dict(os.environ).get('JHX')\nprint(v)",
    ],
    "files open": [
        "with open('a.txt', 'w') as f:\n    f.write('1')",
        "with open('a.txt', 'a') as f:\n    f.write('2')",
        "print(open('a.txt').read())",
        "t = open('a.txt').read()",
        "print(len(t))",
    ],
    "files var": [
        "path = 'b.txt'",
        "with open(path, 'w') as f:\n    f.write('x')",
        ("path = 'c.txt'", "path = 'd.txt'"),
        "import os\nprint(sorted(os.listdir()))",
        "print(open('b.txt').read())",
    ],
    "pathlib": [
        "from pathlib import Path\np = Path('x.txt')",
        ("p.write_text('hi')", "p.write_text('ho')"),
        "print(p.read_text())",
        "p.unlink(missing_ok=True)",
        "print(p.exists())",
        "print(sorted(Path('.').glob('*.txt')))",
    ],
    "json pickle": [
        "import json, pickle\nd = {'a': [1]}",
        "with open('d.json', 'w') as f:\n    json.dump(d, f)",
        ("d['a'].append(2)", "d['a'].append(3)"),
        "e = json.load(open('d.json'))",
        "print(e)",
        "with open('d.pkl', 'wb') as f:\n    pickle.dump(d, f)",
        "print(pickle.load(open('d.pkl', 'rb')))",
    ],
    "np save": [
        "import numpy as np\na = np.arange(3)",
        "np.save('a.npy', a)",
        ("a[0] = 9", "a[1] = 8"),
        "b = np.load('a.npy')",
        "print(b)",
        "np.savetxt('a.txt', a)",
        "print(open('a.txt').read()[:5])",
    ],
    "shutil os": [
        "open('o.txt', 'w').write('1')",
        "import os, shutil\nshutil.copy('o.txt', 'o2.txt')",
        "os.remove('o.txt')",
        "print(os.path.exists('o.txt'), os.path.exists('o2.txt'))",
        "os.rename('o2.txt', 'o.txt')",
    ],
    "file handle": [
        "open('h.txt', 'w').write('a\\nb\\nc')",
        "fh = open('h.txt')",
        "print(fh.readline())",
        "rest = fh.read()",
        "print(rest)",
        "fh.close()",
    ],
    "stringio": [
        "import io\nbuf = io.StringIO()",
        "buf.write('ab')",
        "print('cd', file=buf)",
        "print(buf.getvalue())",
        "buf.seek(0)",
        "print(buf.read(1))",
    ],
    "warnings": [
        "import warnings\nwarnings.simplefilter('error')",
        "try:\n    warnings.warn('x')\n    r = 'warned'\nexcept UserWarning:\n    r = 'raised'",
        "print(r)",
        "warnings.simplefilter('ignore')",
    ],
    "logging": [
        "import logging\nlog = logging.getLogger('z')",
        "log.setLevel(logging.ERROR)",
        "print(log.level)",
        "print(log.isEnabledFor(logging.INFO))",
        "logging.getLogger('z').setLevel(10)",
    ],
    "decimal": [
        "from decimal import Decimal, getcontext\ngetcontext().prec = 5",
        "print(Decimal(1) / 3)",
        "getcontext().prec = 3",
        "x = Decimal(2) / 3",
        "print(x)",
    ],
    "np views": [
        "import numpy as np\na = np.arange(6)",
        "v = a[1:4]",
        "r = a.reshape(2, 3)",
        "t = r.T",
        "v[0] = 10",
        "t[0, 1] = 20",
        "print(a, r)",
        "c = a.copy()",
        "c[0] = 5",
        "print(a, c)",
    ],
    "np views2": [
        "import numpy as np\na = np.zeros(4)",
        "b = np.asarray(a)",
        "c = a.ravel()",
        "d = np.array(a)",
        "b += 1",
        "c[0] = 7",
        "print(a, d)",
        "e = a.flatten()",
        "e[1] = 4",
        "f = a[a > 0]",
        "f[:] = 0",
        "print(a)",
    ],
    "np expand": [
        "import numpy as np\na = np.arange(3)",
        "b = a[None, :]",
        "c = np.broadcast_to(a, (2, 3))",
        "d = a[::-1]",
        "d[0] = 50",
        "print(a, b, c)",
        "np.put(a, 1, 40)",
        "print(d, c)",
    ],
    "np where": [
        "import numpy as np\na = np.arange(5)",
        "m = a > 2",
        "a[m] = 0",
        "print(a, m)",
        "i = np.where(a == 0)[0]",
        "a[i] += 1",
        "print(a)",
    ],
    "memoryview": [
        "b = bytearray(b'abc')",
        "m = memoryview(b)",
        "m[0] = 120",
        "print(b)",
        "c = bytes(b)",
        "b.append(100) if False else b.__setitem__(1, 65)",
        "print(bytes(m), c)",
    ],
    "df basic": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})",
        ("df['c'] = df['a'] * 2", "df['c'] = df['a'] * 3"),
        "df.loc[0, 'a'] = 100",
        "print(df)",
        "s = df['a']",
        "print(s.sum())",
        "df2 = df[df['a'] > 1]",
        "print(df2)",
    ],
    "df insert": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})",
        "df.insert(0, 'z', [9, 9], allow_duplicates=True)",
        "print(df)",
        "df.index = ['p', 'q']",
        "print(df.loc['p'])",
        "del df['z']",
        "print(df.shape)",
    ],
    "groupby obj": [
        "import pandas as pd\ndf = pd.DataFrame({'k': list('aab'), 'v': [1, 2, 3]})",
        "g = df.groupby('k')",
        ("df.loc[0, 'v'] = 10", "df.loc[0, 'v'] = 20"),
        "print(g['v'].sum())",
        "for n, part in g:\n    print(n, len(part))",
        "m = g['v'].transform('mean')",
        "df['m'] = m",
        "print(df)",
    ],
    "df apply": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})",
        "k = 2",
        "def f(x):\n    return x * k",
        "df['b'] = df['a'].apply(f)",
        ("k = 3", "k = 4"),
        "print(df)",
        "print(df['a'].map(lambda v: v + k))",
    ],
    "df chained": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3]})",
        "out = (df.assign(b=lambda d: d.a * 2)\n  .query('b > 2')\n  .reset_index(drop=True))",
        "print(out)",
        "df = df.rename(columns={'a': 'z'})",
        "print(list(df.columns))",
    ],
    "df query local": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3]})",
        "lim = 1",
        "r = df.query('a > @lim')",
        ("lim = 2", "lim = 3"),
        "print(r)",
        "print(df.eval('a + @lim').tolist())",
    ],
    "series alias": [
        "import pandas as pd\ns = pd.Series([1, 2, 3])",
        "t = s",
        "t[0] = 9",
        "print(s.tolist())",
        "u = s.copy()",
        "u.iloc[1] = 7",
        "print(s.tolist(), u.tolist())",
        "s.name = 'q'",
        "print(t.name)",
    ],
    "df from array": [
        "import numpy as np, pandas as pd\na = np.arange(4.).reshape(2, 2)",
        "df = pd.DataFrame(a)",
        "a[0, 0] = 50",
        "print(df)",
        "v = df.to_numpy()",
        "print(v)",
    ],
    "merge concat": [
        "import pandas as pd\n"
        "x = pd.DataFrame({'k': [1, 2], 'a': [3, 4]})\n"
        "y = pd.DataFrame({'k': [1, 2], 'b': [5, 6]})",
        "m = x.merge(y, on='k')",
        "c = pd.concat([x, y])",
        ("x['a'] = 0", "x['a'] = 1"),
        "print(m, c)",
        "m['z'] = 1",
        "print(x)",
    ],
    "sklearn scaler": [
        "import numpy as np\n"
        "from sklearn.preprocessing import StandardScaler\n"
        "X = np.arange(6.).reshape(3, 2)",
        "sc = StandardScaler()",
        "Z = sc.fit_transform(X)",
        "X[0, 0] = 7",
        "print(Z)",
        "print(sc.mean_)",
        "W = sc.transform(X)",
        "print(W)",
    ],
    "sklearn sgd": [
        "import numpy as np\n"
        "from sklearn.linear_model import SGDRegressor\n"
        "X = np.arange(4.).reshape(-1, 1)\n"
        "y = X.ravel()",
        "m = SGDRegressor(random_state=0)",
        "m.partial_fit(X, y)",
        "print(m.coef_.round(4))",
        "m2 = m",
        "print(m2.t_)",
    ],
    "sklearn split": [
        "import numpy as np\nfrom sklearn.model_selection import train_test_split\nX = np.arange(10)",
        "np.random.seed(1)",
        "a, b = train_test_split(X)",
        "print(b)",
        "c, d = train_test_split(X, random_state=0)",
        "print(d)",
    ],
    "plt state": [
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt",
        "plt.rcParams['lines.linewidth'] = 5",
        "print(plt.rcParams['lines.linewidth'])",
        "plt.rc('lines', linewidth=3)",
        "plt.rcParams.update({'font.size': 7})",
        "print(plt.rcParams['font.size'], plt.rcParams['lines.linewidth'])",
        "plt.rcdefaults()",
    ],
    "sns theme": [
        "import matplotlib\nmatplotlib.use('agg')\nimport seaborn as sns, matplotlib.pyplot as plt",
        "sns.set_theme(style='darkgrid')",
        "print(plt.rcParams['axes.grid'])",
        "sns.set_style('white')",
        "plt.style.use('ggplot')",
        "print(plt.rcParams['axes.grid'])",
    ],
    "figs dict": [
        "import matplotlib\n"
        "matplotlib.use('agg')\n"
        "import matplotlib.pyplot as plt\n"
        "fig, axes = plt.subplots(1, 2)",
        "axes[0].bar([1], [2])",
        "for ax in axes:\n    ax.set_xlabel('x')",
        "print([len(a.patches) for a in axes])",
        "print(axes[1].get_xlabel())",
    ],
    "history underscore": ["1 + 1", "_ + 1", "print(_)", "x = _", "x", "print(x, __)"],
    "Out In": ["5", "Out[1]", "print(_1)", "y = Out.get(1)", "print(y, len(Out))", "print(In[1])"],
    "_i": ["a = 1", "print(_i)", "print(_i1)", "print(len(_ih) > 0)", "b = 2", "print(In[-2])"],
    "underscore alias": ["[1, 2]", "z = _", "z.append(3)", "print(_)", "_", "print(z)"],
    "capture": [
        "%%capture out\nprint('hi')\nv = 1",
        "print(out.stdout)",
        "out.show()",
        "print(v)",
        "v = 2",
        "%%capture\nprint('no')\nw = v",
        "print(w)",
    ],
    "sx": [
        "a = %sx echo hi",
        "print(a)",
        "b = get_ipython().getoutput('echo yo')",
        "print(b)",
        "%system echo q",
    ],
    "bash": [
        "%%bash\necho 5 > n.txt",
        "print(open('n.txt').read())",
        "%%bash\ncat n.txt",
        "%%bash --out res\ncat n.txt",
        "print(res)",
    ],
    "sh script": [
        "%%sh\necho 1 > s.txt",
        "%%script bash --out o\ncat s.txt",
        "print(o)",
        "%%script --no-raise-error false",
        "print(open('s.txt').read())",
    ],
    "reset_selective": [
        "aa = 1\nbb = 2",
        "%reset_selective -f aa",
        "print('aa' in globals(), bb)",
        "%xdel bb",
        "print('bb' in globals())",
    ],
    "env magic": [
        "%env JHY=1",
        "import os\nprint(os.environ.get('JHY'))",
        "%set_env JHY=2",
        "e = %env JHY",
        "print(e)",
    ],
    "autocall": ["def ff(*a):\n    return a", "/ff 1", "print(_)", ",ff a b", ";ff a b", "print(_)"],
    "automagic shadow": ["ls = 5", "ls", "time = 3", "time", "print(ls, time)"],
    "html js": [
        "n = 1",
        "%%html\n<b>x</b>",
        "%%javascript\nalert(1)",
        "%%latex\n$x$",
        "%%markdown\n# t",
        "print(n)",
    ],
    "repr class": [
        "k = 1\nclass R:\n    def __repr__(self):\n        return f'R{k}'",
        "r = R()",
        "r",
        ("k = 2", "k = 3"),
        "print([r])",
        "print(f'{r}')",
    ],
    "operators": [
        "log = []\n"
        "class V:\n"
        "    def __init__(s, x): s.x = x\n"
        "    def __add__(s, o):\n"
        "        log.append(s.x)\n"
        "        return V(s.x + o.x)\n"
        "    def __lt__(s, o):\n"
        "        return s.x < o.x\n"
        "    def __len__(s): return s.x",
        "a = V(1); b = V(2)",
        "c = a + b",
        "print(c.x, log)",
        "print(a < b, len(c), max([a, b]).x)",
        "a.x = 9",
    ],
    "iadd class": [
        "class V:\n"
        "    def __init__(s): s.v = [0]\n"
        "    def __iadd__(s, o):\n"
        "        s.v.append(o)\n"
        "        return s",
        "a = V()\nb = a",
        "a += 1",
        "print(b.v)",
        "a = V()",
        "print(b is a)",
    ],
    "getitem class": [
        "class L:\n"
        "    def __init__(s): s.n = 0\n"
        "    def __getitem__(s, i):\n"
        "        s.n += 1\n"
        "        if i > 2: raise IndexError\n"
        "        return i",
        "l = L()",
        "print(list(l))",
        "print(l[1])",
        "print(l.n)",
    ],
    "callback": [
        "hits = []\ndef cb(x):\n    hits.append(x)",
        "def each(f, xs):\n    for x in xs:\n        f(x)",
        ("each(cb, [1])", "each(cb, [2])"),
        "print(hits)",
        "each(print, hits)",
    ],
    "chainmap": [
        "from collections import ChainMap\na = {'x': 1}\nb = {'y': 2}",
        "cm = ChainMap(a, b)",
        "cm['x'] = 5",
        "b['y'] = 7",
        "print(dict(cm), a)",
    ],
    "copy method": ["xs = [1, [2]]", "ys = xs.copy()", "ys[1].append(3)", "ys.append(0)", "print(xs, ys)"],
}
