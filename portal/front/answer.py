"""An answer on its way from the app to the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Environ = dict[str, Any]


class Answer(NamedTuple):
    """The app's answer: a page that is complete, or a file that is read while it goes out."""

    status: int
    headers: list[tuple[bytes, bytes]]
    # Of a file this is the beginning.
    page: bytes
    file: Iterator[bytes] | None

    @property
    def request_id(self) -> str:
        """The id under which the app logs the request; "" when it gave none."""
        return dict(self.headers).get(b"x-request-id", b"").decode("latin1")
