"""The pages of commitments in a real browser."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from tests.commitments.scenes import promise, signatory
from tests.factories import (
    layer,
    make_comment,
    make_document,
    make_term_move,
    make_update,
    principle,
)
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll
from tests.harness.served import ServedPortal

LONG = "Routekaart gegevensuitwisseling en uitwisselingsovereenkomstenbeheer 2026-2031"


def look_at(page: Page, path: str) -> None:
    """Open a page; it is for everybody, and it fits."""
    page.goto(path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


class TestPages:
    def test_it_lets_everybody_read(self, served: ServedPortal, page: Page) -> None:
        scene = signatory()
        commitment = promise(
            scene,
            title=LONG,
            kind="plan",
            term="eind 2020",
            promised_on=date(2019, 7, 3),
            layers=[layer("data")],
            principles=[principle("standaarden")],
        )
        with write_section():
            actions.link_document(commitment, make_document())
        make_update(commitment, progress="gereed", told_on=date(2022, 1, 1))
        make_term_move(commitment, to="medio 2021")
        make_comment(commitment.discussion)
        with write_section():
            actions.edit(db.session.get_one(Commitment, commitment.id), by=None, title=LONG + "!")
        withdrawn = promise(scene, state="withdrawn")

        for path in (
            "/toezeggingen",
            "/toezeggingen?q=eenhoorn&soort=plan&laag=data",
            f"/toezeggingen/{commitment.slug}",
            f"/en/toezeggingen/{commitment.slug}",
            f"/toezeggingen/{commitment.slug}/geschiedenis",
            f"/toezeggingen/{withdrawn.slug}",
        ):
            look_at(page, path)

    def test_it_lets_everybody_write(self, served: ServedPortal, page: Page) -> None:
        scene = signatory()
        draft, public = promise(scene, state="draft"), promise(scene)
        with write_section():
            actions.link_document(draft, make_document())
        served.sign_in(page, scene.editor)
        own = f"/toezeggingen/{draft.id}"
        for path in (
            f"/organisaties/{scene.organisation.id}/toezeggingen/nieuw",
            f"{own}/concept",
            f"{own}/bewerken",
            f"{own}/publiceren",
            f"{own}/verwijderen",
            f"{own}/documenten/nieuw",
            f"{own}/documenten/{draft.documents[0].document_id}/versie",
            f"/toezeggingen/{public.slug}",
            f"/toezeggingen/{public.id}/voortgang",
            f"/toezeggingen/{public.id}/termijn",
            f"/toezeggingen/{public.id}/intrekken",
        ):
            look_at(page, path)


def test_it_writes_a_promise_with_a_fuzzy_term(
    served: ServedPortal, any_page: Page, scripts: bool
) -> None:
    scene = signatory()
    served.sign_in(any_page, scene.editor)
    any_page.goto(f"/organisaties/{scene.organisation.id}/toezeggingen/nieuw")
    any_page.get_by_label("whitepaper").check()
    any_page.get_by_label("Titel", exact=True).fill("Whitepaper over onze bijdrage")
    any_page.get_by_label("Wat zegt u toe?").fill("Wij schrijven hoe wij bijdragen.")
    any_page.get_by_label("Toegezegd op").fill("2019-07-03")
    any_page.get_by_label("Termijn", exact=True).fill("begin oktober")
    confirm = any_page.get_by_label("Ja, dit klopt")
    save = any_page.get_by_role("button", name="Concept opslaan")
    if not scripts:
        # Then the page says on sending what is read.
        save.click()
    confirm.check()
    expect(any_page.locator("#termijn-lezing")).to_contain_text("1 tot en met 10 oktober 2019")
    save.click()

    any_page.get_by_role("link", name="Publiceren").click()
    any_page.get_by_role("button", name="Publiceer deze toezegging").click()

    expect(any_page.get_by_role("heading", level=1)).to_have_text("Whitepaper over onze bijdrage")
    expect(any_page.get_by_role("main")).to_contain_text("1 tot en met 10 oktober 2019")


class TestScript:
    def test_it_reads_the_term_while_it_is_typed(self, served: ServedPortal, page: Page) -> None:
        scene = signatory()
        served.sign_in(page, scene.editor)
        page.goto(f"/organisaties/{scene.organisation.id}/toezeggingen/nieuw")
        box, words = page.locator("#termijn-lezing"), page.get_by_label("Termijn", exact=True)

        words.fill("eind 2030")
        expect(box).to_contain_text("1 oktober tot en met 31 december 2030")
        expect(page.get_by_label("Vroegste datum")).to_be_hidden()
        assert_accessible(page)

        page.get_by_label("Nee, ik kies zelf de datum").check()
        expect(page.get_by_label("Vroegste datum")).to_be_visible()
        page.get_by_label("Vroegste datum").fill("2030-10-05")
        page.get_by_label("Uiterste datum").fill("2030-12-24")

        # Other words keep the dates that were picked, and that they were.
        words.fill("31 februari 2030")
        expect(box).to_contain_text("Wij herkennen geen datum in “31 februari 2030”")
        expect(page.get_by_label("Ik kies zelf een datum")).to_be_checked()
        expect(page.get_by_label("Vroegste datum")).to_have_value("2030-10-05")
        assert_accessible(page)
        words.fill("doorlopend")
        expect(box).to_contain_text("U hoeft niets te kiezen.")
        words.fill("medio 2031")
        expect(box).to_contain_text("1 april tot en met 30 september 2031")
        expect(page.get_by_label("Nee, ik kies zelf de datum")).to_be_checked()
        expect(page.get_by_label("Uiterste datum")).to_have_value("2030-12-24")

        words.fill("begin oktober")
        page.get_by_label("Toegezegd op").fill("2019-07-03")
        expect(box).to_contain_text("1 tot en met 10 oktober 2019")
        assert_no_sideways_scroll(page)
