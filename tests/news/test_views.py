"""Reading news, and writing it in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from portal.accounts.models import Account
from portal.core.db import db
from portal.news.models import Article
from tests.factories import (
    make_account,
    make_article,
    make_beheerder,
    make_comment,
    make_moderator,
    make_picture,
)
from tests.harness.client import Client
from tests.harness.portal import count_queries

SignIn = Callable[[Account | None], Client]


def photo() -> bytes:
    """Return a real picture."""
    file = BytesIO()
    Image.new("RGB", (640, 360), "#0b4f9e").save(file, "PNG")
    return file.getvalue()


class TestLookingFirst:
    def test_it_shows_the_photo_that_was_chosen_and_its_words(self, sign_in: SignIn) -> None:
        reader = sign_in(make_moderator())
        form = reader.get("news.create").form()
        texts = {"title": "Een foto", "lead": "Kort", "body": "Tekst"}
        page = form.submit(
            **texts, picture=(photo(), "foto.png"), press="Voorbeeld"
        )  # fmt: skip
        [shown] = page.soup.select("#voorbeeld figure")
        assert "Beschrijf nog wat er op de foto te zien is." in shown.get_text()
        found = reader.get(shown.img["src"])
        assert (found.status, found.headers["Content-Type"]) == (200, "image/webp")
        assert (shown.img["width"], shown.img["height"]) == ("640", "360")
        # The file came along with the form, and goes with it from preview to preview.
        again = page.form("/redactie/nieuws/nieuw").submit(
            picture_alt="Een blauw vlak", press="Voorbeeld"
        )
        [shown] = again.soup.select("#voorbeeld figure")
        assert shown.img["alt"] == "Een blauw vlak" == shown.q.get_text()
        assert sign_in(make_account()).get(shown.img["src"]).status == 403
        assert reader.get("/redactie/nieuws/foto/anders").status == 404

    def test_it_shows_the_photo_that_the_article_has(self, sign_in: SignIn) -> None:
        article = make_article(picture=make_picture())
        form = sign_in(make_moderator()).get("news.edit", article_id=article.id).form()
        page = form.submit(press="Voorbeeld")
        [image] = page.soup.select("#voorbeeld img")
        assert image["src"] == f"/beelden/{article.picture.storage_key}"
        assert image["alt"] == "Een geel vlak"


class TestIndex:
    def test_it_lists_what_is_published_the_newest_first(self, client: Client) -> None:
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for number in range(16):
            make_article(title=f"Nummer {number}", published_at=start + timedelta(days=number))
        make_article(title="Nog niet", state="draft")
        page = client.get("news.index")
        titles = [link for link in page.links if link.startswith("Nummer")]
        assert titles == [f"Nummer {number}" for number in range(15, 3, -1)]
        older = page.follow("Volgende")
        titles = [link for link in older.links if link.startswith("Nummer")]
        assert titles == [f"Nummer {number}" for number in range(3, -1, -1)]
        assert "Nog niet" not in page.html + older.html

    def test_it_counts_placed_comments_only(self, client: Client) -> None:
        article = make_article()
        make_comment(article.discussion)
        make_comment(article.discussion, state="pending")
        assert "1 reactie" in client.get("news.index").main

    def test_it_says_so_when_there_is_no_news(self, client: Client) -> None:
        assert "Er is nog geen nieuws" in client.get("news.index").main

    def test_it_asks_the_database_equally_often_for_one_as_for_many(self, client: Client) -> None:
        make_article()
        client.get("news.index")
        with count_queries() as few:
            client.get("news.index")
        for _ in range(8):
            make_article(picture=make_picture())
        with count_queries() as many:
            client.get("news.index")
        assert len(few) == len(many) <= 3


class TestShow:
    def test_it_shows_the_article_with_its_picture_in_words(self, client: Client) -> None:
        article = make_article(
            title="Begonnen", body="Een **begin**.", picture=make_picture(), lead="Wij zijn los."
        )
        page = client.get("news.show", slug=article.slug)
        assert page.h1 == "Begonnen"
        image = page.soup.select_one("article img")
        assert image is not None
        assert image["alt"] == "Een geel vlak"
        assert client.get(str(image["src"])).status == 200
        head = page.soup.head
        assert head is not None
        told = {tag.get("property") or tag.get("name"): tag.get("content") for tag in head("meta")}
        assert told["og:type"] == "article"
        assert told["description"] == "Wij zijn los."

    def test_it_speaks_the_language_of_the_article(self, client: Client) -> None:
        article = make_article(language="en", title="We have begun")
        page = client.get("news.show", slug=article.slug)
        assert page.language == "nl"
        assert page.soup.select_one('article[lang="en"] h1') is not None

    @pytest.mark.parametrize("reader", [None, make_account], ids=["visitor", "account"])
    def test_it_hides_a_draft_as_if_it_were_not_there(
        self, sign_in: SignIn, reader: Callable[[], Account] | None
    ) -> None:
        article = make_article(state="draft")
        article.slug = "geheim"
        db.session.commit()
        page = sign_in(reader() if reader else None).get("/nieuws/geheim")
        assert page.status == 404
        assert article.title not in page.html

    def test_it_shows_other_news_beside_it(self, client: Client) -> None:
        article, other = make_article(), make_article(title="Ander nieuws")
        page = client.get("news.show", slug=article.slug)
        assert page.follow("Ander nieuws").h1 == other.title

    def test_it_leads_a_moderator_to_the_work(self, client: Client, sign_in: SignIn) -> None:
        article = make_article()
        moderator = sign_in(make_moderator())
        own = moderator.get("news.show", slug=article.slug)
        assert own.follow("Dit artikel beheren").status == 200
        assert "Dit artikel beheren" not in client.get("news.show", slug=article.slug).links


class TestWrite:
    def test_it_goes_from_nothing_to_the_site_and_back(
        self, client: Client, sign_in: SignIn
    ) -> None:
        moderator = sign_in(make_moderator())
        form = moderator.get("news.manage").follow("Nieuw artikel").form()
        preview = form.submit(
            title="Wij zijn begonnen",
            lead="Kort.",
            body="## Wat er is\n\nEen begin.",
            picture=(photo(), "foto.png"),
            picture_alt="Een blauw vlak",
        )
        assert preview.flashes == ["Het artikel is opgeslagen als concept."]
        assert preview.soup.select_one("article h2") is not None
        assert client.get("/nieuws/wij-zijn-begonnen").status == 404

        shown = preview.form("publiceren").submit(press="Publiceren")
        assert shown.path == "/nieuws/wij-zijn-begonnen"
        assert client.get("/nieuws/wij-zijn-begonnen").status == 200

        hidden = moderator.get("news.manage").follow("Wij zijn begonnen").form("intrekken")
        hidden.submit(press="Van de site halen")
        assert client.get("/nieuws/wij-zijn-begonnen").status == 404

    def test_it_asks_for_words_with_a_picture_and_keeps_both(self, sign_in: SignIn) -> None:
        moderator = sign_in(make_moderator())
        page = (
            moderator.get("news.create")
            .form()
            .submit(title="Titel", lead="Kort.", body="Lang.", picture=(photo(), "foto.png"))
        )
        assert page.status == 422
        assert page.error_for("picture_alt") == "Beschrijf wat er op de foto te zien is."
        assert page.form().fields["body"] == "Lang."
        # The picture need not be chosen again.
        preview = page.form().submit(picture_alt="Een blauw vlak")
        image = preview.soup.select_one("article img")
        assert image is not None
        assert image["alt"] == "Een blauw vlak"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "foto.svg"),
            (b"%PDF-1.7 geen foto", "foto.png"),
            (b"", "foto.png"),
        ],
        ids=["svg", "pdf", "empty"],
    )
    def test_it_refuses_what_is_no_picture(
        self, sign_in: SignIn, content: bytes, name: str
    ) -> None:
        form = sign_in(make_moderator()).get("news.create").form()
        page = form.submit(
            title="Titel", lead="Kort.", body="Lang.", picture=(content, name), picture_alt="Foto"
        )
        assert page.status == 422
        assert page.error_for("picture")
        assert db.session.query(Article).count() == 0

    def test_it_says_what_is_missing(self, sign_in: SignIn) -> None:
        page = sign_in(make_moderator()).get("news.create").form().submit()
        assert page.status == 422
        assert page.error_for("title") == "Vul een titel in."
        assert page.error_for("body") == "Schrijf de tekst."
        assert page.title.startswith("Fout:")

    def test_it_makes_one_article_of_a_form_that_is_sent_twice(self, sign_in: SignIn) -> None:
        form = sign_in(make_moderator()).get("news.create").form()
        first = form.submit(title="Eenmaal", lead="Kort.", body="Lang.")
        second = form.submit(title="Eenmaal", lead="Kort.", body="Lang.")
        assert second.path == first.path
        assert db.session.query(Article).count() == 1

    def test_it_shows_both_texts_to_who_was_second(self, app: Flask, sign_in: SignIn) -> None:
        article = make_article(title="Oud")
        early, late = sign_in(make_moderator()), sign_in(make_beheerder())
        forms = [who.get("news.edit", article_id=article.id).form() for who in (early, late)]
        forms[0].submit(title="Van de eerste")
        page = forms[1].submit(title="Van de tweede")
        assert page.status == 409
        assert "Van de eerste" in page.main
        assert page.form().fields["title"] == "Van de tweede"
        page.form().submit()
        assert "Van de tweede" in late.get("news.index").links

    def test_it_escapes_what_an_article_must_not_do(self, client: Client, sign_in: SignIn) -> None:
        form = sign_in(make_moderator()).get("news.create").form()
        preview = form.submit(
            title="<b>Titel</b>",
            lead="<script>alert(1)</script>",
            body="<script>alert(2)</script>\n\n[klik](javascript:alert(3))",
        )
        article = preview.soup.article
        assert article is not None
        assert article.script is None
        assert preview.h1 == "<b>Titel</b>"
        assert not [link for link in preview.links.values() if "javascript" in link]

    @pytest.mark.parametrize("reader", [None, make_account], ids=["visitor", "account"])
    def test_it_lets_nobody_else_write(
        self, sign_in: SignIn, reader: Callable[[], Account] | None
    ) -> None:
        article = make_article(state="draft")
        outsider = sign_in(reader() if reader else None)
        wanted = 403 if reader else 303
        for address in (
            "/redactie/nieuws",
            "/redactie/nieuws/nieuw",
            f"/redactie/nieuws/{article.id}",
            f"/redactie/nieuws/{article.id}/bewerken",
        ):
            assert outsider.get(address).status == wanted, address
        outsider.post(f"/redactie/nieuws/{article.id}/publiceren")
        db.session.refresh(article)
        assert article.state == "draft"
