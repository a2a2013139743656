"""Somebody opens the link from a mail on a telephone where they are not signed in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Account
from portal.comments import actions as comments
from portal.core.db import write_section
from portal.organisations import actions as organisations
from portal.signatures import actions as signatures
from tests import factories as make
from tests.factories.accounts import PASSWORD
from tests.harness.served import ServedPortal
from tests.journeys.steps import link_in, look, main, sign_in, titled

Come = Callable[..., Page]


def asked_to_change_a_comment(reader: Account) -> str:
    """Let a moderator ask the reader to change a comment; return a part of the link."""
    version = make.make_comment_version(make.make_comment(state="pending", author=reader))
    with write_section():
        comments.ask_change(
            version, ground="unclear", reason="Wat bedoelt u?", by=make.make_moderator()
        )
    return "/bewerken"


def asked_for_access(reader: Account) -> str:
    """Let a colleague ask the reader for access; return a part of the link."""
    organisation = make.make_organisation(owner=reader)
    with write_section():
        organisations.ask_access(
            organisation, job_title="Adviseur", message="Ik werk hier.", by=make.make_account()
        )
    return "/verzoeken/"


def asked_for_more(reader: Account) -> str:
    """Let a moderator ask for more proof of a mandate; return a part of the link."""
    organisation = make.make_organisation(owner=reader)
    signature = make.make_signature(organisation, state="confirmed", author=reader)
    with write_section():
        signatures.ask_more(
            signature, ground="other", reason="Stuur het besluit.", by=make.make_moderator()
        )
    return "/ondertekeningen/"


@pytest.mark.parametrize(
    "act",
    [asked_to_change_a_comment, asked_for_access, asked_for_more],
    ids=lambda act: act.__name__,
)
def test_it_leads_by_way_of_sign_in_to_what_the_mail_is_about(
    served: ServedPortal, come: Come, act: Callable[[Account], str]
) -> None:
    reader = make.make_account(name="Rosa Reiziger")
    part = act(reader)
    link = link_in(served.mailbox.wait_for(reader.email), part)
    page = come(scripts=False, width=320)

    page.goto(link)
    titled(page, "Inloggen")
    look(page)
    sign_in(page, reader.email, PASSWORD)

    assert urlsplit(page.url).path == link
    expect(main(page)).to_be_visible()


def test_it_asks_to_sign_in_for_what_is_not_there_as_well(come: Come) -> None:
    page = come(scripts=False, width=320)
    for address in ("/organisaties/999999", "/en/ondertekeningen/999999"):
        page.goto(address)
        assert urlsplit(page.url).path.endswith("/inloggen")

    page = come(make.make_account(), scripts=False)
    page.goto("/organisaties/999999")
    titled(page, "Deze pagina is er niet")
