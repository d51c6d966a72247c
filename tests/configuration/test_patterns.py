"""A pattern of the user's own excuses what it matches and nothing else, wherever text is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_hygiene.core.compare import CompareContext, CompareSettings, compare_outputs
from jupyter_hygiene.core.configuration import layer_of
from jupyter_hygiene.core.errors import InvalidSettings
from jupyter_hygiene.core.notebook import Output
from jupyter_hygiene.core.own_patterns import Pattern, left_by
from jupyter_hygiene.core.report import OutputComparison, TextDifference
from tests.notebooks import printed, raised, shown

RUN = Pattern("run name", r"zebra-\w+")


def _output(side: Any) -> Output:
    return Output.from_json(printed(side) if isinstance(side, str) else side)


def compare(saved: Any, replayed: Any, *patterns: Pattern, **more: Any) -> OutputComparison:
    before, after = ([_output(side)] if side else [] for side in (saved, replayed))
    context = CompareContext(settings=CompareSettings(patterns=patterns, **more))
    (found,) = compare_outputs(before, after, context)
    return found


def html(text: str) -> dict[str, Any]:
    return shown({"text/html": text, "text/plain": "<Thing>"})


def test_what_a_pattern_matches_is_excused_under_its_own_name() -> None:
    found = compare("run zebra-abc ends\n", "run zebra-xyz ends\n", RUN)
    assert found.verdict == "cosmetic"
    assert found.normalised == ("pattern:run name",)
    assert found.summary == "equal apart from what the pattern “run name” matches"
    assert isinstance(found.difference, TextDifference)
    assert [(span.text, span.mark) for span in found.difference.replayed] == [
        ("run ", "same"),
        ("zebra-xyz", "excused"),
        (" ends\n", "same"),
    ]


def test_what_stands_beside_a_match_still_counts() -> None:
    found = compare("run zebra-abc: loss 0.41\n", "run zebra-xyz: loss 0.48\n", RUN)
    assert found.verdict == "changed"
    assert found.summary == "a number differs: 0.41 → 0.48"
    assert isinstance(found.difference, TextDifference)
    marks = [(span.text, span.mark) for span in found.difference.saved if span.mark != "same"]
    assert marks == [("zebra-abc", "excused"), ("0.41", "changed")]


@pytest.mark.parametrize(
    ("saved", "replayed", "pattern", "verdict"),
    [
        # A match stands for a match, not for its absence.
        ("run zebra-a\n", "run\n", RUN, "changed"),
        ("zebra-a zebra-b\n", "zebra-c\n", RUN, "changed"),
        ("run zebra-a\n", "run lion-a\n", RUN, "changed"),
        # What the replacement keeps counts, and with the tolerance it would have anyway.
        ("5 items in x1\n", "5 items in x2\n", Pattern("p", r"(\d+) items in \w+", r"\1 items"), "cosmetic"),
        ("5 items in x1\n", "6 items in x2\n", Pattern("p", r"(\d+) items in \w+", r"\1 items"), "changed"),
        ("l 0.412345678 x1\n", "l 0.412345679 x2\n", Pattern("p", r"l (\S+) \w+", r"l \1"), "cosmetic"),
        ("l 0.41 x1\n", "l 0.42 x2\n", Pattern("p", r"l (?P<loss>\S+) \w+", r"l \g<loss>"), "changed"),
        # An empty replacement takes lines away, also where they stand on one side only.
        ("a\nWARN 3\nb\n", "a\nb\n", Pattern("p", r"WARN.*\n", ""), "cosmetic"),
        ("WARN 3\n", "", Pattern("p", r"WARN.*\n", ""), "cosmetic"),
        ("a\nWARN 3\nb\n", "a\nc\n", Pattern("p", r"WARN.*\n", ""), "changed"),
        # A replacement can make one side what the other is.
        ("u'text'\n", "'text'\n", Pattern("p", "u'", "'"), "cosmetic"),
        # Nothing differs to a reader: no excuse is needed.
        ("run zebra-a  \n", "run zebra-a\n", RUN, "same"),
    ],
)
def test_a_pattern_means_what_substituting_on_both_sides_means(
    saved: str, replayed: str, pattern: Pattern, verdict: str
) -> None:
    assert compare(saved, replayed, pattern).verdict == verdict
    assert compare(replayed, saved, pattern).verdict == verdict


@pytest.mark.parametrize(
    "make",
    [
        printed,
        lambda text: printed(text, "stderr"),
        lambda text: shown({"text/plain": text}),
        lambda text: shown({"text/markdown": f"*{text}*"}),
        lambda text: shown({"text/latex": f"${text}$"}),
        lambda text: html(f"<table><tr><td>{text}</td><td>5</td></tr></table>"),
        lambda text: html(f"<p title='{text}'>so <b>{text}</b></p>"),
        lambda text: shown({"image/svg+xml": f"<svg><text x='1' y='2'>{text}</text></svg>"}),
        lambda text: shown({"application/json": {"name": text}}),
        lambda text: raised("ValueError", text),
    ],
)
def test_a_pattern_holds_in_every_kind_of_text(make: Any) -> None:
    found = compare(make("zebra-abc"), make("zebra-xyz"), RUN)
    assert (found.verdict, "pattern:run name" in found.normalised) == ("cosmetic", True)
    assert compare(make("zebra-abc"), make("lion-xyz"), RUN).verdict == "changed"
    assert compare(make("zebra-abc"), make("zebra-xyz")).verdict == "changed"


def test_a_pattern_sees_markup_as_it_is_written_and_as_it_is_read() -> None:
    written = Pattern("class", r'class="run-\w+"', "")
    pair = html('<p class="run-a">x <b>1</b></p>'), html("<p>x <b>1</b></p>")
    assert compare(*pair, written).verdict in ("same", "cosmetic")
    pair = html("<p>took <b>zebra</b>-a</p>"), html("<p>took <b>zebra</b>-b</p>")
    assert compare(*pair, RUN).verdict == "cosmetic"


def test_a_pattern_for_one_kind_of_output_leaves_the_others_alone() -> None:
    only = Pattern("p", r"zebra-\w+", only=frozenset({"stderr", "text/html"}))
    err = printed("zebra-a\n", "stderr"), printed("zebra-b\n", "stderr")
    assert compare(*err, only).verdict == "cosmetic"
    assert compare(html("<p>zebra-a</p>"), html("<p>zebra-b</p>"), only).verdict == "cosmetic"
    assert compare("zebra-a\n", "zebra-b\n", only).verdict == "changed"


def test_each_pattern_works_on_what_the_one_before_left_and_only_those_that_excused_something_are_named() -> (
    None
):
    date, line = Pattern("date", r"\d+-\d+-\d+", "DATE"), Pattern("line", r"on DATE at \w+", "then")
    found = compare("done on 2024-01-02 at noon\n", "done on 2023-11-12 at night\n", date, line, RUN)
    assert found.verdict == "cosmetic"
    assert found.normalised == ("pattern:date", "pattern:line")
    found = compare("on 2024-01-02 x zebra-a\n", "on 2024-01-02 x zebra-b\n", date, RUN)
    assert found.normalised == ("pattern:run name",)


def test_tolerances_asked_for_hold_for_short_floats_but_integers_stay_exact() -> None:
    assert compare("acc 0.41\n", "acc 0.42\n", asked_rel_tolerance=0.05).verdict == "cosmetic"
    assert compare("n 41\n", "n 42\n", asked_rel_tolerance=0.05).verdict == "changed"
    assert compare("x [5.0, 3.0]\n", "x [5.5, 3.0]\n", asked_abs_tolerance=0.5).verdict == "cosmetic"
    data = shown({"application/json": {"v": 0.41}}), shown({"application/json": {"v": 0.42}})
    assert compare(*data, asked_abs_tolerance=0.1).verdict == "cosmetic"


TEXTS = st.text(alphabet="ab1 -\n", max_size=30)
PATTERNS = st.lists(
    st.builds(
        Pattern,
        name=st.sampled_from(["p", "q"]),
        regex=st.sampled_from([r"a+", r"(a)(b)?", r"\d", r"[ab]1", r"b.*\n", r"X", r"a X", r"\s+", r"aX|b"]),
        replace=st.sampled_from([None, "", "X", r"X\g<0>", "aXb"]),
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, TEXTS)
def test_substitutions_are_those_of_re_and_every_place_is_found_again(
    patterns: list[Pattern], text: str
) -> None:
    left = left_by(patterns, text)
    expected = text
    for pattern in patterns:
        expected = re.sub(pattern.regex, pattern.replacement, expected)
    assert left.text == expected
    position = new_position = 0
    for stretch in left.stretches:
        assert text[position : stretch.start] == left.text[new_position : stretch.new_start]
        assert stretch.start >= position
        assert stretch.new_start >= new_position
        position, new_position = stretch.end, stretch.new_end
        if stretch.new_end > stretch.new_start:
            assert left.original(stretch.new_start, stretch.new_end) == (stretch.start, stretch.end)
    assert text[position:] == left.text[new_position:]


@settings(max_examples=200, deadline=None)
@given(PATTERNS, TEXTS, TEXTS)
def test_texts_of_which_the_same_is_left_never_differ(
    patterns: list[Pattern], saved: str, replayed: str
) -> None:
    if left_by(patterns, saved).text != left_by(patterns, replayed).text:
        return
    before, after = [Output.from_json(printed(saved))], [Output.from_json(printed(replayed))]
    context = CompareContext(settings=CompareSettings(patterns=tuple(patterns)))
    assert {found.verdict for found in compare_outputs(before, after, context)} <= {"same", "cosmetic"}


SANITIZE = """\
# what is volatile
[dates]
regex: \\d{1,2}/\\d{1,2}/\\d{2,4}
replace: DATE-STAMP

[addresses]
regex: (<\\w+ at )0x[0-9a-f]+(>)
replace: \\1ADDRESS\\2
regex: ^noise.*$
replace:
"""


def sanitized(folder: Path, text: str) -> tuple[Pattern, ...]:
    (folder / "s.cfg").write_text(text, encoding="utf-8")
    return layer_of({"sanitize-with": "s.cfg"}, "here", folder).settings.patterns


def test_a_sanitize_file_of_nbval_is_understood(tmp_path: Path) -> None:
    found = sanitized(tmp_path, SANITIZE)
    assert [(pattern.name, pattern.regex, pattern.replace) for pattern in found] == [
        ("dates", r"\d{1,2}/\d{1,2}/\d{2,4}", "DATE-STAMP"),
        ("addresses", r"(<\w+ at )0x[0-9a-f]+(>)", r"\1ADDRESS\2"),
        ("addresses-2", r"^noise.*$", ""),
    ]
    assert compare("1/2/23 <A at 0xaa>\n", "03/04/2025 <A at 0xbb>\n", *found).verdict == "cosmetic"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_the_line_ends_of_a_sanitize_file_are_no_part_of_its_expressions(
    tmp_path: Path, line_end: str
) -> None:
    (tmp_path / "s.cfg").write_bytes(SANITIZE.replace("\n", line_end).encode())
    regexes = [
        pattern.regex for pattern in layer_of({"sanitize-with": "s.cfg"}, "here", tmp_path).settings.patterns
    ]
    assert regexes == [r"\d{1,2}/\d{1,2}/\d{2,4}", r"(<\w+ at )0x[0-9a-f]+(>)", r"^noise.*$"]


def test_an_expression_of_a_sanitize_file_may_match_nothing_at_all_as_in_nbval(tmp_path: Path) -> None:
    (found,) = sanitized(tmp_path, "regex: x*\nreplace: \n")
    assert compare("axxb\n", "axb\n", found).verdict == "cosmetic"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("regex: (\nreplace: x\n", "s.cfg: line 1: regex '(' is no regular expression"),
        ("regex: a\nreplace: \\2\n", "s.cfg: line 1: replace '\\\\2' does not fit"),
        ("regex: a", "the last regex has no line 'replace: …' below it"),
        ("regex: a\n\nreplace: b\n", "line 2 must be 'replace: …'"),
        ("[a]\nexpression = x\n", "holds no line 'regex: …'"),
    ],
)
def test_a_sanitize_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        sanitized(tmp_path, text)
    assert says in caught.value.message


def test_sections_of_one_name_in_two_files_do_not_replace_each_other(tmp_path: Path) -> None:
    for name in ("a.cfg", "b.cfg"):
        (tmp_path / name).write_text(f"[regex1]\nregex: {name[0]}+\nreplace: X\n")
    far, near = (
        layer_of({"sanitize-with": [name]}, "here", tmp_path).settings for name in ("a.cfg", "b.cfg")
    )
    assert [pattern.regex for pattern in far.under(near).patterns] == ["a+", "b+"]
    assert len(far.under(far).patterns) == 1
