"""A reader with a browser that keeps cookies: asks for pages and sends forms."""

from __future__ import annotations

import contextvars
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, url_for
from werkzeug.test import TestResponse

from portal.core.db import db
from tests.harness.orders import forms_shown, out_of_order
from tests.harness.page import Page

MOVED = (301, 302, 303, 307, 308)


class Client:
    """Asks in a context of its own, as a server does: a session of the test is never shared."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.raw = app.test_client()
        self._host = urlsplit(app.extensions["portal_settings"].public_url).netloc
        # A test of a fault sets this: then a page with status 500 is an answer as well.
        self.may_fail = False

    def address(self, endpoint_or_path: str, **values: Any) -> str:
        """The path of an endpoint, or the path itself."""
        if endpoint_or_path.startswith(("/", "http")):
            return endpoint_or_path
        with self.app.test_request_context():
            return url_for(endpoint_or_path, **values)

    def get(
        self,
        endpoint_or_path: str,
        *,
        follow: bool = False,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Page:
        """Ask for a page."""
        path = self.address(endpoint_or_path, **values)
        return self._finish(path, self._open(path, method="GET", headers=headers), follow)

    def post(
        self,
        endpoint_or_path: str,
        *,
        data: Mapping[str, Any] | None = None,
        follow: bool = False,
        headers: Mapping[str, str] | None = None,
        multipart: bool = False,
        **values: Any,
    ) -> Page:
        """Send fields by hand, as no form would: for what a page offers, use `page.form()`."""
        path = self.address(endpoint_or_path, **values)
        sent = {"Origin": f"http://{self._host}", **(headers or {})}
        answer = self._open(
            path,
            method="POST",
            data=dict(data or {}),
            headers=sent,
            content_type="multipart/form-data" if multipart else None,
        )
        return self._finish(path, answer, follow)

    def _open(self, path: str, **how: Any) -> TestResponse:
        # What the test wrote is there for the request, and what it read is looked at anew.
        db.session.commit()
        if path.startswith("/"):
            how["base_url"] = f"http://{self._host}"
        with forms_shown(self.app) as forms:
            answer: TestResponse = contextvars.Context().run(self.raw.open, path, **how)
            text = answer.get_data(as_text=True) if forms else ""
        answer.get_data()
        answer.close()
        for form in forms:
            assert not (wrong := out_of_order(text, form)), f"{path}: {type(form)} is not {wrong}"
        return answer

    def _finish(self, path: str, answer: TestResponse, follow: bool) -> Page:
        page = Page(self, answer, path)
        for _ in range(5):
            if not follow or page.status not in MOVED or page.location is None:
                return page
            page = Page(self, self._open(page.location, method="GET"), page.location)
        raise AssertionError(f"{path} leads in circles")

    def cookie(self, name: str) -> str | None:
        """The value of a cookie that this reader keeps."""
        found = self.raw.get_cookie(name)
        return found.value if found is not None else None
