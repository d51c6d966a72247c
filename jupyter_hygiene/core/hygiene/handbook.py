"""The rules as a page to read, made of the rules themselves.

``python -m jupyter_hygiene.core.hygiene.handbook`` prints ``docs/rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import SEVERITIES, Rule
from .registry import RULES
from .silence import TAG

_HEAD = f"""# Rules

What `jupyter hygiene check` and the hygiene panel look for. This page is made from the rules
(`python -m jupyter_hygiene.core.hygiene.handbook > docs/rules.md`).

To silence the rule `long-cell`, for instance:

- on one line: `# hygiene: ignore[long-cell]` behind the code, or on a line of its own above it;
- in one cell: the same comment at the top of the cell (in Markdown `<!-- hygiene: ignore[long-cell] -->`), the tag
  `{TAG}-long-cell`, or the cell's metadata `{{"jupyter-hygiene": {{"ignore": ["long-cell"]}}}}`;
- in one notebook: the same metadata, of the notebook;
- in a project: `ignore = ["long-cell"]` under `[tool.jupyter-hygiene]` in `pyproject.toml`.

Several rules are separated by commas; `# hygiene: ignore` and the tag `{TAG}` are for all of them. Families
(`state`, `structure`, `imports`, `environment`, `portability`, `version-control`, `machine-learning`) stand for their
rules wherever a rule is named.
"""
_SIGNS = {"error": "✗", "warning": "!", "info": "i"}


def handbook() -> str:
    """The whole page, as Markdown."""
    parts = [_HEAD, *_overview()]
    family = ""
    for rule in RULES.values():
        if rule.family != family:
            family = rule.family
            parts.append(f"\n## {family}\n")
        parts.append(chapter(rule))
    return "\n".join(parts).rstrip("\n") + "\n"


def _overview() -> Iterator[str]:
    yield "| rule | | reports | mends |"
    yield "|---|---|---|---|"
    for rule in sorted(RULES.values(), key=lambda rule: (rule.family, SEVERITIES.index(rule.severity))):
        kind = rule.severity if rule.on else f"{rule.severity}, opt-in"
        yield f"| [{rule.id}](#{rule.id}) | {kind} | {rule.summary} | {'yes' if rule.fix else ''} |"


def chapter(rule: Rule) -> str:
    """What there is to say of a rule, as Markdown."""
    opt_in = "" if rule.on else f' *Opt-in:* `extend-select = ["{rule.id}"]`.'
    parts = [f"### {rule.id}", f"*{rule.severity.capitalize()}.*{opt_in} {rule.summary}", rule.why]
    for label, example in (("Reported:", rule.before), ("Better:", rule.after)):
        shown = _quoted(example) if rule.in_words else f"```python\n{_shortened(example)}\n```"
        parts.append(f"{label}\n\n{shown}")
    if rule.fix:
        parts.append(f"Fix: {rule.fix}")
    return "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}  " for line in text.split("\n")).rstrip()


def _shortened(source: str) -> str:
    lines = source.split("\n")
    if len(lines) <= 24:
        return source
    return "\n".join([*lines[:6], f"# … {len(lines) - 9} lines more …", *lines[-3:]])


def summary() -> str:
    """One line a rule, for a terminal."""
    width = max(len(name) for name in RULES)
    return "\n".join(
        f"{_SIGNS[rule.severity]} {rule.id:<{width}}  {rule.summary}{'' if rule.on else ' (opt-in)'}"
        for rule in RULES.values()
    )


if __name__ == "__main__":
    print(handbook(), end="")
