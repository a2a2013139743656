"""An erased account leaves what is public, and its name nowhere but where the law wants it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.core.db import Base, connection, db, write_section
from portal.core.errors import FieldRefused
from portal.organisations.models import AccessRequest, Membership
from portal.personal.actions import OnlyOwner, erase
from portal.personal.holdings import ERASED_NAME, HOLDINGS
from portal.personal.queries import count_of
from portal.services.history import history_of
from portal.services.mail import send
from portal.services.models import Job
from tests.factories import make_beheerder, make_moderator
from tests.personal.person import EMAIL, NAME, make_person

# What stays with a name: the register says who signed, and the log why something was done.
STAYS = {
    "signature.signatory_name", "signature.signatory_email", "ending.email",
    "history_reason.reason",
}  # fmt: skip


def _erase(person: Account, *, without_owner: bool = False) -> None:
    with write_section():
        erase(db.session.get_one(Account, person.id), without_owner=without_owner)


def _where(*words: str) -> Iterator[str]:
    """Give the columns of the whole database in which one of these words stands."""
    for table in Base.metadata.sorted_tables:
        for row in connection().execute(select(table)).mappings():
            for name, value in row.items():
                if any(word.lower() in str(value).lower() for word in words):
                    yield f"{table.name}.{name}"


def test_it_leaves_a_name_nowhere_but_where_the_register_needs_it(app: Flask) -> None:
    person = make_person()
    assert len(set(_where(NAME, EMAIL))) > len(STAYS) + 10
    # Mails to others that name the person leave in a minute.
    before = {job.id for job in db.session.scalars(select(Job)) if job.payload["to"] != EMAIL}
    _erase(person)
    with write_section():
        for number in before:
            db.session.delete(db.session.get_one(Job, number))
    found = set(_where(NAME, EMAIL))
    assert found - {"job.payload"} == STAYS
    assert not [job for job in db.session.scalars(select(Job)) if job.payload["to"] == EMAIL]


def test_it_erases_what_goes_and_leaves_the_others_alone(app: Flask) -> None:
    person = make_person()
    other = db.session.scalars(select(Account).where(Account.name == "Olivier Anders")).one()
    theirs = {holding.table: count_of(holding, other) for holding in HOLDINGS}
    _erase(person)
    db.session.refresh(person)
    assert not [holding.table for holding in HOLDINGS if holding.goes and count_of(holding, person)]
    assert {holding.table: count_of(holding, other) for holding in HOLDINGS} == theirs


def test_it_leaves_a_comment_without_its_name_and_an_account_without_a_way_in(app: Flask) -> None:
    person = make_person()
    _erase(person)
    db.session.refresh(person)
    assert (person.name, person.is_blocked, person.email_key) == (
        ERASED_NAME, True, f"account-{person.id}@verwijderd.invalid",
    )  # fmt: skip
    comment = db.session.scalars(select(Comment).where(Comment.author_id == person.id)).one()
    assert (comment.author_name, comment.job_title, comment.state) == (ERASED_NAME, "", "placed")
    assert [row.step for row in history_of("account", person.id)][-1] == "erased"


def test_it_mails_an_erased_account_no_more(app: Flask) -> None:
    person = make_person()
    _erase(person)
    db.session.refresh(person)
    with write_section():
        send("account_blocked", to=person.email, addressee=person.name)
    assert not [job for job in db.session.scalars(select(Job)) if job.payload["to"] == person.email]


def test_it_takes_back_what_was_asked_and_leaves_every_organisation(app: Flask) -> None:
    person = make_person()
    _erase(person)
    own = select(AccessRequest.state).where(AccessRequest.author_id == person.id)
    assert set(db.session.scalars(own)) == {"cancelled"}
    assert not db.session.scalars(
        select(Membership).where(Membership.account_id == person.id)
    ).all()


def test_it_refuses_to_leave_an_organisation_without_an_owner_unless_told(app: Flask) -> None:
    person = make_person(is_only_owner=True)
    with pytest.raises(OnlyOwner, match="Gemeente Voorbeeld"):
        _erase(person)
    db.session.refresh(person)
    assert person.name == NAME, "nothing was done"
    _erase(person, without_owner=True)
    db.session.refresh(person)
    assert person.name == ERASED_NAME


def test_it_refuses_the_last_beheerder_and_takes_the_role_of_another(app: Flask) -> None:
    beheerder = make_beheerder()
    with pytest.raises(FieldRefused):
        _erase(beheerder)
    moderator = make_moderator()
    _erase(moderator)
    db.session.refresh(moderator)
    assert not moderator.is_moderator
