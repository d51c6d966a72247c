"""Comparing widget views by the state of their models where it is known, else by what their repr says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..notebook import Output
from .evidence import evidence_of
from .outcome import Outcome, excuse
from .settings import CompareContext
from .structure import StructureWalk
from .terminal import rendered
from .text import compare_text

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_REFERENCE = "IPY_MODEL_"
_DEEPEST = 25
# What a widget is made of, not what it shows.
_UNSEEN = re.compile(
    r"_(?:model|view)_(?:module|module_version|count)|_dom_classes|tabbable|tooltip|msg_id|_anim\w*"
)


def compare_widgets(saved: Output, replayed: Output, context: CompareContext) -> Outcome:
    """Compare two outputs that show a widget."""
    states = _state(saved, context.saved_widgets), _state(replayed, context.replayed_widgets)
    evidence = evidence_of(context.source)
    if states[0] is not None and states[1] is not None:
        walk = StructureWalk(evidence, context.settings, frozenset({"execution_count"}))
        walk.compare("", states[0], states[1], 0)
        return walk.outcome()
    texts = _text(saved), _text(replayed)
    bars = _bar_length(texts[0]), _bar_length(texts[1])
    if (
        texts[0] != texts[1]
        and None not in bars
        and bars[0] == bars[1]
        and context.settings.allows("progress-bar")
    ):
        return Outcome("cosmetic", excuse({"progress-bar"}), frozenset({"progress-bar"}))
    is_shown_whole = texts[0] == texts[1] and re.fullmatch(r"\s*\w+\(\)\s*", texts[0]) is not None
    if is_shown_whole or all(_is_informative(text) for text in texts):
        return compare_text(*texts, evidence, context.settings)
    if states[0] is None and states[1] is None:
        missing = "neither side keeps"
    else:
        missing = "the page does not keep" if states[0] is None else "the replay does not know"
    return Outcome("not_comparable", f"{missing} the state of this widget")


def _text(output: Output) -> str:
    value = output.data.get("text/plain")
    return rendered(value) if isinstance(value, str) else ""


def _bar_length(text: str) -> int | None:
    """The steps of a bar of tqdm that has not begun, which it shows as a box of widgets or as text."""
    match = re.fullmatch(
        r"\s*(?:HBox\(children=\((?:HTML\(value=''\), )?\w*Progress\((?:value=0(?:\.0)?, |max=(?P<m1>\d{1,12})"
        r"(?:\.0)?,? ?){1,2}"
        r"[^\n]{0,200}"
        r"|0%\|\s*\| 0/(?P<m2>\d{1,12}) \[[^\]\n]{0,60}\])\s*",
        text,
    )
    found = match and (match["m1"] or match["m2"])
    return int(found) if found else None


def _is_informative(text: str) -> bool:
    stripped = text.strip()
    if re.match(r"\w+\(.*\)$", stripped, re.DOTALL):
        return "=" in stripped and "..." not in stripped[:40]
    return bool(stripped) and not stripped.startswith("<")


def _state(output: Output, models: Mapping[str, Any]) -> Any:
    """The state of a view's model with the models it refers to put in their places; None if it is not known."""
    view = output.data.get(WIDGET_VIEW)
    model_id = view.get("model_id") if isinstance(view, Mapping) else None
    if not isinstance(model_id, str) or model_id not in models:
        return None
    return _expanded(model_id, models, ())


def _expanded(model_id: str, models: Mapping[str, Any], above: tuple[str, ...]) -> Any:
    model = models.get(model_id)
    if not isinstance(model, Mapping) or model_id in above or len(above) > _DEEPEST:
        return {"model": "elsewhere"}
    state = model.get("state")
    values = state if isinstance(state, Mapping) else {}
    shown = {
        str(key): _value(value, models, (*above, model_id))
        for key, value in values.items()
        if not _UNSEEN.fullmatch(str(key)) and value is not None
    }
    return {"model": str(model.get("model_name", values.get("_model_name", ""))), **shown}


def _value(value: Any, models: Mapping[str, Any], above: tuple[str, ...]) -> Any:
    if isinstance(value, str) and value.startswith(_REFERENCE):
        return _expanded(value.removeprefix(_REFERENCE), models, above)
    if isinstance(value, list):
        return [_value(item, models, above) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _value(item, models, above) for key, item in value.items()}
    return value
