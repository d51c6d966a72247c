"""Pairs of JSON kinds, formulas, errors, widgets and mixed outputs with the verdict of an experienced reader."""

from __future__ import annotations

import array
import base64
from typing import Any

from .cases import Case, Raw, kind, raised, result, shown, stderr, stdout
from .picture_pairs import LINE, picture

WIDGET = "application/vnd.jupyter.widget-view+json"
PLOTLY = "application/vnd.plotly.v1+json"
VEGA = "application/vnd.vegalite.v5+json"


def bdata(*values: float) -> dict[str, str]:
    return {"dtype": "f8", "bdata": base64.b64encode(array.array("d", values).tobytes()).decode()}


def plotly(y: Any, **layout: Any) -> dict[str, Any]:
    return {"data": [{"type": "scatter", "uid": "x1", "x": [1, 2, 3], "y": y}], "layout": layout}


STRUCTURES = [
    Case("plotly_value", "changed", kind(PLOTLY, plotly([1, 2, 3])), kind(PLOTLY, plotly([1, 2, 4]))),
    Case(
        "plotly_bdata_for_list",
        "same",
        kind(PLOTLY, plotly([1.5, 2.5, 3.5])),
        kind(PLOTLY, plotly(bdata(1.5, 2.5, 3.5))),
    ),
    Case(
        "plotly_bdata_changed",
        "changed",
        kind(PLOTLY, plotly(bdata(1.5, 2.5, 3.5))),
        kind(PLOTLY, plotly(bdata(1.5, 2.5, 3.7))),
    ),
    Case(
        "plotly_bdata_noise",
        "cosmetic",
        kind(PLOTLY, plotly(bdata(1.5, 2.5, 3.5))),
        kind(PLOTLY, plotly(bdata(1.5, 2.5, 3.5000000001))),
    ),
    Case(
        "plotly_uid", "same", kind(PLOTLY, {"data": [{"uid": "aa"}]}), kind(PLOTLY, {"data": [{"uid": "bb"}]})
    ),
    Case(
        "plotly_template",
        "cosmetic",
        kind(PLOTLY, plotly([1], template={"a": 1})),
        kind(PLOTLY, plotly([1], template={"a": 2})),
    ),
    Case(
        "plotly_trace_added",
        "changed",
        kind(PLOTLY, {"data": [{"y": [1]}]}),
        kind(PLOTLY, {"data": [{"y": [1]}, {"y": [2]}]}),
    ),
    Case(
        "vega_dataset_name",
        "same",
        kind(VEGA, {"data": {"name": "data-aa"}, "datasets": {"data-aa": [{"a": 1}]}}),
        kind(VEGA, {"data": {"name": "data-bb"}, "datasets": {"data-bb": [{"a": 1}]}}),
    ),
    Case(
        "vega_value",
        "changed",
        kind(VEGA, {"data": {"name": "data-aa"}, "datasets": {"data-aa": [{"a": 1}]}}),
        kind(VEGA, {"data": {"name": "data-bb"}, "datasets": {"data-bb": [{"a": 2}]}}),
    ),
    Case(
        "json_key_order",
        "same",
        kind("application/json", {"a": 1, "b": 2}),
        kind("application/json", {"b": 2, "a": 1}),
    ),
    Case(
        "json_list_order",
        "changed",
        kind("application/json", {"a": [1, 2]}),
        kind("application/json", {"a": [2, 1]}),
    ),
    Case(
        "geojson_noise",
        "cosmetic",
        kind("application/geo+json", {"coordinates": [13.4, 52.5]}),
        kind("application/geo+json", {"coordinates": [13.4, 52.50000000001]}),
    ),
    Case(
        "json_id_is_data",
        "changed",
        kind("application/json", {"uid": "a"}),
        kind("application/json", {"uid": "b"}),
    ),
    Case(
        "json_null_for_number",
        "changed",
        kind("application/json", {"a": None}),
        kind("application/json", {"a": 0}),
    ),
]

FORMULAS = [
    Case(
        "latex_sum_in_fraction",
        "cosmetic",
        shown(latex=r"$\frac{x + y}{2}$"),
        shown(latex=r"$\frac{y + x}{2}$"),
    ),
    Case("latex_difference_is_no_sum", "changed", shown(latex="$x - y$"), shown(latex="$y - x$")),
    Case("latex_moved_sign", "cosmetic", shown(latex="$x - y + z$"), shown(latex="$z - y + x$")),
    Case("latex_sides_swapped", "changed", shown(latex="$x = y + 1$"), shown(latex="$y + 1 = x$")),
    Case("latex_displaystyle", "same", shown(latex=r"$\displaystyle x^{2}$"), shown(latex="$x^{2}$")),
    Case("latex_exponent", "changed", shown(latex="$x^{2} + x$"), shown(latex="$x^{3} + x$")),
    Case("latex_exponent_swapped", "changed", shown(latex="$x^{2} + y^{3}$"), shown(latex="$x^{3} + y^{2}$")),
    Case(
        "markdown_changed",
        "changed",
        shown(markdown="**accuracy**: 0.91"),
        shown(markdown="**accuracy**: 0.92"),
    ),
    Case("script_value", "changed", shown(js="draw('a', [1, 2])"), shown(js="draw('a', [1, 3])")),
    Case("script_spacing", "same", shown(js="draw( 1 )"), shown(js="draw( 1 )\n")),
]

FRAME = (
    "\x1b[0;31mKeyError\x1b[0m  Traceback (most recent call last)",
    "Cell In[{n}], line {line}\n----> {line} {code}\n",
    "KeyError: 'k'",
)


def keyed(number: int, line: int, code: str, header: str = "") -> Raw:
    lines = [part.format(n=number, line=line, code=code) for part in FRAME]
    if header:
        lines[1] = f"{header}\n----> {line} {code}\n"
    return raised("KeyError", "'k'", *lines)


ERRORS = [
    Case("traceback_line_number", "cosmetic", keyed(3, 1, 'd["k"]'), keyed(9, 4, 'd["k"]')),
    Case(
        "traceback_of_old_ipython",
        "cosmetic",
        keyed(3, 1, 'd["k"]', "<ipython-input-3-0a1b2c> in <module>"),
        keyed(3, 1, 'd["k"]'),
    ),
    Case("traceback_other_code", "changed", keyed(3, 1, 'd["k"]'), keyed(3, 1, 'e["k"]')),
    Case("error_same", "same", keyed(3, 1, 'd["k"]'), keyed(3, 1, 'd["k"]')),
    Case(
        "error_message_number",
        "changed",
        raised("ValueError", "shapes (3,) and (4,) not aligned"),
        raised("ValueError", "shapes (3,) and (5,) not aligned"),
    ),
    Case(
        "error_message_path",
        "cosmetic",
        raised("FileNotFoundError", "[Errno 2] No such file: '/home/alice/w/data.csv'"),
        raised("FileNotFoundError", "[Errno 2] No such file: '/home/bob/w/data.csv'"),
    ),
    Case("error_gone", "changed", keyed(3, 1, 'd["k"]'), result("1")),
    Case("error_new", "changed", stdout("x\n"), [*stdout("x\n"), *raised("KeyError", "'k'")]),
    Case(
        "syntax_error_place",
        "cosmetic",
        raised("SyntaxError", "invalid syntax (<ipython-input-3-0a1b>, line 1)"),
        raised("SyntaxError", "invalid syntax (1234.py, line 1)"),
    ),
]


def view(model_id: str, plain: str = "") -> Raw:
    return kind(WIDGET, {"model_id": model_id, "version_major": 2, "version_minor": 0}, plain)


def states(**models: Any) -> dict[str, Any]:
    return {name: {"model_name": "M", "state": state} for name, state in models.items()}


WIDGETS = [
    Case(
        "state_equal",
        "same",
        view("a", "IntSlider(value=0)"),
        view("b", "IntSlider(value=9)"),
        extra={"saved_widgets": states(a={"value": 3}), "replayed_widgets": states(b={"value": 3})},
    ),
    Case(
        "state_changed",
        "changed",
        view("a"),
        view("b"),
        extra={"saved_widgets": states(a={"value": 3}), "replayed_widgets": states(b={"value": 4})},
    ),
    Case(
        "child_changed",
        "changed",
        view("a"),
        view("b"),
        extra={
            "saved_widgets": states(a={"children": ["IPY_MODEL_c"]}, c={"value": "x"}),
            "replayed_widgets": states(b={"children": ["IPY_MODEL_d"]}, d={"value": "y"}),
        },
    ),
    Case(
        "child_equal",
        "same",
        view("a"),
        view("b"),
        extra={
            "saved_widgets": states(a={"children": ["IPY_MODEL_c"]}, c={"value": "x"}),
            "replayed_widgets": states(b={"children": ["IPY_MODEL_d"]}, d={"value": "x"}),
        },
    ),
    Case(
        "progress_in_widget",
        "cosmetic",
        view("a"),
        view("b"),
        extra={
            "saved_widgets": states(a={"value": " 50/50 [00:12&lt;00:00, 4.1it/s]".replace("&lt;", "<")}),
            "replayed_widgets": states(b={"value": " 50/50 [00:10<00:00, 5.1it/s]"}),
        },
    ),
    Case("no_state", "not_comparable", view("a"), view("b")),
    Case(
        "state_on_one_side",
        "not_comparable",
        view("a"),
        view("b"),
        extra={"saved_widgets": {}, "replayed_widgets": states(b={"value": 4})},
    ),
]

PLOT_A, PLOT_B, PLOT_C = (shown(png=picture(LINE, label=label)) for label in ("aaaa", "bbbb", "cccc"))

STREAMS = [
    Case("chunks_merged", "same", [*stdout("a\n"), *stdout("b\n")], stdout("a\nb\n")),
    Case("stderr_first", "same", [*stdout("a\n"), *stderr("w\n")], [*stderr("w\n"), *stdout("a\n")]),
    Case("empty_stream", "same", [*stdout("a\n"), *stderr("")], stdout("a\n")),
    Case("stream_other_name", "changed", stdout("a\n"), stderr("a\n")),
    Case("displays_swapped", "changed", [*PLOT_A, *PLOT_B], [*PLOT_B, *PLOT_A]),
    Case("middle_plot_missing", "changed", [*PLOT_A, *PLOT_B, *PLOT_C], [*PLOT_A, *PLOT_C]),
    Case(
        "placeholder",
        "not_comparable",
        [{"output_type": "display_data", "data": {}, "metadata": {"url": "/api/outputs/x/0"}}],
        PLOT_A,
    ),
    Case(
        "written_again",
        "cosmetic",
        stdout("Writing helpers.py\n"),
        stdout("Overwriting helpers.py\n"),
        "%%writefile helpers.py\nx = 1",
    ),
    Case(
        "written_elsewhere",
        "changed",
        stdout("Writing helpers.py\n"),
        stdout("Overwriting others.py\n"),
        "%%writefile helpers.py\nx = 1",
    ),
    Case("both_empty", "same", [], []),
    Case("new_output", "changed", [], stdout("x\n")),
]

ALL = [*STRUCTURES, *FORMULAS, *ERRORS, *WIDGETS, *STREAMS]
