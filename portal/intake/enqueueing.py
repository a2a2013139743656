"""The work on a file that is done outside a request, by name."""

from __future__ import annotations

from portal.services import jobs

LOOK, BRING_IN, TAKE_BACK = "intake_look", "intake_bring_in", "intake_take_back"


def enqueue_work(kind: str, intake_id: int) -> None:
    """Let the worker do this with a file; done twice, it changes nothing the second time."""
    jobs.enqueue(kind, {"intake_id": intake_id})
