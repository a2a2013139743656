"""Every act says whom it concerns, and no mail leaves that no act has announced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import find_mailbox
from portal.policy import Role
from portal.services import mail
from portal.services.mail import MailWithoutAct
from portal.services.models import HistoryRow, Job
from portal.services.telling import NOBODY, WITHOUT_ACT, Audience, Untold, joined, told_of
from tests.factories import make_account, make_mailbox, make_membership
from tests.rooms.every_function import Values, functions_of
from tests.rooms.reached import audiences_of, rows_about
from tests.rooms.scenes import ELSEWHERE, ONLY_IN_SCENES
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


class Reached(NamedTuple):
    """A mail that an act caused, and the audiences of it to which its reader belongs."""

    template: str
    audiences: frozenset[Audience]


class Caused(NamedTuple):
    """What came of one call: the acts that it recorded, and the mails that it caused."""

    acts: set[Any]
    mails: set[Sent]
    reached: set[Reached]


def _reached(payload: dict[str, Any], rows: Sequence[Any]) -> Reached:
    more = payload["words"].get("organisation_id")
    audiences = audiences_of(payload["to"], rows, [more] if more else [])
    if "mailbox_of" in payload:
        audiences.add(Audience.MAILBOX)
    return Reached(payload["template"], frozenset(audiences))


def _done(function: Callable[..., Any], arguments: dict[str, Any]) -> Caused:
    """Return what came of a call; nothing is kept.

    Called in a write section, whose other rows stay as they were read.
    """
    acts: set[Any] = set()
    mails: set[Sent] = set()
    reached: set[Reached] = set()
    known, waiting = _newest(HistoryRow.id), _newest(Job.id)
    try:
        with db.session.begin_nested():
            function(**arguments)
            db.session.flush()
            columns = (HistoryRow.subject, HistoryRow.step, HistoryRow.subject_id)
            rows = db.session.execute(select(*columns).where(HistoryRow.id > known)).all()
            acts = {tuple(row[:2]) for row in rows}
            jobs = select(Job.payload).where(Job.kind == "mail", Job.id > waiting)
            payloads = list(db.session.scalars(jobs))
            mails = {Sent(each["template"], "mailbox_of" in each) for each in payloads}
            # Who stands in reads along with whoever is told: see tests/services/test_mail.py.
            own = [each for each in payloads if "stands_in_for" not in each]
            about = rows_about({(row[0], row[2]) for row in rows}) if own else []
            reached = {_reached(each, about) for each in own}
            raise Undone
    except Undone:
        # What was written past the session is read again.
        db.session.expire_all()
    except (NotFound, PortalError):
        pass
    return Caused(acts, mails, reached)


def _outcomes(function: Callable[..., Any], known: Values) -> list[Caused]:
    """Return what came of every way of calling a function, in a write section of its own.

    One for all functions would end up slow: PostgreSQL looks through every part that was undone.
    """
    with write_section():
        return [_done(function, arguments) for arguments in known.calls(function)]


def _announced_to(template: str, acts: set[Any]) -> set[Audience]:
    """Return to whom these acts announce a mail."""
    mails = [each for act in acts for each in TABLE[act].mails]
    return {to for each in mails if each.template == template for to in each.to}


def _name_writers() -> None:
    """Give each organisation a redacteur who acts not, and an eigenaar where there is none."""
    owners = select(Membership.organisation_id).where(Membership.role == Role.OWNER)
    owned = set(db.session.scalars(owners))
    for organisation in db.session.scalars(select(Organisation)).all():
        make_membership(organisation, make_account(), role=Role.EDITOR)
        if organisation.id not in owned:
            make_membership(organisation, make_account(), role=Role.OWNER)


def _name_mailboxes() -> None:
    """Give each organisation a mailbox in use that has none."""
    for number in db.session.scalars(select(Organisation.id)).all():
        if find_mailbox(number) is None:
            make_mailbox(db.session.get_one(Organisation, number), f"mailbox{number}@example.org")


def test_it_tells_by_mail_what_the_table_says(app: Flask) -> None:
    fill()
    _name_mailboxes()
    known = values()
    # Not among the values: that would be many calls more.
    _name_writers()
    told: set[Sent] = set()
    unannounced: set[tuple[str, Sent]] = set()
    strangers: set[tuple[str, Reached]] = set()
    heard: set[tuple[Any, str, Audience]] = set()
    for function in functions_of("actions"):
        if function.__name__ in PARTS:
            continue
        for acts, mails, reached in _outcomes(function, known):
            announced = {
                Sent(each.template, to is Audience.MAILBOX)
                for act in acts
                for each in TABLE[act].mails
                for to in each.to
            }
            found = {sent for sent in mails - announced if sent.template not in WITHOUT_ACT}
            unannounced |= {(function.__qualname__, sent) for sent in found}
            told |= mails
            for each in reached:
                may = _announced_to(each.template, acts)
                heard |= {
                    (act, told_by.template, to)
                    for act in acts
                    for told_by in TABLE[act].mails
                    for to in each.audiences & set(told_by.to)
                    if told_by.template == each.template
                }
                if may and not each.audiences & may:
                    strangers.add((function.__qualname__, each))
    assert not unannounced
    # Nobody gets a mail whom the table does not name, and everybody whom it names gets one.
    assert not {found for found in strangers if found[1].template not in ELSEWHERE}
    every = {
        (act, each.template, to)
        for act, row in TABLE.items()
        for each in row.mails
        for to in each.to
    }
    missed = {each for each in every - heard if each[1] not in ELSEWHERE}
    assert missed == ONLY_IN_SCENES, (missed - ONLY_IN_SCENES, ONLY_IN_SCENES - missed)
    # A mail that comes back is found by the worker: see tests/signatures/test_mails.py. Who heard
    # of a comment hears that it is gone: see tests/rooms/scenes.
    # The last mail to whom is erased is no job, which would keep the address: see tests/personal.
    assert NAMED - {sent.template for sent in told} <= {
        "signature_bounced",
        "comment_gone",
        "account_erased",
    }
    # What a mailbox is to hear it hears, and nothing else.
    assert {sent.template for sent in told if sent.is_to_mailbox} - WITHOUT_ACT == FOR_MAILBOXES
