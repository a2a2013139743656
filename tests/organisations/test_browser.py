"""The pages of organisations in a real browser: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from typing import Any

from portal.core.db import db
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.factories import (
    kind,
    make_access_request,
    make_account,
    make_beheerder,
    make_invitation,
    make_membership,
    make_organisation,
    make_picture,
    make_profile,
)
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll

LONG = "Samenwerkingsverband Onwaarschijnlijkelangenamendorp-aan-de-Waterkant (fictief)"


def full() -> Organisation:
    """An organisation in which everything that can be shown is there."""
    owner = make_account(name="Olga Eigenaar", email="olga.eigenaar@onwaarschijnlijk.example")
    found = make_organisation(
        name=LONG, owner=owner, is_public=True, website="https://dorp.example", kvk="01234567"
    )
    found.logo_id = make_picture().id
    make_membership(found, make_account(name="Bep Redacteur"), role=Role.EDITOR)
    make_profile(found, body="Wij doen **dit**.")
    make_profile(found, state="change_asked", body="Wij doen ook dat.")
    make_invitation(found, email="een.heel.lang.adres.voor.deze.pagina@dorp.example")
    make_access_request(found)
    db.session.commit()
    return found


def look(page: Any, path: str) -> None:
    page.goto(path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_it_can_be_used_by_everybody_in_an_organisation(served: Any, page: Any) -> None:
    found = full()
    owner = next(member for member in found.memberships if member.role == Role.OWNER)
    editor = next(member for member in found.memberships if member.role == Role.EDITOR)
    (request_id,) = db.session.execute(db.text("SELECT id FROM access_request")).one()
    served.sign_in(page, owner.account)
    home = f"/organisaties/{found.id}"
    look(page, "/organisaties")
    for path in (
        "",
        "/bewerken",
        "/omschrijving",
        "/logo",
        "/mensen",
        f"/mensen/{editor.id}",
        f"/mensen/{editor.id}/verwijderen",
        "/uitnodigen",
        "/overdragen",
        "/verlaten",
        f"/verzoeken/{request_id}",
    ):
        look(page, home + path)


def test_it_can_be_used_by_everybody_who_adds_or_joins(served: Any, any_page: Any) -> None:
    standing = make_organisation(name="Gemeente Bloemendorp (fictief)", is_public=True)
    invited = make_account(email="gast@dorp.example")
    _invitation, token = make_invitation(standing, email=invited.email)
    served.sign_in(any_page, invited)
    for path in (
        f"/uitnodigingen/{token}",
        f"/organisaties/{standing.id}/meedoen",
        "/organisaties",
        "/organisaties/nieuw",
    ):
        look(any_page, path)
    any_page.get_by_label("Naam van de organisatie").fill("Bloemendorp")
    any_page.get_by_label("Soort organisatie").select_option("Gemeente")
    any_page.get_by_role("button", name="Organisatie toevoegen").click()
    assert_accessible(any_page)
    assert_no_sideways_scroll(any_page)
    assert any_page.get_by_role("link", name="Vraag toegang").is_visible()
    any_page.get_by_label("Mijn organisatie staat er niet bij.").check()
    any_page.get_by_role("button", name="Organisatie toevoegen").click()
    assert any_page.get_by_role("heading", level=1).inner_text() == "Bloemendorp"
    assert_accessible(any_page)


def test_it_can_be_used_by_every_beheerder(served: Any, page: Any) -> None:
    served.sign_in(page, make_beheerder())
    for path in ("", "/nieuw", f"/{kind('gemeente').id}"):
        look(page, f"/beheer/soorten{path}")
