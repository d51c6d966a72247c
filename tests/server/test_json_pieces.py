"""JSON in pieces, written and read, is the JSON that it would be at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_hygiene.core import json_reading
from jupyter_hygiene.core.json_reading import parse_json
from jupyter_hygiene.server.json_pieces import json_pieces


def _json(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | numbers | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=40,
    )


JSON = _json(st.floats(allow_nan=False))
STRICT_JSON = _json(st.floats(allow_nan=False, allow_infinity=False))


@given(JSON)
def test_the_pieces_make_the_same_text(value: Any) -> None:
    assert "".join(json_pieces(value)) == json.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        list(range(50_001)),
        [{"a": [number]} for number in range(450)],
        [[[[[[[[[[[[[[1]]]]]]]]]]]]]],
        {"y": [0.5] * 20_000, "z": []},
        [1] * 150 + [{"a": 1}],
    ],
)
def test_long_and_deep_values_are_whole(value: Any) -> None:
    assert json.loads("".join(json_pieces(value))) == value


def test_a_long_list_is_not_encoded_at_once() -> None:
    assert max(len(piece) for piece in json_pieces({"data": [0.123456789] * 500_000})) < 1_000_000


@pytest.fixture
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """All is read in pieces, and the pieces are tiny."""
    monkeypatch.setattr(json_reading, "_SMALL", 0)
    monkeypatch.setattr(json_reading, "_TRIED", (3, 12))
    monkeypatch.setattr(json_reading, "_ONE_BY_ONE", 3)
    monkeypatch.setattr(json_reading, "_DECODED_AT_ONCE", 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    STRICT_JSON,
    st.sampled_from([None, 0, 1]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-16", "utf-32-be"]),
)
def test_what_is_read_in_pieces_is_what_was_written(
    nothing_is_small: None, value: Any, indent: int | None, ascii_only: bool, encoding: str
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert parse_json(text.encode(encoding, "surrogatepass")) == json.loads(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STRICT_JSON, st.integers(min_value=0), st.sampled_from(["", ",", "]", "}", '"', "1", ":", "x"]))
def test_what_is_no_json_is_refused_in_pieces_too(
    nothing_is_small: None, value: Any, place: int, put: str
) -> None:
    text = json.dumps(value)
    place %= len(text)
    damaged = text[:place] + put + text[place + 1 :]
    try:
        expected = json.loads(damaged)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 (whatever the words)
            parse_json(damaged.encode("utf-8"))
    else:
        assert parse_json(damaged.encode("utf-8")) == expected


@pytest.mark.parametrize("text", ['[1, "a", NaN]', "[Infinity]", '{"a": -Infinity}'])
def test_what_only_python_takes_for_json_is_refused(nothing_is_small: None, text: str) -> None:
    with pytest.raises(ValueError, match="no JSON"):
        parse_json(text.encode())


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_what_is_nested_without_end_is_refused(opening: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        parse_json((opening * 500_000).encode())


def test_megabytes_are_read_as_they_were_written() -> None:
    value = {
        "numbers": [number / 7 for number in range(200_000)],
        "lines": [f'print("{number}"),\n' for number in range(50_000)],
        "objects": [{"a": [number], "b": {"c": "},]"}} for number in range(20_000)],
        "text": "é\N{GRINNING FACE}" * 100_000,
    }
    assert parse_json(json.dumps(value).encode()) == value
