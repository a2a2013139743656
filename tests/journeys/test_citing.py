"""A journalist cites a promise, and opens what was cited after the promise has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import look, main, titled

Come = Callable[..., Page]

TITLE = "Onze bronnen worden open"


class TestCite:
    def test_it_opens_as_it_was_and_says_what_became_of_it(
        self, served: ServedPortal, come: Come
    ) -> None:
        commitment = make.make_commitment(
            title=TITLE, what="Wij publiceren alle bronnen.", promised_on=date(2019, 7, 3)
        )
        journalist = come(scripts=False, width=390)
        journalist.goto(f"/t/gp-{commitment.short_number}")
        titled(journalist, TITLE)
        main(journalist).locator("summary", has_text="Citeer deze toezegging").click()
        look(journalist)
        words = main(journalist).locator(".cite__words").inner_text()
        assert f"Toezegging GP-{commitment.short_number}, versie 1" in words
        cited = re.search(r"https?://[^/]+(/\S+)", words.replace("\u200b", ""))
        assert cited is not None

        with write_section():
            changed = db.session.get_one(Commitment, commitment.id)
            actions.edit(changed, what="Wij publiceren sommige bronnen.", by=None)

        journalist.goto(cited[1])
        titled(journalist, TITLE)
        expect(main(journalist)).to_contain_text("Er is een nieuwere versie.")
        expect(main(journalist)).to_contain_text("Wij publiceren alle bronnen.")
        main(journalist).get_by_role("link", name="Volgende versie: 2").click()
        expect(main(journalist)).to_contain_text("Dit is de nieuwste versie.")
        expect(main(journalist).locator("del")).to_contain_text("alle")
        expect(main(journalist).locator("ins")).to_contain_text("sommige")
        look(journalist)

    def test_it_is_cited_from_paper_and_read_much_larger(
        self, served: ServedPortal, come: Come
    ) -> None:
        commitment = make.make_commitment(title=TITLE, what="Wij publiceren alle bronnen.")
        with write_section():
            changed = db.session.get_one(Commitment, commitment.id)
            actions.edit(changed, what="Wij publiceren sommige bronnen.", by=None)
        journalist = come(scripts=False)
        journalist.goto(f"/toezeggingen/{commitment.slug}/versies/1")
        journalist.emulate_media(media="print")
        # Paper says that there is a newer version, of which address it is, and nothing to press.
        expect(main(journalist)).to_contain_text("Er is een nieuwere versie.")
        expect(main(journalist)).to_contain_text("Wij publiceren alle bronnen.")
        source = journalist.locator(".paper")
        expect(source).to_be_visible()
        printed = source.inner_text().replace("\u200b", "")
        assert f"/toezeggingen/{commitment.slug}/versies/1 " in printed
        for part in (".mainnav", ".crumbs", ".cite", ".brandbar__search"):
            expect(journalist.locator(part)).to_be_hidden()
        journalist.emulate_media(media="screen")
        # A window of 1280 by 800, at 200 % and at 400 %.
        for zoom in (2, 4):
            journalist.set_viewport_size({"width": 1280 // zoom, "height": 800 // zoom})
            look(journalist)
        main(journalist).get_by_role("link", name="Volgende versie: 2").click()
        titled(journalist, TITLE)
        look(journalist)
