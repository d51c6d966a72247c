"""Notebooks whose texts hold what no text should: halves of characters, controls, and words of other languages."""

from __future__ import annotations

from typing import Any

from tests.notebooks import code, markdown, notebook, printed, raised, result, shown

# What acts in a terminal or a log, and looks like a command of a GitHub workflow.
ACTING = "a\x1b]0;x\x07%0A::error::b\u202e \u2028::set-output name=x::y%\x9b"
# Lines as well, and halves of characters.
DAMAGED = f"{ACTING}\ud83d\r\n::warning::c\udc00\r::stop-commands::d\n"


def damaged_notebook(word: str) -> dict[str, Any]:
    """All that JSON allows, in every place of a notebook but the sources, where a half of a character is refused."""
    text = DAMAGED + word
    outputs = [
        printed(text),
        printed(text, "stderr"),
        raised(DAMAGED, text),
        result(text),
        shown({"text/html": f"<table><tr><td>{text}</td></tr></table>", "text/plain": DAMAGED}),
        shown({"image/svg+xml": f"<svg><text>{text}</text></svg>"}),
        shown({"image/png": text}),
        shown({"text/latex": f"${text}$"}),
        shown({"text/markdown": text}),
        shown({"application/javascript": text}),
        shown({"application/json": {DAMAGED: text}}),
        shown({"application/vnd.plotly.v1+json": {"data": [{"x": [text]}], "layout": {}}}),
        shown({"application/vnd.jupyter.widget-view+json": {"model_id": DAMAGED}}),
        shown({DAMAGED: text}),
    ]
    cells = [
        code(
            f"import os\nx = '{ACTING}'\nunknown",
            output,
            count=place,
            cell_id=f"{DAMAGED}{place}",
            tags=[DAMAGED],
        )
        for place, output in enumerate(outputs, 1)
    ]
    cells += [
        markdown(f"# {ACTING}\n![{ACTING}]({ACTING})"),
        code("import os\nprint(os.name)", printed("posix\n"), count=90),
        code(f"%matplotlib {ACTING}\n!pip install {ACTING}\n{ACTING}"),
    ]
    raw = notebook(*cells)
    raw["metadata"]["kernelspec"]["display_name"] = DAMAGED
    raw["metadata"][DAMAGED] = {DAMAGED: DAMAGED}
    model = {"model_name": DAMAGED, "model_module": DAMAGED, "state": {DAMAGED: text}}
    raw["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {DAMAGED: model}}}
    return raw
