"""Which line of a cell raised, as IPython's traceback tells."""

from __future__ import annotations

import re

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# The outermost frame comes first, and is that of the cell. Its spelling changed with IPython 8 and 8.6.
_FRAME = re.compile(
    r"^[ \t]*(?:File )?(?:Cell In ?\[\d+\], line (\d+)"
    r"|Input In \[\d+\], in <cell line: (\d+)>"
    r"|<ipython-input-[^>\s]{1,80}>:(\d+)"
    r"|(<timed exec>):(\d+)"
    r"|(?:<ipython-input-[^>\s]{1,80}>|/\S{0,300}ipykernel_\S{1,300}\.py) in <module>)",
    re.MULTILINE,
)
_ARROW = re.compile(r"^-{2,}> (\d+) ", re.MULTILINE)
_MOST = 20_000  # characters that are looked at


def raised_line(traceback: str, source: str) -> int:
    """The line of a cell's source, from 1, in which it raised; 0 if that is not told."""
    text = _COLOURS.sub("", traceback[:_MOST])
    is_timed = re.match(r"\s*%%time\b", source) is not None
    if source.lstrip().startswith("%%") and not is_timed:
        return 0  # what its lines are, the magic knows
    for frame in _FRAME.finditer(text):
        if is_timed:
            if frame[4]:
                return int(frame[5]) + 1
            continue
        if line := frame[1] or frame[2] or frame[3]:
            return int(line)
        if frame[4] is None and (arrow := _ARROW.search(text, frame.end())):
            return int(arrow[1])
    return 0
