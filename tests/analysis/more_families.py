"""Families of cells about what may not run, what is kept elsewhere, and what comes to the same when it is run again."""

from __future__ import annotations

MORE_FAMILIES: dict[str, list[str | tuple[str, str]]] = {
    "skipped if": [
        ("n = 5", "n = 1"),
        "if n > 3:\n    k = n * 2",
        ("k = 7", "k = 8"),
        "print(k)",
        "if n > 3:\n    print('more')\nelse:\n    k = 0",
    ],
    "skipped loop": [
        ("xs = [1, 2, 3]", "xs = []"),
        "for x in xs:\n    y = x * 2",
        "y = 0",
        "print(y)",
        "for x in [v for v in xs if v > 2]:\n    last = x",
        "last = None",
        "print(last)",
    ],
    "skipped while": [
        ("n = 3", "n = 0"),
        "i = 0\nwhile i < n:\n    z = i\n    i += 1",
        "z = 9",
        "print(i, z)",
    ],
    "skipped in a loop": [
        "best = 7",
        ("limit = 1", "limit = 5"),
        "for i in range(3):\n    if i > 5:\n        best = i",
        "for i in range(limit):\n    if i == 2:\n        best = i\n        break",
        "print(best, i)",
    ],
    "skipped by an error": [
        ("text = '12'", "text = 'none'"),
        "try:\n    value = int(text)\nexcept ValueError:\n    print('no number')",
        "value = 0",
        "print(value)",
        ("n = 2", "n = 0"),
        "try:\n    part = 10 / n\nexcept ZeroDivisionError:\n    pass",
        "part = 1",
        "print(part)",
    ],
    "loops that share a name": [
        ("n = 2", "n = 4"),
        "for i in range(n):\n    print(i)",
        "for i in range(n + 1):\n    t = i",
        "print(i, t)",
        "total = 0\nfor i in range(n):\n    total += i",
        "print(total)",
    ],
    "functions in dictionaries": [
        ("x = 1", "x = 2"),
        "d = {}",
        ("d['f'] = lambda: x", "d['f'] = lambda: -x"),
        "d |= {'g': lambda: x + 1}",
        "print(d['f']())",
        "print(d.get('g')())",
        "print([f() for f in d.values()])",
    ],
    "functions in objects": [
        ("x = 1", "x = 2"),
        "class O:\n    def __init__(self, fn=None):\n        self.fn = fn\n    def go(self):\n        return self.fn()",
        "o = O(lambda: x)",
        "print(o.go())",
        ("o.other = lambda: x * 10", "o.other = lambda: x * 20"),
        "print(o.other())",
        "O.shared = lambda self: x",
        "print(O(None).shared())",
    ],
    "functions in lists": [
        ("x = 1", "x = 2"),
        "fs = [None]",
        "fs[0] = lambda v: v + x",
        "fs += [lambda v: v * x]",
        "print(fs[0](1))",
        "print([f(3) for f in fs])",
        "print(sorted([1, -2, 3], key=fs[-1]))",
    ],
    "a registry": [
        ("x = 1", "x = 2"),
        "registry = {}\ndef register(f):\n    registry[f.__name__] = f\n    return f",
        ("@register\ndef job():\n    return x", "@register\ndef job():\n    return x + 5"),
        "print({name: f() for name, f in registry.items()})",
    ],
    "patched classes": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})",
        ("pd.DataFrame.total = lambda self: self.sum().sum()", "pd.DataFrame.total = lambda self: -1"),
        "print(df.total())",
        "print(df.shape)",
    ],
    "copies of tables": [
        (
            "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})",
            "df = pd.DataFrame({'a': [1, 5], 'b': [3, 4]})",
        ),
        "s = df['a']",
        "s.iloc[0] = 9",
        "h = df.iloc[:1]",
        "h.loc[0, 'b'] = 7",
        "print(df)",
        "print(s.tolist(), h.values.tolist())",
        "df.loc[0, 'a'] = 4",
    ],
    "again": [
        (
            "import pandas as pd\ndf = pd.DataFrame({'a': [1, None, 3], 'b': ['x', 'Y', 'z']})",
            "df = pd.DataFrame({'a': [1, 2], 'b': ['u', 'V']})",
        ),
        "df = df.dropna()",
        "df = df[df['a'] > 1]",
        "df['b'] = df['b'].str.upper()",
        "print(df)",
        "df['a'] = df['a'] * 2",
        "df = df.sort_values('a')",
    ],
    "files by name": [
        ("import os\nfolder = 'made'", "folder = 'other'"),
        "os.makedirs(folder, exist_ok=True)",
        ("path = os.path.join(folder, 'a.txt')", "path = f'{folder}/b.txt'"),
        (
            "with open(path, 'w') as f:\n    print('one', file=f)",
            "with open(path, 'w') as f:\n    print('two', file=f)",
        ),
        "print(open(path).read())",
        ("open('c.txt', 'w').write('1');", "open('c.txt', 'w').write('2');"),
        "print(open('c.txt').read())",
    ],
    "contexts and setters": [
        "log = []\n"
        "class K:\n"
        "    def __enter__(self):\n"
        "        log.append('in')\n"
        "        return self\n"
        "    def __exit__(self, *a):\n"
        "        log.append('out')",
        "with K():\n    pass",
        "print(log)",
        "class T:\n"
        "    @property\n"
        "    def x(self):\n"
        "        return 1\n"
        "    @x.setter\n"
        "    def x(self, v):\n"
        "        log.append(v)\n"
        "t = T()",
        ("t.x = 3", "t.x = 4"),
    ],
}
