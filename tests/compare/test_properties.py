"""What holds for all outputs: equal ones are the same, verdicts are symmetric, nothing raises, an integer is exact."""

from __future__ import annotations

import base64
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_hygiene.core.compare import CompareContext, compare_outputs, worst
from jupyter_hygiene.core.notebook import Output

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FRAGMENTS = st.sampled_from(
    [
        "0.91",
        "<a href='x'>",
        "0x7f3a2c0a1b50",
        "took 3 s",
        "\r",
        "\x08",
        "\x1b[A",
        "\x1b[31m",
        "<table><tr><td>1",
        "[1, 2]",
        "{'a': 1}",
        "2024-01-05 10:11:12",
        "100%|██| 5/5 [00:01<00:00, 5it/s]",
        "/tmp/tmpab12cd34/x",
        "$x + y$",
        "\n",
        "  ",
        "nan",
        "Collecting x",
        "FutureWarning: y",
        "<svg><path d='M 0 1'/></svg>",
        "&lt;",
        "\\frac{",
        "}",
        ")",
        "]",
        "�",
        "é",
    ]
)
TEXT = st.one_of(st.text(max_size=40), st.lists(FRAGMENTS, max_size=8).map("".join))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
MIMES = [
    "text/plain",
    "text/html",
    "text/latex",
    "text/markdown",
    "application/javascript",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "application/pdf",
    "weird",
    "",
]
JSON_MIMES = [
    "application/json",
    "application/vnd.plotly.v1+json",
    "application/vnd.vegalite.v5+json",
    "application/vnd.jupyter.widget-view+json",
]
BUNDLE = st.builds(
    lambda first, second: {**first, **second},
    st.dictionaries(
        st.sampled_from(MIMES),
        TEXT | st.binary(max_size=30).map(lambda raw: base64.b64encode(raw).decode()),
        max_size=2,
    ),
    st.dictionaries(st.sampled_from(JSON_MIMES), JSON, max_size=1),
)
OUTPUT = st.one_of(
    st.fixed_dictionaries(
        {"output_type": st.just("stream"), "name": st.sampled_from(["stdout", "stderr"]), "text": TEXT}
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.sampled_from(["display_data", "execute_result"]),
            "data": BUNDLE,
            "metadata": st.just({}),
        }
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.just("error"),
            "ename": TEXT,
            "evalue": TEXT,
            "traceback": st.lists(TEXT, max_size=2),
        }
    ),
)
OUTPUTS = st.lists(OUTPUT, max_size=4).map(lambda raws: [Output.from_json(raw) for raw in raws])


def verdict(saved: list[Output], replayed: list[Output], **context: Any) -> str:
    return worst(
        comparison.verdict for comparison in compare_outputs(saved, replayed, CompareContext(**context))
    )


@QUICK
@given(OUTPUTS)
def test_outputs_are_the_same_as_themselves(outputs: list[Output]) -> None:
    found = compare_outputs(outputs, outputs)
    assert {comparison.verdict for comparison in found} <= {"same", "not_comparable"}
    assert all(
        comparison.verdict == "same" or comparison.mime.endswith("widget-view+json") for comparison in found
    )


@QUICK
@given(OUTPUTS, OUTPUTS)
def test_the_verdict_does_not_depend_on_the_side(saved: list[Output], replayed: list[Output]) -> None:
    assert verdict(saved, replayed) == verdict(replayed, saved)


@QUICK
@given(OUTPUTS, OUTPUTS, TEXT)
def test_comparing_never_raises_and_can_be_written_as_json(
    saved: list[Output], replayed: list[Output], source: str
) -> None:
    for comparison in compare_outputs(
        saved, replayed, CompareContext(source=source, path_aliases=(("/a", "/b"),))
    ):
        comparison.detail_json()


@QUICK
@given(
    st.sampled_from(
        ["{}", "x = {}", "[1, {}, 3]", "{{'a': {}}}", "item {}: done", "({}, 2)", "a\n{}\nb", "   n\n0  {}"]
    ),
    st.integers(-10_000, 10_000),
    st.integers(-10_000, 10_000),
)
def test_a_changed_integer_is_a_change(template: str, first: int, second: int) -> None:
    if first == second:
        return
    for output in ("stream", "execute_result"):
        sides = []
        for number in (first, second):
            text = template.format(number)
            raw = {"output_type": output, "name": "stdout", "text": text, "data": {"text/plain": text}}
            sides.append([Output.from_json(raw)])
        assert verdict(*sides) == "changed"
