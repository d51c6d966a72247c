"""The keys of the settings: how each is spelled, what reads it, and where it may stand."""

from __future__ import annotations

from dataclasses import dataclass

from . import values

ANYWHERE = ("notebook", "cell")
NOTEBOOK = ("notebook",)
CELL = ("cell",)


@dataclass(frozen=True)
class Key:
    """One key. ``scopes``: whether it may be set for a whole notebook, for a cell, or for both."""

    name: str
    read: values.Reader
    scopes: tuple[str, ...] = ANYWHERE

    @property
    def field(self) -> str:
        """The field of ``Settings`` that holds it."""
        return self.name.replace("-", "_")


# Files of patterns, whose content joins ``patterns``.
SANITIZE_WITH = Key("sanitize-with", values.texts, NOTEBOOK)

_ALL = (
    Key("rel-tolerance", values.number(0, 1)),
    Key("abs-tolerance", values.number(0)),
    Key("array-tolerance", values.number(0, 1)),
    Key("pixel-tolerance", values.whole(0, 255)),
    Key("area-tolerance", values.whole(0, 255)),
    Key("coordinate-tolerance", values.number(0)),
    Key("off", values.normalisers),
    Key("patterns", values.patterns),
    SANITIZE_WITH,
    Key("compare", values.choice("all", "marked"), NOTEBOOK),
    Key("ignore-tags", values.tags, NOTEBOOK),
    Key("skip-tags", values.tags, NOTEBOOK),
    Key("repeat", values.whole(1, 10), NOTEBOOK),
    Key("timeout", values.number(0, 1e9), NOTEBOOK),
    Key("cell-timeout", values.number(0, 1e9)),
    Key("keep-going", values.flag, NOTEBOOK),
    Key("scratch", values.flag, NOTEBOOK),
    Key("kernel", values.text, NOTEBOOK),
    Key("ignore-output", values.flag, CELL),
    Key("skip", values.flag, CELL),
    Key("raises-exception", values.flag, CELL),
    Key("select", values.rules_in_order, NOTEBOOK),
    Key("extend-select", values.rules, NOTEBOOK),
    Key("ignore", values.rules),
    Key("max-statements", values.whole(1, 1_000_000), NOTEBOOK),
    Key("max-cells", values.whole(1, 1_000_000), NOTEBOOK),
    Key("max-output", values.number(0, 1e6), NOTEBOOK),
)
KEYS = {key.name: key for key in _ALL}
