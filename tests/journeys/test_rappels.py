"""A rappel is answered on a telephone, without scripts, by its mail's one link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from portal.core import clock
from portal.core.db import write_section
from portal.rappels import actions
from portal.rappels.queries import round_on
from tests import factories as make
from tests.factories.accounts import PASSWORD
from tests.harness.served import ServedPortal
from tests.journeys.promisers import officer, supplier
from tests.journeys.steps import follow, link_in, look, main, press, sign_in, titled, told

Come = Callable[..., Page]


def test_it_is_answered_on_a_telephone(served: ServedPortal, come: Come) -> None:
    organisation = supplier()
    person = officer(organisation)
    today = clock.today()
    long_ago = today - timedelta(days=400)
    late = make.make_commitment(
        organisation,
        title="Routekaart voor onze diensten",
        term=f"uiterlijk {long_ago.day}-{long_ago.month}-{long_ago.year}",
        promised_on=long_ago - timedelta(days=30),
    )
    rappel = make.make_rappel(late)
    with write_section():
        (party,) = (each for each in round_on(today).parties if each.letters)
        actions.mail_party(rappel, party, is_again=False)
    link = link_in(served.mailbox.wait_for(person.email, "Rappel"), "/rappels/")

    phone = come(scripts=False, width=320)
    phone.goto(link)
    sign_in(phone, person.email, PASSWORD)
    titled(phone, "Hoe staat het ermee?")
    look(phone)
    expect(main(phone)).to_contain_text("0 van 1 beantwoord")
    follow(phone, "Een prognose geven Routekaart voor onze diensten")
    phone.get_by_label("Wanneer verwacht u dat het gereed is?").fill("in de loop van volgend jaar")
    phone.get_by_label("Waarom verwacht u dat?").fill("De leverancier is begonnen.")
    press(phone, "Plaats de prognose")
    told(phone, "Uw prognose staat bij de toezegging.")
    expect(main(phone)).to_contain_text("U hebt alles beantwoord.")

    visitor = come(width=390)
    visitor.goto(f"/toezeggingen/{late.slug}")
    look(visitor)
    expect(main(visitor)).to_contain_text("in de loop van volgend jaar")
    expect(main(visitor)).to_contain_text("De termijn blijft gelden.")
