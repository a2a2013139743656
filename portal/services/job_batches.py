"""Many jobs at once, in one statement: for what concerns thousands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from portal.core import clock
from portal.core.db import connection
from portal.services.job_secrets import told_of_mail
from portal.services.models import Job, JobState

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


def _adding(insert: Callable[[type[Job]], Insert]) -> Insert:
    return insert(Job).on_conflict_do_nothing(index_elements=["key"])


_ADD = {"postgresql": _adding(postgresql.insert), "sqlite": _adding(sqlite.insert)}


def enqueue_all(kind: str, payloads: Mapping[str, Mapping[str, Any]]) -> None:
    """Add a job of this kind for each key -> payload to this transaction, due now.

    Where another job has the key already, nothing happens, as `jobs.enqueue` has it.
    """
    if not payloads:
        return
    now = clock.now()
    rows = [
        {
            "kind": kind,
            "payload": dict(payload),
            "state": JobState.WAITING,
            "run_at": now,
            "tries": 0,
            "key": key,
            "created_at": now,
            **told_of_mail(payload),
        }
        for key, payload in payloads.items()
    ]
    current = connection()
    current.execute(_ADD[current.dialect.name], rows)
