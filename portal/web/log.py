"""The log of requests: an id for each, a line for each, and one more for what was refused."""

from __future__ import annotations

import logging
import sys
import time
from secrets import token_hex

from flask import Flask, Response, g, request

from portal.core.log import JsonLine, event, logger, request_id
from portal.core.pseudonyms import pseudonym
from portal.web.address import client_address
from portal.web.person import viewer

STREAM = "lines"
# What an answer of this status refuses, where nobody noted more.
OUTCOMES = {403: "not_allowed", 410: "gone", 429: "too_many"}


def _write_lines() -> None:
    """Let the log go to standard error, one line an event; a second app changes nothing."""
    if any(handler.name == STREAM for handler in logger.handlers):
        return
    stream = logging.StreamHandler(sys.stderr)
    stream.name = STREAM
    stream.setFormatter(JsonLine())
    logger.addHandler(stream)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def note_refusal(outcome: str, **fields: object) -> None:
    """Say why this request is refused; the log gets one line of it, with who came from where.

    `fields` hold no names, addresses or keys: `pseudonym` makes what may stand for them.
    """
    g.refusal = {"outcome": outcome, **fields}


def init_app(app: Flask, slow_seconds: float, *, logs_access: bool) -> None:
    """Give every request an id, and log it: each with `logs_access`, else what failed or was slow.

    What was refused is always logged.
    """
    _write_lines()

    @app.before_request
    def start() -> None:
        g.request_id = token_hex(8)
        request_id.set(g.request_id)
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        took = time.perf_counter() - g.get("started", time.perf_counter())
        _log_refusal(response.status_code)
        if logs_access or response.status_code >= 500 or took > slow_seconds:
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


def _log_refusal(status: int) -> None:
    noted = g.get("refusal")
    if noted is None and status in OUTCOMES:
        noted = {"outcome": OUTCOMES[status]}
    if noted is None and status == 404 and "token" in (request.view_args or {}):
        noted = {"outcome": "link_dead", "why": "unknown"}
    if noted is None or status < 400:
        return
    account = viewer().id
    event(
        "refused",
        level=logging.WARNING,
        **noted,
        actor=pseudonym("account", str(account)) if account is not None else "visitor",
        source=pseudonym("source", client_address()),
        endpoint=request.endpoint,
        status=status,
    )
