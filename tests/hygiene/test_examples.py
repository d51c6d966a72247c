"""Every rule is described by an example that it reports, and by one that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_hygiene.core.hygiene import RULES
from jupyter_hygiene.core.hygiene.handbook import handbook
from jupyter_hygiene.core.hygiene.selection import DEFAULT

from .examined import found

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
IN_CODE = [rule.id for rule in RULES.values() if not rule.in_words]
IDS = {
    *(
        "undefined-name",
        "used-before-definition",
        "deleted-definition",
        "called-too-early",
        "execution-order",
    ),
    *(
        "never-run",
        "ambiguous-name",
        "stored-variables",
        "dumped-session",
        "run-notebook",
        "pickled-notebook-class",
    ),
    *(
        "long-cell",
        "function-defined-again",
        "duplicate-code",
        "missing-heading",
        "empty-cell",
        "long-notebook",
    ),
    *(
        "unparsable-cell",
        "imported-again",
        "ambiguous-alias",
        "star-import",
        "scattered-imports",
        "unused-import",
    ),
    *("kernel-not-isolated", "install-in-cell", "undeclared-dependency", "python-2", "unseeded-randomness"),
    *(
        "fit-before-split",
        "resample-before-split",
        "model-not-saved",
        "nan-comparison",
        "secret",
        "large-output",
    ),
    *("metadata-churn", "execution-counts", "copy-name", "absolute-path", "temporary-path", "unpinned-url"),
}


@pytest.mark.parametrize("rule", IN_CODE)
def test_the_example_is_reported_and_the_better_one_is_not(rule: str) -> None:
    before = found(rule, *RULES[rule].before.split("\n# %%\n"))
    assert [finding.rule for finding in before], "the example is not reported"
    assert found(rule, *RULES[rule].after.split("\n# %%\n")) == []


def test_ids_stay_what_they_are() -> None:
    """Settings, comments and reports of users name them."""
    assert set(RULES) == IDS


def test_what_is_a_matter_of_taste_is_off_by_default() -> None:
    opt_in = {"missing-heading", "empty-cell", "long-notebook", "unused-import", "model-not-saved"}
    opt_in |= {"temporary-path", "unpinned-url", "execution-counts"}
    assert set(RULES) - DEFAULT == opt_in


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_described_in_whole_sentences(rule: object) -> None:
    for text in (getattr(rule, name) for name in ("summary", "why")):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
        assert "\n" not in text


def test_the_page_of_rules_is_made_of_the_rules() -> None:
    expected = "run python -m jupyter_hygiene.core.hygiene.handbook > docs/rules.md"
    assert PAGE.read_text("utf-8") == handbook(), expected
