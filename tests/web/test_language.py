"""Dutch and English: in the address, on every link, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import (
    CATALOGUES,
    current_locale,
    lazy_gettext,
    ngettext,
    number_words,
    speak,
)
from portal.core.words import date_words, moment_words, size_words
from tests import factories as make
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]
BOTH = ("Nederlands", "English")
OTHER_SITES = ("http://", "https://", "mailto:", "tel:")


def _languages(client: Client, path: str) -> dict[str, str]:
    page = client.get(path)
    return {a.get_text(strip=True): str(a["href"]) for a in page.soup.select(".languages a")}


@pytest.mark.parametrize("path", ["/", "/toezeggingen", "/nieuws?na=x&soort=y", "/inloggen"])
def test_it_leads_to_the_same_page_in_the_other_language_and_back(
    client: Client, path: str
) -> None:
    english = _languages(client, path)["English"].removeprefix("http://localhost")
    assert english == f"/en{path}"
    links = _languages(client, english)
    assert links["Nederlands"].removeprefix("http://localhost") == path
    assert links["English"].removeprefix("http://localhost") == english


@pytest.mark.parametrize(("path", "language"), [("/", "nl"), ("/en/", "en"), ("/en", "en")])
def test_it_says_which_language_a_page_speaks(client: Client, path: str, language: str) -> None:
    page = client.get(path, follow=True)
    assert (page.status, page.language) == (200, language)


def test_it_keeps_every_own_link_and_form_in_the_language(client: Client, sign_in: SignIn) -> None:
    commitment = make.make_commitment()
    make.make_comment(commitment.discussion)
    reader = sign_in(make.make_account())
    for who in (client, reader):
        for path in ("/en/", "/en/toezeggingen", f"/en/toezeggingen/{commitment.slug}"):
            page = who.get(path)
            targets = [str(a["href"]) for a in page.soup.select("body a[href]")]
            targets += [str(form.get("action") or path) for form in page.soup.select("form")]
            astray = [
                target
                for target in targets
                if not target.startswith(("/en/", "#", "?", *OTHER_SITES, "/static/", "/beelden/"))
                and target != "/en"
            ]
            assert not astray, f"{path}: {astray}"


def test_it_stays_in_the_language_after_a_form(sign_in: SignIn) -> None:
    reader = sign_in(make.make_account())
    page = reader.get("/en/account/naam").form().submit(name="Noor", follow=False)
    assert page.location is not None
    assert page.location.startswith("/en/")


@pytest.mark.parametrize("path", ["/english", "/enige", "/de/", "/en/en/", "/nl/"])
def test_it_knows_no_other_language(client: Client, path: str) -> None:
    assert client.get(path).status == 404


def test_it_names_the_canonical_address_and_the_other_language(client: Client) -> None:
    soup = client.get("/en/nieuws").soup
    links = {
        str(link.get("hreflang", "canonical")): str(link["href"])
        for link in soup.select("link[rel=canonical], link[rel=alternate]")
    }
    assert links == {
        "canonical": "http://localhost/en/nieuws",
        "en": "http://localhost/en/nieuws",
        "nl": "http://localhost/nieuws",
    }


DAY = date(2019, 7, 3)
NIGHT = datetime(2019, 7, 2, 22, 5, tzinfo=UTC)  # 00.05 on the third in Amsterdam


@pytest.mark.parametrize(
    ("locale", "day", "moment", "number", "size"),
    [
        ("nl", "3 juli 2019", "3 juli 2019 om 0.05 uur", "12.345", "2,5 MB"),
        ("en", "3 July 2019", "3 July 2019 at 00:05", "12,345", "2.5 MB"),
    ],
)
def test_it_writes_dates_and_numbers_as_the_language_does(
    app: Flask, locale: str, day: str, moment: str, number: str, size: str
) -> None:
    with speak(locale):
        assert date_words(DAY) == date_words(NIGHT) == day
        assert moment_words(NIGHT) == moment
        assert (number_words(12_345), size_words(2_500_000)) == (number, size)
    assert (date_words(None), moment_words(None)) == ("", "")
    sizes = (1, 999_400, 999_600, 999_940_000, 999_960_000, 77_228_700_000, 3 * 10**12, 10**15)
    assert [size_words(size) for size in sizes] == [
        "1 kB", "999 kB", "1,0 MB", "999,9 MB", "1,0 GB", "77,2 GB", "3,0 TB", "1000,0 TB",
    ]  # fmt: skip


class TestPhrases:
    def _say(self, app: Flask, template: str, locale: str = "nl", **words: object) -> str:
        with app.test_request_context(), speak(locale):
            return render_template_string(template, **words)

    def test_it_escapes_what_is_put_into_a_phrase_and_not_the_phrase(self, app: Flask) -> None:
        said = self._say(app, "{{ _('Bij %(title)s & zo', title=title) }}", title="<b>&</b>")
        assert said == "Bij &lt;b&gt;&amp;&lt;/b&gt; & zo"
        said = self._say(app, "{{ _('Bij %(title)s', title=title) }}", title=Markup("<b>x</b>"))
        assert said == "Bij <b>x</b>"

    def test_it_reads_a_doubled_percent_sign_as_one(self, app: Flask) -> None:
        assert self._say(app, "{{ _('100%%') }} {{ _('%(n)s%% klaar', n=5) }}") == "100% 5% klaar"
        assert self._say(app, "{% trans %}100% af{% endtrans %}") == "100% af"

    @pytest.mark.parametrize(
        ("count", "words"),
        [(0, "0 stukken"), (1, "1 stuk"), (2, "2 stukken"), (999, "999 stukken")],
    )
    def test_it_counts(self, app: Flask, count: int, words: str) -> None:
        template = "{{ ngettext('%(num)s stuk', '%(num)s stukken', n) }}"
        assert self._say(app, template, n=count) == words
        block = "{% trans n=n %}{{ n }} stuk{% pluralize %}{{ n }} stukken{% endtrans %}"
        assert self._say(app, block, n=count) == words

    @pytest.mark.parametrize(("locale", "number"), [("nl", "1.234.567"), ("en", "1,234,567")])
    def test_it_writes_a_large_count_as_the_language_does(
        self, app: Flask, locale: str, number: str
    ) -> None:
        template = "{{ ngettext('%(num)s stuk', '%(num)s stukken', 1234567) }}"
        assert self._say(app, template, locale) == f"{number} stukken"
        with speak(locale):
            assert ngettext("%(num)s stuk", "%(num)s stukken", 1234567) == f"{number} stukken"

    def test_it_changes_language_from_one_page_to_the_next(self, client: Client) -> None:
        heard = [client.get(path).links for path in ("/", "/en/", "/", "/en/")]
        assert ["Inloggen" in links for links in heard] == [True, False, True, False]
        assert ["Sign in" in links for links in heard] == [False, True, False, True]

    def test_it_leaves_the_words_of_a_mail_unescaped(self, app: Flask) -> None:
        template = app.jinja_env.from_string("x")
        assert template is not None
        with app.test_request_context():
            said = app.jinja_env.overlay(autoescape=False).from_string(
                "{{ _('Bij %(title)s', title=\"O'Neill & zn\") }}"
            )
            assert said.render() == "Bij O'Neill & zn"


def test_it_speaks_english_also_when_the_first_english_page_comes_amid_dutch(
    make_app: Callable[..., Flask],
) -> None:
    portal = make_app()
    with portal.app_context():
        assert render_template_string("{{ _('Toezeggingen') }}") == "Toezeggingen"
        assert str(lazy_gettext("Toezeggingen")) == "Toezeggingen"
        page = portal.test_client().get("/en/toezeggingen").get_data(as_text=True)
        db.session.remove()
        db.engine.dispose()
    assert "<h1>Commitments</h1>" in page


def test_the_language_of_a_request_ends_with_it(app: Flask) -> None:
    heard: list[str] = []
    asked = app.before_request_funcs.setdefault(None, [])
    asked.append(lambda: heard.append(current_locale()))
    try:
        with speak("en"):
            app.test_client().get("/healthz")
            heard.append(current_locale())
        app.test_client().get("/en/healthz")
        heard.append(current_locale())
    finally:
        asked.pop()

    assert heard == ["nl", "en", "en", "nl"]


def test_a_plural_takes_its_number_in_words() -> None:
    texts = Path(CATALOGUES, "en", "LC_MESSAGES", "messages.po").read_text()
    assert "%(num)s" in texts
    assert "%(num)d" not in texts
