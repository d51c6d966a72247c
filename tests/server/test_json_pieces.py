"""JSON in pieces is the JSON that it would be at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_hygiene.server.json_pieces import json_pieces

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


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
