"""Requests as they are counted: by the name of their route, never by what somebody typed."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from portal.core.counts import Counts, Family, counts

REQUESTS = "http_requests"
DURATIONS = "http_request_duration_seconds"
KEPT = "kept_answers"
# From what was kept; made anew, and kept; from what was kept while the database was away.
OUTCOMES = ("hit", "miss", "away")
# Whatever no route answers, all together.
NO_ROUTE = "none"
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def families_of(app: Flask) -> tuple[Family, ...]:
    """Return what is counted of the requests of an app whose routes are all there."""
    routes = (*sorted(app.view_functions), NO_ROUTE)
    return (
        Family(
            REQUESTS,
            "Requests that were answered, by the name of their route and the class of their status",
            {"route": routes, "status": STATUSES},
        ),
        Family(
            DURATIONS,
            "Seconds that the answer to a request took to make, by the name of its route",
            {"route": routes},
            BOUNDS,
        ),
        Family(
            KEPT,
            "Answers to visitors that were kept already (hit), made and kept (miss), or sent while "
            "the database did not say whether they still held (away)",
            {"outcome": OUTCOMES},
        ),
    )


def count_request(counts: Counts, endpoint: str | None, status: int, seconds: float) -> None:
    """Count a request that was answered, whoever answered it; of a route added later as of none."""
    kind = STATUSES[status // 100 - 1]
    route = endpoint or NO_ROUTE
    if not counts.knows(REQUESTS, route, kind):
        route = NO_ROUTE
    counts.add(REQUESTS, route, kind)
    counts.observe(DURATIONS, seconds, route)


def init_app(app: Flask) -> None:
    """Count every request that the app answers; the log says when it began."""

    @app.after_request
    def count(response: Response) -> Response:
        took = time.perf_counter() - g.get("started", time.perf_counter())
        count_request(counts(), request.endpoint, response.status_code, took)
        return response
