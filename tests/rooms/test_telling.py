"""Every act says whom it concerns, and no mail leaves that no act has announced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from portal import MAILS
from portal.core.db import db, write_section
from portal.core.errors import PortalError
from portal.lifecycle import LIFECYCLES
from portal.organisations.models import Organisation
from portal.organisations.queries import find_mailbox
from portal.services import mail
from portal.services.mail import MailWithoutAct
from portal.services.models import HistoryRow, Job
from portal.services.telling import NOBODY, WITHOUT_ACT, Audience, Untold, joined, told_of
from tests.factories import make_mailbox
from tests.rooms.every_function import Values, functions_of
from tests.rooms.world import fill, values

TABLES = [room.WHO_IS_TOLD for room in MAILS]
TABLE = joined(*TABLES)
NAMED = {each.template for told in TABLE.values() for each in told.mails}
# As above, a comment is gone only for who heard of it.
FOR_MAILBOXES = {
    each.template for told in TABLE.values() for each in told.mails if Audience.MAILBOX in each.to
} - {"comment_gone"}
FOLDERS = {path.parent.name for path in Path("templates/mail").glob("*/subject.txt")}


def test_it_has_a_row_for_every_act_and_a_template_for_every_mail() -> None:
    assert TABLE.keys() == {(thing, act) for thing, acts in LIFECYCLES.items() for act in acts}
    assert NAMED | WITHOUT_ACT == FOLDERS
    assert not NAMED & WITHOUT_ACT


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param(TABLES[1:], id="an act without a row"),
        pytest.param([*TABLES, told_of("account", {"danced": NOBODY})], id="a row without an act"),
        pytest.param([*TABLES, TABLES[0]], id="a row that stands twice"),
    ],
)
def test_it_does_not_start_with_a_table_that_is_not_whole(tables: Any) -> None:
    with pytest.raises(Untold):
        joined(*tables)


def test_it_sends_no_mail_that_no_act_has_announced(app: Flask) -> None:
    with pytest.raises(MailWithoutAct):
        mail.send("made_up", to="iemand@voorbeeld.example")


# Parts of other actions, which record what they are parts of.
PARTS = {"begin_period", "mail_link", "set_password"}


class Undone(Exception):
    """Ends a part of a write section without keeping anything."""


def _newest(column: Any) -> int:
    return db.session.scalar(select(func.max(column))) or 0


class Sent(NamedTuple):
    """A mail that an act caused, and whether it goes to the mailbox of an organisation."""

    template: str
    is_to_mailbox: bool


def _done(function: Callable[..., Any], arguments: dict[str, Any]) -> tuple[set[Any], set[Sent]]:
    """Return the acts that a call recorded and the mails that it caused; nothing is kept.

    Called in a write section, whose other rows stay as they were read.
    """
    acts: set[Any] = set()
    mails: set[Sent] = set()
    known, waiting = _newest(HistoryRow.id), _newest(Job.id)
    try:
        with db.session.begin_nested():
            function(**arguments)
            db.session.flush()
            rows = select(HistoryRow.subject, HistoryRow.step).where(HistoryRow.id > known)
            acts = {tuple(row) for row in db.session.execute(rows)}
            jobs = select(Job.payload).where(Job.kind == "mail", Job.id > waiting)
            mails = {
                Sent(payload["template"], "mailbox_of" in payload)
                for payload in db.session.scalars(jobs)
            }
            raise Undone
    except Undone:
        # What was written past the session is read again.
        db.session.expire_all()
        return acts, mails
    except (NotFound, PortalError):
        return acts, mails


def _outcomes(function: Callable[..., Any], known: Values) -> list[tuple[set[Any], set[Sent]]]:
    """Return what came of every way of calling a function, in a write section of its own.

    One for all functions would end up slow: PostgreSQL looks through every part that was undone.
    """
    with write_section():
        return [_done(function, arguments) for arguments in known.calls(function)]


def _name_mailboxes() -> None:
    """Give each organisation a mailbox in use that has none."""
    for number in db.session.scalars(select(Organisation.id)).all():
        if find_mailbox(number) is None:
            make_mailbox(db.session.get_one(Organisation, number), f"mailbox{number}@example.org")


def test_it_tells_by_mail_what_the_table_says(app: Flask) -> None:
    fill()
    _name_mailboxes()
    known = values()
    told: set[Sent] = set()
    unannounced: set[tuple[str, Sent]] = set()
    for function in functions_of("actions"):
        if function.__name__ in PARTS:
            continue
        for acts, mails in _outcomes(function, known):
            announced = {
                Sent(each.template, to is Audience.MAILBOX)
                for act in acts
                for each in TABLE[act].mails
                for to in each.to
            }
            found = {sent for sent in mails - announced if sent.template not in WITHOUT_ACT}
            unannounced |= {(function.__qualname__, sent) for sent in found}
            told |= mails
    assert not unannounced
    # A mail that comes back is found by the worker: see tests/signatures/test_mails.py. Who heard
    # of a comment hears that it is gone: see tests/comments/test_actions.py.
    # The last mail to whom is erased is no job, which would keep the address: see tests/personal.
    assert NAMED - {sent.template for sent in told} <= {
        "signature_bounced",
        "comment_gone",
        "account_erased",
    }
    # What a mailbox is to hear it hears, and nothing else.
    assert {sent.template for sent in told if sent.is_to_mailbox} - WITHOUT_ACT == FOR_MAILBOXES
