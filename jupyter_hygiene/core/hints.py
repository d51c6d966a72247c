"""What a user can do about an error that a replay ran into, and the notebook's own kernel perhaps did not.

A replay runs beside the user's kernel. What that kernel holds (a port, a lock, the GPU), the replay cannot have.
"""

from __future__ import annotations

import re

_HELD = (
    (
        r"address already in use|only one usage of each socket address|errno 98\b|errno 48\b|winerror 10048",
        "the port",
    ),
    (
        r"database is locked|could not set lock on file|unable to (?:synchronously )?(?:open|lock) file.{,200}lock"
        r"|resource temporarily unavailable.{,200}lock|conflicting lock|file is already open|lockfile|lock is held",
        "a lock on this file",
    ),
    (
        r"cuda out of memory|cuda error: out of memory|outofmemoryerror.{,200}cuda|cublas_status_alloc_failed"
        r"|mps backend out of memory|resource_exhausted|device or resource busy|all cuda-capable devices are busy",
        "the GPU or the device",
    ),
    (r"being used by another process|winerror 32\b|sharing violation", "this file"),
)


def hint_for(name: str, message: str) -> str | None:
    """Advice for an error of this type and message, or ``None``."""
    if name == "ModuleNotFoundError":
        missing = re.search(r"'([\w.]+)'", message)
        module = missing.group(1).split(".")[0] if missing else "The module"
        return f"{module} is not installed for this kernel. Install it there, or use a kernel that has it."
    text = f"{name} {message}".lower()
    for pattern, what in _HELD:
        if re.search(pattern, text):
            return (
                f"Your own kernel, or another program, may hold {what}. "
                "Shut down that kernel (or close what it holds) and verify again."
            )
    if name in ("Timeout", "LockTimeout") and "lock" in text:
        return (
            "Your own kernel, or another program, may hold a lock. "
            "Shut down that kernel (or close what it holds) and verify again."
        )
    return None
