"""The beheerder brings in a list that somebody else kept, puts it right, and takes it back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.core.db import db
from portal.services.jobs import run_due
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, look, main, press

Come = Callable[..., Page]


def let_worker_work(page: Page, while_it_waits: str) -> None:
    """Do what the worker does, and look again until the page no longer waits for that.

    The portal has a worker of its own, which may have the work in hand already or be done with it.
    """
    while main(page).get_by_text(while_it_waits).count():
        db.session.rollback()
        run_due()
        follow(page, "Ververs deze pagina")


# As a list of another register has it: its own names for columns, in Windows-1252.
LIST = (
    "Supplier;Deadline;Ondertekeningsdatum\r\n"
    "Softwarehuis Veen (fictief);1-1-2027;3-7-2019\r\n"
    "Coöperatie Duin (fictief);;najaar 2021\r\n"
).encode("cp1252")


def test_it_is_seen_first_then_public_at_once_and_gone_again(
    served: ServedPortal, come: Come
) -> None:
    make.make_organisation(name="Softwarehuis Venen (fictief)", kind_slug="leverancier")
    page = come(make.make_beheerder(), scripts=False, width=390)
    page.goto("/beheer")
    follow(page, "Importeren")
    page.locator("#file").set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    page.get_by_label("Titel van de bron").fill("Lijst van leveranciers")
    page.get_by_label("Bron", exact=True).fill("lijst.example/leveranciers")
    press(page, "Bekijk wat er verandert")
    let_worker_work(page, "Wij bekijken de regels")
    expect(main(page)).to_contain_text("1 regel blijft achter")

    follow(page, "Softwarehuis Veen (fictief)")
    main(page).get_by_label("Nee, dit is een nieuwe organisatie").check()
    press(page, "Opslaan en opnieuw bekijken")
    expect(main(page)).to_contain_text("2 regels zijn nieuw of gewijzigd")
    press(page, "Invoeren en openbaar maken")
    let_worker_work(page, "Wij voeren de regels in")

    reader = come(scripts=False)
    reader.goto("/ondertekenaars")
    expect(main(reader)).to_contain_text("Softwarehuis Veen (fictief)")
    follow(reader, "Coöperatie Duin (fictief)")
    expect(main(reader)).to_contain_text("Lijst van leveranciers")

    follow(page, "Alles terughalen")
    press(page, "Ja, alles terughalen")
    let_worker_work(page, "Wij halen alles terug")
    expect(main(page)).to_contain_text("Teruggehaald (2)")
    reader.goto("/ondertekenaars")
    look(reader)
    expect(main(reader)).not_to_contain_text("Softwarehuis Veen (fictief)")
