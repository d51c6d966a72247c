"""One change in an output made here is seen, whatever kind it is; what is volatile alone is not taken for one."""

from __future__ import annotations

import base64
import json
import random
import re
import struct
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .cases import Raw, kind, raised, result, shown, stdout
from .html_pairs import table
from .test_samples import judged

QUICK = settings(max_examples=60, deadline=None)
SEEDS = st.integers(0, 10_000)


def verdicts(saved: Raw, replayed: Raw, **context: Any) -> tuple[str, str]:
    return judged(saved, replayed, **context)[0], judged(replayed, saved, **context)[0]


def other_digit(rng: random.Random, number: str) -> str:
    """A number with one of its first three significant digits replaced."""
    places = [place for place, character in enumerate(number) if character.isdigit()]
    significant = [place for place in places if number[: place + 1].strip("-0.")] or places
    place = rng.choice(significant[:3])
    digit = rng.choice([digit for digit in "123456789" if digit != number[place]])
    return number[:place] + digit + number[place + 1 :]


def change_one(rng: random.Random, text: str) -> str:
    """A text with one digit of one of its numbers replaced, where that is no part of what is volatile."""
    found = list(re.finditer(r"(?<![\w.:])\d+(?:\.\d+)?(?![\w.:])", text))
    match = rng.choice(found)
    return text[: match.start()] + other_digit(rng, match.group()) + text[match.end() :]


def log(rng: random.Random, volatile: random.Random) -> str:
    """A training log: what counts comes from one generator, what is volatile from the other."""
    lines = [
        f"/tmp/tmp{volatile.getrandbits(32):08x}/run.py:{volatile.randrange(9, 99)}: UserWarning: few samples"
    ]
    for epoch in range(1, 4):
        loss = rng.random() + 0.1
        lines.append(f"epoch {epoch}: loss {loss:.4f}, {volatile.randrange(5, 50)} ms/step")
    lines.append(f"<__main__.Net object at 0x7f{volatile.getrandbits(40):010x}>")
    lines.append(f"accuracy {rng.random():.3f} of {rng.randrange(100, 999)} rows")
    lines.append(f"Wall time: {volatile.random() * 9 + 0.1:.2f} s")
    return "\n".join(lines) + "\n"


def array(rng: random.Random, width: int) -> str:
    """An array of floats, so many in a line."""
    values = [f"{rng.uniform(-5, 5):.8f}" for _ in range(12)]
    rows = [", ".join(values[start : start + width]) for start in range(0, len(values), width)]
    return "array([" + ",\n       ".join(rows) + "])"


def frame(rng: random.Random) -> list[list[Any]]:
    return [[row, rng.randrange(10, 999), f"{rng.uniform(1, 9):.6f}", rng.choice("uvw")] for row in range(4)]


def figure(rng: random.Random) -> dict[str, Any]:
    return {
        "data": [
            {"type": "bar", "name": rng.choice("ab"), "y": [round(rng.uniform(1, 9), 4) for _ in range(5)]}
        ],
        "layout": {"title": {"text": "t"}, "width": rng.randrange(300, 900)},
    }


def drawing(rng: random.Random, name: str) -> str:
    points = " L ".join(f"{rng.uniform(20, 300):.3f} {rng.uniform(20, 200):.3f}" for _ in range(6))
    return (
        f'<svg width="320pt"><clipPath id="{name}"><rect x="0"/></clipPath>'
        f'<g clip-path="url(#{name})"><path d="M {points}" style="stroke: #1f77b4"/></g><text>loss</text></svg>'
    )


@QUICK
@given(SEEDS)
def test_one_digit_of_a_log_is_seen_among_all_that_is_volatile(seed: int) -> None:
    saved, replayed = (log(random.Random(seed), random.Random(seed + side)) for side in (1, 2))
    assert verdicts(stdout(saved), stdout(replayed)) == ("cosmetic", "cosmetic")
    at = replayed.index("epoch 1")
    changed = replayed[:at] + change_one(random.Random(seed), replayed[at:])
    if re.sub(r"\d+ ms|: [\d.]+ s", "", changed) != re.sub(r"\d+ ms|: [\d.]+ s", "", replayed):
        assert verdicts(stdout(saved), stdout(changed)) == ("changed", "changed")


@QUICK
@given(SEEDS, st.sampled_from([2, 3, 4, 6]), st.sampled_from([2, 3, 4, 6]))
def test_one_digit_of_an_array_is_seen_however_it_is_wrapped(seed: int, first: int, second: int) -> None:
    saved, replayed = array(random.Random(seed), first), array(random.Random(seed), second)
    expected = "same" if first == second else "cosmetic"
    assert verdicts(result(saved), result(replayed)) == (expected, expected)
    assert verdicts(result(saved), result(change_one(random.Random(seed), replayed))) == (
        "changed",
        "changed",
    )


@QUICK
@given(SEEDS, st.sampled_from(["digit", "swap", "drop", "rename"]))
def test_one_change_in_a_table_is_seen(seed: int, what: str) -> None:
    rng = random.Random(seed)
    head, rows = ["", "n", "x", "k"], frame(rng)
    other, new_head = [list(row) for row in rows], list(head)
    if what == "digit":
        row, column = rng.randrange(4), rng.choice([1, 2])
        other[row][column] = other_digit(rng, str(other[row][column]))
    elif what == "swap":
        other[0], other[3] = other[3], other[0]
    elif what == "drop":
        del other[rng.randrange(4)]
    else:
        new_head[rng.randrange(1, 4)] = "z"
    saved, replayed = shown(html=table(head, *rows)), shown(html=table(new_head, *other))
    assert verdicts(saved, saved) == ("same", "same")
    assert verdicts(saved, replayed) == ("changed", "changed")


@QUICK
@given(SEEDS)
def test_one_value_of_a_figure_is_seen_and_noise_is_not(seed: int) -> None:
    rng, mime = random.Random(seed), "application/vnd.plotly.v1+json"
    saved = figure(rng)
    noisy, changed = json.loads(json.dumps(saved)), json.loads(json.dumps(saved))
    place = rng.randrange(5)
    noisy["data"][0]["y"][place] *= 1 + 1e-12
    noisy["data"][0]["uid"] = "a1"
    changed["data"][0]["y"][place] = float(other_digit(rng, str(saved["data"][0]["y"][place])))
    assert verdicts(kind(mime, saved), kind(mime, noisy)) == ("cosmetic", "cosmetic")
    assert verdicts(kind(mime, saved), kind(mime, changed)) == ("changed", "changed")


@QUICK
@given(SEEDS)
def test_a_packed_array_is_the_list_that_it_packs(seed: int) -> None:
    mime = "application/vnd.plotly.v1+json"
    values = [random.Random(seed).uniform(-9, 9) for _ in range(4)]

    def packed(numbers: list[float]) -> dict[str, str]:
        return {"dtype": "f8", "bdata": base64.b64encode(struct.pack("<4d", *numbers)).decode()}

    saved = kind(mime, {"data": [{"y": values}]})
    assert verdicts(saved, kind(mime, {"data": [{"y": packed(values)}]})) == ("same", "same")
    moved = [*values[:3], values[3] + 0.01]
    assert verdicts(saved, kind(mime, {"data": [{"y": packed(moved)}]})) == ("changed", "changed")


@QUICK
@given(SEEDS)
def test_a_point_of_a_drawing_is_seen_and_its_ids_are_not(seed: int) -> None:
    saved, renamed = drawing(random.Random(seed), "p1a2b"), drawing(random.Random(seed), "pz9y8")
    assert verdicts(shown(svg=saved), shown(svg=renamed)) == ("same", "same")
    at = renamed.index("M ") + 2
    moved = renamed[:at] + change_one(random.Random(seed), renamed[at:])
    assert verdicts(shown(svg=saved), shown(svg=moved)) == ("changed", "changed")


@QUICK
@given(SEEDS, st.sampled_from(["digit", "word", "type"]))
def test_one_change_in_an_error_is_seen_and_an_address_is_not(seed: int, what: str) -> None:
    rng = random.Random(seed)
    message = f"cannot fit {rng.randrange(10, 999)} rows into shape ({rng.randrange(2, 9)}, 4)"
    saved = raised("ValueError", f"{message} of <Net at 0x7f{rng.getrandbits(40):010x}>")
    tail = f" of <Net at 0x7f{rng.getrandbits(40):010x}>"
    assert verdicts(saved, raised("ValueError", message + tail)) == ("cosmetic", "cosmetic")
    changes: dict[str, Callable[[], Raw]] = {
        "digit": lambda: raised("ValueError", change_one(rng, message) + tail),
        "word": lambda: raised("ValueError", message.replace("fit", "put") + tail),
        "type": lambda: raised("TypeError", message + tail),
    }
    assert verdicts(saved, changes[what]()) == ("changed", "changed")
