"""One series of numbers for promises and signatures: each is given once, and kept for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select, text

from portal.commitments import actions as commitments
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.services.entered import Source
from portal.services.models import ShortNumber
from portal.signatures import actions as signatures
from portal.signatures.models import Signature
from tests import factories as make
from tests.signatures.scenes import person


def publish(commitment: Commitment) -> int:
    with write_section():
        commitments.publish(commitment, by=None)
    assert commitment.short_number is not None
    return commitment.short_number


class TestGiveNumber:
    def test_a_promise_gets_the_next_at_its_publication(self, app: Flask) -> None:
        drafts = [make.make_commitment(state="draft") for _ in range(2)]
        assert {draft.short_number for draft in drafts} == {None}

        later, earlier = publish(drafts[1]), publish(drafts[0])

        assert earlier == later + 1

    def test_a_signature_gets_the_next_at_its_admission(self, app: Flask) -> None:
        before = make.make_commitment().short_number
        signature = make.make_signature(state="confirmed")

        with write_section():
            signatures.admit(signature, by=person(make.make_moderator()))

        assert signature.short_number == (before or 0) + 1

    def test_it_stays_whatever_becomes_of_the_promise(self, app: Flask) -> None:
        commitment = make.make_commitment()
        number = commitment.short_number

        with write_section():
            commitments.edit(commitment, title="Een andere titel", by=None)
            source = Source("Besluit", "https://example.org/besluit")
            commitments.withdraw(commitment, reason="Niet meer nodig.", source=source, by=None)

        assert commitment.short_number == number

    def test_an_admission_that_was_undone_gives_the_same_the_second_time(self, app: Flask) -> None:
        signature, by = (
            make.make_signature(state="confirmed"),
            person(make.make_moderator()),
        )
        with write_section():
            signatures.admit(signature, by=by)
        number = signature.short_number

        with write_section():
            signatures.undo_decision(signature, by=by)
            make.make_commitment()
            signatures.admit(signature, by=by)

        assert signature.short_number == number

    def test_it_is_not_given_again_when_its_row_is_gone(self, app: Flask) -> None:
        number = publish(make.make_commitment(state="draft"))
        with write_section():
            db.session.execute(text("UPDATE commitment SET short_number = NULL"))
            db.session.execute(text("UPDATE signature SET short_number = NULL"))
            db.session.execute(text("DELETE FROM short_number"))

        assert publish(make.make_commitment(state="draft")) > number

    def test_acts_at_the_same_moment_get_different_numbers(self, app: Flask) -> None:
        drafts = [make.make_commitment(state="draft").id for _ in range(6)]
        together = Barrier(len(drafts))

        def publish_one(number: int) -> int:
            with app.app_context():
                together.wait(timeout=30)
                return publish(db.session.get_one(Commitment, number))

        with ThreadPoolExecutor(len(drafts)) as threads:
            given = list(threads.map(publish_one, drafts))

        db.session.rollback()
        stored = db.session.scalars(
            select(Commitment.short_number).where(Commitment.id.in_(drafts))
        ).all()
        assert sorted(given) == sorted(stored)
        assert len(set(given)) == len(drafts)

    def test_every_number_belongs_to_one_thing_of_its_kind(self, app: Flask) -> None:
        make.make_commitment()
        make.make_signature(state="ended")
        db.session.rollback()

        owners = {
            model.thing: set(
                db.session.scalars(
                    select(model.short_number).where(model.short_number.is_not(None))
                )
            )
            for model in (Commitment, Signature)
        }

        series = db.session.execute(select(ShortNumber.thing, ShortNumber.id)).all()
        for thing, number in series:
            assert [name for name, numbers in owners.items() if number in numbers] == [thing]
