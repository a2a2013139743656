"""The ASGI front: bodies are gathered before a thread begins, answers go out after it is done."""

from __future__ import annotations

import gc
import sys

from portal import create_app
from portal.admin.watching import watch_over
from portal.config import Settings
from portal.core.postgresql import wait_no_longer_than
from portal.core.private import keep_private
from portal.front.asgi import PATIENCE_SECONDS, Front
from portal.front.calm import calm_pages
from portal.front.closing import Closing, watch
from portal.front.health import answer_on
from portal.front.intake import intake_of
from portal.front.listener import end_stuck_answers
from portal.front.reading import reading_of
from portal.front.threads import Threads
from portal.front.warm import warm_templates
from portal.serve import first_process, leave_web, watch_first

__all__ = ["PATIENCE_SECONDS", "Front", "make_front"]

# A writer holds the lock on SQLite while it waits for its turn among the threads of its process.
# With Python's own five milliseconds, at every statement anew, that adds up to most of the time.
SWITCH_SECONDS = 0.0005


def make_front() -> Front:
    """Return the app for an ASGI server; the garbage collector skips the objects of the start."""
    keep_private()
    flask = create_app()
    settings: Settings = flask.extensions["portal_settings"]
    wait_no_longer_than(settings.database_seconds)
    calm = calm_pages(flask, is_https=settings.is_https)
    closing = Closing()
    watch(flask, closing)
    threads, intake = Threads(flask, settings.web_threads), intake_of(flask, settings)
    reading = reading_of(flask, settings, threads, intake)
    front = Front(threads, calm, intake, reading=reading, closing=closing)
    warm_templates(flask)
    end_stuck_answers(settings.port, settings.front.reading_seconds)
    if settings.front.health_port:
        answer_on(settings.front.health_port, flask)
    watch_first(first_process(), leave_web)
    watch_over(flask)
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    return front
