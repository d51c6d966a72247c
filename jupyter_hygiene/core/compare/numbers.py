"""Whether two printed numbers mean the same: equal, noise, or another number."""

from __future__ import annotations

import math

from .settings import CompareSettings

# Below this a float that stands alone is a constant of nature rather than what rounding left over.
_SMALLEST_RESIDUE = 1e-18
_LARGEST_RESIDUE = 1e-14
# With all its digits shown it is what a computation left, and no constant that somebody wrote down.
_ALL_DIGITS = 15
_RESIDUE_FACTOR = 10
_FEWEST_ROUNDED_PLACES = 4
_FEWEST_IN_ARRAYS = 3
# Where all values of an array are smaller they are constants, or all of them are noise.
_SMALLEST_SCALE = 1e-12


def value_of(text: str) -> float:
    """The value of a number as the tokeniser finds it; NaN if it is none."""
    try:
        return float(text.replace("_", "").replace("−", "-"))
    except ValueError:
        return math.nan


def is_integer_text(text: str) -> bool:
    """Whether the number is written without a point or an exponent."""
    return text.lstrip("+-−").replace("_", "").isdigit()


def _digits(text: str) -> str:
    return text.lstrip("+-−").replace("_", "")


def excused_by(
    saved: str,
    replayed: str,
    settings: CompareSettings,
    scale: float = 0.0,
    single_precision: bool = False,
) -> str | None:
    """The normaliser under which two different number texts mean the same, or None if they do not.

    Integers are exact. ``scale`` is the largest magnitude among the neighbours in the same array on either side.
    """
    first, second = value_of(saved), value_of(replayed)
    if is_integer_text(saved) or is_integer_text(replayed):
        # 3 and 3.0 are of different types, as a reader of a data frame knows; +3 and 3 are not.
        both = is_integer_text(saved) and is_integer_text(replayed)
        same = both and _digits(saved) == _digits(replayed) and first == second
        return "number-format" if same else None  # 007 is no number
    if first == second:
        return "number-format"
    if not (math.isfinite(first) and math.isfinite(second)):
        return None
    if _same_but_for_precision(saved, replayed, _FEWEST_IN_ARRAYS if scale > 0 else _FEWEST_ROUNDED_PLACES):
        return "number-format"  # printed under other options
    if settings.tolerates(first, second):
        return "float-tolerance"
    if first.is_integer() and second.is_integer():
        return None  # counts in a float column
    difference = abs(first - second)
    magnitude = max(abs(first), abs(second))
    share = settings.single_scale_tolerance if single_precision else settings.scale_tolerance
    if scale > _SMALLEST_SCALE and difference <= share * scale:
        return "float-tolerance"
    decimals = max(_decimals(saved), _decimals(replayed))
    if decimals <= 2 and not _has_exponent(saved) and not _has_exponent(replayed):
        return None  # amounts: a cent is a cent
    if difference <= settings.rel_tolerance * magnitude:
        return "float-tolerance"
    if _is_last_digit(saved, replayed, difference):
        return "float-tolerance"
    if _is_residue(first) and _is_residue(second):
        in_full = min(_significant(saved), _significant(replayed)) >= _ALL_DIGITS
        if difference <= settings.abs_tolerance * (_RESIDUE_FACTOR if in_full else 1):
            return "float-tolerance"
    return None


def complex_excused_by(
    saved: str, replayed: str, settings: CompareSettings, scale: float = 0.0
) -> str | None:
    """The same for two complex numbers: either part is held against the magnitude of the whole."""
    first, second = complex_value_of(saved), complex_value_of(replayed)
    if first == second:
        return "number-format"
    scale = max(scale, abs(first), abs(second))
    parts = (first.real, second.real), (first.imag, second.imag)
    if all(one == other or is_noise(one, other, settings, scale) for one, other in parts):
        return "float-tolerance"
    return None


def complex_value_of(text: str) -> complex:
    """The value of a complex number as it is printed; NaN if it is none."""
    try:
        return complex(text.replace(" ", ""))
    except ValueError:
        return complex(math.nan, math.nan)


def is_noise(saved: float, replayed: float, settings: CompareSettings, scale: float = 0.0) -> bool:
    """Whether two values that were stored with all their digits, not printed, differ by rounding noise alone."""
    difference = abs(saved - replayed)
    if not difference < math.inf:
        return False
    if saved.is_integer() and replayed.is_integer():
        return False
    if settings.tolerates(saved, replayed):
        return True
    if difference <= max(
        settings.rel_tolerance * max(abs(saved), abs(replayed)), settings.scale_tolerance * scale
    ):
        return True
    return difference <= settings.abs_tolerance and _is_residue(saved) and _is_residue(replayed)


def _is_residue(value: float) -> bool:
    return value == 0 or _SMALLEST_RESIDUE <= abs(value) <= _LARGEST_RESIDUE


def _has_exponent(text: str) -> bool:
    return "e" in text or "E" in text


def _mantissa(text: str) -> str:
    return text.lower().split("e", 1)[0].lstrip("+-−")


def _decimals(text: str) -> int:
    mantissa = _mantissa(text)
    return len(mantissa) - mantissa.index(".") - 1 if "." in mantissa else 0


def _significant(text: str) -> int:
    return len(_mantissa(text).replace(".", "").lstrip("0"))


def _is_last_digit(saved: str, replayed: str, difference: float) -> bool:
    """One unit in the last of six or more printed decimals: where rounding noise first shows."""
    if _has_exponent(saved) or _has_exponent(replayed):
        return False
    decimals = _decimals(saved)
    if decimals < 6 or decimals != _decimals(replayed):
        return False
    return min(_significant(saved), _significant(replayed)) >= 6 and difference < 1.5 * 10.0**-decimals


def _same_but_for_precision(saved: str, replayed: str, fewest: int) -> bool:
    if _has_exponent(saved) or _has_exponent(replayed):
        return False
    shorter, longer = sorted((saved, replayed), key=_decimals)
    places = _decimals(shorter)
    if places == _decimals(longer) or min(places, _significant(shorter)) < fewest:
        return False
    # Half a unit of the last place shown, and a little more: both may have been rounded.
    return abs(value_of(shorter) - value_of(longer)) <= 0.5000001 * 10.0**-places
