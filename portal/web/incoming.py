"""What an address may hold: numbers that a row can have, and nothing that no database takes."""

from __future__ import annotations

import re
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request, abort, request
from werkzeug.routing import IntegerConverter

NUL = "\x00"
LONE_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class RowNumber(IntegerConverter):
    """A number in an address. One that is larger than any row's is no address at all."""

    # Eighteen digits fit in 64 bits; more are an error of their own in both databases.
    regex = "[0-9]{1,18}"


class PlainRequest(Request):
    """A request without NUL in its query: PostgreSQL takes that sign in no text."""

    def __init__(
        self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False
    ) -> None:
        super().__init__(environ, populate_request, shallow)
        # A sign for percent that begins no byte is written out first: else what stands around a
        # NUL that is taken out could join into another one.
        self.query_string = LONE_PERCENT.sub(b"%25", self.query_string).replace(b"%00", b"")


def init_app(app: Flask) -> None:
    """Let the app read addresses this way; called before the first route is added."""
    app.request_class = PlainRequest
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        if NUL in request.path:
            abort(404)
