"""A portal with an https address answers nothing over http but the way to that address."""

from __future__ import annotations

import logging

from flask import Flask, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from portal.core.addresses import full_path
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.web.address import own_path

# What asks how the portal is stands beside it, and speaks plain http.
HEALTH = ("/healthz", "/readyz", "/metrics")


class ProxyNotTrusted(PortalError):
    """A proxy says that the reader came over https, and nobody said that it may be believed.

    Leading the reader to https would lead here again, without end.
    """

    status = 503
    page = "proxy"


class NotEncrypted(PortalError):
    """A form came over http: everybody on the way could read what was typed."""

    status = 422


def init_app(app: Flask, *, is_https: bool, trusts_proxy: bool) -> None:
    """Lead whoever comes over http to https, when that is the address of the portal.

    How a reader came is what the connection says, or a proxy that is trusted; nobody else is heard.
    """
    if is_https:
        app.before_request(_Watch(trusts_proxy).lead_to_https)


def believe_proxies(app: Flask, hops: int) -> None:
    """Take the reader's address and scheme from so many proxies in front; from none when 0."""
    if hops:
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]


class _Watch:
    """Remembers that it has warned: once is enough for whoever reads the log."""

    def __init__(self, trusts_proxy: bool) -> None:
        self._trusts_proxy = trusts_proxy
        self._is_warned = trusts_proxy

    def lead_to_https(self) -> Response | None:
        """Return a redirect for a reader, NotEncrypted for a form, None for what came well."""
        if request.is_secure or request.path in HEALTH:
            return None
        said = request.headers.get("X-Forwarded-Proto", "")
        if said and not self._is_warned:
            self._is_warned = True
            event("proxy_not_trusted", level=logging.WARNING, setting="TRUSTED_PROXY_HOPS")
        if not self._trusts_proxy and said.strip().lower() == "https":
            raise ProxyNotTrusted
        if request.method not in ("GET", "HEAD"):
            raise NotEncrypted(
                _(
                    "Dit formulier kwam zonder beveiligde verbinding bij ons. "
                    "Daarom hebben wij er niets van opgeslagen."
                )
            )
        query = request.query_string.decode("ascii", errors="replace")
        target = full_path(request.script_root + own_path()) + (f"?{query}" if query else "")
        return redirect(target, 301)
