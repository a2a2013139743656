"""A term in one's own words: read back, confirmed, picked by hand, or left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy import select

from portal.commitments.models import Commitment
from portal.core.db import db
from tests.commitments.scenes import WORDS, Scene, promise, signatory
from tests.harness.client import Client
from tests.harness.page import Page

READ = "Wij lezen dit als 1 tot en met 10 oktober 2019. Klopt dit?"
TERM = {"term_words": "begin oktober", "promised_on": "2019-07-03"}


@pytest.fixture
def scene(app: Flask) -> Scene:
    return signatory()


@pytest.fixture
def new(scene: Scene, sign_in: Callable[..., Client]) -> Page:
    """The page on which a new commitment is written."""
    reader = sign_in(scene.editor)
    return reader.get("commitments.create", organisation_id=scene.organisation.id)


def kept() -> list[Commitment]:
    db.session.expire_all()
    return list(db.session.scalars(select(Commitment)))


def choices(page: Page) -> list[str]:
    return [label.get_text(strip=True) for label in page.soup.select("#term_choice label")]


class TestConfirm:
    def test_it_reads_the_words_back_before_anything_is_kept(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, **TERM)

        assert asked.status == 422
        assert asked.error_for("term_choice") == READ
        assert choices(asked) == ["Ja, dit klopt", "Nee, ik kies zelf de datum"]
        # It is a question, and looks like none of the faults.
        assert asked.title.startswith("Vraag:")
        assert "Nog één vraag" in asked.main
        assert "Controleer dit nog" not in asked.main
        assert asked.soup.select("[aria-invalid]") == []
        assert asked.form().fields["title"] == WORDS["title"]
        assert kept() == []

    def test_it_is_kept_once_confirmed(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, **TERM)
        yes = asked.form().choices("term_choice")[0]

        done = asked.form().submit(term_choice=yes)

        assert done.status == 200
        (commitment,) = kept()
        assert commitment.term_words == "begin oktober"
        assert (commitment.term_earliest, commitment.term_latest) == (
            date(2019, 10, 1),
            date(2019, 10, 10),
        )
        assert "begin oktober" in done.main
        assert "1 tot en met 10 oktober 2019" in done.main

    def test_it_is_a_fault_as_soon_as_something_else_is_wrong(self, new: Page) -> None:
        asked = new.form().submit(**WORDS | {"title": ""}, **TERM)

        assert asked.title.startswith("Fout:")
        assert len(asked.errors) == 2

    @pytest.mark.parametrize("words", ["doorlopend", "Geen datum."])
    def test_it_asks_nothing_of_words_that_say_that_there_is_no_date(
        self, new: Page, words: str
    ) -> None:
        done = new.form().submit(**WORDS, promised_on="2019-07-03", term_words=words)

        assert done.status == 200
        (commitment,) = kept()
        assert (commitment.term_words, commitment.term_latest) == (words, None)
        again = done.follow("Bewerken")
        assert "Wij lezen dit als geen datum" in again.main
        assert again.form().submit(title="Een andere titel").status == 200

    @pytest.mark.parametrize(
        ("changed", "question"),
        [
            ({"term_words": "eind oktober"}, "21 tot en met 31 oktober 2019"),
            ({"promised_on": "2020-01-01"}, "1 tot en met 10 oktober 2020"),
        ],
        ids=["other words", "another day"],
    )
    def test_it_asks_again_when_the_reading_changes(
        self, new: Page, changed: dict[str, str], question: str
    ) -> None:
        asked = new.form().submit(**WORDS, **TERM)
        yes = asked.form().choices("term_choice")[0]

        again = asked.form().submit(term_choice=yes, **changed)

        assert again.status == 422
        assert question in (again.error_for("term_choice") or "")
        assert kept() == []

    def test_it_is_not_confirmed_by_a_made_up_mark(self, new: Page) -> None:
        fields = {**new.form().fill({**WORDS, **TERM}), "term_choice": "ja"}

        answer = new.client.post(new.path, data=fields)

        assert answer.status == 422
        assert kept() == []

    @pytest.mark.parametrize(
        ("words", "caution"),
        [
            ("per 1 oktober 2031", "“per” kan ook een begin zijn"),
            ("voor 2031", "“voor” kan ook “bedoeld voor” zijn"),
            ("contract eindigt in 2031", "Dat is geen toezegging"),
        ],
    )
    def test_it_explains_words_that_mislead(self, new: Page, words: str, caution: str) -> None:
        asked = new.form().submit(**WORDS, term_words=words)

        assert caution in asked.main

    def test_it_cautions_nobody_whose_words_are_plain(self, new: Page) -> None:
        assert "Let op" not in new.form().submit(**WORDS, term_words="eind 2040").main

    def test_it_marks_a_term_that_is_over(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, **TERM)
        yes = asked.form().choices("term_choice")[0]
        assert "deze termijn is al voorbij" in asked.main

        done = asked.form().submit(term_choice=yes)

        assert "Deze termijn is al voorbij." in done.main


class TestByHand:
    @pytest.mark.parametrize("words", ["31 februari 2030", "na de verbouwing", "week 54"])
    def test_it_says_that_no_date_was_recognised_and_keeps_the_words(
        self, new: Page, words: str
    ) -> None:
        asked = new.form().submit(**WORDS, term_words=words)

        assert asked.status == 422
        assert f"Wij herkennen geen datum in “{words}”" in (asked.error_for("term_choice") or "")
        assert choices(asked) == ["Ik kies zelf een datum", "Geen datum (doorlopend)"]
        assert asked.form().fields["term_words"] == words

    @pytest.mark.parametrize("words", ["z.s.m.", "binnenkort"])
    def test_it_says_of_vague_words_what_one_may_write(self, new: Page, words: str) -> None:
        asked = new.form().submit(**WORDS, term_words=words)
        error = asked.error_for("term_choice") or ""
        assert error.startswith(f"“{words}” is geen datum. Schrijf bijvoorbeeld “eind 2027”")
        assert asked.form().fields["term_words"] == words

    def test_it_takes_dates_that_were_picked(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, term_words="na de verbouwing")

        asked.form().submit(term_choice="zelf", term_earliest="1-3-2031", term_latest="2031-05-01")

        (commitment,) = kept()
        assert commitment.term_words == "na de verbouwing"
        assert commitment.term_is_picked
        assert (commitment.term_earliest, commitment.term_latest) == (
            date(2031, 3, 1),
            date(2031, 5, 1),
        )

    def test_it_takes_other_dates_than_were_read(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, **TERM)

        asked.form().submit(term_choice="zelf", term_latest="2019-10-05")

        (commitment,) = kept()
        assert (commitment.term_words, commitment.term_latest) == (
            "begin oktober",
            date(2019, 10, 5),
        )

    def test_it_takes_words_without_a_date(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, term_words="zodra het kan")

        done = asked.form().submit(term_choice="zonder")

        (commitment,) = kept()
        assert commitment.term is None
        assert "zodra het kan" in done.main

    def test_it_asks_what_an_empty_term_means(self, new: Page) -> None:
        asked = new.form().submit(**WORDS)

        assert asked.status == 422
        assert "U hebt geen termijn ingevuld" in (asked.error_for("term_choice") or "")
        asked.form().submit(term_choice="zonder")
        assert kept()[0].term_words == ""

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            ({}, "Kies een vroegste of een uiterste datum"),
            (
                {"term_earliest": "2031-05-01", "term_latest": "2031-03-01"},
                "De uiterste datum ligt voor de vroegste",
            ),
        ],
        ids=["no dates", "the wrong way round"],
    )
    def test_it_refuses_dates_that_are_none(
        self, new: Page, days: dict[str, str], words: str
    ) -> None:
        asked = new.form().submit(**WORDS, term_words="ooit")

        answer = asked.form().submit(term_choice="zelf", **days)

        assert answer.status == 422
        assert words in (answer.error_for("term_choice") or "")
        assert kept() == []

    def test_it_refuses_a_day_that_does_not_exist(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, term_words="ooit")

        answer = asked.form().submit(term_choice="zelf", term_latest="31-2-2030")

        assert answer.status == 422
        assert "Deze datum bestaat niet" in (answer.error_for("term_latest") or "")

    def test_it_overlooks_a_day_that_does_not_count(self, new: Page) -> None:
        asked = new.form().submit(**WORDS, term_words="ooit")

        asked.form().submit(term_choice="zonder", term_latest="31-2-2030")

        assert kept()[0].term is None


class TestSaidOn:
    def test_it_does_not_lie_in_the_future(self, new: Page) -> None:
        answer = new.form().submit(**WORDS, term_words="eind 2040", promised_on="2039-01-01")

        assert "ligt in de toekomst" in (answer.error_for("promised_on") or "")

    def test_it_is_today_when_nothing_else_is_said(self, new: Page) -> None:
        assert new.form().fields["promised_on"]


class TestEnglish:
    """A term in English, from the page to the page."""

    @pytest.fixture
    def draft(self, new: Page) -> Commitment:
        page = new.client.get(f"/en{new.path}")
        assert "early October" in page.main
        asked = page.form().submit(**WORDS, **TERM | {"term_words": "by the end of October"})
        assert "can also mean" not in asked.main
        assert "31 October 2019 at the latest" in (asked.error_for("term_choice") or "")
        asked.form().submit(term_choice=asked.form().choices("term_choice")[0])
        (commitment,) = kept()
        return commitment

    def test_it_says_that_by_may_be_before_a_year(self, new: Page) -> None:
        page = new.client.get(f"/en{new.path}")
        asked = page.form().submit(**WORDS, term_words="by 2040")
        assert "31 December 2040 at the latest" in (asked.error_for("term_choice") or "")
        assert "“by” can also mean: before that time begins" in asked.main

    def test_it_is_read_and_kept_in_its_own_words(self, draft: Commitment) -> None:
        assert draft.term_words == "by the end of October"
        assert (draft.term_earliest, draft.term_latest) == (None, date(2019, 10, 31))

    def test_it_stays_confirmed_on_a_dutch_page(self, new: Page, draft: Commitment) -> None:
        page = new.client.get("commitments.edit", commitment_id=draft.id)

        done = page.form().submit(title="Een andere titel")

        assert done.status == 200
        assert kept()[0].title == "Een andere titel"
        assert kept()[0].term_latest == date(2019, 10, 31)


class TestEditDraft:
    def test_it_does_not_ask_again_for_what_was_confirmed(
        self, scene: Scene, sign_in: Callable[..., Client]
    ) -> None:
        commitment = promise(scene, state="draft", term="eind 2035")
        page = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)

        done = page.form().submit(title="Een andere titel")

        assert done.status == 200
        assert kept()[0].title == "Een andere titel"
        assert kept()[0].term_words == "eind 2035"

    @pytest.mark.parametrize(
        "choice",
        [{"term_choice": "zonder"}, {"term_choice": "zelf", "term_latest": "2035-05-01"}],
        ids=["no date", "a date"],
    )
    def test_it_shows_what_was_chosen_where_no_words_were_written(
        self, new: Page, choice: dict[str, str]
    ) -> None:
        new.form().submit(**WORDS).form().submit(**choice)
        before = kept()[0].term
        page = new.client.get("commitments.edit", commitment_id=kept()[0].id)

        done = page.form().submit(title="Een andere titel")

        assert done.status == 200
        assert kept()[0].title == "Een andere titel"
        assert kept()[0].term == before

    def test_it_asks_for_new_words(self, scene: Scene, sign_in: Callable[..., Client]) -> None:
        commitment = promise(scene, state="draft", term="eind 2035")
        page = sign_in(scene.editor).get("commitments.edit", commitment_id=commitment.id)

        asked = page.form().submit(term_words="begin 2036")

        assert asked.status == 422
        assert "1 januari tot en met 31 maart 2036" in (asked.error_for("term_choice") or "")


class TestPreview:
    """The piece of a page that a script asks for while somebody types."""

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("tekst=begin+oktober&op=2019-07-03", "1 tot en met 10 oktober 2019"),
            ("tekst=begin+oktober&op=2019-10-20", "1 tot en met 10 oktober 2020"),
            ("tekst=31+februari+2030", "Wij herkennen geen datum in “31 februari 2030”"),
            ("tekst=z.s.m.", "“z.s.m.” is geen datum."),
            ("tekst=%3Cscript%3E", "Wij herkennen geen datum in “&lt;script&gt;”"),
        ],
    )
    def test_it_says_what_is_read(self, client: Client, query: str, words: str) -> None:
        answer = client.raw.get(f"/termijn?{query}")

        assert answer.status_code == 200
        assert words in answer.text

    @pytest.mark.parametrize("query", ["", "tekst=", "op=morgen", "tekst=%00&op=%00"])
    def test_it_is_silent_about_nothing(self, client: Client, query: str) -> None:
        answer = client.raw.get(f"/termijn?{query}")

        assert (answer.status_code, Markup(answer.text).striptags()) == (200, "")
        assert "<input" not in answer.text

    def test_it_keeps_nothing_and_sets_no_cookie(self, client: Client) -> None:
        answer = client.raw.get("/termijn?tekst=eind+2030")

        assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("words", ["begin oktober", "early October"])
    def test_it_speaks_english(self, client: Client, words: str) -> None:
        answer = client.raw.get("/en/termijn", query_string={"tekst": words, "op": "2019-07-03"})

        assert "1 to 10 October 2019" in answer.text

    def test_it_bears_a_very_long_text(self, client: Client) -> None:
        answer = client.raw.get("/termijn", query_string={"tekst": "oktober " * 900})

        assert answer.status_code == 200
        assert len(answer.text) < 6000

    def test_it_offers_what_the_form_understands(self, new: Page) -> None:
        answer = new.client.raw.get("/termijn?tekst=begin+oktober&op=2019-07-03")
        mark = answer.text.split('name="term_choice" type="radio" value="')[1].split('"')[0]
        fields = {**new.form().fill({**WORDS, **TERM}), "term_choice": mark}

        new.client.post(new.path, data=fields)

        assert kept()[0].term_latest == date(2019, 10, 10)
