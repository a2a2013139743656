"""A reader on an empty machine: comes by the name of the portal, over TLS, through its proxy."""

from __future__ import annotations

import http.client
import re
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

import pyotp
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.harness.client import Client
from tests.harness.page import Page

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')
DOCUMENT = re.compile(r"/toezeggingen/[\w-]+/documenten/\d+/\d+(?=[\"#])")
# Every fifth of a second: a worker that takes a minute for one page does nothing.
MOST_LOOKS = 300

TELLS_MOMENT = (".json", ".ods")


class Visitor(Client):
    """Keeps cookies; believes only the certificates that the machine believes."""

    def __init__(self, host: str) -> None:
        self.may_fail = False
        self._host = host
        self._cookies: dict[str, str] = {}
        context = ssl.create_default_context(cafile=CERTIFICATES)
        self._connection = http.client.HTTPSConnection(host, timeout=60, context=context)

    def _open(self, path: str, **how: Any) -> TestResponse:
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": kept} if kept else {}
        headers.update(how.get("headers") or {})
        body = None
        if how["method"] == "POST":
            body = urlencode(how["data"], doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"https://{self._host}"
        target = path.removeprefix(f"https://{self._host}")
        self._connection.request(how["method"], target, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        # No more of a request than a page asks for: none.
        return TestResponse([text], str(answer.status), Headers(answer.getheaders()), None)  # type: ignore[arg-type]

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Return status and bytes of an answer, whatever it is."""
        answer = self._open(path, method="GET")
        return answer.status_code, answer.get_data()

    def sign_in(self, email: str, password: str) -> Page:
        """Give address and password; return the page that this leads to."""
        return self.get("/inloggen").form("/inloggen").submit(email=email, password=password)

    def set_up_telephone(self, page: Page, password: str) -> str:
        """Set up a telephone on the page for that; return its secret."""
        shown = page.soup.select_one("code.secret")
        assert shown is not None, f"{page.path} shows no secret: {page.h1}"
        secret = shown.get_text().replace(" ", "")
        done = page.form().submit(current_password=password, code=pyotp.TOTP(secret).now())
        assert done.status == 200, done.errors
        assert len(done.soup.select("code")) > 5, done.text
        return secret

    def give_code(self, page: Page, secret: str) -> Page:
        """Give the code of a telephone after the password."""
        code = pyotp.TOTP(secret).now()
        answer = page.form().submit(code=code)
        if answer.status != 422:
            return answer
        # Each is good for one time: this one was used a moment ago, as a person would learn here.
        while pyotp.TOTP(secret).now() == code:
            time.sleep(0.2)
        # The server may have hung up meanwhile; a browser would call again, too.
        self._connection.close()
        return answer.form().submit(code=pyotp.TOTP(secret).now())


def wait_for_documents(visitor: Visitor, paths: Iterable[str]) -> None:
    """Wait until the worker has read and drawn the documents of these promises."""
    for path in paths:
        page = _awaited(visitor, path, lambda body: b"niet nagegaan" not in body)
        document = DOCUMENT.search(page.decode())
        assert document is not None, f"{path} leads to no document"
        _awaited(visitor, document[0], lambda body: b"/voorbeelden/" in body)


def _awaited(visitor: Visitor, path: str, is_right: Callable[[bytes], bool]) -> bytes:
    for _ in range(MOST_LOOKS):
        body = visitor.fetch(path)[1]
        if is_right(body):
            return body
        time.sleep(0.2)
    raise AssertionError(f"the worker does nothing about {path}")


def everything_shown(visitor: Visitor) -> dict[str, bytes]:
    """Return what a visitor is shown: every address to which a link leads, from the home page on.

    Not what has a key for one visitor in it, nor the same lists in another order, nor the tables
    that say when they were taken: their rows are compared as CSV.
    """
    shown: dict[str, bytes] = {}
    ahead, seen = ["/", "/en/", "/.well-known/security.txt"], set[str]()
    while ahead:
        path = ahead.pop(0)
        if path in seen or "?" in path or path.endswith(TELLS_MOMENT):
            continue
        seen.add(path)
        status, body = visitor.fetch(path)
        if b'name="csrf_token"' not in body:
            shown[path] = b"%d\n" % status + body
        if b"<html" in body[:200]:
            ahead += LINK.findall(body.decode())
    return shown
