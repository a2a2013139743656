"""Two acts at once: the second waits for the first, and neither stops the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from portal.comments.actions import posting
from portal.core.db import db, write_section
from portal.core.errors import PortalError
from portal.organisations import actions
from portal.organisations.actions import profiles, requests
from portal.organisations.models import (
    AccessProposal,
    AccessRequest,
    Membership,
    Organisation,
    ProfileText,
)
from portal.organisations.queries import person_of
from portal.policy import Role
from portal.web.forms import EditingForm
from tests import factories as make

MOST_SECONDS = 20
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
Pause = Callable[[], None]
Act = Callable[[], object]
Scene = tuple[Callable[[Pause], object], Act]


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make.make_signature(make.make_organisation(owner=make.make_account())).organisation


@contextmanager
def paused(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, pause: Pause) -> Iterator[None]:
    """Let the act pause once, before it goes on to what is called `name`."""
    original, left = getattr(owner, name), [pause]

    def first_pause(*args: Any, **values: Any) -> Any:
        if left:
            left.pop()()
        return original(*args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, first_pause)
        yield


def a_saved_role(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Scene:
    owner = organisation.memberships[0].account_id
    number = make.make_membership(organisation).id

    def save(pause: Pause) -> None:
        membership = db.session.get_one(Membership, number)
        form = EditingForm(MultiDict({"version": "1"}), meta={"csrf": False})
        form.claim_version(membership)
        pause()
        actions.change_role(membership, role=str(Role.READER), job_title="", by=person(owner))

    def remove() -> None:
        actions.remove(db.session.get_one(Membership, number), by=person(owner))

    return save, remove


def a_granted_request(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Scene:
    owner, moderator = make.make_account().id, make.make_moderator().id
    request = make.make_access_request(make.make_organisation())
    proposal = make.make_access_proposal(request.organisation, request=request)
    asked, proposed = request.id, proposal.id

    def grant(pause: Pause) -> None:
        with paused(monkeypatch, requests, "_drop_proposal", pause):
            row = db.session.get_one(AccessRequest, asked)
            actions.grant(row, role=str(Role.EDITOR), by=person(owner))

    def approve() -> None:
        actions.approve(db.session.get_one(AccessProposal, proposed), by=person(moderator))

    return grant, approve


def a_placed_text(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Scene:
    owner, moderator = organisation.memberships[0].account_id, make.make_moderator().id
    writer = make.make_membership(organisation)
    version = make.make_profile(organisation, state="pending", author=writer.account).id
    number = writer.id

    def place(pause: Pause) -> None:
        with paused(monkeypatch, profiles.ReviewedProfile, "show", pause):
            actions.place_profile(db.session.get_one(ProfileText, version), by=person(moderator))

    def remove() -> None:
        actions.remove(db.session.get_one(Membership, number), by=person(owner))

    return place, remove


def a_comment(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Scene:
    owner = organisation.memberships[0].account_id
    leaver, writer = (make.make_membership(organisation) for _each in range(2))
    discussion = make.make_commitment(organisation).discussion
    make.make_comment(discussion, state="pending", author=leaver.account, organisation=organisation)
    number, author, where = leaver.id, writer.account_id, organisation.id

    def post(pause: Pause) -> None:
        with paused(monkeypatch, posting, "_refuse_closed", pause):
            own = db.session.merge(discussion)
            posting.post(own, body="Ja.", by=person(author), organisation_id=where)

    def remove() -> None:
        actions.remove(db.session.get_one(Membership, number), by=person(owner))

    return post, remove


def person(account_id: int) -> Any:
    return person_of(account_id)


def wait_until_somebody_waits(is_over: Event) -> None:
    if db.engine.dialect.name == "sqlite":
        # One writes at a time there: whoever began to wait goes on waiting.
        is_over.wait(0.2)
        return
    with db.engine.connect() as connection:
        for _each in range(MOST_SECONDS * 50):
            if connection.execute(WAITING).scalar_one() or is_over.wait(0.02):
                return
            connection.rollback()


@pytest.mark.parametrize("make_scene", [a_saved_role, a_granted_request, a_placed_text, a_comment])
def test_they_stand_in_a_row(
    app: Flask,
    organisation: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    make_scene: Callable[[Organisation, pytest.MonkeyPatch], Scene],
) -> None:
    first, second = make_scene(organisation, monkeypatch)
    db.session.rollback()
    is_paused, is_over = Event(), Event()
    failed: list[BaseException] = []

    def pause() -> None:
        is_paused.set()
        wait_until_somebody_waits(is_over)

    def run(act: Act, done: Event) -> None:
        try:
            with app.app_context(), write_section():
                act()
        except PortalError:
            # Refused, since the other was first.
            pass
        except BaseException as error:
            failed.append(error)
        finally:
            done.set()

    def follow() -> None:
        is_paused.wait(MOST_SECONDS)
        run(second, is_over)

    threads = [
        Thread(target=run, args=(lambda: first(pause), is_paused)),
        Thread(target=follow),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(MOST_SECONDS * 2)

    assert not any(thread.is_alive() for thread in threads)
    assert not failed
