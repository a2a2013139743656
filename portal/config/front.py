"""How much the front takes in at once: connections and requests on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.config.environment import UnsafeSettings, number


@dataclass(frozen=True, slots=True)
class FrontBounds:
    """Bounds of all web processes together; what waits beyond them is held by the system."""

    connections: int
    # Within this a request says what it wants; a connection that asks nothing ends as well.
    header_seconds: int
    # A client that takes in nothing of its answer for so long has left.
    reading_seconds: int
    # Of bodies that are on their way or being answered, in all and for one network address.
    bodies_bytes: int
    client_bodies_bytes: int
    # In every so many seconds a body brings as many bytes as this asks for each second.
    body_seconds: int
    body_bytes_second: int
    # A port of its own for /healthz and /readyz, on the machine itself; 0 for none.
    health_port: int
    # Of whole answers that are kept for visitors; 0: none is.
    kept_bytes: int
    # For so long they go out while the database does not say whether they still hold.
    kept_away_seconds: int


def read_front_bounds(env: Mapping[str, str]) -> FrontBounds:
    """Return the bounds in `env`; UnsafeSettings for one that would take in nobody."""
    return FrontBounds(
        connections=_some(env, "MAX_CONNECTIONS", 4000),
        header_seconds=_some(env, "HEADER_SECONDS", 10),
        reading_seconds=_some(env, "READING_SECONDS", 60),
        bodies_bytes=_some(env, "MAX_BODIES_MB", 256) * 1024 * 1024,
        client_bodies_bytes=_some(env, "MAX_BODIES_ADDRESS_MB", 64) * 1024 * 1024,
        body_seconds=_some(env, "BODY_SECONDS", 20),
        body_bytes_second=number(env, "BODY_KB_SECOND", 4) * 1024,
        health_port=number(env, "HEALTH_PORT", 0),
        kept_bytes=number(env, "KEPT_PAGES_MB", 64) * 1024 * 1024,
        kept_away_seconds=number(env, "KEPT_AWAY_SECONDS", 30),
    )


def _some(env: Mapping[str, str], name: str, default: int) -> int:
    value = number(env, name, default)
    if value == 0:
        raise UnsafeSettings(f"{name} must be 1 or more, not 0.")
    return value
