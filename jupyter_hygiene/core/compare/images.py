"""Comparing pictures by their pixels, and drawing where they differ.

A pixel is *off* if a channel differs by more than ``pixel_tolerance``; a place is off if the mean of the 5 by 5
pixels around it differs by more than ``area_tolerance``, which noise does not manage and a faint shape does. One that
is off makes the picture changed, with three exceptions: lossy formats get more room; a picture that is one or two
pixels larger is laid over the other and may then be off by a pixel; and so may one whose edges differ nearly
everywhere, because it was rendered anew.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from typing import Any

from ..report import ImageDifference, OutputVerdict
from .outcome import SAME, Outcome, excuse
from .resized import mask_of_difference
from .settings import CompareSettings

_MOST_PIXELS = 40_000_000
_LONGEST_SIDE_DRAWN = 1_600
_MOST_FRAMES = 60
_LOSSY = frozenset({"JPEG", "MPO", "WEBP"})
_SLIGHT_RESIZE = 2
# Of the tolerances, after smoothing: between what another raster does and what another letter does.
_RESIZED_SHARE = 0.52
_SCALED_SHARE = 0.79
_WIDE_SHARE = 2.7
_MOST_PLACES = 0.7  # of the places where something is drawn


def compare_images(saved: str, replayed: str, settings: CompareSettings) -> Outcome:
    """Compare two pictures in base64."""
    if "".join(saved.split()) == "".join(replayed.split()):
        return SAME
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _compare_decoded(_opened(saved), _opened(replayed), settings)
    except ImportError:
        reason = "there is no Pillow to decode it"
    except (ValueError, OSError, SyntaxError, EOFError, MemoryError, OverflowError, binascii.Error) as error:
        reason = f"it cannot be decoded ({type(error).__name__})"
    except Exception as error:  # Pillow's decoders raise what they like on broken files
        reason = f"it cannot be decoded ({type(error).__name__})"
    return Outcome("changed", f"the picture's bytes differ; {reason}")


def _opened(data: str) -> Any:
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode("".join(data.split()), validate=True)))
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError("too large")
    return image


def _compare_decoded(saved: Any, replayed: Any, settings: CompareSettings) -> Outcome:
    frames = _frames(saved), _frames(replayed)
    sizes = (saved.size, replayed.size)
    lossy = saved.format in _LOSSY or replayed.format in _LOSSY
    if frames[0] != frames[1]:
        return Outcome(
            "changed",
            f"the animation has {frames[1]} frames in place of {frames[0]}",
            difference=ImageDifference(None, 1.0, *sizes),
        )
    noisy = False
    for index in range(min(frames[0], _MOST_FRAMES)):
        if index:
            saved.seek(index)
            replayed.seek(index)
        outcome = _compare_frame(_on_white(saved), _on_white(replayed), lossy, settings)
        if outcome.verdict == "same" and _opacity(saved) != _opacity(replayed):
            name = "image-noise"  # a transparent background is seen on a dark page
            allowed = settings.allows(name)
            outcome = Outcome(
                "cosmetic" if allowed else "changed", excuse({name}), frozenset({name} if allowed else ())
            )
        if outcome.verdict == "changed":
            return outcome
        noisy = noisy or outcome.verdict == "cosmetic"
        cosmetic = outcome if outcome.verdict == "cosmetic" else None
        if frames[0] == 1 and cosmetic:
            return cosmetic
    return Outcome("cosmetic", excuse({"image-noise"}), frozenset({"image-noise"})) if noisy else SAME


def _frames(image: Any) -> int:
    count = getattr(image, "n_frames", 1)
    return count if isinstance(count, int) else 1


def _on_white(image: Any) -> Any:
    """What is seen of the picture: transparency laid over white."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _opacity(image: Any) -> bytes:
    """How much each pixel covers what is below it; nothing if all cover it."""
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return b""
    alpha = image.convert("RGBA").getchannel("A")
    return b"" if alpha.getextrema() == (255, 255) else bytes(alpha.tobytes())


def _compare_frame(saved: Any, replayed: Any, lossy: bool, settings: CompareSettings) -> Outcome:
    sizes = saved.size, replayed.size
    if saved.size == replayed.size:
        if saved.tobytes() == replayed.tobytes():
            return SAME
        return _judge(saved, replayed, 1.0 if not lossy else 2.0, sizes, settings, "image-noise")
    gaps = abs(saved.width - replayed.width), abs(saved.height - replayed.height)
    if max(gaps) <= _SLIGHT_RESIZE:
        found = [_judge(*pair, 1.0, sizes, settings, "image-size") for pair in _overlays(saved, replayed)]
        return min(found, key=lambda outcome: (outcome.verdict != "cosmetic", _fraction(outcome)))
    ratios = saved.width / replayed.width, saved.height / replayed.height
    if abs(ratios[0] - ratios[1]) < 0.02 * max(ratios):
        larger, smaller = (saved, replayed) if saved.width > replayed.width else (replayed, saved)
        from PIL import Image

        shrunk = larger.resize(smaller.size, Image.Resampling.LANCZOS)
        pair = (shrunk, smaller) if larger is saved else (smaller, shrunk)
        return _judge(*pair, 2.0, sizes, settings, "image-size")
    return _judge(*_overlays(saved, replayed)[0], 1.0, sizes, settings, "")


def _fraction(outcome: Outcome) -> float:
    return outcome.difference.fraction if isinstance(outcome.difference, ImageDifference) else 0.0


def _overlays(saved: Any, replayed: Any) -> list[tuple[Any, Any]]:
    """Both pictures on white sheets of one size, by the upper left, the lower right, and stretched."""
    from PIL import Image

    size = max(saved.width, replayed.width), max(saved.height, replayed.height)

    def sheet(image: Any, at_end: bool) -> Any:
        white = Image.new("RGB", size, (255, 255, 255))
        white.paste(image, (size[0] - image.width, size[1] - image.height) if at_end else (0, 0))
        return white

    pairs = [(sheet(saved, end), sheet(replayed, end)) for end in (False, True)]
    return [*pairs, (saved, replayed.resize(saved.size, Image.Resampling.BICUBIC))]


def _judge(
    saved: Any,
    replayed: Any,
    room: float,
    sizes: tuple[tuple[int, int], tuple[int, int]],
    settings: CompareSettings,
    excuse_name: str,
) -> Outcome:
    from PIL import Image, ImageChops

    difference = ImageChops.difference(saved, replayed)
    box = difference.getbbox()
    if box is None:
        excuses = frozenset({excuse_name}) if excuse_name and settings.allows(excuse_name) else frozenset()
        verdict: OutputVerdict = "cosmetic" if excuses else "changed"
        return Outcome(verdict, excuse(excuses), excuses, ImageDifference(None, 0.0, *sizes))
    total = saved.width * saved.height
    # Beyond this box all is equal; the margin is what the blur reaches.
    box = (
        max(0, box[0] - 4),
        max(0, box[1] - 4),
        min(saved.width, box[2] + 4),
        min(saved.height, box[3] + 4),
    )
    difference, before, after = difference.crop(box), saved.crop(box), replayed.crop(box)
    off = _any_channel(difference, settings.pixel_tolerance * room)
    areas = _far_off(before, after, 2, settings.area_tolerance * room)
    mask = ImageChops.lighter(off, areas)
    if mask.getbbox() is not None and excuse_name:
        # Rendered anew, edges fall differently on the pixels, by less than one and all over the picture.
        if excuse_name == "image-size":
            share = _SCALED_SHARE if room > 1 else _RESIZED_SHARE
            limits = round(settings.pixel_tolerance * share), round(settings.area_tolerance * _WIDE_SHARE)
            strays = mask_of_difference(before, after, *limits)
        else:
            strays = _strays(before, after, settings.pixel_tolerance * room)
            strays = ImageChops.lighter(strays, _far_off(before, after, 6, settings.area_tolerance * room))
        if strays.getbbox() is None and (excuse_name == "image-size" or _is_everywhere(saved, replayed)):
            mask = strays
    if mask.getbbox() is None and excuse_name and settings.allows(excuse_name):
        fraction = _any_channel(difference, 0).histogram()[255] / total
        noise = ImageDifference(None, round(fraction, 6), *sizes)
        return Outcome("cosmetic", excuse({excuse_name}), frozenset({excuse_name}), noise)
    drawn = ImageChops.lighter(mask, _any_channel(difference, settings.area_tolerance))
    share = drawn.histogram()[255] / total
    whole = Image.new("L", saved.size)
    whole.paste(drawn, box[:2])
    picture = _drawn(replayed, whole)
    summary = f"the figure differs in {_percent(share)} of its pixels"
    if sizes[0] != sizes[1]:
        summary += f", and in size: {sizes[0][0]}×{sizes[0][1]} → {sizes[1][0]}×{sizes[1][1]}"
    return Outcome("changed", summary, difference=ImageDifference(picture, round(share, 6), *sizes))


def _far_off(saved: Any, replayed: Any, radius: int, limit: float) -> Any:
    """A mask of the places where the mean of the pixels around is off, which noise of either sign is not."""
    from PIL import Image, ImageChops, ImageFilter

    mean = ImageChops.subtract(saved, replayed, scale=2, offset=128).filter(ImageFilter.BoxBlur(radius))
    middle = Image.new("RGB", mean.size, (128, 128, 128))
    return _any_channel(ImageChops.difference(mean, middle), limit / 2)


def _strays(saved: Any, replayed: Any, limit: float) -> Any:
    """A mask of the pixels of either picture that have no like among the nine around their place in the other."""
    from PIL import ImageChops, ImageFilter

    masks = []
    for picture, other in ((saved, replayed), (replayed, saved)):
        above = ImageChops.subtract(picture, other.filter(ImageFilter.MaxFilter(3)))
        below = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), picture)
        masks.append(_any_channel(ImageChops.lighter(above, below), limit))
    return ImageChops.lighter(*masks)


def _is_everywhere(saved: Any, replayed: Any) -> bool:
    """Whether the pictures differ in most of the places where anything is drawn, not just along one shape."""
    from PIL import ImageChops, ImageFilter

    grid = max(1, max(saved.size) // 24)
    drawn = _any_channel(saved.filter(ImageFilter.FIND_EDGES), 40).reduce(grid).point([0] + [255] * 255)
    differing = _any_channel(ImageChops.difference(saved, replayed), 4).reduce(grid).point([0] + [255] * 255)
    both = ImageChops.darker(drawn, differing).histogram()[255]
    return bool(both >= _MOST_PLACES * max(1, drawn.histogram()[255]))


def _any_channel(difference: Any, limit: float) -> Any:
    """A mask of the pixels of which any channel is above the limit."""
    from PIL import ImageChops

    threshold = [255 if value > limit else 0 for value in range(256)]
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(threshold)


def _percent(share: float) -> str:
    if share >= 0.995:
        return "nearly all" if share < 1 else "all"
    if share < 0.0001:
        return "less than 0.01%"
    return f"{share * 100:.2g}%"


def _drawn(image: Any, mask: Any) -> str:
    """The picture, pale and grey, with what differs in a strong colour; a PNG in base64 of bounded size."""
    from PIL import Image, ImageFilter

    factor = -(-max(image.size) // _LONGEST_SIDE_DRAWN)
    if factor > 1:
        image, mask = image.reduce(factor), mask.reduce(factor).point([0] + [255] * 255)
    pale = Image.blend(image.convert("L").convert("RGB"), Image.new("RGB", image.size, (255, 255, 255)), 0.6)
    pale.paste((255, 128, 0), (0, 0), mask.filter(ImageFilter.MaxFilter(3)))
    pale.paste((208, 0, 64), (0, 0), mask)
    buffer = io.BytesIO()
    pale.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode("ascii")
