"""The documents of a commitment: taken in, renewed, and read back byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.documents.models import DocumentVersion, Picture
from tests.commitments.scenes import WORDS, Scene, make_membership_of, promise, signatory
from tests.documents.odf_parts import odf
from tests.documents.pdf_objects import pdf
from tests.factories import make_account, make_document, make_moderator
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import signed_in

SignIn = Callable[..., Client]
REAL = ("plan-van-aanpak.pdf", "opsplitsen-rgbz.pdf", "crash-course-zaakgericht-werken.pdf")
HOSTILE = [
    (b"", "leeg.pdf", "Dit bestand is leeg."),
    (b"<!doctype html><script>alert(1)</script>", "plan.pdf", "Dit is een webpagina"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tekening.svg", "SVG-tekening"),
    (b"PK\x05\x06" + b"\x00" * 18, "plan.zip", "zip-bestand"),
    (pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "x.pdf", "scripts"),
    (pdf(), "plan.odt", "De naam van dit bestand past niet bij de inhoud."),
    (b"MZ" + b"\x00" * 64, "plan.exe", "Dit soort bestand nemen wij niet aan."),
]


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


def add(reader: Client, commitment: Commitment, content: bytes, name: str, **values: str) -> Page:
    page = reader.get("commitments.add_document", commitment_id=commitment.id)
    return as_it_is(page.form().submit({"document": (content, name), **values}))


def as_it_is(answer: Page) -> Page:
    """Answer that the file is to stand there as it is, when the page asks."""
    return answer.form().submit() if "om dit bestand toch te plaatsen" in answer.main else answer


def renew(reader: Client, commitment: Commitment, content: bytes, name: str) -> Page:
    page = reader.get(
        "commitments.add_version",
        commitment_id=commitment.id,
        document_id=commitment.documents[0].document_id,
    )
    return as_it_is(page.form().submit(document=(content, name)))


def addresses(page: Page, part: str) -> list[str]:
    """The addresses of files; those of pages that show them end in no name."""
    found = page.soup.select(f'main a[href*="{part}"]')
    return [address for link in found if "." in (address := str(link["href"]))]


class TestAddDocument:
    @pytest.mark.parametrize("name", REAL)
    def test_it_gives_real_documents_back_as_they_came(
        self, shared_data: Path, scene: Scene, client: Client, sign_in: SignIn, name: str
    ) -> None:
        content = (shared_data / "documents" / name).read_bytes()
        commitment = promise(scene)

        add(sign_in(scene.editor), commitment, content, name, document_title="Ons stuk")
        page = client.get("commitments.show", slug=commitment.slug)
        (address,) = addresses(page, "/documenten/")
        answer = client.get(address)

        assert answer.body == content
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert hashlib.sha256(content).hexdigest()[:12] in page.main
        assert "Ons stuk" in page.main
        assert "pagina’s" in page.main
        picture = client.get(str(page.soup.select_one(".document-card img")["src"]))
        assert picture.headers["Content-Type"] == "image/webp"

    def test_it_takes_an_open_document(self, scene: Scene, client: Client, sign_in: SignIn) -> None:
        commitment, content = promise(scene), odf()

        add(sign_in(scene.editor), commitment, content, "plan.odt")
        page = client.get("commitments.show", slug=commitment.slug)
        answer = client.get(addresses(page, "/documenten/")[0])

        assert answer.body == content
        assert answer.headers["Content-Type"] == "application/vnd.oasis.opendocument.text"
        assert "ODT" in page.main

    @pytest.mark.parametrize(("content", "name", "words"), HOSTILE, ids=lambda v: str(v)[:20])
    def test_it_says_why_it_refuses_a_file_and_keeps_what_was_typed(
        self, scene: Scene, sign_in: SignIn, content: bytes, name: str, words: str
    ) -> None:
        commitment = promise(scene)

        answer = add(sign_in(scene.editor), commitment, content, name, document_title="Getypt")

        assert answer.status == 422
        assert words in (answer.error_for("document") or "")
        assert answer.form().fields["document_title"] == "Getypt"
        assert db.session.scalars(select(DocumentVersion)).all() == []

    @pytest.mark.parametrize(("state", "asks"), [("draft", False), ("published", True)])
    def test_it_asks_about_a_bad_file_before_readers_see_it(
        self, scene: Scene, sign_in: SignIn, state: str, asks: bool
    ) -> None:
        commitment, reader = promise(scene, state=state), sign_in(scene.editor)
        page = reader.get("commitments.add_document", commitment_id=commitment.id)
        answer = page.form().submit({"document": (pdf(), "plan.pdf"), "document_title": "Plan"})
        assert ("om dit bestand toch te plaatsen" in answer.main) is asks
        assert "Word: kies Opslaan als, pdf, Opties" in answer.main
        assert bool(db.session.scalars(select(DocumentVersion)).all()) is not asks
        if asks:
            other = answer.form().submit(document=(pdf(content=b"BT ET"), "leeg.pdf"))
            assert "om dit bestand toch te plaatsen" in other.main
            done = other.form().submit()
            assert "Het document is toegevoegd." in done.main

    def test_it_asks_nothing_about_a_file_that_everybody_can_use(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment, content = promise(scene), odf()
        page = sign_in(scene.editor).get("commitments.add_document", commitment_id=commitment.id)
        answer = page.form().submit(document=(content, "plan.odt"))
        assert "Het document is toegevoegd." in answer.main

    def test_it_asks_for_a_file(self, scene: Scene, sign_in: SignIn) -> None:
        page = sign_in(scene.editor).get(
            "commitments.add_document", commitment_id=promise(scene).id
        )

        answer = page.form().submit(document_title="Zonder bestand")

        assert "Kies een bestand" in (answer.error_for("document") or "")

    def test_it_makes_one_when_it_is_sent_twice(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = promise(scene, state="draft")
        reader = sign_in(scene.editor)
        page = reader.get("commitments.add_document", commitment_id=commitment.id)

        page.form().submit(document=(pdf(), "plan.pdf"))
        page.form().submit(document=(pdf(), "plan.pdf"))

        assert len(db.session.scalars(select(DocumentVersion)).all()) == 1

    def test_it_takes_the_name_of_the_file_when_no_title_is_given(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = promise(scene)

        page = add(sign_in(scene.editor), commitment, pdf(), "Plan van aanpak 2027.pdf")

        assert "Plan van aanpak 2027" in [h.get_text() for h in page.soup.select("h3")]

    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("Plan_van_aanpak__v2.pdf", "Plan van aanpak v2"),
            ("Plan%20van%20aanpak.pdf", "Plan van aanpak"),
            ("Bijlage 1.2 – begroting.pdf", "Bijlage 1.2 – begroting"),
            ("2026-03-01 besluit (1).pdf", "2026-03-01 besluit (1)"),
            ("___.pdf", "___.pdf"),
        ],
    )
    def test_it_tidies_the_name_and_leaves_the_title_inside_the_file(
        self, scene: Scene, sign_in: SignIn, name: str, title: str
    ) -> None:
        commitment = promise(scene)
        content = pdf(more=[b"<< /Title (VNG Realisatie) >>"], trailer=b"/Info 6 0 R")

        page = add(sign_in(scene.editor), commitment, content, name)

        assert title in [h.get_text() for h in page.soup.select("h3")]
        assert "VNG Realisatie" not in page.main


class TestKeptFile:
    """A file that was sent with a form that did not hold, and is not sent again."""

    def asked(self, scene: Scene, reader: Client) -> Page:
        page = reader.get("commitments.create", organisation_id=scene.organisation.id)
        return page.form().submit(**WORDS, document=(pdf(), "plan.pdf"), term_words="eind 2035")

    def test_it_becomes_one_document_and_no_second_one(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, reader = promise(scene, state="draft"), sign_in(scene.editor)
        kept = {"document-bewaard": self.asked(scene, reader).form().fields["document-bewaard"]}
        path = f"/toezeggingen/{commitment.id}/documenten/nieuw"
        first, second = (reader.get(path).form().fields for _ in range(2))

        assert reader.post(path, data=first | kept).status == 302
        assert reader.post(path, data=second | kept).status == 409
        assert len(db.session.scalars(select(DocumentVersion)).all()) == 1

    def test_it_never_becomes_a_picture(self, scene: Scene, sign_in: SignIn) -> None:
        reader = sign_in(scene.editor)
        mark = self.asked(scene, reader).form().fields["document-bewaard"]
        path = f"/organisaties/{scene.organisation.id}/logo"
        token = reader.get(path).form().fields["csrf_token"]

        page = reader.post(path, data={"csrf_token": token, "logo-bewaard": mark})

        assert page.status == 422
        assert db.session.scalars(select(Picture)).all() == []

    def test_it_stays_through_a_change_of_the_secret(
        self, scene: Scene, make_app: Callable[..., Flask]
    ) -> None:
        old, new = "p" * 40, "q" * 40
        reader = signed_in(make_app(SECRET_KEY=old), scene.editor)
        form = self.asked(scene, reader).form()

        reader.raw.application = make_app(SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)
        page = form.submit()

        assert page.form().fields["document-bewaard"]

    def test_it_is_of_no_use_to_anybody_else(self, scene: Scene, sign_in: SignIn) -> None:
        mark = self.asked(scene, sign_in(scene.editor)).form().fields["document-bewaard"]
        other, reader = promise(scene), sign_in(make_membership_of(scene.organisation))
        path = f"/toezeggingen/{other.id}/documenten/nieuw"

        page = reader.post(path, data=reader.get(path).form().fields | {"document-bewaard": mark})

        assert page.status == 422
        assert db.session.scalars(select(DocumentVersion)).all() == []


class TestFirstDocument:
    def test_it_comes_with_the_draft_and_survives_the_question(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        reader = sign_in(scene.editor)
        page = reader.get("commitments.create", organisation_id=scene.organisation.id)
        asked = page.form().submit(
            **WORDS, term_words="eind 2035", document=(pdf(), "plan.pdf"), document_title="Plan"
        )
        assert asked.status == 422
        assert "Ontvangen: plan.pdf" in asked.main

        done = asked.form().submit(term_choice=asked.form().choices("term_choice")[0])

        (address,) = addresses(done, "/concept/")
        assert reader.get(address).body == pdf()

    def test_it_keeps_the_text_when_the_file_is_refused(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.editor).get(
            "commitments.create", organisation_id=scene.organisation.id
        )

        answer = page.form().submit(**WORDS, document=(b"<html></html>", "plan.pdf"))

        assert "Dit is een webpagina" in (answer.error_for("document") or "")
        assert answer.form().fields["what"] == WORDS["what"]


class TestAddVersion:
    def test_it_keeps_the_older_ones_at_their_address(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment, reader = promise(scene), sign_in(scene.editor)
        first, second = pdf(content=b"BT ET"), pdf()
        add(reader, commitment, first, "plan.pdf", document_title="Plan")
        (old,) = addresses(client.get("commitments.show", slug=commitment.slug), "/documenten/")

        renew(reader, commitment, second, "plan-2.pdf")
        page = client.get("commitments.show", slug=commitment.slug)
        older, new = addresses(page, "/documenten/")

        assert older == old
        assert client.get(old).body == first
        assert client.get(new).body == second
        assert "1 eerdere versie" in page.main
        (former,) = page.soup.select(".document-card details li")
        assert "PDF" in former.get_text()
        assert hashlib.sha256(first).hexdigest() in page.main

    def test_it_says_what_a_screen_reader_cannot_read_and_offers_another_form(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment, reader = promise(scene), sign_in(scene.editor)
        add(reader, commitment, pdf(), "plan.pdf", document_title="Plan", language="en")
        way = "Vraag dit document in een andere vorm : Plan"
        version = db.session.scalars(select(DocumentVersion)).one()
        for is_tagged, has_text, words in (
            (True, True, ""),
            (False, True, "Deze pdf is niet opgemaakt voor schermlezers."),
            (False, False, "In dit document staat geen tekst, alleen beeld."),
            (None, None, ""),
        ):
            version.is_tagged, version.has_text = is_tagged, has_text
            page = client.get("commitments.show", slug=commitment.slug)
            assert "PDF, in het Engels, 1 pagina" in page.main
            assert words in page.main
            assert (way in page.links) is bool(words)
            own = reader.get("commitments.show", slug=commitment.slug)
            assert way not in own.links
            assert ("Deze pdf heeft geen tags" in own.main) is not is_tagged

    def test_it_says_why_it_refuses_a_file(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, reader = promise(scene), sign_in(scene.editor)
        add(reader, commitment, pdf(), "plan.pdf")

        answer = renew(reader, commitment, b"niets", "plan.pdf")

        assert answer.status == 422
        assert answer.error_for("document")

    def test_it_renews_no_document_of_another(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, strange = promise(scene), make_document()

        page = sign_in(scene.editor).get(
            "commitments.add_version", commitment_id=commitment.id, document_id=strange.id
        )

        assert page.status == 404


class TestRemoveDocument:
    def test_it_takes_a_wrong_file_out_of_a_draft(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, reader = promise(scene, state="draft"), sign_in(scene.editor)
        page = add(reader, commitment, pdf(), "verkeerd.pdf", document_title="Verkeerd")

        done = page.follow("verwijderen Verkeerd").form().submit()

        assert addresses(done, "/concept/") == []

    def test_it_leaves_what_is_public(self, scene: Scene, sign_in: SignIn) -> None:
        commitment, reader = promise(scene), sign_in(scene.editor)
        add(reader, commitment, pdf(), "plan.pdf")
        document_id = commitment.documents[0].document_id

        page = reader.get(
            "commitments.remove_document", commitment_id=commitment.id, document_id=document_id
        )

        assert page.status == 409


class TestEvidence:
    def test_it_comes_with_a_message_and_stands_with_the_documents(
        self, scene: Scene, client: Client, sign_in: SignIn
    ) -> None:
        commitment = promise(scene)
        page = sign_in(scene.editor).get("commitments.report", commitment_id=commitment.id)

        page.form().submit(progress="gereed", body="Klaar.", document=(pdf(), "bewijs.pdf"))

        shown = client.get("commitments.show", slug=commitment.slug)
        assert "Bewijsstuk: bewijs" in shown.links
        assert "Bewijsstuk bij de voortgang" in shown.main
        assert client.get(shown.links["Bewijsstuk: bewijs"]).body == pdf()

    def test_it_keeps_the_message_when_the_file_is_refused(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        page = sign_in(scene.editor).get("commitments.report", commitment_id=promise(scene).id)

        answer = page.form().submit(
            progress="gereed", body="Een lang verhaal.", document=(b"MZ", "bewijs.exe")
        )

        assert answer.status == 422
        assert answer.error_for("document")
        assert answer.form().fields["body"] == "Een lang verhaal."


class TestFilesOfDrafts:
    """Whoever may not read the draft finds no file of it, at no address."""

    def paths(self, commitment: Commitment) -> list[str]:
        version = commitment.documents[0].document.latest
        number = f"{version.document_id}/{version.number}"
        return [
            f"/toezeggingen/{commitment.id}/concept/{number}/{version.file_name}",
            f"/toezeggingen/{commitment.id}/concept/{number}",
            f"/toezeggingen/None/documenten/{number}/{version.file_name}",
            f"/toezeggingen/{commitment.id}/documenten/{number}/{version.file_name}",
        ]

    def draft(self, scene: Scene) -> Commitment:
        commitment = promise(scene, state="draft")
        with write_section():
            actions.link_document(commitment, make_document())
        db.session.refresh(commitment)
        return commitment

    def test_it_is_not_there_for_strangers(self, scene: Scene, sign_in: SignIn) -> None:
        commitment = self.draft(scene)
        strangers = (None, make_account(), signatory("eigenaar").editor, make_moderator())

        found = [
            sign_in(person).get(path).status
            for person in strangers
            for path in self.paths(commitment)
        ]

        assert set(found) == {404}

    def test_it_is_there_for_the_people_of_the_organisation(
        self, scene: Scene, sign_in: SignIn
    ) -> None:
        commitment = self.draft(scene)

        answer = sign_in(scene.editor).get(self.paths(commitment)[0])

        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Cookie" in answer.headers["Vary"]

    def test_it_is_found_only_below_its_own_commitment(self, scene: Scene, client: Client) -> None:
        draft, public = self.draft(scene), promise(scene)
        version = draft.documents[0].document.latest

        path = f"/toezeggingen/{public.slug}/documenten/{version.document_id}/1/{version.file_name}"

        assert client.get(path).status == 404

    @pytest.mark.parametrize(
        "end", ["1/anders.pdf", "2/plan.pdf", "0/plan.pdf", "1/..%2F..%2Fplan.pdf", "99999999/x"]
    )
    def test_it_has_one_address(self, scene: Scene, client: Client, end: str) -> None:
        commitment = promise(scene)
        with write_section():
            actions.link_document(commitment, make_document())
        db.session.refresh(commitment)
        document_id = commitment.documents[0].document_id

        page = client.get(f"/toezeggingen/{commitment.slug}/documenten/{document_id}/{end}")

        assert page.status == 404
