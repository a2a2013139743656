"""LAW 2 as tables: what can be done in which state, and what the one mover writes down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.core.db import db, in_write_section, write_section
from portal.core.errors import ReasonMissing, StepNotOpen
from portal.lifecycle import LIFECYCLES, is_open, open_steps, states_of, step_of
from portal.policy import VISITOR, Permission, Role
from portal.services.conflicts import last_step_of
from portal.services.history import advance, create, history_of, record
from portal.services.models import HistoryRow
from tests import factories as make
from tests.test_policy import Who

# State -> the steps that lead on from it, and where to; None is what makes the thing.
TEXT = {
    None: {"submit": "pending"},
    "pending": {
        "place": "placed",
        "ask_change": "change_asked",
        "refuse": "refused",
        "replace": "replaced",
        "withdraw": "withdrawn",
    },
    "change_asked": {"replace": "replaced", "withdraw": "withdrawn"},
    "placed": {"supersede": "superseded", "withdraw": "withdrawn"},
    "refused": {},
    "replaced": {},
    "superseded": {},
    "withdrawn": {},
}
WAYS: dict[str, dict[str | None, dict[str, str]]] = {
    "comment": {
        None: {"post": "pending"},
        "pending": {"place": "placed", "refuse": "refused", "withdraw": "withdrawn"},
        "placed": {"withdraw": "withdrawn"},
        "refused": {},
        "withdrawn": {},
    },
    "comment_version": TEXT,
    "profile": TEXT,
    "signature": {
        None: {"prepare": "draft", "enter": "admitted"},
        "draft": {"send": "awaiting_confirmation", "cancel": "cancelled"},
        "awaiting_confirmation": {
            "recall": "draft",
            "confirm": "confirmed",
            "cancel": "cancelled",
        },
        "confirmed": {
            "ask_more": "more_asked",
            "admit": "admitted",
            "decline": "declined",
            "cancel": "cancelled",
        },
        "more_asked": {
            "send": "awaiting_confirmation",
            "complete": "confirmed",
            "cancel": "cancelled",
        },
        "declined": {"correct": "draft", "cancel": "cancelled"},
        "admitted": {"end": "ended", "end_by_vereniging": "ended"},
        "cancelled": {},
        "ended": {},
    },
    "commitment": {
        None: {"draft": "draft"},
        "draft": {"publish": "published", "discard": "discarded"},
        "published": {"withdraw": "withdrawn", "close": "withdrawn"},
        "discarded": {},
        "withdrawn": {},
    },
    "article": {
        None: {"draft": "draft"},
        "draft": {"publish": "published"},
        "published": {"unpublish": "draft"},
    },
    "pact_version": {None: {"draft": "draft"}, "draft": {"publish": "published"}, "published": {}},
    "access_request": {
        None: {"ask": "open"},
        "open": {"grant": "granted", "refuse": "refused", "take_back": "cancelled"},
        "granted": {},
        "refused": {},
        "cancelled": {},
    },
    "invitation": {
        None: {"invite": "open"},
        "open": {"accept": "accepted", "revoke": "revoked"},
        "accepted": {},
        "revoked": {},
    },
}
# Somebody else gets to read why.
REASONED = {
    ("comment_version", "ask_change"),
    ("comment_version", "refuse"),
    ("profile", "ask_change"),
    ("profile", "refuse"),
    ("signature", "ask_more"),
    ("signature", "decline"),
    ("signature", "end_by_vereniging"),
    ("commitment", "withdraw"),
    ("access_request", "refuse"),
}
MAKERS: dict[str, Callable[[str], Any]] = {
    "comment": lambda state: make.make_comment(state=state),
    "comment_version": lambda state: make.make_comment_version(make.make_comment(), state=state),
    "profile": lambda state: make.make_profile(make.make_organisation(), state=state),
    "signature": lambda state: make.make_signature(state=state),
    "commitment": lambda state: make.make_commitment(state=state),
    "article": lambda state: make.make_article(state=state),
    "pact_version": lambda state: make.make_pact_version(state=state),
    "access_request": lambda state: make.make_access_request(make.make_organisation(), state=state),
    "invitation": lambda state: make.make_invitation(make.make_organisation(), state=state)[0],
}
EVERY_STEP = [
    pytest.param(thing, state, step, id=f"{thing}-{state}-{step}")
    for thing, ways in WAYS.items()
    for state in ways
    if state is not None
    for step in LIFECYCLES[thing]
]
REASON = "Dat is nu eenmaal zo afgesproken."


def _rows(item: Any) -> list[HistoryRow]:
    return history_of(item.thing, item.id)


@pytest.mark.parametrize("thing", LIFECYCLES)
def test_it_knows_these_states_and_these_ways(thing: str) -> None:
    ways = WAYS[thing]
    assert set(states_of(thing)) == {state for state in ways if state is not None}
    for state, onward in ways.items():
        found = {
            step.name: step.target for step in LIFECYCLES[thing].values() if is_open(step, state)
        }
        assert found == onward, state


def test_it_asks_a_reason_for_what_is_held_against_somebody() -> None:
    found = {
        (thing, step.name)
        for thing, steps in LIFECYCLES.items()
        for step in steps.values()
        if step.needs_reason
    }
    assert found == REASONED


def test_it_has_a_way_to_every_state_and_a_maker_for_every_thing() -> None:
    assert set(WAYS) == set(LIFECYCLES) == set(MAKERS)
    for thing, ways in WAYS.items():
        reached, ahead = set[str](), [*ways[None].values()]
        while ahead:
            state = ahead.pop()
            if state not in reached:
                reached.add(state)
                ahead += ways[state].values()
        assert reached == set(states_of(thing)), thing


@pytest.mark.parametrize(("thing", "state", "step_name"), EVERY_STEP)
def test_it_takes_an_open_step_with_one_row_and_refuses_any_other(
    app: Flask, thing: str, state: str, step_name: str
) -> None:
    item = MAKERS[thing](state)
    mover = make.make_moderator()
    before = len(_rows(item))
    target = WAYS[thing][state].get(step_name)

    if target is None:
        with pytest.raises(StepNotOpen), write_section():
            advance(item, step_name, by=mover, ground="other", reason=REASON)
    else:
        with write_section():
            advance(item, step_name, by=mover, ground="other", reason=REASON)

    db.session.expire_all()
    rows = _rows(item)
    assert item.state == (target or state)
    assert len(rows) == before + (target is not None)
    if target is not None:
        last = rows[-1]
        assert (last.step, last.from_state, last.to_state) == (step_name, state, target)
        assert (last.account_id, last.ground, last.reason) == (mover.id, "other", REASON)


@pytest.mark.parametrize(("thing", "step_name"), sorted(REASONED))
@pytest.mark.parametrize("words", ["", "  \n "])
def test_it_moves_nothing_without_the_words_that_are_asked_for(
    app: Flask, thing: str, step_name: str, words: str
) -> None:
    state = next(
        state for state, onward in WAYS[thing].items() if state is not None and step_name in onward
    )
    item = MAKERS[thing](state)
    before = len(_rows(item))

    with pytest.raises(ReasonMissing), write_section():
        advance(item, step_name, by=make.make_moderator(), ground="other", reason=words)

    db.session.expire_all()
    assert (item.state, len(_rows(item))) == (state, before)


def test_it_writes_down_nothing_of_what_was_rolled_back(app: Flask) -> None:
    comment = make.make_comment(state="pending")
    before = len(_rows(comment))

    with pytest.raises(ZeroDivisionError), write_section():
        advance(comment, "place", by=make.make_moderator())
        _fail()

    db.session.expire_all()
    assert (comment.state, len(_rows(comment))) == ("pending", before)


def _fail() -> None:
    raise ZeroDivisionError


def test_it_says_who_it_was_when_that_was_nobody_with_an_account(app: Flask) -> None:
    signature = make.make_signature(state="awaiting_confirmation")

    with write_section():
        advance(signature, "confirm", by=None, actor="tekenbevoegde")

    last = _rows(signature)[-1]
    assert (last.account_id, last.actor) == (None, "tekenbevoegde")


def test_it_notes_an_act_that_moves_nothing(app: Flask) -> None:
    commitment = make.make_commitment()
    writer = make.make_account()

    with write_section():
        record(commitment, "edited", by=writer, reason=" De leverancier vroeg erom. ")

    last = _rows(commitment)[-1]
    assert (last.step, last.from_state, last.to_state) == ("edited", "published", "published")
    assert (last.account_id, last.reason) == (writer.id, "De leverancier vroeg erom.")


def test_it_tells_who_comes_second_what_happened_meanwhile(app: Flask) -> None:
    version = make.make_comment_version(make.make_comment(), state="refused", reason=REASON)

    told = last_step_of(version)

    assert told is not None
    assert (told.step, told.state, told.reason) == ("refuse", "refused", REASON)


def test_it_draws_the_steps_that_are_open_to_this_person_and_no_other(app: Flask) -> None:
    owner = make.make_account()
    organisation = make.make_organisation(owner=owner)
    reader = make.make_membership(organisation, role=Role.READER).account
    signature = make.make_signature(organisation, state="confirmed")
    moderator = make.make_moderator()

    def names(person: Any) -> set[str]:
        return {step.name for step in open_steps(signature, person)}

    ours = organisation.id
    assert names(Who(owner.id, roles={ours: Role.OWNER})) == {"cancel"}
    assert names(Who(reader.id, roles={ours: Role.READER})) == set()
    assert names(Who(moderator.id, is_moderator=True)) == {"ask_more", "admit", "decline"}
    assert names(VISITOR) == set()


def test_it_knows_no_step_that_is_not_in_the_table() -> None:
    assert step_of("signature", "admit").permission == Permission.SIGNATURE_DECIDE
    with pytest.raises(KeyError):
        step_of("signature", "burn")


def test_it_begins_a_thing_with_a_row_of_its_making(app: Flask) -> None:
    article = make.make_article(state="draft")
    assert [(row.step, row.from_state, row.to_state) for row in _rows(article)] == [
        ("draft", None, "draft")
    ]
    with write_section():
        version = make.make_pact_version(state="draft")
        assert in_write_section()
        with pytest.raises(KeyError):
            create(version, "burn", by=None)


@pytest.mark.parametrize(
    "change",
    [
        update(HistoryRow).values(reason="Anders."),
        update(HistoryRow).values(account_id=None),
        delete(HistoryRow),
        text("UPDATE history SET to_state = 'placed'"),
        text("DELETE FROM history"),
    ],
    ids=["reason", "account", "delete", "raw update", "raw delete"],
)
def test_it_keeps_history_as_it_was_written(app: Flask, change: Any) -> None:
    comment = make.make_comment(state="refused", reason=REASON)
    written = [(row.id, row.reason, row.account_id, row.to_state) for row in _rows(comment)]

    with pytest.raises(DBAPIError, match="append-only"), write_section():
        db.session.execute(change)

    db.session.rollback()
    found = db.session.scalars(
        select(HistoryRow).where(
            HistoryRow.subject == "comment", HistoryRow.subject_id == comment.id
        )
    )
    assert [(row.id, row.reason, row.account_id, row.to_state) for row in found] == written
