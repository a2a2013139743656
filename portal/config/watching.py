"""Who may read the figures of the portal, and when somebody hears that it needs a person."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from portal.config.environment import UnsafeSettings, number, words_of

LEAST_TOKEN = 16
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Watching:
    """How the portal is watched, by programs and by itself."""

    # Whoever sends this may read /metrics; None: nobody by a token.
    token: str | None
    # And whoever asks from one of these.
    networks: tuple[Network, ...]
    # How often the portal looks at itself.
    interval: timedelta
    # From then on an old backup is a trouble, and a disk with less than this is full.
    backup_age: timedelta
    low_space: int

    @property
    def patience(self) -> timedelta:
        """How long something must be wrong, or right again, before anybody hears of it."""
        return 5 * self.interval


def read_watching(env: Mapping[str, str], mode: str) -> Watching:
    """Return how `env` lets the portal be watched; UnsafeSettings for what lets everybody read."""
    token = env.get("METRICS_TOKEN") or None
    if token is not None and len(token) < LEAST_TOKEN:
        raise UnsafeSettings(f"METRICS_TOKEN is shorter than {LEAST_TOKEN} characters.")
    networks = tuple(_network(said) for said in words_of(env, "METRICS_NETWORKS"))
    if mode == "production" and any(network.prefixlen == 0 for network in networks):
        raise UnsafeSettings("METRICS_NETWORKS holds every address: set METRICS_TOKEN instead.")
    return Watching(
        token=token,
        networks=networks,
        interval=timedelta(seconds=number(env, "WATCH_SECONDS", 60, least=1)),
        backup_age=timedelta(days=number(env, "BACKUP_DAYS", 2, least=1)),
        low_space=number(env, "LOW_DISK_MB", 1000) * 1_000_000,
    )


def _network(said: str) -> Network:
    try:
        return ipaddress.ip_network(said)
    except ValueError:
        raise UnsafeSettings(
            f"METRICS_NETWORKS must hold addresses or networks such as 10.0.0.0/8, not {said!r}."
        ) from None
