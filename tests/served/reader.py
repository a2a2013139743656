"""A reader of a served portal: the pages and forms of the test client, over a real connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from portal.accounts.models import Account
from portal.core.db import db
from tests.harness.client import Client
from tests.harness.portal import session_cookie
from tests.harness.served import ServedPortal

Found = TypeVar("Found")
GONE = (OSError, HTTPException)


class Reader(Client):
    """Keeps its cookies; every question is a connection of its own, to whichever process."""

    def __init__(self, served: ServedPortal, account: Account | None = None) -> None:
        super().__init__(served.app)
        self._port = served.port
        self._origin = served.url
        self._cookies: dict[str, str] = {}
        if account is not None:
            self._cookies = dict([session_cookie(served.app, account)])
        db.session.rollback()

    def _open(self, path: str, **how: Any) -> TestResponse:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": kept} if kept else {}
        headers.update(how.get("headers") or {})
        body: bytes | None = None
        if how["method"] == "POST":
            body, headers["Content-Type"] = _encoded(how["data"], how.get("content_type"))
            headers["Origin"] = self._origin
        try:
            connection.request(how["method"], path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        # No more of a request than a page asks for: none.
        return TestResponse([text], str(answer.status), Headers(answer.getheaders()), None)  # type: ignore[arg-type]


def _encoded(data: dict[str, Any], content_type: str | None) -> tuple[bytes, str]:
    """Return a form as a browser sends it, and what it says of its kind."""
    if content_type is None:
        return urlencode(data, doseq=True).encode(), "application/x-www-form-urlencoded"
    sent = EnvironBuilder(method="POST", data=data, content_type=content_type).get_environ()
    return sent["wsgi.input"].read(), sent["CONTENT_TYPE"]


def together(acts: Sequence[Callable[[], Found]]) -> list[Found]:
    """Do all of this at the same moment; return what came of each."""
    ready = Barrier(len(acts))

    def start(act: Callable[[], Found]) -> Found:
        ready.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(start, act) for act in acts]]
