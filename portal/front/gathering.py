"""A request body on its way in: complete before a thread begins on the request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from portal.front.room import Share

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

IN_MEMORY = 1024 * 1024
# A body that is too large is read on until here, so that the client gets the page that says so
# instead of a broken connection.
DRAIN = 1024 * 1024 * 1024
# The bytes at the end of a body that is too large: the form's fields that come after a file.
TAIL = 64 * 1024


class ClientLeft(Exception):
    """The client went away before its request was complete."""


class NoEnd(Exception):
    """The client sends more than is read of any body."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least of a body that must come: in every `seconds` so many bytes, or its end."""

    seconds: float
    least: int


class Gathered:
    """A request body on its way in: in memory while small, on disk when larger.

    Of a body of more than `most` bytes the app gets nothing but the length, so it answers 413.
    With `is_form` it gets the body without its middle: that can only be the middle of a file, since
    the app takes far less text. The rest of that file is still too large, so the app answers with
    the form, the refusal of the file, and everything that was typed.
    """

    def __init__(self, most: int, share: Share, *, is_form: bool = False) -> None:
        self.most = most
        self.size = 0
        self.file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._share = share
        self._keeps_ends = is_form
        self._tail = bytearray()

    async def take(self, receive: Receive, pace: Pace) -> None:
        """Read the whole body; what passes the limit is counted and dropped.

        ClientLeft when the client goes away first, TimeoutError when it falls behind the pace,
        NoEnd when it sends more than is read of any body, NoRoom when others send too much.
        """
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(pace.seconds) as patience:
            begun = 0
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientLeft
                self._add(message.get("body", b""))
                if not message.get("more_body", False):
                    break
                if self.size - begun >= pace.least:
                    begun = self.size
                    patience.reschedule(loop.time() + pace.seconds)
        self._complete()

    def _add(self, chunk: bytes) -> None:
        kept = chunk[: max(self.most - self.size, 0)]
        self.size += len(chunk)
        if self.size > self.most and (self.size > DRAIN or not self._share.drain()):
            raise NoEnd
        self._share.take(len(kept))
        self.file.write(kept)
        self._tail += chunk[-TAIL:]
        del self._tail[:-TAIL]

    def _complete(self) -> None:
        if self.size > self.most and self._keeps_ends:
            self.file.seek(self.most - len(self._tail))
            self.file.write(self._tail)
            self.size = self.most
        self.file.seek(0)
        if self.size > self.most:
            self.file.truncate()

    def close(self) -> None:
        """Free the memory or the disk that the body took, and its share of the room."""
        self.file.close()
        self._share.close()


def is_form(scope: Message) -> bool:
    """Return whether the request brings a form that can hold files."""
    return any(
        name.lower() == b"content-type" and value.lower().startswith(b"multipart/form-data")
        for name, value in scope["headers"]
    )
