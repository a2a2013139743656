"""Writing and keeping commitments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.commitments import actions
from portal.commitments.models import Commitment, Revision, TermMove
from portal.commitments.promise import picked, promised
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, PortalError, ReasonMissing, StepNotOpen
from portal.services.history import history_of
from portal.signatures.events import SignatureEnded
from tests.commitments.scenes import WORDS, Scene, moment, promise, signatory
from tests.factories import (
    layer,
    make_account,
    make_comment,
    make_document,
    make_membership,
    make_organisation,
    make_term_move,
    make_update,
    principle,
)

TODAY = date(2026, 11, 24)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def write(scene: Scene, **changes: Any) -> Commitment:
    values = {**WORDS, **changes}
    with write_section():
        return actions.draft(
            db.session.merge(scene.organisation),
            term=values.pop("term", promised("begin oktober", date(2019, 7, 3))),
            promised_on=date(2019, 7, 3),
            by=scene.editor,
            **values,
        )


class TestDraft:
    def test_it_keeps_the_words_and_the_dates_that_were_understood(self, scene: Scene) -> None:
        commitment = write(scene)

        assert commitment.state == "draft"
        assert commitment.term_words == "begin oktober"
        assert commitment.term_earliest == date(2019, 10, 1)
        assert commitment.term_latest == date(2019, 10, 10)
        assert commitment.term_confirmed_by == scene.editor.id
        assert not commitment.term_is_picked

    def test_it_keeps_words_without_a_date(self, scene: Scene) -> None:
        commitment = write(scene, term=promised("z.s.m.", date(2019, 7, 3)))

        assert commitment.term_words == "z.s.m."
        assert commitment.term is None
        assert commitment.sort_latest.year == 9999

    def test_it_keeps_dates_that_were_picked_by_hand(self, scene: Scene) -> None:
        term = picked("na de verbouwing", date(2019, 7, 3), None, date(2021, 5, 1))

        commitment = write(scene, term=term)

        assert (commitment.term_words, commitment.term_is_picked) == ("na de verbouwing", True)
        assert (commitment.term_earliest, commitment.term_latest) == (None, date(2021, 5, 1))

    def test_it_keeps_layers_and_themes(self, scene: Scene) -> None:
        commitment = write(scene, layers=[layer("data")], principles=[principle("standaarden")])

        assert [found.slug for found in commitment.layers] == ["data"]
        assert [found.slug for found in commitment.principles] == ["standaarden"]

    def test_it_makes_what_is_typed_harmless(self, scene: Scene) -> None:
        commitment = write(scene, what="**Plan** <script>alert(1)</script>")

        assert "<strong>Plan</strong>" in commitment.what_html
        assert "<script" not in commitment.what_html

    def test_it_has_a_discussion_that_nobody_sees(self, scene: Scene) -> None:
        assert not write(scene).discussion.is_public


class TestPublish:
    def test_it_gets_an_address_and_an_open_discussion(self, scene: Scene) -> None:
        commitment = promise(scene, state="draft", title="Plan voor Súdwest-Fryslân")

        with write_section():
            actions.publish(commitment, by=scene.editor)

        assert commitment.slug == "plan-voor-sudwest-fryslan"
        assert commitment.discussion.is_public
        assert commitment.discussion.address == "/toezeggingen/plan-voor-sudwest-fryslan"
        assert [row.step for row in history_of("commitment", commitment.id)] == ["draft", "publish"]

    def test_it_gives_the_same_title_another_address(self, scene: Scene) -> None:
        first = promise(scene, state="draft", title="Routekaart")
        second = promise(scene, state="draft", title="Routekaart")

        with write_section():
            actions.publish(first, by=scene.editor)
            actions.publish(second, by=scene.editor)

        assert (first.slug, second.slug) == ("routekaart", "routekaart-2")

    def test_it_waits_until_the_organisation_is_a_signatory(self, app: Flask) -> None:
        organisation = make_organisation()
        person = make_account()
        make_membership(organisation, person)
        commitment = promise(Scene(organisation, person), state="draft")

        with pytest.raises(FieldRefused, match="nog geen ondertekenaar"), write_section():
            actions.publish(commitment, by=person)

        assert db.session.get_one(Commitment, commitment.id).state == "draft"

    def test_it_happens_once(self, scene: Scene) -> None:
        commitment = promise(scene)

        with pytest.raises(StepNotOpen), write_section():
            actions.publish(commitment, by=scene.editor)


class TestEdit:
    def test_it_keeps_the_text_that_stood_there(self, scene: Scene) -> None:
        commitment = promise(scene, title="Eerst zo")

        with write_section():
            actions.edit(commitment, by=scene.editor, **{**WORDS, "title": "Nu anders"})

        revision = db.session.scalars(select(Revision)).one()
        assert revision.fields["title"] == "Eerst zo"
        assert commitment.title == "Nu anders"
        assert commitment.discussion.title == "Nu anders"
        assert commitment.slug != "nu-anders"

    def test_it_keeps_nothing_when_nothing_changed(self, scene: Scene) -> None:
        commitment = promise(scene, title="Zo is het", what="Wat wij doen.")

        with write_section():
            actions.edit(commitment, by=scene.editor, title="Zo is het", what="Wat wij doen.")

        assert db.session.scalars(select(Revision)).all() == []

    def test_it_keeps_no_older_texts_of_a_draft(self, scene: Scene) -> None:
        commitment = promise(scene, state="draft")

        with write_section():
            actions.edit(commitment, by=scene.editor, title="Anders")

        assert db.session.scalars(select(Revision)).all() == []

    def test_it_leaves_the_term_of_a_public_promise_alone(self, scene: Scene) -> None:
        commitment = promise(scene, term="eind 2030")

        with write_section():
            later = promised("eind 2035", TODAY)
            actions.edit(commitment, by=scene.editor, title="Anders", term=later)

        assert commitment.term_words == "eind 2030"

    @pytest.mark.parametrize("state", ["withdrawn", "discarded"])
    def test_it_refuses_what_has_ended(self, scene: Scene, state: str) -> None:
        commitment = promise(scene, state=state)

        with pytest.raises(StepNotOpen), write_section():
            actions.edit(commitment, by=scene.editor, title="Anders")


class TestMoveTerm:
    def test_it_keeps_the_old_term_and_the_reason(self, scene: Scene) -> None:
        commitment = promise(scene, term="eind 2030")

        with write_section():
            new = promised("medio 2031", TODAY)
            actions.move_term(commitment, term=new, reason="De markt.", by=scene.editor)

        move = db.session.scalars(select(TermMove)).one()
        assert (move.old_words, move.new_words, move.reason) == (
            "eind 2030",
            "medio 2031",
            "De markt.",
        )
        assert move.old_latest == date(2030, 12, 31)
        assert commitment.term_latest == date(2031, 9, 30)
        assert commitment.sort_latest == date(2031, 9, 30)
        assert commitment.move_count == 1

    @pytest.mark.parametrize(
        ("new", "reason", "refusal"),
        [
            ("medio 2031", "  ", ReasonMissing),
            ("eind 2030", "Toch niet.", FieldRefused),
            ("laatste kwartaal van 2030", "Zelfde data.", FieldRefused),
        ],
    )
    def test_it_refuses(
        self, scene: Scene, new: str, reason: str, refusal: type[PortalError]
    ) -> None:
        commitment = promise(scene, term="eind 2030")

        with pytest.raises(refusal), write_section():
            actions.move_term(commitment, term=promised(new, TODAY), reason=reason, by=scene.editor)

        assert db.session.scalars(select(TermMove)).all() == []

    @pytest.mark.parametrize("state", ["draft", "withdrawn"])
    def test_it_moves_only_what_is_published(self, scene: Scene, state: str) -> None:
        commitment = promise(scene, state=state)

        with pytest.raises(StepNotOpen), write_section():
            actions.move_term(
                commitment, term=promised("2033", TODAY), reason="Later.", by=scene.editor
            )

    def test_it_does_not_move_what_is_done(self, scene: Scene) -> None:
        commitment = promise(scene, progress="gereed")

        with pytest.raises(FieldRefused), write_section():
            actions.move_term(
                commitment, term=promised("2033", TODAY), reason="Later.", by=scene.editor
            )

    @pytest.mark.parametrize(
        ("today", "was_overdue"),
        [(moment(2021, 1, 30), False), (moment(2021, 1, 31), True)],
        ids=["within the grace", "after the grace"],
    )
    def test_it_marks_a_move_after_the_term(
        self, scene: Scene, set_clock: Callable[..., None], today: Any, was_overdue: bool
    ) -> None:
        commitment = promise(scene, term="eind 2020", promised_on=date(2019, 7, 3))
        set_clock(today)

        with write_section():
            move = actions.move_term(
                commitment, term=promised("medio 2022", TODAY), reason="Later.", by=scene.editor
            )

        assert move.was_overdue is was_overdue


class TestReport:
    def test_it_says_how_far_it_is(self, scene: Scene) -> None:
        commitment = promise(scene)

        with write_section():
            actions.report(
                commitment, progress="loopt", body="**Op weg.**", told_on=TODAY, by=scene.editor
            )

        assert (commitment.progress, commitment.update_count) == ("loopt", 1)
        assert commitment.done_on is None

    def test_it_is_done_on_the_day_that_was_told(self, scene: Scene) -> None:
        commitment = promise(scene)

        with write_section():
            actions.report(
                commitment,
                progress="gereed",
                body="Klaar.",
                told_on=date(2026, 3, 1),
                by=scene.editor,
            )

        assert commitment.done_on == date(2026, 3, 1)

    def test_it_leaves_the_progress_when_an_earlier_day_is_told(self, scene: Scene) -> None:
        commitment = promise(scene)
        make_update(commitment, progress="gereed", told_on=date(2026, 3, 1))

        with write_section():
            actions.report(
                commitment,
                progress="vertraagd",
                body="Toen nog niet.",
                told_on=date(2025, 3, 1),
                by=scene.editor,
            )

        assert (commitment.progress, commitment.done_on) == ("gereed", date(2026, 3, 1))
        assert commitment.update_count == 2

    def test_it_joins_the_evidence_to_the_documents(self, scene: Scene) -> None:
        commitment = promise(scene)
        document = make_document(title="Raadsbesluit")

        with write_section():
            actions.report(
                commitment,
                progress="gereed",
                body="Klaar.",
                told_on=TODAY,
                evidence=document,
                by=scene.editor,
            )
        db.session.refresh(commitment)

        assert [link.document.title for link in commitment.documents] == ["Raadsbesluit"]
        assert commitment.documents[0].is_evidence

    @pytest.mark.parametrize("state", ["draft", "withdrawn", "discarded"])
    def test_it_is_told_only_of_what_is_published(self, scene: Scene, state: str) -> None:
        commitment = promise(scene, state=state)

        with pytest.raises(StepNotOpen), write_section():
            actions.report(
                commitment, progress="loopt", body="Op weg.", told_on=TODAY, by=scene.editor
            )

    def test_it_does_not_withdraw(self, scene: Scene) -> None:
        commitment = promise(scene)

        with pytest.raises(FieldRefused), write_section():
            actions.report(
                commitment, progress="ingetrokken", body="Weg.", told_on=TODAY, by=scene.editor
            )


class TestWithdraw:
    def test_it_stays_public_with_the_reason(self, scene: Scene) -> None:
        commitment = promise(scene)

        with write_section():
            actions.withdraw(commitment, reason="Het budget is weg.", by=scene.editor)

        assert commitment.is_public
        assert (commitment.state, commitment.progress) == ("withdrawn", "ingetrokken")
        assert commitment.withdraw_reason == "Het budget is weg."
        last = history_of("commitment", commitment.id)[-1]
        assert (last.step, last.reason) == ("withdraw", "Het budget is weg.")

    def test_it_needs_a_reason(self, scene: Scene) -> None:
        commitment = promise(scene)

        with pytest.raises(ReasonMissing), write_section():
            actions.withdraw(commitment, reason=" ", by=scene.editor)


class TestCloseCommitments:
    def test_it_takes_back_what_still_runs(self, scene: Scene) -> None:
        running, draft = promise(scene), promise(scene, state="draft")
        done, other = promise(scene, progress="gereed"), promise(signatory())
        make_comment(running.discussion)

        with write_section():
            actions.close_commitments(SignatureEnded(scene.organisation.id, None, "tekenbevoegde"))

        states = [db.session.get_one(Commitment, c.id).state for c in (running, draft, done, other)]
        assert states == ["withdrawn", "draft", "published", "published"]
        assert running.withdraw_reason is None
        assert running.discussion.placed_count == 1
        assert history_of("commitment", running.id)[-1].actor == "tekenbevoegde"


class TestDocuments:
    def test_it_leaves_a_draft_when_it_is_taken_out(self, scene: Scene) -> None:
        commitment = promise(scene, state="draft")
        document = make_document()
        with write_section():
            actions.link_document(commitment, document)

        with write_section():
            actions.remove_document(commitment, document, by=scene.editor)

        db.session.refresh(commitment)
        assert commitment.documents == []

    def test_it_stays_with_what_is_public(self, scene: Scene) -> None:
        commitment = promise(scene)
        document = make_document()
        with write_section():
            actions.link_document(commitment, document)

        with pytest.raises(StepNotOpen), write_section():
            actions.remove_document(commitment, document, by=scene.editor)

        db.session.refresh(commitment)
        assert len(commitment.documents) == 1


def test_it_counts_moves_from_the_first(scene: Scene) -> None:
    commitment = promise(scene, term="eind 2030")
    make_term_move(commitment, to="eind 2031")
    make_term_move(commitment, to="eind 2032")

    with write_section():
        actions.move_term(
            commitment, term=promised("eind 2033", TODAY), reason="Weer later.", by=scene.editor
        )

    assert commitment.move_count == 3
