"""Whether a picture that was drawn at another size shows the same thing.

Edges and letters then fall differently on the pixels. Both pictures are smoothed over little more than a pixel. In each
tile of about a dozen pixels they may be shifted against each other by up to one pixel, in steps of half a pixel, and no
channel may then differ by more than a limit. It lies between what another raster does and what another letter does:
low where the sizes differ by a pixel or two, higher where one picture has twice the resolution. Smoothed over a dozen
pixels, where a pale shape would show, they may hardly differ at all.
"""

from __future__ import annotations

from typing import Any

_SMOOTHING = 1.2  # in pixels
_WIDE_SMOOTHING = 6
_STEPS = 2  # either way, of half a pixel
_PIECE = 5  # a tile is 5 by 5 pieces of 5 by 5 half pixels
_LARGEST_REFINED = 1_500_000
_LARGEST = 6_000_000


def mask_of_difference(saved: Any, replayed: Any, limit: int, wide_limit: int) -> Any:
    """A mask as large as two RGB pictures of one size, in which the tiles that differ are white."""
    from PIL import Image, ImageChops, ImageFilter

    pixels = saved.width * saved.height
    refined = 2 if pixels <= _LARGEST_REFINED else 1
    size = saved.width * refined, saved.height * refined
    sides = [picture.resize(size, Image.Resampling.BICUBIC) for picture in (saved, replayed)]
    steps = 1 if pixels > _LARGEST else _STEPS
    masks = [
        _least_difference(sides[0].filter(smooth), sides[1].filter(smooth), most, steps)
        for smooth, most in (
            (ImageFilter.GaussianBlur(_SMOOTHING * refined), limit),
            (ImageFilter.BoxBlur(_WIDE_SMOOTHING * refined), wide_limit),
        )
    ]
    return ImageChops.lighter(*masks).resize(saved.size, Image.Resampling.NEAREST)


def _least_difference(saved: Any, replayed: Any, limit: int, steps: int) -> Any:
    """The tiles in which the pictures differ however they are shifted, one pixel for each tile."""
    from PIL import Image, ImageChops

    reach = range(-steps, steps + 1)
    best: Any = None
    for right, down in sorted(
        ((x, y) for x in reach for y in reach), key=lambda step: abs(step[0]) + abs(step[1])
    ):
        moved = Image.new("RGB", saved.size, (255, 255, 255))
        moved.paste(replayed, (right, down))
        red, green, blue = ImageChops.difference(saved, moved).split()
        off = _above(ImageChops.lighter(ImageChops.lighter(red, green), blue), limit)
        tiles = _above(_above(off.reduce(_PIECE), 0).reduce(_PIECE), 0)
        best = tiles if best is None else ImageChops.darker(best, tiles)
        if best.getbbox() is None:
            break
    return best


def _above(picture: Any, limit: int) -> Any:
    return picture.point([255 if value > limit else 0 for value in range(256)])
