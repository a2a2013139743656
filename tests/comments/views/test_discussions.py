"""Comments as readers meet them: below an article, in a form, in their own list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.comments import actions
from portal.comments.models import Comment, CommentVersion
from portal.comments.queries.finding import latest_version
from portal.core.db import db
from portal.news.models import Article
from tests import factories as make
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import count_queries

Act = Callable[..., Any]
SignIn = Callable[[Account | None], Client]
SENTENCE = "U moet ingelogd zijn om een reactie te kunnen plaatsen"


def address_of(article: Article) -> str:
    return f"/nieuws/{article.slug}"


def form_below(reader: Client, article: Article, query: str = "") -> Any:
    page = reader.get(address_of(article) + query)
    return page.form(f"/reacties/{article.discussion_id}")


def count_of(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def body_of(page: Page, comment: Comment) -> str:
    found = page.soup.find(id=f"reactie-{comment.id}")
    assert found is not None, f"{page} shows no comment {comment.id}"
    return " ".join(found.get_text(" ", strip=True).split())


class TestDiscussion:
    def test_it_tells_a_visitor_to_sign_in_and_leads_back_to_the_spot(
        self, client: Client, article: Article
    ) -> None:
        page = client.get(address_of(article))
        assert SENTENCE in page.main
        spot = f"?verder={address_of(article)}%23plaats-reactie"
        below = page.soup.find(id="plaats-reactie")
        assert below is not None
        links = {link.get_text(): link["href"] for link in below.find_all("a")}
        assert links == {"Inloggen": f"/inloggen{spot}", "Registreren": f"/registreren{spot}"}

    def test_it_gives_a_visitor_no_form_and_no_cookie(
        self, client: Client, article: Article
    ) -> None:
        make.make_comment(article.discussion)
        page = client.get(address_of(article))
        assert page.soup.main is not None
        assert page.soup.main.find("form") is None
        assert "Set-Cookie" not in page.headers
        assert "Beantwoorden" not in page.main

    def test_it_shows_who_says_what_and_in_whose_name(
        self, client: Client, article: Article
    ) -> None:
        organisation = make.make_organisation(name="Gemeente Voorbeeld (fictief)")
        own = make.make_comment(article.discussion)
        theirs = make.make_comment(article.discussion, organisation=organisation)
        page = client.get(address_of(article))
        assert "Reacties (2)" in page.main
        assert "op persoonlijke titel" in body_of(page, own)
        assert "Adviseur, namens Gemeente Voorbeeld (fictief)" in body_of(page, theirs)
        assert "antwoord van de organisatie" not in page.main

    @pytest.mark.parametrize(
        ("state", "is_admitted"),
        [
            (None, False),
            ("confirmed", False),
            ("declined", False),
            ("admitted", True),
            ("ended", True),
        ],
    )
    @pytest.mark.parametrize(
        ("language", "mark"), [("", "niet getoetst : de"), ("/en", "not checked : the")]
    )
    def test_it_says_of_a_name_that_nobody_admitted_it(
        self,
        sign_in: SignIn,
        article: Article,
        state: str | None,
        is_admitted: bool,
        language: str,
        mark: str,
    ) -> None:
        organisation, writer = make.make_organisation(), make.make_account()
        if state is not None:
            make.make_signature(organisation, state=state)
        comment = make.make_comment(article.discussion, organisation=organisation, author=writer)
        make.make_comment(article.discussion)
        for reader in (sign_in(None), sign_in(writer), sign_in(make.make_moderator())):
            page = reader.get(language + address_of(article))
            assert (mark in body_of(page, comment)) is not is_admitted
            explained = {"": "Iedereen kan hier een organisatie", "/en": "Anyone can add an"}
            assert (explained[language] in page.main) is not is_admitted
        mine = sign_in(writer).get(f"{language}/account/reacties")
        assert (mark in body_of(mine, comment)) is not is_admitted

    def test_it_takes_the_mark_away_once_the_organisation_is_admitted(
        self, client: Client, article: Article
    ) -> None:
        organisation = make.make_organisation()
        comment = make.make_comment(article.discussion, organisation=organisation)
        assert "niet getoetst" in body_of(client.get(address_of(article)), comment)
        make.make_signature(organisation)
        assert "niet getoetst" not in client.get(address_of(article)).main

    def test_it_marks_the_answer_of_the_organisation_itself(
        self, client: Client, article: Article
    ) -> None:
        ours, theirs = make.make_organisation(), make.make_organisation()
        article.discussion.organisation_id = ours.id
        question = make.make_comment(article.discussion, organisation=theirs)
        answer = make.make_comment(parent=question, organisation=ours)
        page = client.get(address_of(article))
        assert "antwoord van de organisatie" in body_of(page, answer)
        assert "antwoord van de organisatie" not in body_of(page, question)

    def test_it_puts_answers_below_what_they_answer(self, client: Client, article: Article) -> None:
        agnes, noor = (make.make_account(name=name) for name in ("Agnes", "Noor"))
        top = make.make_comment(article.discussion, author=agnes)
        reply = make.make_comment(parent=top, author=noor)
        further = make.make_comment(parent=reply, author=agnes)
        page = client.get(address_of(article))
        heads = [
            (part.name, " ".join(part.get_text().split()))
            for part in page.soup.select(".thread :is(h3, h4)")
        ]
        assert heads == [
            ("h3", "Agnes"),
            ("h4", "Noor, antwoord op Agnes"),
            ("h4", "Agnes, antwoord op Noor"),
        ]
        assert page.soup.select("ol[aria-label='Antwoorden op Agnes']")
        below = page.soup.select(".thread > li > .thread__replies > li > article")
        assert [found["id"] for found in below] == [f"reactie-{c.id}" for c in (reply, further)]

    def test_it_keeps_the_place_of_what_was_withdrawn(
        self, client: Client, article: Article, act: Act
    ) -> None:
        top = make.make_comment(article.discussion, body="Weg hiermee")
        reply = make.make_comment(parent=top)
        act(actions.withdraw, top, by=db.session.get_one(Account, top.author_id))
        page = client.get(address_of(article))
        assert body_of(page, top) == "Deze reactie is ingetrokken door de schrijver."
        # No heading stands above it any more, so it is one of the first level.
        assert "antwoord op een reactie" in page.soup.select_one(".thread h3").get_text()
        assert "Een goed plan." in body_of(page, reply)
        assert "Weg hiermee" not in page.html
        assert "Reacties (1)" in page.main

    def test_it_says_when_nothing_more_is_taken(self, sign_in: SignIn, article: Article) -> None:
        comment = make.make_comment(article.discussion)
        article.discussion.is_open = False
        page = sign_in(make.make_account()).get(address_of(article))
        assert "U kunt hier niet meer reageren" in page.main
        assert body_of(page, comment)
        assert page.soup.main is not None
        assert page.soup.main.find("form") is None

    def test_it_asks_who_is_not_confirmed_to_confirm(
        self, sign_in: SignIn, article: Article
    ) -> None:
        page = sign_in(make.make_account(is_confirmed=False)).get(address_of(article))
        assert "Bevestig eerst uw e-mailadres" in page.main
        assert f"/reacties/{article.discussion_id}" not in page.html

    def test_it_leads_from_page_to_page(self, client: Client, article: Article) -> None:
        for number in range(51):
            make.make_comment(article.discussion, body=f"Nummer {number}.")
        page = client.get(address_of(article))
        assert "Nummer 50." not in page.main
        assert "Nummer 50." in page.follow("Volgende").main

    @pytest.mark.parametrize("is_signed_in", [False, True])
    def test_it_asks_as_little_for_fifty_as_for_one(
        self, sign_in: SignIn, is_signed_in: bool
    ) -> None:
        counted = []
        reader = sign_in(make.make_account() if is_signed_in else None)
        for how_many in (1, 50):
            article = make.make_article()
            for _ in range(how_many):
                make.make_comment(article.discussion)
            reader.get(address_of(article))
            with count_queries() as statements:
                reader.get(address_of(article))
            counted.append(len(statements))
        assert counted[0] == counted[1]

    def test_it_keeps_the_language_of_the_page(self, client: Client, article: Article) -> None:
        page = client.get("/en" + address_of(article))
        assert f"/en/inloggen?verder=/en{address_of(article)}%23plaats-reactie" in page.html


class TestPost:
    def test_it_waits_and_only_its_writer_sees_it(
        self, sign_in: SignIn, client: Client, article: Article
    ) -> None:
        writer = sign_in(make.make_account(name="Sanne"))
        page = form_below(writer, article).submit(body="Mooi **plan**")
        comment = db.session.scalars(select(Comment)).one()
        assert page.path == f"{address_of(article)}?verstuurd={comment.id}#reactie-{comment.id}"
        assert "wacht op moderatie" in body_of(page, comment)
        assert "Mooi plan" in body_of(page, comment)
        assert "Reacties (0)" in page.main
        assert "U krijgt een mail als een moderator heeft besloten." in page.main
        again = writer.get(address_of(article))
        assert "wacht op moderatie" in body_of(again, comment)
        assert "Mooi plan" in writer.get("/account/reacties").main
        for other in (client, sign_in(make.make_account()), sign_in(make.make_moderator())):
            # Not even with the address of its writer: nobody is told of a text that is not theirs.
            seen = other.get(page.path).main
            assert "Mooi" not in seen and "U krijgt een mail" not in seen

    def test_it_makes_one_of_a_form_sent_twice(self, sign_in: SignIn, article: Article) -> None:
        form = form_below(sign_in(make.make_account()), article)
        first = form.submit(body="Een keer", follow=False)
        second = form.submit(body="Een keer", follow=False)
        assert first.location == second.location
        assert count_of(Comment) == 1

    def test_it_offers_the_organisations_in_which_one_has_a_role(
        self, sign_in: SignIn, article: Article
    ) -> None:
        person = make.make_account()
        ours, _theirs = make.make_organisation(name="Wij (fictief)"), make.make_organisation()
        make.make_membership(ours, person, job_title="Architect")
        form = form_below(sign_in(person), article)
        assert form.choices("speaks_for") == ["0", str(ours.id)]
        assert "namens Wij (fictief), als Architect" in form.page.main
        page = form.submit(body="Wij doen mee", speaks_for=ours.id)
        comment = db.session.scalars(select(Comment)).one()
        assert "Architect, namens Wij (fictief)" in body_of(page, comment)

    def test_it_speaks_for_the_page_of_ones_own_organisation_until_told_otherwise(
        self, sign_in: SignIn
    ) -> None:
        person = make.make_account()
        commitment = make.make_commitment()
        ours = commitment.organisation
        make.make_membership(ours, person, job_title="Architect")
        asked = make.make_comment(commitment.discussion)
        reader, place = sign_in(person), f"/toezeggingen/{commitment.slug}"
        page = reader.get(f"{place}?antwoord={asked.id}")
        form = page.form(f"/reacties/{commitment.discussion_id}")
        assert form.choices("speaks_for") == [str(ours.id), "0"]
        assert form.fields["speaks_for"] == str(ours.id)
        words = page.soup.find(id="plaats-reactie").get_text(" ", strip=True)  # type: ignore[union-attr]
        assert f"Uw antwoord namens {ours.name}, als Architect" in words
        assert "Antwoord plaatsen" in words
        form.submit(body="Wij antwoorden")
        reader.get(place).form(f"/reacties/{commitment.discussion_id}").submit(
            body="Ikzelf", speaks_for=0
        )
        found = db.session.scalars(
            select(Comment).where(Comment.author_id == person.id).order_by(Comment.id)
        )
        assert [comment.organisation_id for comment in found] == [ours.id, None]

    def test_it_lets_the_vereniging_speak_in_its_own_name(
        self, sign_in: SignIn, article: Article, client: Client
    ) -> None:
        for staff in (make.make_moderator(), make.make_beheerder()):
            form = form_below(sign_in(staff), article)
            assert form.fields["speaks_for"] == "-2"
            page = form.submit(body=f"Wij van de vereniging, {staff.id}")
            comment = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
            assert comment is not None
            assert comment.state == "pending"
            assert "antwoord van de vereniging" in body_of(page, comment)
            assert "Niet getoetst" not in page.main
            # Nobody decides on their own text, in whose name it may be.
            number = latest_version(comment.id).id
            own = sign_in(staff).post(f"/werkvoorraad/reacties/{number}/plaatsen")
            assert own.status in (403, 404)
            make_second = sign_in(make.make_moderator())
            make_second.get(f"/werkvoorraad/reacties/{number}").form("/plaatsen").submit()
            seen = body_of(client.get(address_of(article)), comment)
            assert "namens De vereniging" in seen
            assert "antwoord van de vereniging" in seen

    def test_it_shows_beforehand_the_name_that_the_comment_will_bear(self, sign_in: SignIn) -> None:
        person = make.make_moderator(name="Noor de Vries")
        commitment = make.make_commitment()
        make.make_membership(commitment.organisation, person, job_title="Architect")
        other = make.make_organisation(name="Nieuw (fictief)", owner=person)
        place, action = f"/toezeggingen/{commitment.slug}", f"/reacties/{commitment.discussion_id}"
        for number in (0, commitment.organisation_id, other.id, -2):
            form = sign_in(person).get(place).form(action)
            looked = form.submit(body="Wij doen mee", speaks_for=number, press="Voorbeeld")
            head = looked.soup.select_one("#voorbeeld .comment__head")
            page = looked.form(action).submit(press="Reactie plaatsen")
            comment = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
            assert comment is not None and head is not None
            seen = " ".join(head.get_text(" ", strip=True).split())
            assert "Noor de Vries" in seen
            assert body_of(page, comment).startswith(seen), number
            # And so it is shown once more when the text is changed.
            edit = sign_in(person).get("comments.edit", comment_id=comment.id).form()
            again = edit.submit(body="Anders", press="Voorbeeld")
            assert again.soup.select_one("#voorbeeld .comment__head").get_text() == head.get_text()

    def test_it_lets_nobody_else_speak_for_the_vereniging(
        self, sign_in: SignIn, article: Article
    ) -> None:
        person = make.make_account()
        make.make_membership(make.make_organisation(), person)
        reader = sign_in(person)
        fields = form_below(reader, article).fields | {"body": "Namens wie?", "speaks_for": "-2"}
        page = reader.post(f"/reacties/{article.discussion_id}", data=fields)
        assert page.status == 422
        assert "U hebt geen rol meer in de vereniging." in page.main
        assert count_of(Comment) == 0

    def test_it_does_not_speak_for_an_organisation_that_was_left_meanwhile(
        self, sign_in: SignIn, article: Article
    ) -> None:
        person = make.make_account()
        membership = make.make_membership(make.make_organisation(), person)
        form = form_below(sign_in(person), article)
        chosen = membership.organisation_id
        db.session.delete(membership)
        page = form.submit(body="Namens wie?", speaks_for=chosen)
        assert page.status == 422
        assert "Namens wie?" in page.main
        assert count_of(Comment) == 0

    @pytest.mark.parametrize("body", ["", "   \n ", "\u202e\u202d", "\u200b", "\u00a0", "- "])
    def test_it_refuses_what_shows_nothing(
        self, sign_in: SignIn, article: Article, body: str
    ) -> None:
        page = form_below(sign_in(make.make_account()), article).submit(body=body)
        assert (page.status, page.error_for("body")) == (422, "Vul uw reactie in.")
        assert count_of(Comment) == 0

    @pytest.mark.parametrize(
        "body",
        [
            "https://example.org/ https://example.com/",
            "👍👩‍👩‍👧‍👦🇳🇱",
            "gewoon \u202eomgekeerd\u202c",
            "w" * 1999,
            "é" * 2000,
        ],
        ids=["links", "emoji", "turned", "long-word", "accents"],
    )
    def test_it_takes(self, sign_in: SignIn, article: Article, body: str) -> None:
        page = form_below(sign_in(make.make_account()), article).submit(body=body)
        comment = db.session.scalars(select(Comment)).one()
        assert body_of(page, comment)
        assert "\u202e" not in page.html

    def test_it_counts_characters_and_keeps_a_text_that_is_too_long(
        self, sign_in: SignIn, article: Article
    ) -> None:
        page = form_below(sign_in(make.make_account()), article).submit(body="x" * 2001)
        assert page.status == 422
        assert "2.000 tekens" in (page.error_for("body") or "")
        assert "x" * 2001 in page.html

    @pytest.mark.parametrize("change", ["is_open", "is_public"])
    def test_it_tells_that_the_subject_was_closed_meanwhile_and_keeps_the_text(
        self, sign_in: SignIn, article: Article, change: str
    ) -> None:
        form = form_below(sign_in(make.make_account()), article)
        setattr(article.discussion, change, False)
        page = form.submit(body="Net te laat")
        assert page.status == 422
        assert page.error_for("body")
        assert "Net te laat" in page.main
        assert count_of(Comment) == 0

    def test_it_does_not_name_a_subject_that_is_hidden(
        self, sign_in: SignIn, article: Article
    ) -> None:
        article.discussion.is_public = False
        page = sign_in(make.make_account()).get(f"/reacties/{article.discussion_id}")
        assert "Een mooi plan" not in page.html

    def test_it_keeps_what_was_typed_until_its_writer_has_signed_in(
        self, client: Client, article: Article
    ) -> None:
        account = make.make_account()
        sent = client.post(f"/reacties/{article.discussion_id}", data={"body": "Nog niet binnen"})
        assert sent.status == 303
        assert sent.location is not None
        page = client.get(sent.location).form(0)
        back = page.submit(email=account.email, password=make.PASSWORD)
        assert back.path == f"{address_of(article)}#plaats-reactie"
        form = back.form(f"/reacties/{article.discussion_id}")
        assert form.fields["body"] == "Nog niet binnen"
        assert count_of(Comment) == 0
        form.submit()
        assert form_below(client, article).fields["body"] == ""

    def test_it_lets_nobody_post_without_a_confirmed_address(
        self, sign_in: SignIn, article: Article
    ) -> None:
        reader = sign_in(make.make_account(is_confirmed=False))
        page = reader.post(f"/reacties/{article.discussion_id}", data={"body": "Hallo"})
        assert page.status == 403
        assert count_of(Comment) == 0

    def test_it_takes_ten_in_ten_minutes(
        self, make_app: Callable[..., Flask], article: Article
    ) -> None:
        app = make_app(RATE_LIMITS="on")
        reader = Client(app)
        account = make.make_account()
        page = reader.get("/inloggen").form(0)
        page.submit(email=account.email, password=make.PASSWORD)
        statuses = [
            form_below(reader, article).submit(body=f"Nummer {n}", follow=False).status
            for n in range(11)
        ]
        assert statuses == [302] * 10 + [429]
        assert count_of(Comment) == 10

    def test_it_refuses_another_site(self, sign_in: SignIn, article: Article) -> None:
        form = form_below(sign_in(make.make_account()), article)
        page = form.page.client.post(
            form.action,
            data={**form.fields, "body": "Vals"},
            headers={"Origin": "https://evil.example"},
        )
        assert page.status == 403
        assert count_of(Comment) == 0

    def test_it_cannot_be_told_to_place_itself(self, sign_in: SignIn, article: Article) -> None:
        form = form_below(sign_in(make.make_account()), article)
        more = {"state": "placed", "html": "<b>x</b>", "author_id": "1", "organisation_id": "1"}
        form.page.client.post(form.action, data={**form.fields, "body": "Gewoon", **more})
        comment = db.session.scalars(select(Comment)).one()
        assert (comment.state, comment.html, comment.organisation_id) == ("pending", None, None)


class TestReply:
    def test_it_answers_without_script(self, sign_in: SignIn, article: Article) -> None:
        top = make.make_comment(article.discussion, author=make.make_account(name="Marieke"))
        reader = sign_in(make.make_account())
        page = reader.get(address_of(article))
        link = page.soup.select_one(f"#reactie-{top.id} .comment__actions a")
        assert link is not None
        assert link["href"] == f"?antwoord={top.id}#plaats-reactie"
        form = form_below(reader, article, f"?antwoord={top.id}")
        assert "Antwoord op Marieke" in form.page.main
        form.submit(body="Dank u")
        reply = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
        assert reply is not None
        assert (reply.parent_id, reply.thread_id) == (top.id, top.id)

    @pytest.mark.parametrize("number", ["", "x", "999999", "99999999999999999999", "-1"])
    def test_it_is_a_comment_of_its_own_without_a_comment_to_answer(
        self, sign_in: SignIn, article: Article, number: str
    ) -> None:
        form = form_below(sign_in(make.make_account()), article, f"?antwoord={number}")
        assert "Plaats een reactie" in form.page.main

    def test_it_offers_to_go_on_when_the_comment_was_withdrawn_meanwhile(
        self, sign_in: SignIn, article: Article, act: Act
    ) -> None:
        top = make.make_comment(article.discussion)
        form = form_below(sign_in(make.make_account()), article, f"?antwoord={top.id}")
        act(actions.withdraw, top, by=db.session.get_one(Account, top.author_id))
        page = form.submit(body="Jammer")
        assert page.status == 422
        assert "staat er niet meer" in (page.error_for("body") or "")
        page.form(f"/reacties/{article.discussion_id}").submit()
        newest = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
        assert newest is not None
        assert newest.parent_id is None

    def test_it_keeps_what_is_answered_through_signing_in(
        self, client: Client, article: Article
    ) -> None:
        top = make.make_comment(article.discussion, author=make.make_account(name="Marieke"))
        account = make.make_account()
        sent = client.post(
            f"/reacties/{article.discussion_id}",
            data={"body": "Dank", "parent_id": str(top.id)},
        )
        assert sent.location is not None
        sign_in = client.get(sent.location).form(0)
        back = sign_in.submit(email=account.email, password=make.PASSWORD)
        assert "Antwoord op Marieke" in back.main


class TestEdit:
    def test_it_goes_back_to_the_queue_while_the_placed_text_stays(
        self, sign_in: SignIn, client: Client, article: Article
    ) -> None:
        writer = make.make_account()
        comment = make.make_comment(article.discussion, author=writer, body="Oud")
        reader = sign_in(writer)
        form = reader.get(f"/reacties/{comment.id}/bewerken").form(0)
        assert form.fields["body"] == "Oud"
        page = form.submit(body="Vers")
        assert "Oud" in body_of(page, comment)
        assert "Uw wijziging wacht op moderatie" in body_of(page, comment)
        assert "Vers" in reader.get("/account/reacties").main
        seen = client.get(address_of(article))
        assert "wacht op moderatie" not in seen.main
        assert "Vers" not in seen.main

    def test_it_shows_the_history_of_what_was_placed(
        self, client: Client, article: Article, act: Act
    ) -> None:
        comment = make.make_comment(article.discussion, body="Oud")
        writer = db.session.get_one(Account, comment.author_id)
        act(actions.edit, comment, body="Nieuw", by=writer)
        assert "gewijzigd op" not in client.get(address_of(article)).main
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        page = client.get(address_of(article))
        assert "Nieuw" in body_of(page, comment)
        link = page.soup.find("a", href=f"/reacties/{comment.id}/geschiedenis")
        assert link is not None
        assert "gewijzigd op" in link.get_text()
        history = client.get(str(link["href"]))
        assert history.main.index("Nieuw") < history.main.index("Oud")

    def test_it_shows_what_was_asked(self, sign_in: SignIn, article: Article, act: Act) -> None:
        writer = make.make_account()
        comment = make.make_comment(article.discussion, author=writer, state="pending")
        act(
            actions.ask_change,
            latest_version(comment.id),
            ground="unclear",
            reason="Welk plan bedoelt u?",
            by=make.make_moderator(),
        )
        page = sign_in(writer).get(f"/reacties/{comment.id}/bewerken")
        assert "Onduidelijk of onvolledig" in page.main
        assert "Welk plan bedoelt u?" in page.main
        page.form(0).submit(body="Het plan van 2020")
        db.session.expire_all()
        assert latest_version(comment.id).state == "pending"

    def test_it_is_for_the_writer_alone(self, sign_in: SignIn, article: Article) -> None:
        comment = make.make_comment(article.discussion)
        for account in (make.make_account(), make.make_moderator(), make.make_beheerder()):
            for what in ("bewerken", "intrekken"):
                reader = sign_in(account)
                assert reader.get(f"/reacties/{comment.id}/{what}").status == 403
                assert reader.post(f"/reacties/{comment.id}/{what}").status == 403

    @pytest.mark.parametrize("state", ["refused", "withdrawn"])
    @pytest.mark.parametrize("what", ["bewerken", "intrekken"])
    def test_it_leads_to_ones_own_when_it_is_over(
        self, sign_in: SignIn, state: str, what: str
    ) -> None:
        writer = make.make_account()
        comment = make.make_comment(state=state, author=writer)
        page = sign_in(writer).get(f"/reacties/{comment.id}/{what}")
        assert page.location == "/account/reacties"

    @pytest.mark.parametrize("state", ["placed", "pending", "change_asked"])
    def test_it_tells_that_nothing_changed(
        self, sign_in: SignIn, article: Article, act: Act, state: str
    ) -> None:
        writer = make.make_account()
        is_placed = state == "placed"
        comment = make.make_comment(
            article.discussion, author=writer, state="placed" if is_placed else "pending"
        )
        if state == "change_asked":
            version, moderator = latest_version(comment.id), make.make_moderator()
            act(actions.ask_change, version, ground="unclear", reason="Hoezo?", by=moderator)
        page = sign_in(writer).get(f"/reacties/{comment.id}/bewerken").form(0).submit()
        assert "dezelfde tekst" in (page.error_for("body") or "")
        assert count_of(CommentVersion) == 1


class TestHistory:
    @pytest.mark.parametrize("state", ["pending", "refused", "withdrawn"])
    def test_it_is_not_there_for_what_is_not_placed(
        self, sign_in: SignIn, client: Client, state: str
    ) -> None:
        writer = make.make_account()
        comment = make.make_comment(state=state, author=writer)
        for reader in (client, sign_in(writer), sign_in(make.make_moderator())):
            assert reader.get(f"/reacties/{comment.id}/geschiedenis").status == 404

    def test_it_hides_with_its_subject(self, client: Client) -> None:
        comment = make.make_comment(make.make_discussion(is_public=False))
        assert client.get(f"/reacties/{comment.id}/geschiedenis").status == 404


class TestWithdraw:
    def test_it_asks_and_then_takes_it_away(
        self, sign_in: SignIn, client: Client, article: Article
    ) -> None:
        writer = make.make_account()
        comment = make.make_comment(article.discussion, author=writer, body="Toch niet")
        reader = sign_in(writer)
        page = reader.get(f"/reacties/{comment.id}/intrekken").form(0).submit()
        assert page.flashes == ["U hebt uw reactie ingetrokken."]
        assert "Toch niet" not in client.get(address_of(article)).html
        assert "ingetrokken" in page.main


class TestMine:
    def test_it_tells_why_a_text_was_not_placed(
        self, sign_in: SignIn, article: Article, act: Act
    ) -> None:
        writer = make.make_account()
        comment = make.make_comment(article.discussion, author=writer, state="pending")
        act(
            actions.refuse,
            latest_version(comment.id),
            ground="advertising",
            reason="Dit is een aanbieding.",
            by=make.make_moderator(),
        )
        page = sign_in(writer).get("/account/reacties")
        for words in ("niet geplaatst", "Reclame of spam", "Dit is een aanbieding."):
            assert words in page.main

    def test_it_is_for_who_is_signed_in(self, client: Client) -> None:
        assert client.get("/account/reacties").location == "/inloggen?verder=/account/reacties"

    def test_it_invites_who_has_none(self, sign_in: SignIn) -> None:
        page = sign_in(make.make_account()).get("/account/reacties")
        assert "U hebt nog geen reacties geplaatst" in page.main


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt&colon;alert(1))",
    "![x](https://evil.example/x.png)",
    "<svg onload=alert(1)>",
    "<a href='https://x' style='position:fixed'>x</a>",
    "</textarea><script>alert(1)</script>",
    "{{ 777 * 777 }}{% raw %}",
    '[a](https://x.example/"onmouseover=alert(1))',
]


@pytest.mark.parametrize("text", EVIL)
def test_it_never_runs_what_somebody_typed(
    sign_in: SignIn, client: Client, article: Article, act: Act, text: str
) -> None:
    writer = make.make_account(name="<b>Eva</b>")
    page = form_below(sign_in(writer), article).submit(body=text)
    comment = db.session.scalars(select(Comment)).one()
    act(actions.place, latest_version(comment.id), by=make.make_moderator())
    edit = sign_in(writer).get(f"/reacties/{comment.id}/bewerken")
    for seen in (
        page,
        client.get(address_of(article)),
        edit,
        sign_in(writer).get("/account/reacties"),
    ):
        assert seen.soup.main is not None
        assert not seen.soup.main.find_all(["script", "svg onload", "iframe"])
        assert not seen.soup.main.select("[onerror], [onload], [onmouseover], [style], b")
        assert not seen.soup.main.select('img, a[href^="javascript" i]')
        assert "603729" not in seen.main


def test_it_escapes_names_and_functions(client: Client, article: Article) -> None:
    organisation = make.make_organisation(name="<i>Wij</i> (fictief)")
    comment = make.make_comment(article.discussion, organisation=organisation)
    comment.job_title = "<u>Baas</u>"
    comment.author_name = '"><script>alert(1)</script>'
    page = client.get(address_of(article))
    assert page.soup.select(".comment i, .comment u, .comment script") == []
    assert "<u>Baas</u>, namens <i>Wij</i> (fictief)" in body_of(page, comment)
