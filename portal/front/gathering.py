"""A request body on its way in: complete before a thread begins on the request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

IN_MEMORY = 1024 * 1024
# A body that is too large is read on, up to this many times the limit, so that the client gets the
# page that says so instead of a broken connection.
DRAIN = 4
# The bytes at the end of a body that is too large: the form's fields that come after a file.
TAIL = 64 * 1024


class ClientLeft(Exception):
    """The client went away before its request was complete."""


class NoEnd(Exception):
    """The client sends more than is read of any body."""


class Gathered:
    """A request body on its way in: in memory while small, on disk when larger.

    Of a body of more than `most` bytes the app gets nothing but the length, so it answers 413.
    With `is_form` it gets the body without its middle: that can only be the middle of a file, since
    the app takes far less text. The rest of that file is still too large, so the app answers with
    the form, the refusal of the file, and everything that was typed.
    """

    def __init__(self, most: int, *, is_form: bool = False) -> None:
        self.most = most
        self.size = 0
        self.file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._keeps_ends = is_form
        self._tail = bytearray()

    async def take(self, receive: Receive) -> None:
        """Read the whole body; what passes the limit is counted and dropped.

        ClientLeft when the client goes away first, NoEnd after DRAIN times the limit.
        """
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            chunk = message.get("body", b"")
            room = max(self.most - self.size, 0)
            self.size += len(chunk)
            if self.size > self.most * DRAIN:
                raise NoEnd
            self.file.write(chunk[:room])
            self._tail += chunk[-TAIL:]
            del self._tail[:-TAIL]
            if not message.get("more_body", False):
                self._complete()
                return

    def _complete(self) -> None:
        if self.size > self.most and self._keeps_ends:
            self.file.seek(self.most - len(self._tail))
            self.file.write(self._tail)
            self.size = self.most
        self.file.seek(0)
        if self.size > self.most:
            self.file.truncate()

    def close(self) -> None:
        """Free the memory or the disk that the body took."""
        self.file.close()


def is_form(scope: Message) -> bool:
    """Return whether the request brings a form that can hold files."""
    return any(
        name.lower() == b"content-type" and value.lower().startswith(b"multipart/form-data")
        for name, value in scope["headers"]
    )
