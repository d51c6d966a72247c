"""All settings of a notebook merged: defaults, ``pyproject.toml``, notebook, cell, and the request on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..listing import listed
from ..notebook import Cell, Notebook
from ..own_patterns import notes_on_costly
from .layers import PROJECT_FILE, Layer, cell_layer, notebook_layer, pyproject_layer
from .marks import SKIPPING_TAG, Treatment, treatment_of
from .model import Settings

if TYPE_CHECKING:
    from ..compare import CompareSettings

# What a report says elsewhere, or what has nothing to do with comparing.
_SAID_ELSEWHERE = frozenset(
    {"repeat", "scratch", "keep-going", "timeout", "cell-timeout", "kernel"}
    | {"select", "extend-select", "ignore", "max-statements", "max-cells", "max-output"}
)
_COUNTED = {"patterns": ("own pattern", "own patterns")}


@dataclass(frozen=True)
class Configuration:
    """What is set for a notebook, and for those of its cells (by index) that have settings of their own."""

    settings: Settings = field(default_factory=Settings)
    by_cell: Mapping[int, Settings] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def of(self, cell: Cell) -> Settings:
        """The settings that hold for a cell."""
        return self.by_cell.get(cell.index, self.settings)

    def treatment(self, cell: Cell) -> Treatment:
        """Whether a cell is run, may raise, and is compared."""
        found = treatment_of(cell.source, cell.tags, self.of(cell))
        return found if cell.index in self.by_cell else replace(found, time_limit=None)

    def tagged(self, notebook: Notebook) -> Notebook:
        """The notebook with each cell that is not run tagged so, for whoever knows its marks but not the settings."""
        cells = tuple(
            replace(cell, tags=cell.tags | {SKIPPING_TAG}) if self.treatment(cell).skipped else cell
            for cell in notebook.cells
        )
        return replace(notebook, cells=cells)

    def comparison(self, cell: Cell) -> CompareSettings:
        """How the outputs of a cell are compared."""
        return _comparison(self.of(cell))

    def afterthoughts(self) -> list[str]:
        """What there is to note of the settings only after outputs were compared by them."""
        return notes_on_costly(
            pattern for settings in (self.settings, *self.by_cell.values()) for pattern in settings.patterns
        )


def configure(
    notebook: Notebook, folder: Path | None, request: Layer | None = None, root: Path | None = None
) -> Configuration:
    """Merge what is set for a notebook, wherever it is set.

    Args:
        folder: the notebook's, if it is on this machine.
        request: what was asked for on the command line or in JupyterLab; comes before everything else.
        root: what a server serves: settings are not looked for above it.

    Raises:
        InvalidSettings: something is set that cannot be. The message says where, what, and what would be right.
    """
    layers = [
        pyproject_layer(folder, root) if folder is not None else None,
        notebook_layer(notebook, folder, root),
    ]
    below = [layer for layer in layers if layer is not None]
    base = Settings()
    for layer in below:
        base = base.under(layer.settings)
    top = request.settings if request is not None else Settings()
    cells = {cell.index: cell_layer(cell) for cell in notebook.code_cells}
    own = {index: layer for index, layer in cells.items() if layer is not None and layer.given}
    return Configuration(
        base.under(top),
        {index: base.under(layer.settings).under(top) for index, layer in own.items()},
        tuple(_notes([*below, *([request] if request is not None else [])], sorted(own))),
    )


def _comparison(settings: Settings) -> CompareSettings:
    from ..compare import CompareSettings  # the rules of comparison are slow to read in

    default = CompareSettings()

    def chosen(value: Any, otherwise: Any) -> Any:
        return otherwise if value is None else value

    relative = chosen(settings.rel_tolerance, default.rel_tolerance)
    absolute = chosen(settings.abs_tolerance, default.abs_tolerance)
    return CompareSettings(
        rel_tolerance=relative,
        scale_tolerance=chosen(settings.array_tolerance, default.scale_tolerance),
        single_scale_tolerance=chosen(settings.array_tolerance, default.single_scale_tolerance),
        abs_tolerance=absolute,
        pixel_tolerance=chosen(settings.pixel_tolerance, default.pixel_tolerance),
        area_tolerance=chosen(settings.area_tolerance, default.area_tolerance),
        coordinate_tolerance=chosen(settings.coordinate_tolerance, default.coordinate_tolerance),
        disabled=settings.off,
        # A tolerance narrower than ours holds through ours; only a wider one extends to what we hold to be exact.
        asked_rel_tolerance=relative if relative > default.rel_tolerance else 0.0,
        asked_abs_tolerance=absolute if absolute > default.abs_tolerance else 0.0,
        patterns=settings.patterns,
    )


def _notes(layers: Sequence[Layer], cells: Sequence[int]) -> Iterator[str]:
    """What a reader of the report should know of the settings in force."""
    outdone: set[str] = set()
    sentences = []
    for layer in reversed(layers):
        parts = [
            part for key, value in layer.given.items() if key not in outdone and (part := _said(key, value))
        ]
        outdone |= {key for key in layer.given if not isinstance(layer.given[key], list)}
        if parts:
            sentences.append(f"Compared with settings of {layer.place}: {'; '.join(parts)}.")
        elif layer.given and layer.place.endswith(PROJECT_FILE):
            # It may lie where nobody thinks of.
            sentences.append(f"Settings of {layer.place} hold too.")
    yield from reversed(sentences)
    if cells:
        which = listed([index + 1 for index in cells])
        if len(cells) == 1:
            yield f"Cell {which} (counted from the top) has settings of its own."
        else:
            yield f"Cells {which} (counted from the top) have settings of their own."


def _said(key: str, value: Any) -> str:
    if key in _SAID_ELSEWHERE or value in ([], "", None) or (key, value) == ("compare", "all"):
        return ""
    if key in _COUNTED:
        count = len(value)
        return f"{count} {_COUNTED[key][count > 1]}"
    if isinstance(value, list):
        return f"{key} {', '.join(str(item) for item in value)}"
    return f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}"
