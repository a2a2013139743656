"""Somebody without an account follows a signatory, hears of what changed, and stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from portal.core import clock
from portal.core.db import db
from portal.following.jobs import tell_followers
from portal.services.jobs import run_due
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, link_in, look, main, press, titled

Come = Callable[..., Page]

READER = "lezer@voorbeeld.example"


def let_two_minutes_pass() -> None:
    """Do what the worker does for those who follow, as if it were two minutes later."""
    db.session.rollback()
    clock.set_now(clock.now() + timedelta(minutes=2))
    try:
        tell_followers()
        run_due()
    finally:
        clock.set_now(None)


def test_it_goes_from_the_page_of_a_signatory_to_mail_and_back_out(
    served: ServedPortal, come: Come
) -> None:
    organisation = make.make_signature().organisation
    tell_followers()
    page = come(scripts=False, width=320)
    page.goto(f"/ondertekenaars/{organisation.slug}")
    follow(page, "Volgen per mail")
    look(page)
    page.get_by_label("meteen, bij elke verandering").check()
    page.get_by_label("E-mailadres").fill(READER)
    press(page, "Volgen")
    titled(page, "Kijk in uw mail")
    look(page)

    page.goto(link_in(served.mailbox.wait_for(READER), "/bevestigen/"))
    look(page)
    press(page, "Ja, ik wil dit volgen")
    titled(page, "Wat u volgt")
    look(page)

    make.make_commitment(organisation, title="Wij sluiten aan")
    let_two_minutes_pass()
    news = served.mailbox.wait_for(READER, "Wij sluiten aan")
    page.goto(link_in(news, "/volgen/stop/"))
    look(page)
    press(page, "Stop met alles")
    titled(page, "U bent gestopt met volgen")
    look(page)

    press(page, "Toch blijven volgen")
    titled(page, "Wat u volgt")
    expect(main(page).get_by_role("link", name=organisation.name)).to_be_visible()
