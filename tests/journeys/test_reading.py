"""Somebody without an account reads what was promised, and takes the evidence along."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from portal.commitments.models import Commitment
from portal.web.errors import failsafe_page
from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.journeys.promisers import NAME, supplier
from tests.journeys.steps import follow, look, main, titled

Come = Callable[..., Page]

LONG_AGO = date(2019, 7, 3)
TITLE = "Gegevens blijven bij de bron"
PLAN = small_pdf("Het plan")
REASON = "De koppelvlakken waren later klaar."
SHOW = re.compile(r"^Toon (\d+ )?(toezegging|organisatie)")


def late_promise() -> Commitment:
    """What a supplier promised for the layer Data, moved once and did not do; amid others."""
    maker = supplier()
    data, process = make.layer("data"), make.layer("proces")
    commitment = make.make_commitment(
        maker,
        title=TITLE,
        term="in 2020",
        promised_on=LONG_AGO,
        layers=[data],
        documents=[make.make_document(content=PLAN, title="Plan van aanpak", file_name="plan.pdf")],
    )
    make.make_update(commitment, progress="vertraagd", body="Het kost meer tijd.")
    make.make_term_move(commitment, to="eind 2021", reason=REASON)
    make.make_commitment(maker, title="Op tijd", layers=[data])
    make.make_commitment(
        maker, title="Andere laag", layers=[process], term="2020", promised_on=LONG_AGO
    )
    make.make_commitment(title="Van een gemeente", layers=[data], term="2020", promised_on=LONG_AGO)
    return commitment


def see(page: Page) -> None:
    """Look at the page, and check that nothing was put into the reader's browser."""
    look(page)
    assert page.context.cookies() == []


def open_filter(page: Page) -> None:
    """Unfold the filter where it is folded."""
    if not page.get_by_role("button", name=SHOW).is_visible():
        main(page).locator("summary", has_text="Filteren").click()


class TestFromHomeToTheDocument:
    def test_it_finds_what_suppliers_promised_and_did_not_do(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        late_promise()
        reader = come(scripts=scripts, width=1280 if scripts else 320)
        reader.goto("/")
        see(reader)
        follow(reader, "Bekijk de toezeggingen")
        open_filter(reader)
        for filter_name in ("Leverancier", "Data/Gegevensbronnen", "termijn verstreken"):
            main(reader).get_by_label(re.compile(rf"^{filter_name} \d+$")).check()
        reader.get_by_role("button", name=SHOW).click()
        see(reader)
        for part in ("organisatiesoort=leverancier", "laag=data", "stand=te-laat"):
            assert part in reader.url
        expect(main(reader).get_by_role("heading", name="1 toezegging")).to_be_visible()

        mailed = come(scripts=scripts)
        mailed.goto(reader.url)
        see(mailed)
        follow(mailed, TITLE)
        main(mailed).get_by_role("link", name=NAME).first.click()
        titled(mailed, NAME)
        see(mailed)
        follow(mailed, TITLE)
        see(mailed)
        story = mailed.get_by_role("region", name="Voortgang")
        expect(story).to_contain_text("opgave van de ondertekenaar")
        expect(story).to_contain_text("Het kost meer tijd.")
        expect(story).to_contain_text(
            "Van in 2020 (1 januari tot en met 31 december 2020) naar eind 2021"
        )
        expect(story).to_contain_text(f"Reden: {REASON}")
        expect(story).to_contain_text("Termijn verstreken")
        with mailed.expect_download() as fetched:
            main(mailed).get_by_role("link", name="Download Plan van aanpak").click()
        assert fetched.value.suggested_filename == "plan.pdf"
        assert fetched.value.path().read_bytes() == PLAN
        see(mailed)

    def test_it_takes_three_taps_on_a_telephone(self, served: ServedPortal, come: Come) -> None:
        late_promise()
        reader = come(scripts=False, width=390)
        reader.goto("/")
        for way in ("termijn verstreken: 3", "Leverancier 2", "Data/Gegevensbronnen 1"):
            link = main(reader).get_by_role("link", name=way, exact=True)
            expect(link).to_be_in_viewport(ratio=1)
            link.click()
            see(reader)
        expect(main(reader).get_by_role("heading", name="1 toezegging")).to_be_visible()
        expect(main(reader).get_by_role("link", name=TITLE)).to_be_in_viewport()

    def test_it_helps_who_finds_nothing(self, served: ServedPortal, come: Come) -> None:
        late_promise()
        reader = come(scripts=False, width=320)
        reader.goto("/toezeggingen?organisatiesoort=leverancier")
        open_filter(reader)
        reader.get_by_label("Zoek op woorden of organisatie").fill("eenhoorn")
        reader.get_by_role("button", name=SHOW).click()
        see(reader)
        expect(main(reader)).to_contain_text("Geen toezeggingen gevonden")
        expect(main(reader)).to_contain_text("Verwijder een filter")
        follow(reader, "Verwijder filter: “eenhoorn”")
        expect(main(reader).get_by_role("heading", name="3 toezeggingen")).to_be_visible()
        follow(reader, "Verwijder alle filters")
        expect(main(reader).get_by_role("heading", name="4 toezeggingen")).to_be_visible()
        see(reader)


class TestEnglish:
    def test_it_tells_the_same_around_the_words_of_the_signatory(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        commitment = late_promise()
        reader = come(scripts=scripts, width=1280 if scripts else 320)
        reader.goto("/toezeggingen?laag=data")
        reader.get_by_role("banner").get_by_role("link", name="English").click()
        see(reader)
        titled(reader, "Commitments")
        assert reader.url.endswith("/en/toezeggingen?laag=data")
        follow(reader, TITLE)
        see(reader)
        assert reader.url.endswith(f"/en/toezeggingen/{commitment.slug}")
        assert reader.locator("html").get_attribute("lang") == "en"
        expect(main(reader)).to_contain_text("that is: 1 October to 31 December 2021")
        expect(main(reader).get_by_text("Het kost meer tijd.")).to_be_visible()
        assert reader.get_by_role("heading", level=1).get_attribute("lang") == "nl"
        reader.get_by_role("banner").get_by_role("link", name="Nederlands").click()
        see(reader)
        assert reader.url.endswith(f"/toezeggingen/{commitment.slug}")
        expect(main(reader)).to_contain_text("dat is: 1 oktober tot en met 31 december 2021")


class TestWhileTheSiteIsUpgraded:
    def test_it_is_calm_and_clear_for_everyone(self, served: ServedPortal, come: Come) -> None:
        with served.app.test_request_context("/toezeggingen"):
            calm = failsafe_page(503, "kenmerk", "upgrade")
        reader = come(width=320)
        reader.route("**/toezeggingen", lambda route: route.fulfill(status=503, body=calm))
        reader.goto("/toezeggingen")
        titled(reader, "Wij werken de site bij")
        look(reader)


class TestSignatories:
    def test_it_leads_from_the_figures_to_one_signatory(
        self, served: ServedPortal, come: Come
    ) -> None:
        late_promise()
        reader = come(scripts=False, width=390)
        reader.goto("/")
        main(reader).get_by_role("link", name="ondertekenaars: 2").click()
        see(reader)
        titled(reader, "Ondertekenaars")
        open_filter(reader)
        main(reader).get_by_role("checkbox", name="Leverancier 1").check()
        reader.get_by_role("button", name=SHOW).click()
        see(reader)
        assert "soort=leverancier" in reader.url
        follow(reader, NAME)
        titled(reader, NAME)
        see(reader)
        expect(main(reader)).to_contain_text("verzonnen")
