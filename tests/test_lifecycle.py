"""LAW 2 as tables: what can be done in which state, and what the one mover writes down."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError
from werkzeug.exceptions import NotFound

from portal.core.db import db, in_write_section, write_section
from portal.core.errors import ReasonMissing, StepNotOpen
from portal.lifecycle import LIFECYCLES, SAME, SignatureState, Step, open_steps, states_of, step_of
from portal.policy import VISITOR, Permission, Role
from portal.services.conflicts import last_step_of
from portal.services.history import advance, create, history_of, record
from portal.services.models import HistoryReason, HistoryRow
from portal.services.reasons import empty_reason
from portal.signatures.models import Signature
from tests import factories as make
from tests.test_policy import Who

STATEFUL = [thing for thing in LIFECYCLES if states_of(thing)]
MAKERS: dict[str, Callable[[str], Any]] = {
    "comment": lambda state: make.make_comment(state=state),
    "comment_version": lambda state: make.make_comment_version(make.make_comment(), state=state),
    "profile": lambda state: make.make_profile(make.make_organisation(), state=state),
    "signature": lambda state: make.make_signature(state=state),
    "ending": lambda state: make.make_ending(state=state),
    "commitment": lambda state: make.make_commitment(state=state),
    "article": lambda state: make.make_article(state=state),
    "yearly_report": lambda state: make.make_report(state=state),
    "pact_version": lambda state: make.make_pact_version(state=state),
    "access_proposal": lambda state: make.make_access_proposal(
        make.make_organisation(), state=state
    ),
    "access_request": lambda state: make.make_access_request(make.make_organisation(), state=state),
    "identity_proposal": lambda state: make.make_proposal(state=state),
    "intake": lambda state: make.make_intake(state=state),
    "mailbox": lambda state: make.make_mailbox(make.make_organisation(), state=state),
    "rappel": lambda state: make.make_rappel(state=state),
    "staff_invitation": lambda state: make.make_staff_invitation(state=state)[0],
    "invitation": lambda state: make.make_invitation(make.make_organisation(), state=state)[0],
}
EVERY_STEP = [
    pytest.param(thing, state, step, id=f"{thing}-{state}-{step.name}")
    for thing in STATEFUL
    for state in states_of(thing)
    for step in LIFECYCLES[thing].values()
]
REASONED = [
    pytest.param(thing, step, id=f"{thing}-{step.name}")
    for thing in STATEFUL
    for step in LIFECYCLES[thing].values()
    if step.needs_reason
]
# Somebody else gets to read why; of a comment its text has the reason.
HELD_AGAINST = {
    "ask_change",
    "ask_more",
    "decline",
    "refuse",
    "end_by_vereniging",
    "set_back",
    "term_moved",
}
REASON = "Dat is nu eenmaal zo afgesproken."


def _rows(item: Any) -> list[HistoryRow]:
    return history_of(item.thing, item.id)


def _take(item: Any, step: Step, by: Any, reason: str = REASON) -> None:
    take = record if step.target is SAME else advance
    take(item, step.name, by=by, ground="other", reason=reason)


def test_it_asks_a_reason_for_what_is_held_against_somebody() -> None:
    for thing in set(LIFECYCLES) - {"comment"}:
        for step in LIFECYCLES[thing].values():
            assert step.needs_reason or step.name not in HELD_AGAINST, (thing, step.name)


def test_it_has_a_way_to_every_state_and_a_maker_for_every_thing() -> None:
    assert set(STATEFUL) == set(MAKERS)
    for thing in STATEFUL:
        steps = list(LIFECYCLES[thing].values())
        kind = type(states_of(thing)[0])
        reached: set[Any] = {step.target for step in steps if step.is_first}
        for _ in steps:
            reached |= {step.target for step in steps if reached & set(step.sources)} - {SAME}
        assert reached == set(kind), thing
        assert {state for step in steps for state in step.sources} <= set(kind), thing


def test_it_moves_nothing_where_there_is_no_state() -> None:
    for thing in set(LIFECYCLES) - set(STATEFUL):
        for step in LIFECYCLES[thing].values():
            assert (step.sources, step.target, step.thing) == ((), SAME, thing)


@pytest.mark.parametrize(("thing", "state", "step"), EVERY_STEP)
def test_it_takes_an_open_step_with_one_row_and_refuses_any_other(
    app: Flask, thing: str, state: str, step: Step
) -> None:
    item = MAKERS[thing](state)
    mover = make.make_moderator()
    before = len(_rows(item))
    # Nothing is hidden here, so that nothing can be brought back.
    opens = state in step.sources and step.hides is not False
    target = (state if step.target is SAME else step.target) if opens else None

    if target is None:
        with pytest.raises(StepNotOpen), write_section():
            _take(item, step, mover) if step.sources else advance(item, step.name, by=mover)
    else:
        with write_section():
            _take(item, step, mover)

    db.session.expire_all()
    rows = _rows(item)
    assert item.state == (target or state)
    assert len(rows) == before + (target is not None)
    if target is not None:
        last = rows[-1]
        assert (last.step, last.from_state, last.to_state) == (step.name, state, target)
        assert (last.account_id, last.ground, last.reason) == (mover.id, "other", REASON)


@pytest.mark.parametrize(("thing", "step"), REASONED)
@pytest.mark.parametrize("words", ["", "  \n "])
def test_it_moves_nothing_without_the_words_that_are_asked_for(
    app: Flask, thing: str, step: Step, words: str
) -> None:
    state = step.sources[0]
    item = MAKERS[thing](state)
    before = len(_rows(item))

    with pytest.raises(ReasonMissing), write_section():
        _take(item, step, make.make_moderator(), words)

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


def test_it_records_no_act_that_the_table_does_not_know(app: Flask) -> None:
    commitment = make.make_commitment()
    account = make.make_account()
    before = len(_rows(commitment))

    for item, act in ((commitment, "painted"), (account, "painted")):
        with pytest.raises(KeyError), write_section():
            record(item, act, by=None)
    with pytest.raises(ValueError, match="moves"), write_section():
        record(commitment, "withdraw", by=None, reason=REASON)
    with pytest.raises(ValueError, match="nowhere"), write_section():
        advance(commitment, "edited", by=None)

    assert len(_rows(commitment)) == before


def test_it_reads_a_state_back_as_a_member_of_its_enumeration(app: Flask) -> None:
    signature = make.make_signature(state="confirmed")

    state = db.session.scalar(select(Signature.state).where(Signature.id == signature.id))
    stored = db.session.scalar(text("SELECT state FROM signature"))

    assert state is SignatureState.CONFIRMED
    assert stored == "confirmed"
    with pytest.raises(StatementError), write_section():
        db.session.execute(update(Signature).values(state="burnt"))


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
        update(HistoryRow).values(reason_sha256="0"),
        update(HistoryRow).values(account_id=None),
        delete(HistoryRow),
        text("UPDATE history SET to_state = 'placed'"),
        text("DELETE FROM history"),
        update(HistoryReason).values(reason="Anders."),
        delete(HistoryReason),
    ],
    ids=["hash", "account", "delete", "raw update", "raw delete", "words", "no words"],
)
def test_it_keeps_history_as_it_was_written(app: Flask, change: Any) -> None:
    comment = make.make_comment(state="refused", reason=REASON)
    written = [(row.id, row.reason, row.account_id, row.to_state) for row in _rows(comment)]

    with pytest.raises(DBAPIError, match="append-only"), write_section():
        db.session.execute(change)

    db.session.rollback()
    found = db.session.scalars(
        select(HistoryRow)
        .where(HistoryRow.subject == "comment", HistoryRow.subject_id == comment.id)
        .order_by(HistoryRow.id)
    )
    assert [(row.id, row.reason, row.account_id, row.to_state) for row in found] == written


def test_it_can_empty_the_words_of_a_reason_and_keeps_their_hash(app: Flask) -> None:
    version = make.make_comment_version(make.make_comment(), state="refused", reason=REASON)
    beheerder = make.make_account()
    row = _rows(version)[-1]
    fingerprint = hashlib.sha256(REASON.encode()).hexdigest()
    assert (row.reason, row.reason_sha256) == (REASON, fingerprint)

    for _ in range(2):
        with write_section():
            empty_reason(row.id, by=beheerder)

    db.session.expire_all()
    emptied = _rows(version)[-1]
    assert (emptied.step, emptied.reason, emptied.reason_sha256) == ("refuse", None, fingerprint)
    words = db.session.get_one(HistoryReason, row.id)
    assert (words.emptied_by, words.emptied_at is None) == (beheerder.id, False)
    assert REASON not in str(db.session.execute(text("SELECT * FROM history_reason")).all()[-1])
    with pytest.raises(NotFound), write_section():
        empty_reason(_rows(version)[0].id, by=beheerder)
