"""Telling Python 2 from Python that is merely wrong."""

from __future__ import annotations

import re

_FORMS = (
    # print x, print "…", print >>file, x; not print (…), which is Python 3 as well
    re.compile(r"""^[ \t]*print[ \t]+(?:>>|["'\w\[{`-]|[rub]["'])(?![ \t]*=[^=])""", re.MULTILINE),
    re.compile(r"(?:^|[:;])[ \t]*print[ \t]+[\"'\w]", re.MULTILINE),
    re.compile(r"^[ \t]*print[ \t]*\([^\n]*\)[ \t]*%", re.MULTILINE),
    re.compile(r"^[ \t]*except[ \t]+[\w.]+(?:\([^()\n]*\))?[ \t]*,[ \t]*\w+[ \t]*:", re.MULTILINE),
    re.compile(r"^[ \t]*raise[ \t]+[\w.]+[ \t]*,[ \t]*\S", re.MULTILINE),
    re.compile(r"^[ \t]*exec[ \t]+[\"'\w]", re.MULTILINE),
    re.compile(r"\S[ \t]*<>[ \t]*\S"),
    re.compile(r"\bur[\"']"),
    re.compile(r"(?<![\w.])0[0-7]+(?![\w.])"),
    re.compile(r"\b\d+[lL]\b"),
    re.compile(r"\blambda[ \t]*\("),
    re.compile(r"`[^`\n]+`"),
)


def is_python2(source: str) -> bool:
    """Whether text that Python 3 cannot read has a form that only Python 2 knows."""
    return any(form.search(source) for form in _FORMS)
