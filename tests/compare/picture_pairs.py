"""Pairs of pictures and drawings with the verdict of an experienced reader."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image, ImageDraw

from .cases import Case, shown


def picture(
    points: list[tuple[int, int]],
    colour: str = "blue",
    label: str = "loss",
    size: tuple[int, int] = (300, 200),
    noise: int = 0,
    form: str = "PNG",
    **options: Any,
) -> str:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 280, 180), outline="black")
    draw.line(points, fill=colour, width=2)
    draw.text((120, 4), label, fill="black")
    if noise:
        pixels = image.load()
        assert pixels is not None
        for x in range(size[0]):
            for y in range(size[1]):
                step = (x * 7919 + y * 104729) % (2 * noise + 1) - noise
                pixels[x, y] = tuple(max(0, min(255, channel + step)) for channel in pixels[x, y])
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return base64.b64encode(buffer.getvalue()).decode()


LINE = [(20, 180), (100, 120), (180, 90), (280, 40)]
MOVED = [(20, 180), (100, 120), (180, 96), (280, 40)]
FIGURE = "<Figure size 300x200 with 1 Axes>"

IMAGES = [
    Case(
        "png_recompressed",
        "same",
        shown(png=picture(LINE), plain=FIGURE),
        shown(png=picture(LINE, compress_level=1), plain=FIGURE),
    ),
    Case("png_noise", "cosmetic", shown(png=picture(LINE)), shown(png=picture(LINE, noise=3))),
    Case("png_label_changed", "changed", shown(png=picture(LINE)), shown(png=picture(LINE, label="cost"))),
    Case(
        "png_one_letter",
        "changed",
        shown(png=picture(LINE, label="2023")),
        shown(png=picture(LINE, label="2024")),
    ),
    Case("png_point_moved", "changed", shown(png=picture(LINE)), shown(png=picture(MOVED))),
    Case(
        "png_colour_slightly_other",
        "changed",
        shown(png=picture(LINE, "#1f77b4")),
        shown(png=picture(LINE, "#ff7f0e")),
    ),
    Case("png_wider_by_one", "cosmetic", shown(png=picture(LINE)), shown(png=picture(LINE, size=(301, 200)))),
    Case(
        "png_wider_and_moved", "changed", shown(png=picture(LINE)), shown(png=picture(MOVED, size=(301, 200)))
    ),
    Case(
        "jpeg_quality",
        "cosmetic",
        shown(jpeg=picture(LINE, form="JPEG", quality=95)),
        shown(jpeg=picture(LINE, form="JPEG", quality=92)),
    ),
    Case("png_broken", "changed", shown(png="not base64!"), shown(png=picture(LINE))),
    Case("png_newline_in_base64", "same", shown(png=picture(LINE) + "\n"), shown(png=picture(LINE))),
    Case(
        "png_became_svg",
        "not_comparable",
        shown(png=picture(LINE), plain=FIGURE),
        shown(svg="<svg></svg>", plain=FIGURE),
    ),
    Case("png_gone", "changed", shown(png=picture(LINE), plain=FIGURE), shown(plain=FIGURE)),
    Case(
        "figure_repr_beside_same_png",
        "same",
        shown(png=picture(LINE), plain=FIGURE),
        shown(png=picture(LINE), plain="<Figure size 640x480 with 1 Axes>"),
    ),
]


def svg(path: str, extra: str = "", identifier: str = "p1a2b3c4d5") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><metadata><date>2024</date></metadata><clipPath id="{identifier}"><rect x="0" y="0" width="8" height="8"/></clipPath><path clip-path="url(#{identifier})" d="{path}"/>{extra}</svg>'


PATH = "M 0.5 1.0 L 10.5 2.25"
DRAWINGS = [
    Case("svg_ids", "same", shown(svg=svg(PATH)), shown(svg=svg(PATH, identifier="pf0e1d2c3b"))),
    Case("svg_number_format", "same", shown(svg=svg(PATH)), shown(svg=svg("M 0.50 1 L 10.5,2.250"))),
    Case("svg_point_moved", "changed", shown(svg=svg(PATH)), shown(svg=svg("M 0.5 1.0 L 10.5 2.75"))),
    Case(
        "svg_text",
        "changed",
        shown(svg=svg(PATH, "<text>2023</text>")),
        shown(svg=svg(PATH, "<text>2024</text>")),
    ),
    Case(
        "svg_colour",
        "changed",
        shown(svg=svg(PATH, '<rect style="fill: #1f77b4"/>')),
        shown(svg=svg(PATH, '<rect style="fill: #ff7f0e"/>')),
    ),
    Case(
        "svg_style_order",
        "same",
        shown(svg=svg(PATH, '<rect style="fill: red; stroke: blue"/>')),
        shown(svg=svg(PATH, '<rect style="stroke:blue;fill:red"/>')),
    ),
    Case("svg_shape_added", "changed", shown(svg=svg(PATH)), shown(svg=svg(PATH, "<circle r='3'/>"))),
]


ALL = [*IMAGES, *DRAWINGS]
