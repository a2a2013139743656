"""A reader of a served portal: the pages and forms of the test client, over a real connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from portal.accounts.models import Account
from portal.core.db import db
from tests.harness.client import Client
from tests.harness.portal import session_cookie
from tests.harness.served import ServedPortal

Found = TypeVar("Found")
GONE = (OSError, HTTPException)


class Reader(Client):
    """Keeps the one cookie; every question is a connection of its own, to whichever process."""

    def __init__(self, served: ServedPortal, account: Account | None = None) -> None:
        super().__init__(served.app)
        self._port = served.port
        self._origin = served.url
        self._cookie = ""
        if account is not None:
            self._cookie = "=".join(session_cookie(served.app, account))
        db.session.rollback()

    def _open(self, path: str, **how: Any) -> TestResponse:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": self._cookie} if self._cookie else {}
        headers.update(how.get("headers") or {})
        body = None
        if how["method"] == "POST":
            assert how.get("content_type") is None, "files are sent by the test client"
            body = urlencode(how["data"], doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = self._origin
        try:
            connection.request(how["method"], path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            self._cookie = cookie.split(";")[0]
        # No more of a request than a page asks for: none.
        return TestResponse([text], str(answer.status), Headers(answer.getheaders()), None)  # type: ignore[arg-type]


def together(acts: Sequence[Callable[[], Found]]) -> list[Found]:
    """Do all of this at the same moment; return what came of each."""
    ready = Barrier(len(acts))

    def start(act: Callable[[], Found]) -> Found:
        ready.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(start, act) for act in acts]]
