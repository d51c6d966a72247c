"""Whether a kernel's process computes: how much time its processors have spent on it."""

from __future__ import annotations

import contextlib

import psutil


def computing_time(process_id: int) -> float | None:
    """Seconds that processors have spent on a process and all that it started; ``None`` if that cannot be told."""
    try:
        process = psutil.Process(process_id)
        total = sum(process.cpu_times()[:4])  # its own and, where the system tells, that of ended children
        descendants = process.children(recursive=True)
    except (psutil.Error, OSError):
        return None
    for descendant in descendants:
        with contextlib.suppress(psutil.Error, OSError):  # it has ended meanwhile
            total += sum(descendant.cpu_times()[:2])
    return total
