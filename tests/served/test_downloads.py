"""A file is saved under the name that it was given, whatever signs that holds."""

from __future__ import annotations

import hashlib

from playwright.sync_api import Locator, Page

from tests import factories as make
from tests.harness.files import small_pdf
from tests.harness.served import ServedPortal
from tests.served.reader import Reader

NAMES = (
    "Plan van aanpak \u2013 versie 1.pdf",
    "’s-Hertogenbosch, ĳs en “nu”.pdf",
    "Coöperatie één.pdf",
    "Begroting € 2027, 100%.pdf",
    "计划 🎉.pdf",
    "a;b='c' (d) & #e.pdf",
)


def saved(page: Page, link: Locator) -> str:
    """Choose a link to a file; return the name under which the browser saves it."""
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    return download.value.suggested_filename


def test_it_is_so_for_what_is_published_and_for_a_draft(served: ServedPortal, page: Page) -> None:
    owner = make.make_account()
    organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
    for state in ("published", "draft"):
        documents = [make.make_document(file_name=name) for name in NAMES]
        commitment = make.make_commitment(organisation, state=state, documents=documents)
        if state == "draft":
            served.sign_in(page, owner)
            page.goto(f"/toezeggingen/{commitment.id}/concept")
        else:
            page.goto(f"/toezeggingen/{commitment.slug}")
        links = page.get_by_role("link", name="Download")
        assert [saved(page, link) for link in links.all()] == list(NAMES), state


def test_it_is_so_for_the_proof_of_a_mandate(served: ServedPortal, page: Page) -> None:
    served.sign_in(page, make.make_moderator())
    for name in NAMES:
        mandate = make.make_document(file_name=name)
        signature = make.make_signature(state="confirmed", mandate=mandate)
        page.goto(f"/werkvoorraad/ondertekeningen/{signature.id}")
        assert saved(page, page.get_by_role("link", name=name)) == name


def test_it_is_so_for_a_file_that_a_browser_sends(served: ServedPortal, page: Page) -> None:
    owner = make.make_account()
    organisation = make.make_organisation(owner=owner)
    make.make_signature(organisation)
    commitment = make.make_commitment(organisation)
    served.sign_in(page, owner)
    sent = {**dict.fromkeys(NAMES), 'Het "plan" van nu.pdf': "Het 'plan' van nu.pdf"}
    for name in sent:
        page.goto(f"/toezeggingen/{commitment.id}/documenten/nieuw")
        file = {"name": name, "mimeType": "application/pdf", "buffer": small_pdf()}
        page.get_by_label("Bestand").set_input_files(file)  # type: ignore[arg-type]
        # Sent once more, since it asks whether this file will do.
        for _time in range(2):
            page.get_by_role("button", name="Voeg het document toe").click()
    links = page.get_by_role("link", name="Download").all()
    assert [saved(page, link) for link in links] == [to or name for name, to in sent.items()]


class TestAskedAgain:
    """A browser that has the bytes already gets none of them."""

    def test_it_sends_nothing_when_nothing_changed(self, served: ServedPortal) -> None:
        content = small_pdf()
        document = make.make_document(content=content)
        commitment = make.make_commitment(documents=[document])
        reader = Reader(served)
        path = f"/toezeggingen/{commitment.slug}/documenten/{document.id}/1/plan.pdf"
        tag = reader.get(path).headers["ETag"]

        again = reader.get(path, headers={"If-None-Match": tag})
        part = reader.get(path, headers={"Range": "bytes=4-9", "If-Range": tag})
        other = reader.get(path, headers={"If-None-Match": '"een-ander"'})

        assert hashlib.sha256(content).hexdigest() in tag
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
        assert (part.status, part.body) == (206, content[4:10])
        assert (other.status, other.body) == (200, content)
