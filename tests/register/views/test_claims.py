"""Who may enter, correct and answer to claims: every way round the rule is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.commitments.queries.subjects import get_commitment
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.services.models import HistoryRow
from tests.commitments.views.test_documents import as_it_is
from tests.documents.pdf_objects import pdf
from tests.factories import (
    make_account,
    make_commitment,
    make_membership,
    make_moderator,
    make_organisation,
    make_signature,
    make_update,
)
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]
WRITTEN: dict[str, Any] = {
    "kind": "plan",
    "title": "Plan uit de krant",
    "what": "Een plan voor Common Ground.",
    "promised_on": "2026-01-05",
    "term_words": "",
}
SOURCE = {
    "source_title": "Het weekblad",
    "source_url": "https://weekblad.example/1",
    "entry_reason": "Dit staat in het blad.",
}


@pytest.fixture
def signer(app: Flask) -> Organisation:
    return make_signature(is_historic=True, source_url="https://weekblad.example/1").organisation


def own(organisation: Organisation) -> Account:
    account = make_account()
    make_membership(organisation, account, role=Role.OWNER)
    return account


def entered(organisation: Organisation, **values: Any) -> Commitment:
    return make_commitment(
        organisation, entered_as=EnteredAs.VERENIGING, source_title="Het weekblad", **values
    )


class TestEntering:
    def test_it_is_entered_from_a_source_with_a_reason(
        self, signer: Organisation, sign_in: SignIn, client: Client
    ) -> None:
        moderator = sign_in(make_moderator())
        page = moderator.get("register.organisation", organisation_id=signer.id)
        page = page.follow("Toezegging invoeren")
        assert "namens de vereniging" in page.main
        refused = page.form().submit(**WRITTEN)
        assert refused.status == 422
        for name in SOURCE:
            assert refused.error_for(name)
        draft = refused.form().submit(**WRITTEN, **SOURCE, term_choice="zonder", follow=True)
        assert "concept van de vereniging" in draft.main
        # Another moderator can go on with it; somebody else finds nothing.
        address = draft.path
        assert sign_in(make_moderator()).get(address).status == 200
        assert sign_in(make_account()).get(address).status == 404
        shown = draft.follow("Publiceren").form().submit(follow=True)
        assert "ingevoerd door de vereniging, volgens Het weekblad" in shown.main
        assert "geen bericht bij dit portaal" in shown.main

    def test_it_takes_no_capacity_from_what_is_sent(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment = entered(signer)
        page = sign_in(make_moderator()).get("commitments.edit", commitment_id=commitment.id)
        forged = {"entered_as": "signatory", "stance": "confirmed", "acts_as": "signatory"}
        fields = {**SOURCE, **forged, "title": "Anders", "kind": "plan", "what": "Anders."}
        token = page.soup.select_one("input[name=csrf_token]")["value"]
        version = page.soup.select_one("input[name=version]")["value"]
        page.client.post(
            "commitments.edit",
            commitment_id=commitment.id,
            data={**fields, "csrf_token": token, "version": version},
        )
        db.session.expire_all()
        changed = get_commitment(commitment.id)
        assert (changed.title, changed.entered_as, changed.stance) == (
            "Anders",
            EnteredAs.VERENIGING,
            None,
        )

    @pytest.mark.parametrize("endpoint", ["commitments.create", "commitments.report"])
    def test_it_is_no_work_of_moderators_once_there_is_an_eigenaar(
        self, signer: Organisation, sign_in: SignIn, endpoint: str
    ) -> None:
        commitment = entered(signer)
        moderator = sign_in(make_moderator())
        values = {
            "commitments.create": {"organisation_id": signer.id},
            "commitments.report": {"commitment_id": commitment.id},
        }[endpoint]
        assert moderator.get(endpoint, **values).status == 200
        own(signer)
        assert moderator.get(endpoint, **values).status == 403
        # What the vereniging entered it may still correct.
        assert moderator.get("commitments.edit", commitment_id=commitment.id).status == 200

    @pytest.mark.parametrize("stance", [Stance.CONFIRMED, Stance.CORRECTED])
    @pytest.mark.parametrize("endpoint", ["commitments.edit", "commitments.withdraw"])
    def test_it_is_no_longer_theirs_once_it_was_taken_over(
        self, signer: Organisation, sign_in: SignIn, endpoint: str, stance: Stance
    ) -> None:
        commitment = entered(signer)
        owner = own(signer)
        with write_section():
            taken = get_commitment(commitment.id)
            if stance == Stance.CONFIRMED:
                actions.take_over(taken, by=owner)
            else:
                actions.edit(taken, what="Zo is het.", by=owner)
        moderator = sign_in(make_moderator())
        assert moderator.get(endpoint, commitment_id=commitment.id).status == 403

    def test_it_is_kept_from_moderators_who_belong_there_and_from_others(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment = entered(signer)
        inside = make_moderator()
        make_membership(signer, inside, role=Role.READER)
        elsewhere = make_account()
        make_membership(make_signature().organisation, elsewhere, role=Role.EDITOR)
        for account in (inside, elsewhere):
            reader = sign_in(account)
            assert reader.get("commitments.create", organisation_id=signer.id).status == 403
            assert reader.get("commitments.edit", commitment_id=commitment.id).status == 403

    def test_it_never_touches_the_word_of_the_signatory(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        said = make_commitment(signer)
        told = make_update(said)
        moderator = sign_in(make_moderator())
        for endpoint in ("edit", "report", "withdraw", "move_term"):
            page = moderator.get(f"commitments.{endpoint}", commitment_id=said.id)
            assert page.status == 403
        values = {"commitment_id": said.id, "update_id": told.id}
        assert moderator.get("commitments.retract", **values).status == 403


class TestWithdrawing:
    def test_the_vereniging_says_why_and_by_which_source(
        self, signer: Organisation, sign_in: SignIn, client: Client
    ) -> None:
        commitment = entered(signer)
        page = sign_in(make_moderator()).get("commitments.withdraw", commitment_id=commitment.id)

        refused = page.form().submit(reason="De raad besloot anders.")

        assert refused.status == 422
        assert refused.error_for("source_title") and refused.error_for("source_url")
        assert "De raad besloot anders." in refused.main
        source = {"source_title": "Raadsbesluit 12", "source_url": "https://raad.example/12"}
        refused.form().submit(**source)
        shown = client.get("commitments.show", slug=commitment.slug)
        assert "ingetrokken door de vereniging, volgens Raadsbesluit 12" in shown.main
        assert shown.links["Raadsbesluit 12"] == source["source_url"]
        assert "De raad besloot anders." in shown.main

    def test_a_signatory_is_asked_for_no_source(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment, owner = make_commitment(signer), own(signer)
        page = sign_in(owner).get("commitments.withdraw", commitment_id=commitment.id)
        assert "Titel van de bron" not in page.main
        page.form().submit(reason="Het budget is weg.")
        db.session.expire_all()
        assert get_commitment(commitment.id).state == "withdrawn"


class TestAnswering:
    def test_it_is_for_the_eigenaar_alone(self, signer: Organisation, sign_in: SignIn) -> None:
        commitment = entered(signer)
        editor = make_account()
        make_membership(signer, editor, role=Role.EDITOR)
        values = {"organisation_id": signer.id, "kind": "toezegging", "number": commitment.id}
        for account in (editor, make_moderator(), own(make_signature().organisation)):
            page = sign_in(account).post("register.take_over", **values)
            assert page.status == 403
        db.session.expire_all()
        assert get_commitment(commitment.id).stance is None

    def test_it_finds_no_claim_of_another_organisation(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment = entered(make_signature(is_historic=True).organisation)
        values = {"organisation_id": signer.id, "kind": "toezegging", "number": commitment.id}
        assert sign_in(own(signer)).post("register.take_over", **values).status == 404

    def test_it_can_be_left_and_continued(self, signer: Organisation, sign_in: SignIn) -> None:
        entered(signer, title="Plan uit de krant")
        owner = sign_in(own(signer))
        page = owner.get("register.organisation", organisation_id=signer.id)
        page = page.follow("Bekijk wat er staat")
        assert "0 van 3 beantwoord" in page.main
        page = page.form("overnemen").submit(follow=True)
        assert "1 van 3 beantwoord" in page.main
        page = owner.get("register.claims", organisation_id=signer.id)
        assert page.soup.select_one("#vraag").get_text(strip=True).startswith("De ondertekening")
        page = page.follow("Niet van ons").form().submit(reason="Wij tekenden niet.", follow=True)
        assert "2 van 3 beantwoord" in page.main
        assert "Plan uit de krant" in page.soup.select_one("#vraag").get_text()
        public = owner.get("register.signatory", slug=signer.slug)
        assert "De ondertekenaar zegt: Wij tekenden niet." in public.main
        page = owner.get("register.claims", organisation_id=signer.id)
        page = page.form("toch").submit(follow=True)
        assert "1 van 3 beantwoord" in page.main


class TestCorrecting:
    def test_it_gives_no_signatory_the_name_or_a_number_of_another(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        other = make_signature(make_organisation(name="Centric", kvk="30134690")).organisation
        name = signer.name
        page = sign_in(make_moderator()).get("organisations.correct", organisation_id=signer.id)
        for field, value in (("name", other.name), ("kvk", "30134690")):
            refused = page.form().submit({field: value}, **SOURCE)
            assert refused.status == 422 and refused.error_for(field)
        db.session.expire_all()
        assert (signer.name, signer.kvk) == (name, None)


class TestSeen:
    def correct(self, commitment: Commitment, client: Client) -> None:
        page = client.get("commitments.edit", commitment_id=commitment.id)
        page.form().submit({"title": "Een heel andere toezegging"}, **SOURCE)

    def test_it_takes_over_nothing_that_was_changed_under_the_eyes_of_the_eigenaar(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment, owner = entered(signer), own(signer)
        address = {"organisation_id": signer.id, "bij": f"toezegging-{commitment.id}"}
        page = sign_in(owner).get("register.claims", **address)
        self.correct(commitment, sign_in(make_moderator()))
        assert page.form("overnemen").submit().status == 409
        db.session.expire_all()
        assert get_commitment(commitment.id).stance is None
        anew = sign_in(owner).get("register.claims", **address)
        anew.form("overnemen").submit(follow=True)
        db.session.expire_all()
        assert get_commitment(commitment.id).stance == Stance.CONFIRMED

    def test_it_publishes_nothing_that_was_changed_under_the_eyes_of_the_eigenaar(
        self, signer: Organisation, sign_in: SignIn
    ) -> None:
        commitment, owner = entered(signer, state="draft"), own(signer)
        page = sign_in(owner).get("commitments.publish", commitment_id=commitment.id)
        self.correct(commitment, sign_in(make_moderator()))
        assert page.form().submit().status == 409
        db.session.expire_all()
        assert get_commitment(commitment.id).state == "draft"
        sign_in(owner).get("commitments.publish", commitment_id=commitment.id).form().submit()
        db.session.expire_all()
        assert get_commitment(commitment.id).is_public


class TestRenewing:
    @pytest.mark.parametrize("is_own", [True, False])
    def test_it_puts_nothing_of_one_under_the_label_of_the_other(
        self, signer: Organisation, sign_in: SignIn, is_own: bool
    ) -> None:
        commitment, owner, moderator = entered(signer), own(signer), make_moderator()
        first, second = (owner, moderator) if is_own else (moderator, owner)
        source = {} if is_own else SOURCE
        page = sign_in(first).get("commitments.add_document", commitment_id=commitment.id)
        as_it_is(page.form().submit({"document": (pdf(), "plan.pdf"), **source}))
        db.session.expire_all()
        (link,) = get_commitment(commitment.id).documents
        numbers = {"commitment_id": commitment.id, "document_id": link.document_id}
        source = SOURCE if is_own else {}
        page = sign_in(second).get("commitments.add_version", **numbers)
        refused = as_it_is(page.form().submit({"document": (pdf(), "anders.pdf"), **source}))
        assert refused.status == 422 and refused.error_for("document")
        db.session.expire_all()
        assert [each.file_name for each in link.document.versions] == ["plan.pdf"]


class TestBack:
    """A form that is sent a second time, by a double press or from the page before."""

    @pytest.mark.parametrize(
        ("endpoint", "sent"),
        [
            (
                "commitments.report",
                {"progress": "loopt", "body": "Het loopt.", "told_on": "2026-01-05"},
            ),
            ("commitments.withdraw", {"reason": "De raad besloot anders."}),
            ("commitments.retract", {"reason": "Dit stond er niet."}),
            ("register.disown", {"reason": "Dit is niet van ons."}),
            ("moderation.hide", {"ground": "other", "reason": "Er staat een naam in."}),
        ],
    )
    def test_it_does_nothing_more(
        self, signer: Organisation, sign_in: SignIn, endpoint: str, sent: dict[str, Any]
    ) -> None:
        commitment = entered(signer)
        update = make_update(commitment, entered_as=EnteredAs.VERENIGING)
        values: dict[str, Any] = {"commitment_id": commitment.id}
        if endpoint == "commitments.retract":
            values["update_id"] = update.id
        elif endpoint == "register.disown":
            values = {"organisation_id": signer.id, "kind": "bericht", "number": update.id}
        elif endpoint == "moderation.hide":
            values = {"thing": "bericht", "number": update.id}
        account = own(signer) if endpoint == "register.disown" else make_moderator()
        form = sign_in(account).get(endpoint, **values).form()
        asked = {name: value for name, value in SOURCE.items() if name in form.fields}
        sent = {**asked, **sent}
        before = acts()
        assert form.submit(sent).status < 400
        done = acts()
        assert done == before + 1

        again = form.submit(sent)

        assert again.status in (200, 403, 409, 422)
        assert acts() == done


def acts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(HistoryRow)) or 0
