"""A document read here: what is known of it, what it says, its pages, and who may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.commitments import actions
from portal.commitments.jobs import draw_documents, read_documents
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.documents.models import Document, DocumentText, DocumentVersion, PagePicture
from portal.documents.queries import find_text, is_owned, pages_of, pictures_of
from portal.lifecycle.claims import EnteredAs
from tests import factories as make
from tests.commitments.scenes import Scene, signatory
from tests.documents.test_drawing import pages
from tests.harness.client import Client

SignIn = Callable[..., Client]


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def with_document(scene: Scene, *texts: bytes, **values: str) -> tuple[Commitment, Document]:
    """A commitment with a document of the signatory, with a page for each text."""
    document = make.make_document(content=pages(*(texts or (b"Een haven",))))
    with write_section():
        document.latest.page_count = len(texts) or 1
    commitment = make.make_commitment(scene.organisation, documents=[document], **values)
    with write_section():
        for link in commitment.documents:
            link.entered_as = EnteredAs.SIGNATORY
    return commitment, document


def reading(commitment: Commitment, document: Document, rest: str = "") -> str:
    return f"/toezeggingen/{commitment.slug}/documenten/{document.id}/1{rest}"


class TestReadDocuments:
    def test_it_draws_the_text_of_each_page_and_looks_at_the_file(
        self, scene: Scene, client: Client
    ) -> None:
        commitment, document = with_document(scene, b"Een haven", b"", b"Twee havens")
        assert (
            "Toegankelijk opgemaakt: niet nagegaan"
            in client.get("commitments.show", slug=commitment.slug).main
        )

        read_documents()

        found = [(page.number, page.text) for page in pages_of(document.latest.id)]
        assert found == [(1, "Een haven"), (3, "Twee havens")]
        shown = client.get("commitments.show", slug=commitment.slug).main
        assert "Toegankelijk opgemaakt: nee (er is geen opmaak voor schermlezers in;" in shown

    def test_it_reads_no_proof_of_mandate(self, app: Flask) -> None:
        document = make.make_document(content=pages(b"Geheim"))
        make.make_signature(mandate=document)
        read_documents()
        draw_documents()
        assert not pages_of(document.latest.id)
        assert not pictures_of(document.latest.id)

    def test_it_goes_on_after_a_file_that_cannot_be_read(self, scene: Scene) -> None:
        broken = make.make_document(content=b"%PDF-1.7 niets")
        make.make_commitment(scene.organisation, documents=[broken])
        _commitment, document = with_document(scene)
        read_documents()
        assert broken.latest.read_at is not None
        assert broken.latest.check.made == "unknown"
        assert pages_of(document.latest.id)


class TestDrawDocuments:
    def test_it_draws_nothing_before_everybody_may_see_it(
        self, scene: Scene, client: Client
    ) -> None:
        draft, of_draft = with_document(scene, state="draft")
        _commitment, hidden = with_document(scene)
        with write_section():
            actions.hide_version(
                hidden.latest, ground="other", reason="Nee.", by=make.make_moderator()
            )
        draw_documents()
        assert not pictures_of(of_draft.latest.id)
        assert not pictures_of(hidden.latest.id)

        with write_section():
            actions.publish(draft, by=None)
        draw_documents()

        (picture,) = pictures_of(of_draft.latest.id).values()
        assert is_owned(picture.storage_key)
        path = f"/toezeggingen/{draft.slug}/voorbeelden/{of_draft.id}/1/1"
        assert client.get(path).headers["Content-Type"] == "image/webp"
        assert client.get(f"{path}1").status == 404

    def test_it_draws_the_first_pages_of_a_long_document(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("portal.documents.reading.MOST_PICTURES", 2)
        _commitment, document = with_document(scene, b"Een", b"Twee", b"Drie")
        draw_documents()
        draw_documents()
        assert list(pictures_of(document.latest.id)) == [1, 2]


class TestReadDocument:
    def test_it_tells_what_is_known_and_leads_to_every_page(
        self, scene: Scene, client: Client
    ) -> None:
        commitment, document = with_document(scene)
        make.make_pages(document, "Een haven", "Twee havens", are_drawn=True)
        page = client.get("commitments.show", slug=commitment.slug)
        shown = page.follow("Bekijk op deze site : Plan van aanpak")
        assert "PDF, 2 pagina’s" in shown.main
        second = shown.follow("Pagina 2")
        assert "Twee havens" in second.main
        (picture,) = second.soup.select("main img")
        assert picture["alt"] == "Pagina 2 van het document, als beeld. De tekst staat eronder."
        assert "Een haven" in second.follow("Vorige").main
        for rest in ("/pagina/3", "/pagina/0"):
            assert client.get(reading(commitment, document, rest)).status == 404

    def test_it_shows_the_text_of_what_has_no_pages(self, scene: Scene, client: Client) -> None:
        document = make.make_document(file_name="plan.odt", media_type="application/odt")
        commitment = make.make_commitment(scene.organisation, documents=[document])
        version = make.make_pages(document, "Wij delen gegevens")
        with write_section():
            pages_of(version.id)[0].number = 0
        assert "Wij delen gegevens" in client.get(reading(commitment, document)).main

    def test_it_says_what_changed_with_each_version(self, scene: Scene, client: Client) -> None:
        commitment, document = with_document(scene)
        make.make_pages(document, "een twee drie")
        with write_section():
            first = document.latest
            db.session.add(
                DocumentVersion(
                    document_id=document.id,
                    number=2,
                    storage_key="ab/cd/abcd" + "0" * 28 + ".pdf",
                    file_name="plan.pdf",
                    media_type=first.media_type,
                    size=2 * first.size,
                    sha256="0" * 64,
                    created_at=first.created_at,
                )
            )
        db.session.refresh(document)
        make.make_pages(document, "een twee", "vier vijf")
        shown = client.get(reading(commitment, document)).main
        assert "opgave van de ondertekenaar" in shown
        assert "1 pagina meer. 2 woorden erbij, 1 woord eruit." in " ".join(shown.split())
        page = client.get(f"/toezeggingen/{commitment.slug}/documenten/{document.id}/2")
        gone, came = page.soup.select("main del"), page.soup.select("main ins")
        assert "drie" in " ".join(mark.get_text() for mark in gone)
        assert "vier vijf" in " ".join(" ".join(mark.get_text().split()) for mark in came)
        first_page = client.get(f"/toezeggingen/{commitment.slug}/documenten/{document.id}/1")
        assert not first_page.soup.select("main del, main ins")
        assert "versie 1 (deze)" in shown

    def test_nothing_of_it_is_there_while_it_is_hidden(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment, document = with_document(scene)
        make.make_pages(document, "Een haven", are_drawn=True)
        make.write_out(document, body="Wat er staat.")
        picture = f"/toezeggingen/{commitment.slug}/voorbeelden/{document.id}/1/1"
        paths = (reading(commitment, document), reading(commitment, document, "/pagina/1"), picture)
        assert [client.get(path).status for path in paths] == [200, 200, 200]
        with write_section():
            actions.hide_version(
                document.latest, ground="other", reason="Nee.", by=make.make_moderator()
            )
        assert [client.get(path).status for path in paths] == [410, 410, 410]
        assert sign_in(scene.editor).get(paths[0]).status == 200


class TestWriteOut:
    def test_it_begins_with_the_text_of_the_file(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment, document = with_document(scene)
        make.make_pages(document, "Inleiding\nWij beginnen.", "Slot.")
        page = sign_in(scene.editor).get("commitments.show", slug=commitment.slug)
        asked = page.follow("tekst als pagina Plan van aanpak")
        assert asked.form().fields["body"] == "Inleiding\n\nWij beginnen.\n\nSlot."

        asked.form().submit(body="## Inleiding\n\nWij **beginnen**.")

        shown = client.get(reading(commitment, document))
        assert [head.get_text() for head in shown.soup.select("main h3")] == ["Inleiding"]
        assert shown.soup.select_one(".prose strong").get_text() == "beginnen"  # type: ignore[union-attr]
        card = client.get("commitments.show", slug=commitment.slug)
        assert "Lees de tekst op deze site : Plan van aanpak" in card.links

    def test_it_takes_the_page_away_when_nothing_is_left(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment, document = with_document(scene)
        make.write_out(document)
        path = f"/toezeggingen/{commitment.id}/documenten/{document.id}/1/tekst"
        sign_in(scene.editor).get(path).form().submit(body="")
        assert find_text(document.latest.id) is None

    def test_it_shows_what_somebody_else_saved_meanwhile(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment, document = with_document(scene)
        path = f"/toezeggingen/{commitment.id}/documenten/{document.id}/1/tekst"
        first, second = (sign_in(scene.editor).get(path).form() for _each in range(2))
        first.submit(body="De ene tekst.")
        answer = second.submit(body="De andere tekst.")
        assert answer.status == 409
        assert "De ene tekst." in answer.main
        assert answer.form().fields["body"] == "De andere tekst."
        assert db.session.query(DocumentText).one().body == "De ene tekst."


class TestDescribeDocument:
    def test_it_tells_date_and_licence_to_readers(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment, _document = with_document(scene)
        page = sign_in(scene.editor).get("commitments.show", slug=commitment.slug)
        asked = page.follow("Gegevens wijzigen Plan van aanpak")
        wrong = asked.form().submit(title="", dated="31-2-2020", licence="cc-by")
        assert wrong.status == 422
        assert wrong.error_for("title")
        assert wrong.error_for("dated")
        assert wrong.form().fields["licence"] == "cc-by"

        wrong.form().submit(title="Het plan", dated="2020-03-01", language="en")

        shown = client.get("commitments.show", slug=commitment.slug)
        assert "PDF, in het Engels" in shown.main
        assert "Van 1 maart 2020. Licentie: CC BY 4.0" in shown.main
        assert "Het plan" in shown.main

    def test_it_is_kept_from_the_other_writer(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, document = with_document(scene)
        with write_section():
            commitment.documents[0].entered_as = EnteredAs.VERENIGING
        path = f"/toezeggingen/{commitment.id}/documenten/{document.id}/gegevens"
        answer = sign_in(scene.editor).get(path).form().submit(title="Anders")
        assert answer.status == 422
        assert db.session.get_one(Document, document.id).title == "Plan van aanpak"


def test_a_picture_goes_with_its_version(app: Flask) -> None:
    document = make.make_document()
    make.make_pages(document, "Een", are_drawn=True)
    with write_section():
        db.session.delete(document.latest)
    assert db.session.query(PagePicture).count() == 0
