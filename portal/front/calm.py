"""The calm pages of the front: what a reader gets when Flask was not asked, or did not answer."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex

from flask import Flask

from portal.core.i18n import LOCALES, speak
from portal.core.log import event, logger, request_id
from portal.front.answer import Answer
from portal.front.gathering import Message
from portal.web.contact import read_ahead
from portal.web.errors import FULL_DISK, NO_ROOM, failsafe_page
from portal.web.headers import fixed_headers

# The page of a portal that is being upgraded is a 503 with words of its own.
CLOSED = 0
STATUSES = (408, 413, 500, 503, NO_ROOM, CLOSED)
TRY_AGAIN_SECONDS = 30
_RETRY_AFTER = (b"retry-after", str(TRY_AGAIN_SECONDS).encode())
# Where the id of a request stands in a page that was rendered before there was any request.
NO_ID_YET = "kenmerk-van-dit-verzoek"


class CalmPages:
    """Pages of errors with the headers of every answer, rendered when the portal starts.

    So they need nothing that may be at fault: no database, no template, no free thread.
    """

    def __init__(self, pages: Mapping[tuple[int, str], str], headers: Mapping[str, str]) -> None:
        self._pages = pages
        self._headers = [
            (name.lower().encode(), value.encode())
            for name, value in {
                **headers,
                "Content-Type": "text/html; charset=utf-8",
                "Cache-Control": "no-store",
            }.items()
        ]

    def refusal(self, scope: Message, status: int) -> Answer:
        """Return the page for a body that was not read to its end: the connection closes."""
        number = token_hex(8)
        log_refusal(scope, status, number)
        answer = self._page(scope, status, number)
        answer.headers.append((b"connection", b"close"))
        if status == 503:
            answer.headers.append(_RETRY_AFTER)
        return answer

    def closed(self, scope: Message) -> Answer:
        """Return the page of a portal that is being upgraded; a body is not read."""
        number = token_hex(8)
        log_refusal(scope, 503, number)
        answer = self._page(scope, CLOSED, number)
        answer.headers.extend(((b"connection", b"close"), _RETRY_AFTER))
        return answer

    def fault(self, scope: Message, error: Exception) -> Answer:
        """Return the page of a fault of ours; its id stands in the log beside the traceback."""
        number = token_hex(8)
        log_fault("front_failed", error, number)
        is_full = isinstance(error, OSError) and error.errno in FULL_DISK
        return self._page(scope, NO_ROOM if is_full else 500, number)

    def _page(self, scope: Message, status: int, number: str) -> Answer:
        path = scope["path"]
        locale = "en" if path == "/en" or path.startswith("/en/") else "nl"
        page = self._pages[status, locale].replace(NO_ID_YET, number).encode()
        headers = [
            *self._headers,
            (b"x-request-id", number.encode()),
            (b"content-length", str(len(page)).encode()),
        ]
        return Answer(status or 503, headers, b"" if scope["method"] == "HEAD" else page, None)


def log_refusal(scope: Message, status: int, number: str) -> None:
    """Write a request that Flask was not asked into the log, as Flask's own requests are."""
    before = request_id.set(number)
    try:
        event("request_finished", endpoint=None, method=scope["method"], status=status)
    finally:
        request_id.reset(before)


def log_fault(name: str, error: Exception, number: str) -> None:
    """Write a fault of the front into the log, under the id that its reader is shown."""
    before = request_id.set(number)
    try:
        logger.error(name, exc_info=error, extra={"fields": {"kind": type(error).__name__}})
    finally:
        request_id.reset(before)


def calm_pages(flask: Flask, *, is_https: bool) -> CalmPages:
    """Return the pages of this portal, in every language that it speaks."""
    pages: dict[tuple[int, str], str] = {}
    with flask.test_request_context():
        read_ahead()
        for locale in LOCALES:
            with speak(locale):
                for status in STATUSES:
                    page = "" if status else "upgrade"
                    pages[status, locale] = failsafe_page(status or 503, NO_ID_YET, page)
    return CalmPages(pages, fixed_headers(is_https))
