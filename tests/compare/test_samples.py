"""The labelled sample pairs, and pairs of our own like them, are judged as a reader would, either way round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core.compare import CompareContext, compare_outputs, worst
from jupyter_hygiene.core.notebook import Output
from jupyter_hygiene.core.report import OutputComparison

from . import html_pairs, other_pairs, picture_pairs
from .cases import Case, display_cases, text_cases
from .conftest import SCORES

SAMPLES = json.loads((Path(__file__).parent / "pairs.json").read_text(encoding="utf-8"))
OWN = [*text_cases(), *display_cases(), *picture_pairs.ALL, *html_pairs.ALL, *other_pairs.ALL]


def judged(saved: list[Any], replayed: list[Any], **context: Any) -> tuple[str, tuple[OutputComparison, ...]]:
    outputs = [[Output.from_json(raw) for raw in side] for side in (saved, replayed)]
    comparisons = compare_outputs(outputs[0], outputs[1], CompareContext(**context))
    return worst(comparison.verdict for comparison in comparisons), comparisons


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample["name"]))
def test_sample_pair_gets_the_verdict_of_its_label(sample: dict[str, Any]) -> None:
    sides = sample["saved_output"], sample["replayed_output"]
    for saved, replayed in (sides, sides[::-1]):
        verdict, comparisons = judged(saved, replayed, source=sample["source"])
        assert verdict == sample["expected"], [comparison.summary for comparison in comparisons]


def test_sample_pairs_are_right_in_every_category(request: pytest.FixtureRequest) -> None:
    scores: dict[str, tuple[int, int]] = {}
    for sample in SAMPLES:
        found = judged(sample["saved_output"], sample["replayed_output"], source=sample["source"])[0]
        right, count = scores.get(sample["category"], (0, 0))
        scores[sample["category"]] = right + (found == sample["expected"]), count + 1
    request.config.stash[SCORES] = scores
    assert all(right == count for right, count in scores.values()), scores


@pytest.mark.parametrize("case", OWN, ids=lambda case: str(case.name))
def test_own_pair_gets_the_expected_verdict(case: Case) -> None:
    verdict, comparisons = judged(case.saved, case.replayed, source=case.source, **case.extra)
    assert verdict == case.expected, [comparison.summary for comparison in comparisons]
    swapped = {key: case.extra[_OTHER_SIDE[key]] for key in case.extra}
    assert judged(case.replayed, case.saved, source=case.source, **swapped)[0] == case.expected


@pytest.mark.parametrize("case", OWN, ids=lambda case: str(case.name))
def test_every_excuse_is_registered_and_can_be_switched_off(case: Case) -> None:
    from jupyter_hygiene.core.compare import NORMALISERS, CompareSettings

    _, comparisons = judged(case.saved, case.replayed, source=case.source, **case.extra)
    used = {name for comparison in comparisons for name in comparison.normalised}
    assert used <= NORMALISERS.keys()
    if case.expected == "cosmetic":
        strict = CompareSettings(disabled=frozenset(NORMALISERS))
        assert (
            judged(case.saved, case.replayed, source=case.source, settings=strict, **case.extra)[0]
            == "changed"
        )


def test_names_of_own_pairs_are_unique() -> None:
    names = [case.name for case in OWN]
    assert len(names) == len(set(names))


_OTHER_SIDE = {"saved_widgets": "replayed_widgets", "replayed_widgets": "saved_widgets"}
