"""The log of requests: an id for each, and a line for those that failed or were slow."""

from __future__ import annotations

import logging
import sys
import time
from secrets import token_hex

from flask import Flask, Response, g, request

from portal.core.log import JsonLine, event, logger, request_id


def _write_lines() -> None:
    """Let the log go to standard error, one line an event; a second app changes nothing."""
    if logger.handlers:
        return
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonLine())
    logger.addHandler(stream)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def init_app(app: Flask, slow_seconds: float) -> None:
    """Give every request an id, and log errors and slow requests."""
    _write_lines()

    @app.before_request
    def start() -> None:
        g.request_id = token_hex(8)
        request_id.set(g.request_id)
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        took = time.perf_counter() - g.get("started", time.perf_counter())
        if response.status_code >= 500 or took > slow_seconds:
            event(
                "request_finished",
                endpoint=request.endpoint,
                method=request.method,
                status=response.status_code,
                milliseconds=round(took * 1000),
            )
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        request_id.set("")
