"""The short description that a moderator places, and the logo."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.core.errors import ReasonMissing, StepNotOpen
from portal.organisations import actions, queries
from portal.organisations.models import Organisation, ProfileText
from portal.policy import Permission, can
from portal.services.history import history_of
from tests.factories import (
    make_account,
    make_membership,
    make_moderator,
    make_organisation,
    make_picture,
    make_profile,
)


@pytest.fixture
def editor(app: Any) -> Account:
    return make_account(name="Bep Redacteur", email="bep@dorp.example")


@pytest.fixture
def organisation(editor: Account) -> Organisation:
    found = make_organisation(name="Gemeente Dorp (fictief)", owner=make_account(), is_public=True)
    make_membership(found, editor)
    return found


@pytest.fixture
def moderator(app: Any) -> Account:
    return make_moderator()


def describe(client: Any, organisation: Organisation, body: str) -> Any:
    page = client.get("organisations.describe", organisation_id=organisation.id)
    return page.form().submit({"body": body})


def decide(version_id: int, act: Any, **words: Any) -> None:
    with write_section():
        act(queries.get_profile(version_id), **words)


def states(organisation: Organisation) -> list[str]:
    found = select(ProfileText.state).where(ProfileText.organisation_id == organisation.id)
    return list(db.session.scalars(found.order_by(ProfileText.id)))


def waiting() -> list[int]:
    return [row.id for row in queries.profile_versions_waiting()]


class TestDescribe:
    def test_it_waits_while_the_placed_text_stays(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        placed = make_profile(organisation, body="De oude tekst.")
        page = describe(sign_in(editor), organisation, "De **nieuwe** tekst.")
        assert page.flashes == [
            "Uw tekst wacht op moderatie. U krijgt een mail als er is besloten."
        ]
        assert "De oude tekst." in page.main and "wacht op moderatie" in page.main
        assert "<strong>nieuwe</strong>" in page.html
        row = queries.profile_versions_waiting()[0]
        assert (row.organisation_name, row.body) == (organisation.name, "De **nieuwe** tekst.")
        assert (row.author_name, row.placed_profile_id) == ("Bep Redacteur", placed.id)

    @pytest.mark.parametrize("state", ["pending", "change_asked", "placed"])
    def test_it_takes_no_text_that_is_the_same(
        self, organisation: Organisation, editor: Account, sign_in: Any, state: str
    ) -> None:
        make_profile(organisation, state=state, body="Dezelfde woorden.", author=editor)
        page = describe(sign_in(editor), organisation, "Dezelfde woorden.")
        assert page.status == 422
        assert "dezelfde tekst" in (page.error_for("body") or "")
        assert db.session.query(ProfileText).count() == 1

    def test_it_replaces_a_text_that_still_waits(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        client = sign_in(editor)
        describe(client, organisation, "Eerste poging.")
        form = client.get("organisations.describe", organisation_id=organisation.id).form()
        assert form.fields["body"] == "Eerste poging."
        describe(client, organisation, "Tweede poging.")
        assert states(organisation) == ["replaced", "pending"]

    def test_it_shows_both_texts_when_a_colleague_was_first(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        colleague = make_membership(organisation).account
        mine = sign_in(editor).get("organisations.describe", organisation_id=organisation.id).form()
        describe(sign_in(colleague), organisation, "Tekst van de collega.")
        page = mine.submit({"body": "Mijn tekst."})
        assert page.status == 409 and states(organisation) == ["pending"]
        assert "Tekst van de collega." in page.main and "Mijn tekst." in page.main
        page.form().submit()
        assert states(organisation) == ["replaced", "pending"]

    @pytest.mark.parametrize("body", ["", "   ", "x" * 1001])
    def test_it_refuses_nothing_and_too_much(
        self, sign_in: Any, organisation: Organisation, editor: Account, body: str
    ) -> None:
        page = describe(sign_in(editor), organisation, body)
        assert page.status == 422 and page.error_for("body") and states(organisation) == []

    def test_it_runs_no_script_that_was_typed(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        page = describe(
            sign_in(editor), organisation, "<script>alert(1)</script> [x](javascript:x)"
        )
        assert not page.soup.main.find_all("script")
        assert not [a for a in page.soup.find_all("a", href=True) if "javascript" in a["href"]]

    def test_it_takes_back_what_waits_and_what_stands(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        make_profile(organisation, body="Staat er.")
        client = sign_in(editor)
        page = describe(client, organisation, "Wacht nog.")
        newest = queries.newest_profile(organisation.id)
        assert newest is not None
        page = page.form(f"{newest.id}/intrekken").submit()
        assert states(organisation) == ["placed", "withdrawn"] and "Staat er." in page.main
        page = page.form("/intrekken").submit()
        assert states(organisation) == ["withdrawn", "withdrawn"]
        db.session.refresh(organisation)
        assert organisation.placed_profile_id is None and "Staat er." not in page.main


class TestDecisions:
    def test_it_puts_a_placed_text_instead_of_the_one_before(
        self, mailbox: Any, organisation: Organisation, editor: Account, moderator: Account
    ) -> None:
        make_profile(organisation, body="De oude tekst.")
        version = make_profile(organisation, state="pending", author=editor)
        decide(version.id, actions.place_profile, by=moderator)
        assert states(organisation) == ["superseded", "placed"] and waiting() == []
        db.session.refresh(organisation)
        assert organisation.placed_profile_id == version.id
        mailbox.deliver()
        assert f"/ondertekenaars/{organisation.slug}" in mailbox.last(editor.email).paths

    def test_it_sends_back_with_what_must_change_and_takes_a_new_text(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        editor: Account,
        moderator: Account,
    ) -> None:
        client = sign_in(editor)
        describe(client, organisation, "Koop bij ons!")
        (version_id,) = waiting()
        words = {"ground": "advertising", "reason": "Laat de reclame weg."}
        decide(version_id, actions.ask_profile_change, by=moderator, **words)
        mailbox.deliver()
        mail = mailbox.last(editor.email)
        assert "Laat de reclame weg." in mail.text and "Reclame of spam" in mail.text
        assert "Koop bij ons!" in mail.text
        page = client.get(next(path for path in mail.paths if path.endswith("/omschrijving")))
        assert page.form().fields["body"] == "Koop bij ons!"
        shown = client.get("register.organisation", organisation_id=organisation.id)
        assert "Laat de reclame weg." in shown.main
        page.form().submit({"body": "Wij maken software."})
        assert states(organisation) == ["replaced", "pending"]

    def test_it_refuses_with_a_reason_and_says_how_to_object(
        self,
        sign_in: Any,
        mailbox: Any,
        organisation: Organisation,
        editor: Account,
        moderator: Account,
    ) -> None:
        version = make_profile(organisation, state="pending", author=editor, body="Nepnieuws.")
        with pytest.raises(ReasonMissing):
            decide(version.id, actions.refuse_profile, ground="other", reason=" ", by=moderator)
        assert waiting() == [version.id]
        words = {"ground": "off_topic", "reason": "Dit gaat niet over u."}
        decide(version.id, actions.refuse_profile, by=moderator, **words)
        mailbox.deliver()
        mail = mailbox.last(editor.email)
        assert "Dit gaat niet over u." in mail.text and "Nepnieuws." in mail.text
        assert "niet een computer" in mail.text
        shown = sign_in(editor).get("register.organisation", organisation_id=organisation.id)
        assert "Dit gaat niet over u." in shown.main and "niet geplaatst" in shown.main
        (row,) = [row for row in history_of("profile", version.id) if row.step == "refuse"]
        assert (row.account_id, row.ground, row.reason) == (
            moderator.id,
            "off_topic",
            "Dit gaat niet over u.",
        )

    def test_it_lets_the_first_of_two_moderators_decide(
        self, organisation: Organisation, editor: Account, moderator: Account
    ) -> None:
        version = make_profile(organisation, state="pending", author=editor)
        decide(version.id, actions.place_profile, by=moderator)
        with pytest.raises(StepNotOpen):
            decide(version.id, actions.refuse_profile, ground="other", reason="Nee.", by=moderator)
        assert states(organisation) == ["placed"]

    def test_it_speaks_the_language_of_the_author(
        self, mailbox: Any, organisation: Organisation, moderator: Account
    ) -> None:
        author = make_account(locale="en")
        version = make_profile(organisation, state="pending", author=author)
        decide(version.id, actions.place_profile, by=moderator)
        mailbox.deliver()
        mail = mailbox.last(author.email)
        assert mail.message["Content-Language"] == "en"
        assert f"/en/ondertekenaars/{organisation.slug}" in mail.paths

    def test_it_is_no_matter_for_a_moderator_with_a_stake(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        version = make_profile(organisation, state="pending", author=editor)
        for person, may in ((make_moderator(), True), (editor, False)):
            person_seen = _seen(person)
            assert can(person_seen, Permission.PROFILE_MODERATE, version) is may
        inside = make_moderator()
        make_membership(organisation, inside)
        assert not can(_seen(inside), Permission.PROFILE_MODERATE, version)
        author = make_moderator()
        own = make_profile(make_organisation(), state="pending", author=author)
        assert not can(_seen(author), Permission.PROFILE_MODERATE, own)


def _seen(account: Account) -> Any:
    """Return an account as a person with roles."""

    class Seen:
        id = account.id
        email_key = account.email_key
        is_authenticated = True
        is_confirmed = True
        is_moderator = account.is_moderator
        is_beheerder = account.is_beheerder
        roles = queries.roles_of(account.id)
        ties = queries.ties_of(account.id)

    return Seen()


def png(size: tuple[int, int] = (900, 300)) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "#3366cc").save(kept, "PNG")
    return kept.getvalue()


class TestLogo:
    def test_it_shows_a_picture_that_was_made_anew(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        page = sign_in(editor).get("organisations.logo", organisation_id=organisation.id)
        done = page.form().submit({"logo": (png(), "logo.png")})
        (image,) = [i for i in done.soup.main.find_all("img") if "/beelden/" in i["src"]]
        picture = done.client.get(str(image["src"]))
        assert picture.headers["Content-Type"] == "image/webp"
        assert Image.open(BytesIO(picture.body)).size == (480, 160)

    @pytest.mark.parametrize(
        "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"", None]
    )
    def test_it_refuses_what_is_no_raster_picture(
        self, sign_in: Any, organisation: Organisation, editor: Account, content: bytes | None
    ) -> None:
        page = sign_in(editor).get("organisations.logo", organisation_id=organisation.id)
        sent = {"logo": (content, "logo.png")} if content is not None else {}
        refused = page.form(1 if organisation.logo_id else 0).submit(sent)
        assert refused.status == 422 and refused.error_for("logo")
        db.session.refresh(organisation)
        assert organisation.logo_id is None

    def test_it_takes_the_logo_away(
        self, sign_in: Any, organisation: Organisation, editor: Account
    ) -> None:
        organisation.logo_id = make_picture().id
        db.session.commit()
        page = sign_in(editor).get("organisations.logo", organisation_id=organisation.id)
        done = page.form("/logo/verwijderen").submit()
        assert not [i for i in done.soup.main.find_all("img") if "/beelden/" in i["src"]]
