"""The log: one JSON line per event, with a request id and without personal data."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from portal.core import clock

logger = logging.getLogger("portal")

# What an error quotes: addresses, and the values with which PostgreSQL explains a refusal.
_QUOTED = re.compile(r"(?m)^(DETAIL|CONTEXT):.*$|[^\s'\"<>(),;=]+@[^\s'\"<>(),;]+")


class JsonLine(logging.Formatter):
    """One record as one line of JSON; a traceback becomes a value in it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id")
        if record.exc_info:
            line["traceback"] = _QUOTED.sub("[...]", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True, default=str)


def event(name: str, *, level: int = logging.INFO, **facts: Any) -> None:
    """Write one event in the past tense; `facts` are ids and numbers, never names or addresses."""
    logger.log(level, name, extra={"facts": facts})


def init_app(app: Flask, slow_seconds: float) -> None:
    """Give every request an id, and log errors and slow requests."""
    if not logger.handlers:
        stream = logging.StreamHandler(sys.stderr)
        stream.setFormatter(JsonLine())
        logger.addHandler(stream)
        logger.setLevel(logging.INFO)
        logger.propagate = False

    @app.before_request
    def start() -> None:
        g.request_id = token_hex(8)
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
