"""What waits for somebody, as queries find it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import SignatureState
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations.models import Organisation
from portal.register.claims import waiting_count
from portal.services.models import HistoryRow
from portal.work.part import MOST
from portal.work.queries.people import open_claims
from portal.work.queries.promises import drafts_of
from portal.work.queries.signatures import FEWEST, usual_waits
from tests import factories as make

SetClock = Callable[[datetime], None]


def test_it_counts_the_claims_that_have_no_answer_as_their_page_does(app: Flask) -> None:
    organisations = [make.make_signature(is_historic=True).organisation for _each in range(3)]
    for number, organisation in enumerate(organisations):
        for _again in range(number):
            promise = make.make_commitment(organisation, entered_as=EnteredAs.VERENIGING)
            make.make_update(promise, entered_as=EnteredAs.VERENIGING)
        with write_section():
            mine = db.session.get_one(Organisation, organisation.id)
            mine.entered_as = EnteredAs.VERENIGING
    answered = make.make_commitment(organisations[2], entered_as=EnteredAs.VERENIGING)
    with write_section():
        promise = db.session.merge(answered)
        promise.stance, promise.stance_at = Stance.CONFIRMED, clock.now()

    found = open_claims([each.id for each in organisations])

    assert {row.organisation_id: row.number for row in found} == {
        each.id: waiting_count(db.session.get_one(Organisation, each.id)) for each in organisations
    }


def test_it_reads_a_bounded_number_and_counts_all(app: Flask) -> None:
    organisation = make.make_organisation()
    for _each in range(MOST + 2):
        make.make_commitment(organisation, state="draft")
    found = drafts_of([organisation.id])
    assert (len(found.rows), found.count) == (MOST, MOST + 2)
    assert drafts_of([]).count == 0


def signed(days: int) -> None:
    """Let a signature wait so many days for its signatory, in the log."""
    state = SignatureState.AWAITING_CONFIRMATION
    now = clock.now()
    moves = (
        ("send", SignatureState.DRAFT, state, now - timedelta(days=days)),
        ("confirm", state, SignatureState.CONFIRMED, now),
    )
    number = make.make_signature(state="draft").id
    with write_section():
        for step, before, after, at in moves:
            row = HistoryRow(
                subject="signature",
                subject_id=number,
                step=step,
                from_state=before,
                to_state=after,
                at=at,
            )
            db.session.add(row)
            db.session.flush()


def test_it_knows_how_long_a_signature_usually_waits_once_there_were_enough(app: Flask) -> None:
    for days in range(1, FEWEST):
        signed(days)
    assert usual_waits() == {}
    signed(60)
    assert usual_waits() == {SignatureState.AWAITING_CONFIRMATION: timedelta(days=3)}
