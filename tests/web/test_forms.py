"""Forms: one key for one thing, a version for what two may edit, and what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from wtforms import (
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Regexp, StopValidation

from portal.accounts.models import Account
from portal.comments.models import Comment, Discussion
from portal.core.db import db
from portal.news.models import Article
from portal.services.models import UsedKey
from portal.services.vereniging import Vereniging
from portal.web.forms import AtMost, Filled, PortalForm, stripped
from tests import factories as make
from tests.harness.client import Client
from tests.harness.page import Page

SignIn = Callable[[Account | None], Client]


def _count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def discussion(app: Flask) -> Discussion:
    return make.make_article().discussion


def _comment_page(reader: Client, discussion: Discussion) -> Page:
    return reader.get("comments.post", discussion_id=discussion.id)


class TestOneTimeKey:
    def test_it_makes_one_of_a_form_that_is_sent_twice_and_leads_to_the_same_page(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        form = _comment_page(sign_in(make.make_account()), discussion).form()

        first = form.submit(body="Eén keer.", follow=False)
        again = form.submit(body="Eén keer.", follow=False)
        third = form.submit(body="Intussen anders.", follow=False)

        assert first.status == 302
        assert (again.status, third.status) == (303, 303)
        assert first.location == again.location == third.location
        assert _count(Comment) == 1

    def test_it_gives_every_page_a_key_of_its_own(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        reader = sign_in(make.make_account())
        for words in ("Eerst dit.", "Dan dat."):
            _comment_page(reader, discussion).form().submit(body=words, follow=False)
        assert _count(Comment) == 2

    def test_it_does_not_spend_the_key_on_a_form_that_does_not_hold(
        self, sign_in: SignIn, discussion: Discussion
    ) -> None:
        page = _comment_page(sign_in(make.make_account()), discussion)

        refused = page.form().submit(body="  ")
        assert refused.status == 422
        assert _count(UsedKey) == 0

        assert refused.form().submit(body="Nu wel.", follow=False).status == 302
        assert _count(Comment) == 1

    @pytest.mark.parametrize("key", ["", " ", "x" * 65, "../../x", "a b", "é" * 70, "<script>"])
    def test_it_asks_again_with_the_text_in_it_when_the_key_is_no_key(
        self, sign_in: SignIn, discussion: Discussion, key: str
    ) -> None:
        reader = sign_in(make.make_account())
        fields = _comment_page(reader, discussion).form().fill({"body": "Blijft staan."})

        page = reader.post(
            "comments.post", data={**fields, "once": key}, discussion_id=discussion.id
        )

        assert page.status == 422
        assert page.form().fields["body"] == "Blijft staan."
        assert page.form().submit(follow=False).status == 302

    def test_it_makes_one_article_too(self, sign_in: SignIn) -> None:
        form = sign_in(make.make_moderator()).get("news.create").form()
        typed = {"title": "Nieuws", "lead": "Kort.", "body": "Lang."}
        first, again = form.submit(typed, follow=False), form.submit(typed, follow=False)
        assert first.location == again.location
        assert _count(Article) == 1


class TestVersion:
    NEW = {"name": "Vereniging", "site_name": "Portaal", "email": "post@example.org"}

    def test_it_shows_both_texts_to_who_saves_an_older_one(self, sign_in: SignIn) -> None:
        one, other = (sign_in(make.make_beheerder()) for _ in range(2))
        ours, theirs = (reader.get("vereniging.vereniging").form() for reader in (one, other))
        assert theirs.submit({**self.NEW, "phone": "085 111"}, follow=False).status == 303

        conflict = ours.submit({**self.NEW, "phone": "085 222"})

        assert conflict.status == 409
        assert "Iemand anders heeft dit intussen veranderd" in conflict.main
        assert conflict.title.startswith("Fout:")
        box = conflict.soup.select_one("[autofocus][role=alert]")
        assert box is not None
        assert [part.name for part in conflict.soup.main.select("h1, h2, h3")] == ["h2", "h3", "h1"]
        assert [link.get_text() for link in box.select("h3 a[href='#phone']")] == ["Telefoonnummer"]
        assert "085 111" in box.get_text()
        assert conflict.form().fields["phone"] == "085 222"
        assert _phone() == "085 111"

    def test_it_shows_what_differs_in_the_words_of_the_page(self, sign_in: SignIn) -> None:
        event = make.make_signing_event(held_on=date(2019, 7, 3))
        one, other = (sign_in(make.make_moderator()) for _ in range(2))
        ours, theirs = (
            reader.get("pact.event", event_id=event.id).form() for reader in (one, other)
        )
        theirs.submit(held_on="2019-07-04")

        conflict = ours.submit(held_on="2019-07-05")

        assert "4 juli 2019" in conflict.main
        assert "5 juli 2019" in conflict.main

    def test_it_takes_the_text_of_who_has_seen_both(self, sign_in: SignIn) -> None:
        one, other = (sign_in(make.make_beheerder()) for _ in range(2))
        ours, theirs = (reader.get("vereniging.vereniging").form() for reader in (one, other))
        theirs.submit({**self.NEW, "phone": "085 111"})
        conflict = ours.submit({**self.NEW, "phone": "085 222"})
        assert conflict.form().submit(follow=False).status == 303
        assert _phone() == "085 222"

    @pytest.mark.parametrize("version", [None, "", "x", "-1", "0", "9" * 30, "1.0", "1; DROP"])
    def test_it_never_overwrites_for_a_version_that_is_none(
        self, sign_in: SignIn, version: str | None
    ) -> None:
        reader = sign_in(make.make_beheerder())
        reader.get("vereniging.vereniging").form().submit({**self.NEW, "phone": "085 111"})
        fields = reader.get("vereniging.vereniging").form().fill({"phone": "085 222"})
        sent = {name: value for name, value in fields.items() if value is not None}
        sent.pop("version")
        if version is not None:
            sent["version"] = version

        page = reader.post("vereniging.vereniging", data=sent, multipart=True)

        assert page.status in (409, 422)
        assert page.form().fields["phone"] == "085 222"
        assert _phone() == "085 111"

    def test_it_counts_every_save(self, sign_in: SignIn) -> None:
        reader = sign_in(make.make_beheerder())
        versions = []
        for number in range(3):
            form = reader.get("vereniging.vereniging").form()
            versions.append(int(form.fields["version"]))
            form.submit({**self.NEW, "phone": str(number)})
        assert versions == sorted(set(versions))


def _phone() -> str:
    db.session.rollback()
    return db.session.scalars(select(Vereniging)).one().phone


class _Form(PortalForm):
    class Meta:
        csrf = False

    name = StringField(validators=[Filled("Vul iets in.")], filters=[stripped])
    body = TextAreaField(validators=[AtMost(5)], filters=[stripped])
    address = StringField(validators=[AtMost(20), Regexp("|y+", message="Alleen y.")])


class TestValidators:
    @pytest.mark.parametrize("typed", ["", "   ", "\r\n\t", "\x00", "\u200b\u00a0"])
    def test_it_wants_more_than_white_space(self, app: Flask, typed: str) -> None:
        assert _errors(app, name=typed, body="") == {"name": ["Vul iets in."]}

    @pytest.mark.parametrize(
        ("typed", "fits"), [("a\r\nb\r\n", True), ("éé\r\néé", True), ("abcdef", False)]
    )
    def test_it_counts_characters_as_a_reader_does(
        self, app: Flask, typed: str, fits: bool
    ) -> None:
        found = _errors(app, name="x", body=typed)
        assert (not found) == fits
        if not fits:
            assert found["body"] == ["Gebruik hoogstens 5 tekens. U gebruikt er 1 te veel."]

    def test_it_shows_no_pattern_a_text_that_is_too_long(self, app: Flask) -> None:
        found = _errors(app, name="x", body="", address="x" * 30)
        assert found == {"address": ["Gebruik hoogstens 20 tekens. U gebruikt er 10 te veel."]}

    def test_it_takes_away_what_nobody_typed(self) -> None:
        assert stripped(" a\r\nb\x00 \r\n") == "a\nb"
        assert stripped("\u202eeen\u202c \u2067plan\u2069\x1b[31m\x7f\x08") == "een plan[31m"
        assert stripped("a\tb\nc\u200dd") == "a\tb\nc\u200dd"
        assert stripped("a\x0bb\x0cc\rd\x85e\u2028f\u2029\x1eg") == "a\nb\nc\nd\ne\nf\n\ng"
        assert stripped(None) is None

    def test_it_shows_an_error_without_a_field_on_top(self, app: Flask) -> None:
        with app.test_request_context("/", method="POST", data={"name": "x"}):
            form = _Form.from_request()
            assert form.validate()
            form.refuse("nergens", "Zo niet.")
            form.refuse("name", "Die is er al.")
            assert form.errors == {"": ["Zo niet."], "name": ["Die is er al."]}

    def test_it_fails_for_what_is_no_validator(self) -> None:
        with pytest.raises(StopValidation):
            AtMost(1)(_Form(), type("Field", (), {"data": "ab"})())


def _errors(app: Flask, **typed: str) -> dict[str, list[str]]:
    with app.test_request_context("/", method="POST", data=typed):
        form = _Form.from_request()
        form.validate()
        return {str(name): [str(e) for e in errors] for name, errors in form.errors.items()}


class TestWordsOfTheLibrary:
    @pytest.mark.parametrize(
        ("locale", "chosen", "number"),
        [
            ("nl", "Kies iets uit de lijst.", "Vul een heel getal in."),
            ("en", "Choose something from the list.", "Enter a whole number."),
        ],
        ids=["nl", "en"],
    )
    def test_it_refuses_in_the_language_of_the_page(
        self, app: Flask, locale: str, chosen: str, number: str
    ) -> None:
        class Shape(PortalForm):
            language = SelectField(choices=["nl"])
            languages = SelectMultipleField(choices=["nl"])
            position = IntegerField()

        sent = {"language": "xx", "languages": ["xx", "yy"], "position": "veel"}
        environ = {"portal.locale": locale}
        with app.test_request_context("/", method="POST", data=sent, environ_overrides=environ):
            form = Shape.from_request()
            assert not form.validate()
            assert form.language.errors == [chosen]
            assert form.languages.errors == [chosen]
            assert form.position.errors == [number]
