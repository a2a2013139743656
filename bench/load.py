"""A client of many connections: each sends its next request when the last was answered."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[[int, int], bytes]


@dataclass
class Load:
    """What came of it: how long each answer took, in milliseconds, and its status."""

    seconds: float = 0.0
    # Processor time of the server and its processes meanwhile.
    busy: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def at(self, share: float) -> float:
        """The time within which this share of the answers came."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def add(self, other: Load) -> None:
        """Take in another round."""
        self.seconds += other.seconds
        self.busy += other.busy
        self.statuses.update(other.statuses)
        self.took += other.took


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.lower().split(b"\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0
    )
    if length:
        await reader.readexactly(length)
    return int(first.split()[1])


async def _send(port: int, connection: int, request: Request, until: float, load: Load) -> None:
    number, writer = 0, None
    try:
        while time.perf_counter() < until:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            begun = time.perf_counter()
            writer.write(request(connection, number))
            try:
                status = await asyncio.wait_for(_status(reader), 60)
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()
                writer, status = None, 0
            load.took.append((time.perf_counter() - begun) * 1000)
            load.statuses[status] += 1
            number += 1
    finally:
        if writer is not None:
            writer.close()


async def _all(port: int, connections: int, seconds: float, request: Request) -> Load:
    load = Load()
    begun = time.perf_counter()
    sent = [_send(port, each, request, begun + seconds, load) for each in range(connections)]
    await asyncio.gather(*sent)
    load.seconds = time.perf_counter() - begun
    return load


def send(port: int, connections: int, seconds: float, request: Request) -> Load:
    """Send what `request(connection, number)` says for so long; status 0 is a broken connection."""
    return asyncio.run(_all(port, connections, seconds, request))
