"""The log: one JSON line per event, with a request id and without personal data."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar

from portal.core import clock

logger = logging.getLogger("portal")
# The id of the request that is being answered; "" outside one.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# Personal data in a traceback: mail addresses, and the values that PostgreSQL quotes in an error.
_QUOTED = re.compile(r"(?m)^(DETAIL|CONTEXT):.*$|[^\s'\"<>(),;=]+@[^\s'\"<>(),;]+")


class JsonLine(logging.Formatter):
    """One record as one line of JSON; a traceback becomes a value in it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if record.exc_info:
            line["traceback"] = _QUOTED.sub("[...]", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True, default=str)


def event(name: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write one event in the past tense; `fields` are ids and numbers, never names or addresses."""
    logger.log(level, name, extra={"fields": fields})
