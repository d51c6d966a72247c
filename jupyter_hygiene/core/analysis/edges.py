"""Who feeds whom, by which name, as the document stands."""

from __future__ import annotations

from .comparison import Picture
from .model import Edge


def edges_of(seen: Picture) -> tuple[Edge, ...]:
    """An edge for each name that a cell takes from the cell that would last have changed it."""
    cells = seen.cells
    found = []
    for position, record in enumerate(seen.clean.records):
        for name, changer in record.sources():
            if changer >= 0 and changer != position and name[0] != "@":
                found.append(Edge(cells[changer].id, cells[position].id, name))
    return tuple(dict.fromkeys(found))
