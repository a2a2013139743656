"""A frozen organisation: its people read, write nothing in its name, and come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.core import clock
from portal.core.db import db
from portal.organisations.models import Membership, Organisation
from portal.policy import Role
from portal.services.history import history_of
from portal.services.models import HistoryRow
from portal.signatures.jobs import end_signatures
from portal.signatures.models import Signature
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

SignIn = Callable[[Account | None], Client]
WORDS = "De vereniging onderzoekt een melding over deze organisatie."
GROUND = "Er is twijfel over wie voor de organisatie mag spreken"
REASON = "Iemand anders zegt dat zij de wethouder is."
OWNER = "noor@waterstad.example"


@pytest.fixture
def owner(app: Flask) -> Account:
    return make.make_account(email=OWNER)


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    found = make.make_organisation(name="Gemeente Waterstad", owner=owner)
    make.make_signature(found, author=owner)
    return found


@pytest.fixture
def frozen(organisation: Organisation) -> Organisation:
    return make.make_frozen(organisation)


def freeze(desk: Client, organisation: Organisation) -> Any:
    form = desk.get("moderation.freeze", organisation_id=organisation.id).form()
    return form.submit(ground="disputed_right", reason=REASON)


def acts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(HistoryRow)) or 0


class TestFreezing:
    def test_it_freezes_and_tells_its_people_why(
        self, desk: Client, organisation: Organisation, mailbox: Mailbox
    ) -> None:
        make.make_membership(organisation, make.make_account(email="bilal@w.example"), role="lezer")
        page = desk.get("register.organisation", organisation_id=organisation.id)
        page = (
            page.follow("Organisatie bevriezen")
            .form()
            .submit(ground="disputed_right", reason=REASON, follow=True)
        )
        assert "De organisatie is bevroren." in page.text
        mailbox.deliver()
        mail = mailbox.last(OWNER)
        assert mail.subject == "Bevroren: Gemeente Waterstad"
        assert GROUND in mail.text and REASON in mail.text
        assert "heroverweging" in mail.text
        assert not mailbox.to("bilal@w.example")
        row = history_of("organisation", organisation.id)[-1]
        assert (row.step, row.ground, row.reason) == ("freeze", "disputed_right", REASON)

    @pytest.mark.parametrize("sent", [{"ground": ""}, {"reason": ""}])
    def test_it_asks_a_ground_and_a_reason(
        self, desk: Client, organisation: Organisation, sent: dict[str, str]
    ) -> None:
        form = desk.get("moderation.freeze", organisation_id=organisation.id).form()
        page = form.submit(**{"ground": "other", "reason": REASON, **sent})
        assert page.status == 422
        db.session.refresh(organisation)
        assert not organisation.is_frozen

    def test_readers_see_at_once_that_it_is_frozen_and_not_why(
        self, desk: Client, client: Client, organisation: Organisation
    ) -> None:
        address = f"/ondertekenaars/{organisation.slug}"
        assert WORDS not in client.get(address).main
        freeze(desk, organisation)
        page = client.get(address)
        assert WORDS in page.main and "Ondertekenaar van het Groeipact" in page.main
        assert GROUND not in page.text and REASON not in page.text
        assert "looking into a report about this organisation" in client.get(f"/en{address}").main

    def test_readers_see_it_at_what_it_promised(
        self, client: Client, organisation: Organisation, sign_in: SignIn, owner: Account
    ) -> None:
        commitment = make.make_commitment(organisation)
        make.make_commitment(title="Van een ander")
        page, mark = f"/toezeggingen/{commitment.slug}", "tijdelijk bevroren"
        lists = ("/", "/toezeggingen", "/ondertekenaars")
        assert WORDS not in client.get(page).main
        assert not any(mark in client.get(each).main for each in lists)

        make.make_frozen(organisation)

        for reader in (client, sign_in(owner)):
            assert WORDS in reader.get(page).main
        assert [client.get(each).main.count(mark) for each in lists] == [1, 1, 1]
        refused = sign_in(owner).post("commitments.report", commitment_id=commitment.id)
        assert refused.status == 403
        assert WORDS in refused.main

    def test_its_people_read_why(
        self, desk: Client, organisation: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        freeze(desk, organisation)
        page = sign_in(owner).get("register.organisation", organisation_id=organisation.id)
        assert GROUND in page.main and REASON in page.main
        for button in ("Nieuwe toezegging", "Logo toevoegen", "Uitnodigen", "opzeggen"):
            assert button not in page.main

    def test_any_moderator_without_a_stake_unfreezes(
        self,
        desk: Client,
        organisation: Organisation,
        owner: Account,
        sign_in: SignIn,
        mailbox: Mailbox,
    ) -> None:
        freeze(desk, organisation)
        other = sign_in(make.make_moderator())
        page = other.get("moderation.hidden")
        assert "Gemeente Waterstad" in page.main and GROUND in page.main
        page.follow("Bevriezing opheffen Gemeente Waterstad").form().submit(reason="Alles klopt.")
        mailbox.deliver()
        assert mailbox.last(OWNER).subject == "Niet meer bevroren: Gemeente Waterstad"
        assert "Alles klopt." in mailbox.last(OWNER).text
        page = sign_in(owner).get("register.organisation", organisation_id=organisation.id)
        assert WORDS not in page.main and "Logo toevoegen" in page.main

    def test_no_moderator_with_a_role_in_it_does_either(
        self, organisation: Organisation, sign_in: SignIn
    ) -> None:
        inside = make.make_moderator()
        make.make_membership(organisation, inside, role=Role.READER)
        for endpoint in ("moderation.freeze", "moderation.unfreeze"):
            page = sign_in(inside).post(endpoint, organisation_id=organisation.id)
            assert page.status == 403

    def test_it_is_frozen_once(self, desk: Client, organisation: Organisation) -> None:
        form = desk.get("moderation.freeze", organisation_id=organisation.id).form()
        freeze(desk, organisation)
        assert form.submit(ground="other", reason=REASON).status == 409
        assert [row.step for row in history_of("organisation", organisation.id)] == ["freeze"]

    def test_the_desk_marks_what_waits_of_it(self, desk: Client, frozen: Organisation) -> None:
        make.make_profile(frozen, state="pending")
        assert "bevroren" in desk.get("moderation.desk").main


class TestAttack:
    def test_nobody_speaks_in_its_name(
        self, frozen: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        article = make.make_article()
        reader = sign_in(owner)
        form = reader.get(f"/nieuws/{article.slug}").form(f"/reacties/{article.discussion_id}")
        assert "Gemeente Waterstad" not in etree.tostring(form.element, encoding="unicode")
        fields = {**form.fields, "body": "Wij zijn het eens.", "speaks_for": str(frozen.id)}
        page = reader.post(f"/reacties/{article.discussion_id}", data=fields)
        assert page.status == 422
        assert "Reageren namens die organisatie is tijdelijk niet mogelijk" in page.main
        assert not db.session.scalars(select(Comment)).all()
        form.submit(body="Ik ben het eens.")
        assert db.session.scalars(select(Comment)).one().organisation_id is None

    def test_nobody_changes_what_was_said_in_its_name(
        self, frozen: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        comment = make.make_comment(
            make.make_article().discussion, author=owner, organisation=frozen
        )
        form = sign_in(owner).get("comments.edit", comment_id=comment.id).form()
        page = form.submit(body="Wij zijn het toch oneens.")
        assert page.status == 422
        assert "Reageren namens die organisatie is tijdelijk niet mogelijk" in page.main

    @pytest.mark.parametrize(
        ("state", "purpose", "endpoint"),
        [
            ("awaiting_confirmation", "confirm", "signatures.confirm"),
            ("awaiting_confirmation", "confirm", "signatures.turn_down"),
            ("admitted", "end", "signatures.confirm_end"),
        ],
    )
    def test_the_links_of_a_signatory_wait(
        self, client: Client, owner: Account, state: str, purpose: str, endpoint: str
    ) -> None:
        signature = make.make_signature(
            make.make_organisation(owner=owner), state=state, author=owner
        )
        ending = make.make_ending(signature, author=owner) if purpose == "end" else None
        token = make.make_signature_link(signature, purpose=purpose, ending=ending)[1]
        make.make_frozen(signature.organisation)
        before = acts()
        for page in (client.get(endpoint, token=token), client.post(endpoint, token=token)):
            assert page.status == 403
            assert "Dit is tijdelijk niet mogelijk" in page.main
        assert acts() == before

    def test_an_invitation_waits(
        self, frozen: Organisation, owner: Account, sign_in: SignIn
    ) -> None:
        guest = make.make_account(email="gast@waterstad.example")
        invitation, token = make.make_invitation(frozen, email=guest.email, author=owner)
        own = {"organisation_id": frozen.id, "invitation_id": invitation.id}
        reader = sign_in(guest)
        assert "Aannemen" not in reader.get("organisations.index").main
        for page in (
            reader.get("organisations.accept", token=token),
            reader.post("organisations.accept", token=token),
            reader.post("organisations.mail_again", **own),
        ):
            assert page.status == 403
            assert "Dit is tijdelijk niet mogelijk" in page.main
        members = select(Membership).where(Membership.account_id == guest.id)
        assert db.session.scalars(members).first() is None


class TestEnding:
    def test_it_waits_and_can_be_stopped(self, client: Client, frozen: Organisation) -> None:
        signature = db.session.scalars(select(Signature)).one()
        over = clock.now() - timedelta(days=1)
        ending = make.make_ending(signature, state="waiting", ends_at=over)
        token = make.make_stop_link(ending)[1]
        end_signatures()
        db.session.refresh(signature)
        assert signature.state == "admitted"
        client.get("signatures.stop_by_link", token=token).form().submit()
        db.session.refresh(ending)
        assert ending.state == "stopped"

    def test_it_takes_effect_on_the_day_of_unfreezing(
        self, desk: Client, frozen: Organisation
    ) -> None:
        signature = db.session.scalars(select(Signature)).one()
        over = clock.now() - timedelta(days=3)
        make.make_ending(signature, state="waiting", ends_at=over)
        desk.get("moderation.unfreeze", organisation_id=frozen.id).form().submit()
        end_signatures()
        db.session.refresh(signature)
        assert (signature.state, signature.ended_on) == ("ended", clock.today())

    def test_its_people_still_leave(self, frozen: Organisation, sign_in: SignIn) -> None:
        second = make.make_account()
        make.make_membership(frozen, second, role=Role.OWNER)
        page = sign_in(second).get("organisations.leave", organisation_id=frozen.id)
        assert "U hoort niet meer bij Gemeente Waterstad." in page.form().submit().text

    def test_the_last_eigenaar_leaves_as_well_and_moderators_hear(
        self, frozen: Organisation, owner: Account, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        make.make_moderator(email="moderator@vereniging.example")
        page = sign_in(owner).get("organisations.leave", organisation_id=frozen.id)
        assert "Ook als u de enige eigenaar bent, kunt u weg." in page.main

        page.form().submit()

        assert db.session.scalars(select(Membership)).all() == []
        mailbox.deliver()
        mail = mailbox.last("moderator@vereniging.example")
        assert mail.subject == "Gemeente Waterstad heeft geen eigenaar meer"
        assert owner.name in mail.text
