"""Writing articles: drafts, pictures with words, publishing and taking back."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.documents.upload import KeptUpload
from portal.news import actions
from portal.news.models import Article
from portal.services.history import history_of
from tests.factories import make_article, make_comment, make_moderator, make_picture

PHOTO = KeptUpload(
    storage_key="ab/cd/abcd" + "0" * 28 + ".webp",
    file_name="foto.png",
    media_type="image/webp",
    size=1000,
    sha256="0" * 64,
    preview_key="ab/ce/abce" + "0" * 28 + ".webp",
    width=1600,
    height=900,
)


def drafted(**values: object) -> Article:
    """Return a new draft."""
    texts = {"title": "Wij zijn begonnen", "lead": "Kort.", "body": "Lang.", **values}
    with write_section():
        return actions.draft(**texts, by=make_moderator())  # type: ignore[arg-type]


class TestDraft:
    def test_it_begins_unseen_with_a_discussion_of_its_own(self, app: Flask) -> None:
        article = drafted()
        assert article.state == "draft"
        assert article.slug is None
        assert article.published_at is None
        assert not article.discussion.is_public

    def test_it_keeps_a_picture_with_what_is_on_it(self, app: Flask) -> None:
        article = drafted(picture=PHOTO, picture_alt="Twee mensen tekenen")
        assert article.picture is not None
        assert (article.picture.width, article.picture_alt) == (1600, "Twee mensen tekenen")

    def test_it_refuses_a_picture_that_not_everybody_can_see(self, app: Flask) -> None:
        with pytest.raises(FieldRefused) as refusal:
            drafted(picture=PHOTO)
        assert refusal.value.field == "picture_alt"
        assert db.session.query(Article).count() == 0

    def test_it_lets_nobody_take_the_words_away_from_a_picture(self, app: Flask) -> None:
        article = make_article(picture=make_picture())
        with pytest.raises(FieldRefused), write_section():
            actions.edit(
                article,
                title=article.title,
                lead=article.lead,
                body=article.body,
                language="nl",
                picture=None,
                picture_alt="",
                by=make_moderator(),
            )
        assert article.picture_alt == "Een geel vlak"


class TestPublish:
    def test_it_fixes_the_address_and_opens_the_discussion(self, app: Flask) -> None:
        article = drafted(title="Één pact, twéé partijen!")
        with write_section():
            actions.publish(article, by=make_moderator())
        assert article.slug == "een-pact-twee-partijen"
        assert article.published_at is not None
        assert article.discussion.is_public
        assert article.discussion.address == "/nieuws/een-pact-twee-partijen"

    def test_it_gives_two_articles_with_one_title_two_addresses(self, app: Flask) -> None:
        first, second = drafted(), drafted()
        with write_section():
            actions.publish(first, by=make_moderator())
            actions.publish(second, by=make_moderator())
        assert (first.slug, second.slug) == ("wij-zijn-begonnen", "wij-zijn-begonnen-2")

    def test_it_keeps_address_and_day_through_an_interruption(self, app: Flask) -> None:
        day = datetime(2020, 1, 2, 9, tzinfo=UTC)
        article = make_article(title="Oude titel", published_at=day)
        with write_section():
            actions.unpublish(article, by=make_moderator())
            actions.edit(
                article,
                title="Nieuwe titel",
                lead="Kort.",
                body="Lang.",
                language="nl",
                picture=None,
                picture_alt="",
                by=make_moderator(),
            )
            actions.publish(article, by=make_moderator())
        assert article.slug == "oude-titel"
        assert article.published_at == day
        assert article.discussion.title == "Nieuwe titel"

    def test_it_is_refused_the_second_time(self, app: Flask) -> None:
        article = make_article()
        with pytest.raises(StepNotOpen), write_section():
            actions.publish(article, by=make_moderator())

    def test_it_writes_every_step_in_the_log(self, app: Flask) -> None:
        moderator = make_moderator()
        article = drafted()
        with write_section():
            actions.publish(article, by=moderator)
            actions.unpublish(article, by=moderator)
        rows = history_of("article", article.id)
        assert [row.step for row in rows] == ["draft", "publish", "unpublish"]
        assert rows[-1].account_id == moderator.id


class TestUnpublish:
    def test_it_takes_the_comments_out_of_sight_as_well(self, app: Flask) -> None:
        article = make_article()
        comment = make_comment(article.discussion)
        with write_section():
            actions.unpublish(article, by=make_moderator())
        assert article.state == "draft"
        assert not comment.is_public


class TestEdit:
    def test_it_tells_since_when_a_published_article_differs(self, app: Flask) -> None:
        published, draft = make_article(), make_article(state="draft")
        for article in (published, draft):
            with write_section():
                actions.edit(
                    article,
                    title="Anders",
                    lead="Kort.",
                    body="## Kop",
                    language="en",
                    picture=None,
                    picture_alt="",
                    by=make_moderator(),
                )
        assert published.edited_at is not None
        assert draft.edited_at is None
        assert published.html == "<h2>Kop</h2>\n"
        assert published.language == "en"


class TestLongText:
    def test_it_shows_a_long_text_with_headings_lists_and_links(
        self, app: Flask, shared_data: Path
    ) -> None:
        text = (shared_data / "documents/common-ground-visie.md").read_text(encoding="utf-8")
        # Its lists begin with a star, which is text here: a hyphen is the mark that the form names.
        text = text.replace("\n* ", "\n- ")
        soup = BeautifulSoup(drafted(body=text).html, "lxml")
        levels = [int(found.name[1]) for found in soup.find_all(["h1", "h2", "h3", "h4", "h5"])]
        assert levels[0] == 2
        assert min(levels) == 2
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert soup.find_all(["ul", "ol"])
        links = [str(link["href"]) for link in soup.find_all("a")]
        assert links
        assert all(link.startswith(("https://", "http://", "mailto:", "/", "#")) for link in links)
        assert "nofollow" in str(soup.a)
        # Pictures of elsewhere would call another server: words with a link stand for them.
        assert not soup.find_all("img")
        assert not soup.find_all(["script", "style", "iframe"])
