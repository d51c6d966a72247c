"""Taking messages off a kernel's channels, however large they are and however many.

A message of megabytes is checked and read in a thread: its signature alone takes seconds. Of one that is larger than
what would be kept of it, only that much is read.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from queue import Empty
from typing import Any

import zmq.asyncio

from ..core.json_reading import parse_json
from ..core.session import Message

# Larger messages are read in a thread, in bytes.
_SMALL = 500_000
# How long a channel that only tells what it has is left alone, in seconds.
_PAUSE = 0.01
# A character takes at most so many bytes in text that is not all control characters.
_BYTES_A_CHARACTER = 4
_STREAM = re.compile(r'\s*\{\s*"name"\s*:\s*"(stdout|stderr)"\s*,\s*"text"\s*:\s*"')
_BEFORE_TEXT = 100  # bytes for what stands before a stream's text
_LONGEST_ESCAPE = len(r"\ud83d\ude00")


class Receiver:
    """Takes messages off one channel of a client. ``is_reading``: a large one is just being read."""

    def __init__(self, channel: Any, name: str) -> None:
        self._channel = channel
        self._name = name
        self.is_reading = False

    def is_open(self) -> bool:
        return bool(self._channel.is_alive())

    async def next_message(self, timeout: float, most_text: int | None) -> Message:
        """The next message.

        Args:
            timeout: seconds to wait for one.
            most_text: how many characters of output are kept; of what is certainly more the rest is left out.

        Raises:
            Empty: there was none.
            Exception: there was one that cannot be read.
        """
        socket = getattr(self._channel, "socket", None)
        if not isinstance(socket, zmq.asyncio.Socket):  # a Gateway's queue
            return message_of(self._name, await _from_queue(self._channel, timeout))
        if not await socket.poll(int(timeout * 1000)):
            raise Empty
        frames = await socket.recv_multipart(copy=False)
        session = self._channel.session
        if sum(len(frame) for frame in frames) <= _SMALL:
            return message_of(self._name, _read(session, [bytes(frame.buffer) for frame in frames]))
        most = most_text if self._name == "iopub" else None
        self.is_reading = True
        try:
            return await asyncio.to_thread(_read_large, session, self._name, frames, most)
        finally:
            self.is_reading = False


async def _from_queue(channel: Any, timeout: float) -> Any:
    """From a queue which, asked to wait, would ask itself again without a pause."""
    end = asyncio.get_running_loop().time() + timeout
    while True:
        try:
            return await channel.get_msg(timeout=0)
        except Empty:
            if asyncio.get_running_loop().time() >= end:
                raise
            await asyncio.sleep(_PAUSE)


def _read(session: Any, parts: list[Any]) -> Any:
    _, rest = session.feed_identities(parts)
    return session.deserialize(rest)


def _read_large(session: Any, name: str, frames: list[Any], most_text: int | None) -> Message:
    parts = [bytes(frame.buffer) if len(frame) <= _SMALL else frame.buffer for frame in frames]
    _, rest = session.feed_identities(parts)
    content = rest[4] if len(rest) > 4 else b""
    raw = session.deserialize(rest, content=False)
    if most_text is None or len(content) <= most_text * _BYTES_A_CHARACTER:
        return message_of(name, {**raw, "content": _content(session, bytes(content))})
    kept = _beginning_of_stream(content, most_text) if raw.get("msg_type") == "stream" else {}
    left_out = len(content) - len(kept.get("text", ""))
    return replace(message_of(name, {**raw, "content": kept}), left_out=left_out)


def _content(session: Any, content: bytes) -> Any:
    try:
        return parse_json(content)
    except ValueError:  # what only this session's own way of packing makes sense of
        return session.unpack(content)


def _beginning_of_stream(content: Any, most_text: int) -> dict[str, str]:
    """Of a stream message's content its name and the first characters of its text, if they stand at its beginning."""
    text = bytes(content[: most_text + _BEFORE_TEXT]).decode("utf-8", "ignore")
    opening = _STREAM.match(text)
    if opening is None:
        return {}
    for cut in range(_LONGEST_ESCAPE):
        try:
            beginning = json.loads(f'"{text[opening.end() : len(text) - cut]}"')
        except ValueError:  # cut within an escape
            continue
        return {"name": opening[1], "text": beginning}
    return {}


def message_of(channel: str, raw: Any) -> Message:
    """What a client's channel gives, whatever is in its place where a part should be."""
    whole = raw if isinstance(raw, Mapping) else {}
    parts = {
        name: part if isinstance(part := whole.get(name), Mapping) else {}
        for name in ("header", "parent_header", "content", "metadata")
    }
    # An empty list stands for no parent in messages of some clients, and nothing for no content or buffers.
    is_readable = all(isinstance(whole.get(name) or {}, Mapping) for name in parts)
    kind, parent_id = parts["header"].get("msg_type"), parts["parent_header"].get("msg_id", "")
    buffers = whole.get("buffers") or ()
    is_list = isinstance(buffers, (list, tuple))
    kept = (
        [buffer for buffer in buffers if isinstance(buffer, (bytes, bytearray, memoryview))]
        if is_list
        else []
    )
    return Message(
        channel=channel,
        msg_type=kind if isinstance(kind, str) else "",
        parent_id=parent_id if isinstance(parent_id, str) else "",
        content=parts["content"],
        metadata=parts["metadata"],
        buffers=kept,
        is_readable=(
            is_readable
            and isinstance(kind, str)
            and isinstance(parent_id, str)
            and is_list
            and len(kept) == len(buffers)
        ),
    )
