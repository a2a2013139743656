"""How much the portal takes in at once of bodies on their way, in all and for one client."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


class NoRoom(Exception):
    """More is on its way than is kept at once: it may be tried again a little later."""


@dataclass
class Room:
    """Bytes that are kept of bodies that are not complete or not answered yet.

    Nobody can fill it alone: one client gets `each`, all together `whole`. Bodies that are too
    large are read to their end, so that the client gets the page that says so; `drains` at once.
    """

    whole: int
    each: int
    drains: int
    kept: int = 0
    of_client: Counter[str] = field(default_factory=Counter)
    drained: int = 0

    def share_of(self, client: str) -> Share:
        """Return the part of one request of this client; to be given back by `close`."""
        return Share(self, client)


class Share:
    """What one request keeps of the room."""

    def __init__(self, room: Room, client: str) -> None:
        self._room = room
        self._client = client
        self._size = 0
        self._is_drain = False

    def take(self, size: int) -> None:
        """Take so many bytes more; NoRoom when they are not there."""
        room = self._room
        if room.of_client[self._client] + size > room.each or room.kept + size > room.whole:
            raise NoRoom
        room.of_client[self._client] += size
        room.kept += size
        self._size += size

    def drain(self) -> bool:
        """Return whether the rest of a body that is too large may be read, and nothing kept."""
        if not self._is_drain and self._room.drained < self._room.drains:
            self._room.drained += 1
            self._is_drain = True
        return self._is_drain

    def close(self) -> None:
        """Give everything back."""
        room = self._room
        room.kept -= self._size
        room.of_client[self._client] -= self._size
        if not room.of_client[self._client]:
            del room.of_client[self._client]
        room.drained -= self._is_drain
        self._size, self._is_drain = 0, False
