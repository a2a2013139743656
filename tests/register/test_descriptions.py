"""The short descriptions that a signatory had stay to be read, each at its own address."""

from __future__ import annotations

from flask import Flask

from portal.core.db import write_section
from portal.core.differences import ChangedPart, words_changed
from portal.organisations import actions
from tests.factories import make_account, make_membership, make_moderator
from tests.harness.client import Client
from tests.register.signers import make_signer
from tests.signatures.scenes import person


def test_each_says_what_it_changed_until_it_is_hidden(client: Client) -> None:
    organisation, moderator = make_signer("Gemeente Lindewoude"), person(make_moderator())
    editor = make_account()
    make_membership(organisation, editor, role="redacteur")
    for body in ("Wij groeien langzaam.", "Wij groeien snel."):
        with write_section():
            html = f"<ul><li>{body}</li></ul>"
            text = actions.describe(organisation, body=f"- {body}", html=html, by=person(editor))
            actions.place_profile(text, by=moderator)
    page = client.get(f"/ondertekenaars/{organisation.slug}").follow("Versies van de omschrijving")
    assert [mark.get_text() for mark in page.soup.select("main del, main ins")] == [
        "(verwijderd: langzaam. einde wijziging)",
        "(toegevoegd: snel. einde wijziging)",
    ]
    # It reads as it did on the page of the signatory.
    assert [item.get_text() for item in page.follow("Versie 1").soup.select("main .prose li")] == [
        "Wij groeien langzaam."
    ]
    with write_section():
        actions.hide_profile(text, ground="other", reason="Naam.", by=moderator)
    for path in ("", "/2"):
        page = client.get(f"/ondertekenaars/{organisation.slug}/omschrijvingen{path}")
        assert "heeft deze tekst verborgen" in page.main
        assert "snel" not in page.main
    assert client.get(f"/ondertekenaars/{organisation.slug}/omschrijvingen/3").status == 404


def test_a_line_that_is_gone_is_struck_without_words_for_the_ear(app: Flask) -> None:
    part = ChangedPart("Omschrijving", words_changed("\n\nEen zin", "Een zin"), "nl", "nl")
    with app.test_request_context("/"):
        html = str(app.jinja_env.get_template("components/changed.html").module.changed(part))
    assert "<del>\n\n</del>" in html
    assert "einde wijziging" not in html
