"""Holds many connections open that ask nothing, or never finish, and reads beside them.

    python -m bench.crowd silent|heads|bodies [--port 8000] [--many 3000] [--seconds 40]

The portal runs already. Printed are how long a reader waits for the home page and for `/healthz`,
each asked anew every fifth of a second, and after how many seconds the crowd was gone.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from dataclasses import dataclass, field

HEAD = "Host: 127.0.0.1\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
BEGUN = {
    "silent": "",
    "heads": f"GET / HTTP/1.1\r\n{HEAD}X-More: ",
    "bodies": f"POST /inloggen HTTP/1.1\r\n{HEAD}{FORM}Content-Length: 1000\r\n\r\nemail=noor",
}
PATHS = ("/", "/healthz")
PAUSE = 0.2


@dataclass
class Seen:
    """What happened, in seconds since the first of the crowd came."""

    begun: float = field(default_factory=time.perf_counter)
    came: float = 0.0
    left: list[float] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=lambda: {path: [] for path in PATHS})
    failed: int = 0

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return time.perf_counter() - self.begun


async def _stay(port: int, begun: str, seen: Seen) -> None:
    """Be one of the crowd, until the portal ends it."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun.encode())
        seen.came = seen.now
        await reader.read()
        writer.close()
    except OSError:
        pass
    seen.left.append(seen.now)


async def _read(port: int, path: str, seen: Seen) -> None:
    begun = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n".encode())
        is_well = (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()
    except OSError:
        is_well = False
    seen.failed += not is_well
    seen.waits[path].append(time.perf_counter() - begun)


async def _beside(port: int, kind: str, many: int, seconds: float) -> Seen:
    seen = Seen()
    crowd = [asyncio.create_task(_stay(port, BEGUN[kind], seen)) for _ in range(many)]
    reading = []
    while seen.now < seconds:
        reading += [asyncio.create_task(_read(port, path, seen)) for path in PATHS]
        await asyncio.sleep(PAUSE)
    await asyncio.wait(reading, timeout=seconds)
    for each in (*crowd, *reading):
        each.cancel()
    await asyncio.gather(*crowd, *reading, return_exceptions=True)
    return seen


def main() -> None:
    """Measure once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=BEGUN)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--many", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=40.0)
    asked = parser.parse_args()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    seen = asyncio.run(_beside(asked.port, asked.kind, asked.many, asked.seconds))
    print(f"{asked.many} {asked.kind}, the last came after {seen.came:.1f} s")
    for path, waits in seen.waits.items():
        ordered = sorted(waits) or [0.0]
        middle = ordered[len(ordered) // 2]
        print(f"{path}: {len(waits)} answers, median {middle:.2f} s, longest {ordered[-1]:.2f} s")
    print(f"{seen.failed} refused or broken off")
    last = f", the last after {max(seen.left):.1f} s" if seen.left else ""
    print(f"ended by the portal: {len(seen.left)}{last}")


if __name__ == "__main__":
    main()
