"""Who a signatory is changes by a proposal: sent, waiting, decided on, set back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Account
from portal.comments.models import Comment
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.actions import disown_facts, hide_reason, take_over_facts
from portal.organisations.events import MemberDropped
from portal.organisations.identity import identity_of
from portal.organisations.models import (
    Identifier,
    IdentityProposal,
    Organisation,
    OrganisationName,
)
from portal.policy import Role
from portal.services.entered import newest_disowning
from portal.services.events import tell
from portal.services.history import history_of
from tests.factories import (
    make_account,
    make_comment,
    make_discussion,
    make_membership,
    make_moderator,
    make_organisation,
    make_proposal,
    make_signature,
)
from tests.harness.indexing import catch_up

OLD, NEW = "Gemeente Dorp (fictief)", "Gemeente Grootstad (fictief)"
RENAME = {"name": NEW, "renamed_on": "2024-01-01", "note": "Wij zijn gefuseerd."}


@pytest.fixture
def owner(app: Any) -> Account:
    return make_account(name="Olga Eigenaar", email="olga@dorp.example")


@pytest.fixture
def organisation(owner: Account) -> Organisation:
    """A signatory with an eigenaar."""
    ours = make_organisation(
        name=OLD,
        owner=owner,
        kvk="01234567",
        website="https://www.dorp.example",
        mail_domain="dorp.example",
    )
    make_signature(ours, author=owner)
    return ours


@pytest.fixture
def moderator(app: Any) -> Account:
    return make_moderator()


def form_of(client: Any, organisation: Organisation) -> Any:
    return client.get("organisations.propose", organisation_id=organisation.id).form()


def proposals(organisation: Organisation) -> list[IdentityProposal]:
    db.session.rollback()
    query = select(IdentityProposal).where(IdentityProposal.organisation_id == organisation.id)
    return list(db.session.scalars(query.order_by(IdentityProposal.id)))


def states(organisation: Organisation) -> list[str]:
    return [str(proposal.state) for proposal in proposals(organisation)]


def names(organisation: Organisation) -> list[tuple[str, date | None, date | None]]:
    query = select(OrganisationName).where(OrganisationName.organisation_id == organisation.id)
    db.session.rollback()
    return [
        (row.name, row.valid_from, row.valid_until)
        for row in db.session.scalars(query.order_by(OrganisationName.id))
    ]


def decide(client: Any, number: int, path: str, **values: str) -> Any:
    page = client.get(f"/werkvoorraad/voorstellen/{number}")
    return page.form(f"/{path}").submit(values)


def set_back(client: Any, number: int, reason: str = "De naam klopt niet.") -> Any:
    page = client.get(f"/werkvoorraad/voorstellen/{number}/terugzetten")
    return page.form().submit({"reason": reason})


@pytest.fixture
def placed(sign_in: Any, organisation: Organisation, owner: Account, moderator: Account) -> int:
    """The number of a new name that was proposed and placed."""
    form_of(sign_in(owner), organisation).submit(RENAME)
    (proposal,) = proposals(organisation)
    number = proposal.id
    decide(sign_in(moderator), number, "overnemen")
    return number


class TestPropose:
    def test_it_leaves_everything_as_it_is_until_it_is_placed(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        before = identity_of(organisation)
        page = form_of(sign_in(owner), organisation).submit(
            {**RENAME, "website": "www.elders.example", "kvk": "76543210"}
        )
        assert "wacht op een moderator" in page.flashes[0]
        assert page.h1 == OLD
        assert "Voorstel wacht sinds" in page.main and "door Olga Eigenaar" in page.main
        for words in (NEW, "https://www.elders.example", "76543210", "Wij zijn gefuseerd."):
            assert words in page.main
        db.session.refresh(organisation)
        assert identity_of(organisation) == before
        public = sign_in(None).get("register.signatory", slug=organisation.slug)
        assert public.h1 == OLD and NEW not in public.text and "76543210" not in public.text

    def test_it_says_beforehand_that_it_waits(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = sign_in(owner).get("organisations.propose", organisation_id=organisation.id)
        assert "Tot die tijd blijft staan wat er nu staat." in page.main
        assert page.form().fields["name"] == OLD and page.form().fields["kvk"] == "01234567"

    def test_it_replaces_the_proposal_before_it_which_stands_in_the_form(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        client = sign_in(owner)
        form_of(client, organisation).submit(RENAME)
        form = form_of(client, organisation)
        assert form.fields["name"] == NEW and form.fields["note"] == "Wij zijn gefuseerd."
        form.submit({"name": "Gemeente Middelstad (fictief)"})
        assert states(organisation) == ["replaced", "pending"]

    @pytest.mark.parametrize(
        ("typed", "field", "words"),
        [
            ({"name": NEW}, "renamed_on", "vanaf welke datum"),
            ({**RENAME, "is_correction": "y"}, "renamed_on", "hoort geen datum"),
            ({**RENAME, "renamed_on": "2199-01-01"}, "renamed_on", "in de toekomst"),
            ({**RENAME, "note": ""}, "note", "waarom"),
            ({"note": "Zomaar."}, "name", "niets veranderd"),
        ],
    )
    def test_it_keeps_what_was_typed_when_it_refuses(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        typed: dict[str, str],
        field: str,
        words: str,
    ) -> None:
        page = form_of(sign_in(owner), organisation).submit({"note": "Omdat.", **typed})
        assert page.status == 422 and words in (page.error_for(field) or "")
        assert page.form().fields["name"] == typed.get("name", OLD)
        assert proposals(organisation) == []

    def test_it_is_taken_back_by_an_eigenaar(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = form_of(sign_in(owner), organisation).submit(RENAME)
        after = page.form("/intrekken").submit()
        assert after.flashes == ["Het voorstel is ingetrokken."]
        assert states(organisation) == ["withdrawn"] and "Voorstel wacht" not in after.main

    def test_it_tells_an_editor_why_not_and_whom_to_ask(
        self, sign_in: Any, organisation: Organisation
    ) -> None:
        editor = make_membership(organisation).account
        client = sign_in(editor)
        work_page = client.get("register.organisation", organisation_id=organisation.id)
        assert "door een voorstel van een eigenaar" in work_page.main
        assert "Vraag het de eigenaar: Olga Eigenaar." in work_page.main
        assert "Wijziging voorstellen" not in work_page.main
        led = client.get("organisations.edit", organisation_id=organisation.id, follow=True)
        assert led.path.endswith("/voorstellen") and "Olga Eigenaar" in led.main

    def test_it_speaks_english(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        page = sign_in(owner).get(f"/en/organisaties/{organisation.id}/voorstel")
        assert page.language == "en" and page.h1.startswith("Propose a change: ")


class TestPlace:
    def test_it_changes_name_and_numbers_and_tells_everybody_concerned(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        owner: Account,
        moderator: Account,
    ) -> None:
        second = make_membership(
            organisation, make_account(email="second@dorp.example", locale="en"), role=Role.OWNER
        ).account
        form_of(sign_in(owner), organisation).submit({**RENAME, "kvk": "76543210"})
        (proposal,) = proposals(organisation)
        desk = sign_in(moderator)
        page = desk.get(f"/werkvoorraad/voorstellen/{proposal.id}")
        for words in (OLD, NEW, "01234567", "76543210", "Wij zijn gefuseerd."):
            assert words in page.main
        done = page.form("/overnemen").submit()
        assert "overgenomen" in done.flashes[0]
        assert names(organisation) == [
            (OLD, None, date(2023, 12, 31)),
            (NEW, date(2024, 1, 1), None),
        ]
        db.session.refresh(organisation)
        assert (organisation.name, organisation.kvk) == (NEW, "76543210")
        public = sign_in(None).get("register.signatory", slug=organisation.slug)
        assert public.h1 == NEW and f"{OLD} (tot en met 31 december 2023)" in public.main
        mailbox.deliver()
        assert f"Naam: {OLD} → {NEW}" in mailbox.last(owner.email).text
        assert "A moderator has adopted" in mailbox.last(second.email).text
        steps = [row.step for row in history_of("organisation", organisation.id)]
        assert steps[-1] == "identity_placed"

    def test_it_corrects_a_spelling_mistake_that_leaves_no_former_name(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit(
            {"name": "Gemeente Dorpp (fictief)", "is_correction": "y", "note": "Spelling."}
        )
        (proposal,) = proposals(organisation)
        page = sign_in(moderator).get(f"/werkvoorraad/voorstellen/{proposal.id}")
        assert "verbeterde schrijffout" in page.main
        page.form("/overnemen").submit()
        assert names(organisation) == [("Gemeente Dorpp (fictief)", None, None)]

    def test_it_is_refused_with_a_reason_that_the_proposer_reads(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        owner: Account,
        moderator: Account,
    ) -> None:
        form_of(sign_in(owner), organisation).submit(RENAME)
        (proposal,) = proposals(organisation)
        reason = "De raad heeft dit nog niet besloten."
        desk = sign_in(moderator)
        decide(desk, proposal.id, "weigeren", ground="mistaken", reason=reason)
        assert states(organisation) == ["refused"] and names(organisation) == [(OLD, None, None)]
        mailbox.deliver()
        assert reason in mailbox.last(owner.email).text
        page = sign_in(owner).get("organisations.proposals", organisation_id=organisation.id)
        assert reason in page.main and "niet overgenomen" in page.main

    def test_it_comes_back_to_be_changed(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        client = sign_in(owner)
        form_of(client, organisation).submit(RENAME)
        (proposal,) = proposals(organisation)
        ask = {"ground": "incomplete", "reason": "Stuur het raadsbesluit mee."}
        decide(sign_in(moderator), proposal.id, "aanpassen", **ask)
        page = client.get("register.organisation", organisation_id=organisation.id)
        assert "Stuur het raadsbesluit mee." in page.main
        form_of(client, organisation).submit({"source_url": "raad.dorp.example/besluit"})
        assert states(organisation) == ["replaced", "pending"]

    def test_it_meets_what_changed_in_the_meantime(
        self, sign_in: Any, organisation: Organisation, moderator: Account
    ) -> None:
        proposal = make_proposal(organisation)
        with write_section():
            db.session.execute(update(Organisation).values(website="https://intussen.example"))
        page = decide(sign_in(moderator), proposal.id, "overnemen")
        assert page.status == 409 and "veranderd sinds dit voorstel" in page.main
        assert states(organisation) == ["pending"]
        db.session.refresh(organisation)
        assert organisation.website == "https://intussen.example"


class TestSetBack:
    def test_it_leaves_no_trace_of_the_name_for_the_public(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        moderator: Account,
        placed: int,
    ) -> None:
        # Who has heard that it was placed, hears that it was set back.
        mailbox.deliver()
        desk = sign_in(moderator)
        listed = desk.get("moderation.placed_proposals")
        assert f"{OLD} → {NEW}" in listed.main
        page = set_back(desk, placed, "De raad besloot dit niet.")
        assert "oude gegevens" in page.flashes[0] and "teruggezet" in page.main
        assert names(organisation) == [(OLD, None, None)]
        visitor = sign_in(None)
        shown = visitor.get("register.signatory", slug=organisation.slug)
        assert shown.h1 == OLD and "Grootstad" not in shown.text
        catch_up()
        assert OLD not in visitor.get("/ondertekenaars?q=Grootstad").main
        assert OLD in visitor.get("/ondertekenaars?q=Dorp").main
        mailbox.deliver()
        assert "De raad besloot dit niet." in mailbox.last("olga@dorp.example").text

    def test_it_goes_on_in_the_comments_that_spoke_under_the_name(
        self, sign_in: Any, organisation: Organisation, moderator: Account, placed: int
    ) -> None:
        comment = make_comment(make_discussion())
        with write_section():
            db.session.execute(
                update(Comment)
                .where(Comment.id == comment.id)
                .values(organisation_id=organisation.id, organisation_name=NEW)
            )
        set_back(sign_in(moderator), placed)
        db.session.refresh(comment)
        assert comment.organisation_name == OLD

    @pytest.mark.parametrize("answer", [None, "take_over", "disown", "hidden"])
    def test_it_leaves_the_facts_of_the_vereniging_as_the_eigenaar_had_answered_to_them(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        moderator: Account,
        answer: str | None,
    ) -> None:
        with write_section():
            organisation.entered_as = EnteredAs.VERENIGING
            if answer == "take_over":
                take_over_facts(organisation, by=owner)
            elif answer is not None:
                disown_facts(organisation, reason="Dit zijn wij niet.", by=owner)
            if answer == "hidden":
                reason = newest_disowning(organisation.thing, organisation.id)
                assert reason is not None
                hide_reason(reason, ground="other", reason="Er staat een naam in.", by=moderator)
        before = (organisation.stance, organisation.stance_reason)
        form_of(sign_in(owner), organisation).submit(RENAME)
        number = proposals(organisation)[-1].id
        decide(sign_in(moderator), number, "overnemen")
        db.session.refresh(organisation)
        assert not organisation.is_of_vereniging
        set_back(sign_in(moderator), number)
        db.session.refresh(organisation)
        after = (organisation.stance, organisation.stance_reason)
        assert (after, organisation.name) == (before, OLD)

    def test_it_wants_a_reason(
        self, sign_in: Any, organisation: Organisation, moderator: Account, placed: int
    ) -> None:
        page = set_back(sign_in(moderator), placed, " ")
        assert page.status == 422 and names(organisation)[-1][0] == NEW

    def test_it_begins_with_the_newest(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        moderator: Account,
        placed: int,
    ) -> None:
        form_of(sign_in(owner), organisation).submit({"kvk": "76543210", "note": "Ander nummer."})
        later = proposals(organisation)[-1].id
        desk = sign_in(moderator)
        decide(desk, later, "overnemen")
        page = set_back(desk, placed)
        assert page.status == 422 and "eerst het nieuwste" in (page.error_for("reason") or "")
        set_back(desk, later)
        set_back(desk, placed)
        assert states(organisation) == ["set_back", "set_back"]
        db.session.refresh(organisation)
        assert (organisation.name, organisation.kvk) == (OLD, "01234567")


class TestLikeness:
    @pytest.fixture
    def other(self, app: Any) -> Organisation:
        signer = make_organisation(name="Centriek (fictief)", kvk="90000007")
        make_signature(signer)
        return signer

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"name": "Centriek (fictief)", "renamed_on": "2024-01-01"}, "name"),
            # With a Cyrillic letter in it, and in other capitals.
            ({"name": "CENTRI\u0415K (fictief)", "renamed_on": "2024-01-01"}, "name"),
            ({"kvk": "90000007"}, "kvk"),
        ],
    )
    def test_it_refuses_what_is_another_signatorys(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        other: Organisation,
        typed: dict[str, str],
        field: str,
    ) -> None:
        client = sign_in(owner)
        sent = {**form_of(client, organisation).fields, "note": "Omdat.", "is_sure": "y", **typed}
        page = client.post("organisations.propose", data=sent, organisation_id=organisation.id)
        assert page.status == 422
        assert other.name in (page.error_for(field) or "")
        assert "de vereniging" in (page.error_for(field) or "")
        assert proposals(organisation) == []

    @pytest.mark.parametrize(
        ("scheme", "value"),
        [
            ("rsin", "123456782"),
            ("oin", "00000003900000070000"),
            ("cbs", "GM0344"),
            ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"),
        ],
    )
    def test_it_refuses_a_number_in_any_register(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        other: Organisation,
        scheme: str,
        value: str,
    ) -> None:
        with write_section():
            other.identifiers.append(Identifier(scheme=scheme, value=value))
        page = form_of(sign_in(owner), organisation).submit({"note": "Omdat.", scheme: value})
        assert page.status == 422 and other.name in (page.error_for(scheme) or "")

    def test_it_asks_about_a_like_name_and_shows_the_moderator(
        self,
        sign_in: Any,
        organisation: Organisation,
        owner: Account,
        other: Organisation,
        moderator: Account,
    ) -> None:
        typed = {**RENAME, "name": "Stichting Centriek (fictief)"}
        page = form_of(sign_in(owner), organisation).submit(typed)
        assert page.status == 422 and other.name in page.main and page.error_for("is_sure")
        page.form().submit({"is_sure": "y"})
        (proposal,) = proposals(organisation)
        shown = sign_in(moderator).get(f"/werkvoorraad/voorstellen/{proposal.id}")
        assert f"/organisaties/{other.id}" in shown.links.values()

    def test_it_takes_no_squatter_for_the_owner_of_a_name(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        make_organisation(name=NEW, kvk="76543210")
        page = form_of(sign_in(owner), organisation).submit({**RENAME, "kvk": "76543210"})
        assert page.error_for("name") is None and page.error_for("is_sure")
        page.form().submit({"is_sure": "y"})
        assert states(organisation) == ["pending"]

    def test_it_looks_again_when_it_is_placed(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit({"kvk": "76543210", "note": "Omdat."})
        (proposal,) = proposals(organisation)
        number = proposal.id
        make_signature(make_organisation(name="Snelle (fictief)", kvk="76543210"))
        page = decide(sign_in(moderator), number, "overnemen")
        assert page.status == 422 and "Snelle (fictief)" in page.main
        assert states(organisation) == ["pending"]


class TestAttacks:
    """Nobody changes who a signatory is past a moderator."""

    CRAFTED = {
        **RENAME,
        "kind_id": "1",
        "kvk": "76543210",
        "website": "https://kwaad.example",
        "mail_domain": "kwaad.example",
    }

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
    @pytest.mark.parametrize(
        "endpoint",
        [
            "organisations.edit",
            "organisations.province",
            "organisations.describe",
            "organisations.logo",
            "organisations.invite",
        ],
    )
    def test_it_renames_no_signatory_by_a_crafted_form(
        self, sign_in: Any, organisation: Organisation, role: Role, endpoint: str
    ) -> None:
        member = make_membership(organisation, role=role).account
        before = identity_of(organisation)
        client = sign_in(member)
        # A page with a form key of this session.
        key = client.get("organisations.province", organisation_id=organisation.id).form().fields
        crafted = {**key, **self.CRAFTED, "body": "Tekst.", "once": "a1", "role": str(role)}
        client.post(endpoint, data=crafted, organisation_id=organisation.id)
        db.session.refresh(organisation)
        assert identity_of(organisation) == before and names(organisation) == [(OLD, None, None)]

    def test_it_takes_no_proposal_of_an_editor(
        self, sign_in: Any, organisation: Organisation
    ) -> None:
        client = sign_in(make_membership(organisation).account)
        key = client.get("organisations.province", organisation_id=organisation.id).form().fields
        page = client.post(
            "organisations.propose",
            data={**key, **RENAME, "once": "a1"},
            organisation_id=organisation.id,
        )
        assert page.status == 403 and proposals(organisation) == []

    def test_it_keeps_the_mail_domain_until_a_new_website_is_placed(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit(
            {"website": "https://kwaad.example", "note": "Nieuwe website."}
        )
        db.session.refresh(organisation)
        assert organisation.mail_domain == "dorp.example"
        (proposal,) = proposals(organisation)
        number = proposal.id
        desk = sign_in(moderator)
        assert "kwaad.example" in desk.get(f"/werkvoorraad/voorstellen/{number}").main
        decide(desk, number, "overnemen")
        db.session.refresh(organisation)
        assert organisation.mail_domain == "kwaad.example"
        set_back(desk, number)
        db.session.refresh(organisation)
        assert organisation.mail_domain == "dorp.example"

    def test_it_lets_no_moderator_decide_on_the_own_organisation(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        proposal = make_proposal(organisation, author=owner)
        standing = make_proposal(make_organisation(is_public=True), state="placed")
        make_membership(organisation, moderator, role=Role.READER)
        make_membership(
            db.session.get_one(Organisation, standing.organisation_id), moderator, role=Role.READER
        )
        desk = sign_in(moderator)
        page = desk.get(f"/werkvoorraad/voorstellen/{proposal.id}")
        assert "U mag hierover niet besluiten" in page.main
        listed = desk.get("moderation.placed_proposals")
        assert "nieuw.example" in listed.main and "Zet terug" not in listed.links
        for number, path in ((proposal.id, "overnemen"), (standing.id, "terugzetten")):
            refused = desk.get(f"/werkvoorraad/voorstellen/{number}/{path}")
            assert refused.status == 403

    def test_it_lets_no_moderator_decide_on_the_own_proposal(
        self, sign_in: Any, organisation: Organisation, moderator: Account
    ) -> None:
        proposal = make_proposal(organisation, author=moderator)
        refused = sign_in(moderator).get(f"/werkvoorraad/voorstellen/{proposal.id}/overnemen")
        assert refused.status == 403


class TestMeanwhile:
    def test_it_leads_from_the_old_form_to_a_proposal_with_what_was_typed(
        self, sign_in: Any, owner: Account
    ) -> None:
        ours = make_organisation(name=OLD, owner=owner)
        client = sign_in(owner)
        form = client.get("organisations.edit", organisation_id=ours.id).form()
        make_signature(ours, author=owner)
        page = form.submit({"name": NEW, "renamed_on": "2024-01-01", "kvk": "76543210"})
        assert page.path == f"/organisaties/{ours.id}/voorstel"
        fields = page.form(page.path).fields
        assert (fields["name"], fields["kvk"]) == (NEW, "76543210")
        db.session.refresh(ours)
        assert (ours.name, ours.kvk) == (OLD, None)

    def test_it_leads_from_a_proposal_to_the_form_of_one_that_is_not_public(
        self, sign_in: Any, owner: Account
    ) -> None:
        ours = make_organisation(name=OLD, owner=owner)
        led = sign_in(owner).get("organisations.propose", organisation_id=ours.id)
        assert led.location == f"/organisaties/{ours.id}/bewerken"

    def test_it_shows_the_second_eigenaar_that_a_colleague_was_first(
        self, sign_in: Any, organisation: Organisation, owner: Account
    ) -> None:
        second = make_membership(organisation, role=Role.OWNER).account
        late = form_of(sign_in(second), organisation)
        form_of(sign_in(owner), organisation).submit(RENAME)
        page = late.submit({**RENAME, "name": "Gemeente Anders (fictief)"})
        assert page.status == 409 and "Er is al een voorstel" in page.main
        assert page.form().fields["name"] == "Gemeente Anders (fictief)"
        page.form().submit()
        assert states(organisation) == ["replaced", "pending"]

    def test_it_is_taken_once_by_two_moderators(
        self, sign_in: Any, organisation: Organisation, owner: Account, moderator: Account
    ) -> None:
        form_of(sign_in(owner), organisation).submit(RENAME)
        (proposal,) = proposals(organisation)
        number = proposal.id
        late = sign_in(make_moderator()).get(f"/werkvoorraad/voorstellen/{number}")
        decide(sign_in(moderator), number, "overnemen")
        page = late.form("/weigeren").submit({"ground": "other", "reason": "Nee."})
        assert page.status == 409 and "overgenomen" in page.main
        assert names(organisation)[-1][0] == NEW

    def test_it_shows_moderators_and_members_what_was_proposed_and_nobody_else(
        self, sign_in: Any, organisation: Organisation, placed: int, moderator: Account
    ) -> None:
        reader = make_membership(organisation, role=Role.READER).account
        address = f"/organisaties/{organisation.id}/voorstellen"
        for account in (reader, moderator):
            page = sign_in(account).get(address)
            assert "Wij zijn gefuseerd." in page.main and "Olga Eigenaar" in page.main
        assert sign_in(make_account()).get(address).status == 404

    @pytest.mark.parametrize("is_proposer", [True, False])
    def test_it_goes_with_the_eigenaar_who_proposed_it(
        self, sign_in: Any, organisation: Organisation, owner: Account, is_proposer: bool
    ) -> None:
        second = make_membership(organisation, role=Role.OWNER)
        form_of(sign_in(second.account if is_proposer else owner), organisation).submit(RENAME)
        dropped = MemberDropped(organisation.id, second.account_id, str(Role.OWNER), owner)
        db.session.rollback()
        with write_section():
            tell(dropped)
        assert states(organisation) == ["withdrawn" if is_proposer else "pending"]
