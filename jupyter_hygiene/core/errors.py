"""What can go wrong, as one tree. Messages are for people and say what to do.

::

    HygieneError
    ├── BadRequest             a request is not of the shape that the contract gives it
    ├── InvalidNotebook        the notebook cannot be read
    ├── InvalidSettings        a setting is unknown or has no possible value, wherever it was made
    ├── KernelError            a kernel could not do its part
    │   ├── KernelNotFound     no such kernel spec
    │   ├── KernelStartFailed  it did not come up
    │   └── KernelDied         it went away
    ├── ScratchError           the folder could not be copied
    ├── AlreadyRunning         a verification of that notebook is under way
    ├── NotFound               no such verification, cell or kernel
    ├── TooMany                the queue is full
    └── Refused                not allowed, or not now
"""

from __future__ import annotations


class HygieneError(Exception):
    """Base of all errors of this package. ``kind`` is its stable name on the wire."""

    kind = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(HygieneError):
    kind = "bad_request"


class InvalidNotebook(HygieneError):
    kind = "invalid_notebook"


class InvalidSettings(HygieneError):
    kind = "invalid_settings"


class KernelError(HygieneError):
    kind = "kernel_error"


class KernelNotFound(KernelError):
    kind = "kernel_not_found"


class KernelStartFailed(KernelError):
    kind = "kernel_start_failed"


class KernelDied(KernelError):
    kind = "kernel_died"


class ScratchError(HygieneError):
    kind = "scratch_failed"


class AlreadyRunning(HygieneError):
    kind = "already_running"

    def __init__(self, message: str, verification_id: str) -> None:
        super().__init__(message)
        self.verification_id = verification_id


class NotFound(HygieneError):
    kind = "not_found"


class TooMany(HygieneError):
    kind = "too_many"


class Refused(HygieneError):
    kind = "refused"


def error_of_kind(kind: str, message: str) -> HygieneError:
    """An error as it is known from the wire: by the stable name of its kind, and its message."""
    waiting: list[type[HygieneError]] = [HygieneError]
    for known in waiting:
        if known.kind == kind and known is not AlreadyRunning:
            return known(message)
        waiting.extend(known.__subclasses__())
    return HygieneError(message)
