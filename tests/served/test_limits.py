"""Limits and session ages hold over every process, and come from the environment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from portal.accounts.models import AccountSession
from portal.core import clock
from portal.core.db import db, write_section
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.served.reader import Reader, together

Serve = Callable[..., ServedPortal]
WRONG = "een verkeerd wachtwoord"


def test_it_counts_over_two_servers_on_one_database(serve: Serve) -> None:
    one = serve(RATE_LIMITS="on", WEB_PROCESSES="1")
    shared = {name: one.environment[name] for name in ("DATABASE_URL", "DATA_DIR")}
    other = serve(RATE_LIMITS="on", WEB_PROCESSES="1", **shared)
    with one.app.app_context():
        account = make.make_account()

        def attempt(served: ServedPortal, password: str = WRONG) -> int:
            form = Reader(served).get("accounts.sign_in").form()
            return form.submit(email=account.email, password=password, follow=False).status

        assert [attempt(one) for _ in range(6)] == [422] * 6
        assert [attempt(other) for _ in range(6)] == [422] * 4 + [429] * 2
        assert attempt(one, make.PASSWORD) == 429, "the right one comes too late"
        db.session.remove()


def test_it_lets_exactly_as_many_through_when_all_come_at_once(serve: Serve) -> None:
    served = serve(RATE_LIMITS="on")
    with served.app.app_context():
        discussion = make.make_discussion()
        readers = [Reader(served, make.make_account())] * 20
        reader = readers[0]
        forms = [reader.get("comments.post", discussion_id=discussion.id).form() for _ in readers]

        def sender(number: int) -> Callable[[], int]:
            fields = forms[number].fill({"body": f"Reactie {number}"})
            kept = {name: value for name, value in fields.items() if value is not None}
            path = f"/reacties/{discussion.id}"
            return lambda: reader.post(path, data=kept).status

        statuses = together([sender(number) for number in range(20)])
        assert sorted(statuses) == [302] * 10 + [429] * 10
        db.session.remove()


AGES = [
    # minutes since it began, minutes since it was used, staff, what is answered
    (5, 2.9, False, 200),
    (5, 3.1, False, 303),
    (9.9, 0, False, 200),
    (10.1, 0, False, 303),
    (5, 1.9, True, 200),
    (5, 2.1, True, 303),
]


def test_it_keeps_the_session_ages_that_the_environment_sets(serve: Serve) -> None:
    served = serve(
        SESSION_IDLE_MINUTES="3", SESSION_IDLE_MODERATOR_MINUTES="2", SESSION_ABSOLUTE_MINUTES="10"
    )
    with served.app.app_context():
        for begun, seen, is_staff, status in AGES:
            reader = Reader(served, make.make_account(is_moderator=is_staff))
            assert reader.get("accounts.overview").status == 200
            _age(begun, seen)
            assert reader.get("accounts.overview").status == status, (begun, seen, is_staff)
        reader = Reader(served, make.make_account())
        for _ in range(3):
            _age(5, 2.5)
            assert reader.get("accounts.overview").status == 200, "in use"
        db.session.remove()


def _age(begun: float, seen: float) -> None:
    """Let every session be this many minutes old, and unused for so long."""
    now = clock.now()
    db.session.rollback()
    with write_section():
        db.session.execute(
            update(AccountSession).values(
                created_at=now - timedelta(minutes=begun),
                last_seen_at=now - timedelta(minutes=seen),
            )
        )
