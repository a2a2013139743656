"""The language of a text is that of the page on which it was typed, and stays with the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bs4 import Tag
from flask import Flask
from sqlalchemy import Text, select

from portal.accounts.models import Account
from portal.comments import actions as comments
from portal.comments.queries.finding import latest_version
from portal.commitments import actions as commitments
from portal.commitments.models import Revision
from portal.core.db import Base, db, write_section
from portal.core.i18n import speak
from tests import factories as make
from tests.harness.client import Client

# Texts that nobody types, and those that have their language in the name of the column or of the
# row: the legal texts, and the pact, which is a Dutch text. What somebody follows is a filter.
NOT_TYPED = {"address", "folded_name", "html", "last_error", "title", "title_words"}
NOT_TYPED |= {"what_html"}
TEMPLATES = Path(__file__).parents[2] / "templates"
ELSEWHERE = {
    "accessibility_statement",
    "article",
    "article_revision",
    "follow",
    "follow_request",
    "legal_text",
}
ELSEWHERE |= {"pact_version"}
# Of a document they have its language.
ELSEWHERE |= {"document_page", "document_text"}


def test_every_text_has_a_language_beside_it() -> None:
    without = []
    for table in Base.metadata.sorted_tables:
        typed = {c.name for c in table.c if isinstance(c.type, Text)} - NOT_TYPED
        languages = [c.name for c in table.c if c.name.endswith("language")]
        if typed and not languages and table.name not in ELSEWHERE:
            without.append(f"{table.name}: {sorted(typed)}")
    assert without == []


def test_one_component_alone_says_it() -> None:
    """Pages say their own language, and what is in English in the code: names of jobs, of kinds."""
    by_hand = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"\blang=|\bdir=", path.read_text())
    }
    layouts = {path for path in by_hand if path.startswith("layouts/")}
    assert by_hand - layouts == {
        "admin/jobs.html",
        "admin/sent_mail.html",
        "admin/test_mail.html",
        "components/spoken.html",
        "news/_article.html",
        "organisations/kinds.html",
        "pact/words.html",
    }


def _done(action: Callable[..., Any], *subjects: Any, **values: Any) -> Any:
    db.session.commit()
    with write_section():
        return action(*subjects, **values)


def spoken(element: Tag | None) -> tuple[object, object]:
    """The language and the direction of an element."""
    assert element is not None
    return element.get("lang"), element.get("dir")


def test_a_page_says_it_of_every_text(client: Client) -> None:
    organisation = make.make_organisation(is_public=True)
    make.make_signature(organisation)
    with speak("en"):
        commitment = make.make_commitment(
            organisation, title="An English promise", state="withdrawn", reason="No money."
        )
        move = make.make_term_move(commitment, reason="The supplier needs time.")
        make.make_profile(organisation, body="We are **here**.")
        comment = make.make_comment(commitment.discussion, body="\u0645\u0631\u062d\u0628\u0627")
    update = make.make_update(commitment, body="Wij zijn begonnen.")
    commitment.discussion.language = "en"
    for path in ("", "/en"):
        page = client.get(f"{path}/toezeggingen/{commitment.slug}").soup
        assert spoken(page.h1) == ("en", "auto")
        assert spoken(page.select_one(".commitment__text .prose, main .prose")) == ("en", "auto")
        assert spoken(page.select_one(f"#bericht-{update.id} .prose")) == ("nl", "auto")
        moved = page.select_one("#verschuiving-1")
        assert moved is not None
        assert spoken(moved.find(string=move.reason).parent) == ("en", "auto")  # type: ignore[union-attr]
        said = page.select_one(f"#reactie-{comment.id}")
        assert said is not None
        assert spoken(said.select_one(".prose")) == ("en", "auto")
        assert spoken(said.h3) == (None, "auto")
    shown = client.get("register.signatory", slug=organisation.slug).soup
    assert spoken(shown.h1) == (None, "auto")
    assert spoken(shown.find(string="here").find_parent("div")) == ("en", "auto")  # type: ignore[union-attr]


def test_a_new_text_is_in_the_language_of_its_own_page(app: Flask) -> None:
    comment = make.make_comment(body="Oud")
    with speak("en"):
        _done(comments.edit, comment, body="New", by=db.session.get_one(Account, comment.author_id))
    text = latest_version(comment.id)
    assert (comment.language, text.language) == ("nl", "en")
    _done(comments.place, text, by=make.make_moderator())
    assert comment.language == "en"


def test_an_older_text_keeps_its_language(app: Flask) -> None:
    with speak("en"):
        commitment = make.make_commitment(title="English", what="We write.")
    _done(commitments.edit, commitment, title="Nederlands", what="Wij schrijven.", by=None)
    assert commitment.language == "nl"
    assert commitment.discussion.language == "nl"
    assert commitment.term_language == "en"
    old = db.session.scalars(select(Revision)).one()
    assert (old.language, old.reason_language) == ("en", "nl")


def test_what_changes_beside_a_text_leaves_its_language(app: Flask) -> None:
    with speak("en"):
        commitment = make.make_commitment()
    commitment.update_count += 1
    db.session.flush()
    assert commitment.language == "en"


def test_a_comment_that_is_sent_from_an_english_page_is_english(
    sign_in: Callable[[Account], Client],
) -> None:
    article = make.make_article()
    page = sign_in(make.make_account()).get(f"/en/nieuws/{article.slug}")
    sent = page.form(f"/en/reacties/{article.discussion_id}").submit(body="Well done.")
    shown = sent.soup.select_one(".comment--pending .prose")
    assert spoken(shown) == ("en", "auto")
