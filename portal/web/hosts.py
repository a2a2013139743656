"""By which names a reader may call the portal: those of its address, and no other."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, request

from portal.core.errors import PortalError
from portal.web.https import HEALTH

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class OtherHost(PortalError):
    """The request names a host that is not the portal's: links made for it would lead astray."""

    status = 400
    page = "other_host"


class OwnHosts:
    """The hosts of a portal: that of its address, and what its operator adds.

    A name without a port stands for the host on any port that is in its address. On the machine
    itself, where nobody else can come, every name of that machine on every port is the same.
    """

    def __init__(self, public_url: str, more: Iterable[str] = ()) -> None:
        named = [urlsplit(public_url).netloc, *more]
        self._allowed = {host.lower() for host in named}
        self._allowed |= {_name(host) for host in self._allowed}
        self._is_local = _name(named[0].lower()) in LOOPBACK

    def __contains__(self, host: str) -> bool:
        said = host.lower()
        return said in self._allowed or (self._is_local and _name(said) in LOOPBACK)


def _name(host: str) -> str:
    """Return a host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host


def init_app(app: Flask, public_url: str, more: Iterable[str]) -> None:
    """Refuse every request that names another host, whoever passes it on."""
    own = OwnHosts(public_url, more)

    @app.before_request
    def refuse_other_host() -> None:
        # What asks for health stands beside the portal, and knows it by its number.
        if request.path not in HEALTH and request.environ.get("HTTP_HOST", "") not in own:
            raise OtherHost(address=public_url)
