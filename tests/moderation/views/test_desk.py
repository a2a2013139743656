"""The desk as moderators meet it: the queue, the page of one thing, the decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.comments import actions
from portal.comments.models import Comment
from portal.comments.queries.finding import latest_version
from portal.core.db import db, write_section
from portal.moderation.kinds import ACCESS_REQUEST, COMMENT, KINDS, PROFILE, SIGNATURE
from portal.moderation.queries import get_thing, item_of
from portal.moderation.waiting import Decision, Kind, Question
from portal.organisations.models import Membership
from portal.policy import Role
from portal.services.history import history_of
from portal.services.models import HistoryRow
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import count_queries
from tests.moderation.waiting import one_of

SignIn = Callable[[Account | None], Client]
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Each kind with the last word of the address of each of its decisions.
EVERY_STEP = [(kind, decision.path) for kind in KINDS for decision in kind.decisions]
WITH_WORDS = [
    (kind, decision.path)
    for kind in KINDS
    for decision in kind.decisions
    if Question.REASON in decision.asks
]
WORDS = "Dit gaat over iets anders."


def named(value: object) -> str | None:
    """Name a kind in the list of tests."""
    return value.thing if isinstance(value, Kind) else None


def of(kind: Kind, path: str) -> Decision:
    return next(decision for decision in kind.decisions if decision.path == path)


def refusal_of(kind: Kind) -> str:
    return next(decision.path for decision in kind.decisions if decision.is_refusal)


def after(kind: Kind, path: str) -> str:
    """Return the state to which the decision leads."""
    # One who is alone at the desk lets in whom they propose.
    return kind.step_of(of(kind, path)).target or "granted"


def address_of(kind: Kind, number: int) -> str:
    return f"/werkvoorraad/{kind.path}/{number}"


def good(kind: Kind, path: str) -> dict[str, str]:
    """Return what is filled in where nothing is wrong."""
    answers = {"ground": next(iter(kind.grounds), ""), "reason": WORDS, "role": "eigenaar"}
    answers |= {"proof": "Gebeld met het algemene nummer.", "is_mandate_seen": "y"}
    return {name: answers[name] for name in answers if name in of(kind, path).asks}


def act(action: Callable[..., None], *subjects: object, **values: object) -> None:
    db.session.commit()
    with write_section():
        action(*subjects, **values)


def page_of(reader: Client, kind: Kind, number: int) -> Page:
    return reader.get(address_of(kind, number))


def decide(reader: Client, kind: Kind, number: int, step: str, **values: str) -> Page:
    """Fill in the form of the step as the page offers it, and send it."""
    form = page_of(reader, kind, number).form(f"/{step}")
    return form.submit({**good(kind, step), **values})


def state_of(kind: Kind, number: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return str(get_thing(kind, number).state)


def is_waiting(kind: Kind, number: int) -> bool:
    db.session.rollback()
    return item_of(kind, number).is_waiting


class TestDesk:
    @pytest.mark.parametrize("make_person", [make.make_account, make.make_beheerder])
    def test_it_is_for_moderators(self, sign_in: SignIn, make_person: Any) -> None:
        assert sign_in(make_person()).get("/werkvoorraad").status == 403

    def test_it_asks_a_visitor_to_sign_in(self, client: Client) -> None:
        assert client.get("/werkvoorraad").location == "/inloggen?verder=/werkvoorraad"

    def test_it_is_friendly_when_nothing_waits(self, desk: Client) -> None:
        page = desk.get("/werkvoorraad")
        assert "Niets te doen" in page.main

    def test_it_shows_what_waits_with_its_context(self, desk: Client, set_clock: Any) -> None:
        set_clock(START)
        writer = make.make_account(name="Sanne")
        make.make_comment(author=writer, state="refused")
        discussion = make.make_discussion(title="Het plan")
        make.make_comment(discussion, author=writer, state="pending", body="Goed zo")
        set_clock(START + timedelta(minutes=25))
        make.make_comment(state="pending")
        page = desk.get("/werkvoorraad")
        first, second = page.soup.select("[data-item]")
        words = " ".join(first.get_text(" ", strip=True).split())
        for told in ("Reactie: Het plan", "Goed zo", "Sanne", "0 geplaatst, 1 niet geplaatst"):
            assert told in words
        assert second.find("h2") is not None
        assert "2 teksten en aanvragen wachten" in page.main

    @pytest.mark.parametrize(
        ("waited", "words", "is_late"),
        [
            (timedelta(minutes=10), "wacht minder dan een uur", False),
            (timedelta(hours=5), "wacht 5 uur", False),
            (timedelta(hours=25), "wacht 1 dag", True),
            (timedelta(days=3), "wacht 3 dagen", True),
        ],
    )
    def test_it_tells_how_long_it_waits(
        self, sign_in: SignIn, set_clock: Any, waited: timedelta, words: str, is_late: bool
    ) -> None:
        set_clock(START)
        make.make_comment(state="pending")
        set_clock(START + waited)
        page = sign_in(make.make_moderator()).get("/werkvoorraad")
        (age,) = page.soup.select(".desk-item__age")
        assert age.get_text(strip=True) == words
        assert ("desk-item__age--long" in age["class"]) == is_late

    def test_it_counts_in_the_header_for_moderators_only(
        self, desk: Client, sign_in: SignIn
    ) -> None:
        for kind in KINDS:
            one_of(kind)
        assert f"{len(KINDS)} wachten op een besluit" in desk.get("/account/reacties").text
        assert "besluit" not in sign_in(make.make_account()).get("/account/reacties").text

    def test_it_leads_to_the_decision_on_a_signature(self, desk: Client) -> None:
        number = one_of(SIGNATURE)
        links = desk.get("/werkvoorraad").links.values()
        assert f"/werkvoorraad/ondertekeningen/{number}#beoordeling" in links

    def test_it_leads_through_two_hundred(self, desk: Client) -> None:
        for number in range(200):
            make.make_comment(state="pending", body=f"Nummer {number}.")
        seen = []
        page = desk.get("/werkvoorraad")
        while True:
            seen += page.soup.select("[data-item]")
            if "Volgende" not in page.links:
                break
            page = page.follow("Volgende")
        assert len(seen) == 200
        assert len({item["id"] for item in seen}) == 200

    def test_it_asks_as_little_for_twenty_as_for_one(self, desk: Client) -> None:
        counted = []
        for how_many in (1, 20):
            for _ in range(how_many):
                make.make_comment(state="pending")
            desk.get("/werkvoorraad")
            with count_queries() as statements:
                desk.get("/werkvoorraad")
            counted.append(len(statements))
        assert counted[0] == counted[1]

    def test_it_never_shows_a_waiting_text_elsewhere(self, desk: Client) -> None:
        article = make.make_article()
        make.make_comment(article.discussion, state="pending", body="Nog geheim")
        assert "Nog geheim" not in desk.get(f"/nieuws/{article.slug}").html
        assert "Nog geheim" in desk.get("/werkvoorraad").html


class TestFollowing:
    def test_it_opens_the_oldest_that_one_may_decide_on(
        self, desk: Client, moderator: Account
    ) -> None:
        one_of(COMMENT, author=moderator)
        number = one_of(PROFILE)
        page = desk.get("/werkvoorraad/volgende")
        assert page.location == f"/werkvoorraad/profielen/{number}#beoordeling"

    def test_it_opens_the_queue_when_there_is_none(self, desk: Client, moderator: Account) -> None:
        one_of(COMMENT, author=moderator)
        assert desk.get("/werkvoorraad/volgende").location == "/werkvoorraad"


class TestPageOfOne:
    def test_it_shows_what_a_reply_answers(self, desk: Client) -> None:
        parent = make.make_comment(
            make.make_discussion(address="/nieuws", title="Het plan"),
            body="De vraag",
            author=make.make_account(name="Marieke"),
        )
        reply = make.make_comment(parent=parent, state="pending", body="Het antwoord")
        page = page_of(desk, COMMENT, latest_version(reply.id).id)
        assert page.h1 == "Antwoord op een reactie"
        for words in ("Antwoord op Marieke", "De vraag", "Het antwoord"):
            assert words in page.main
        assert page.links["Het plan"] == "/nieuws"

    def test_it_calls_a_change_only_what_follows_a_placed_text(self, desk: Client) -> None:
        writer, moderator = make.make_account(), make.make_moderator()
        comment = make.make_comment(state="pending", author=writer, body="Eerst")
        first = latest_version(comment.id)
        act(actions.ask_change, first, ground="unclear", reason="Hoezo?", by=moderator)
        act(actions.edit, comment, body="Beter", by=writer)
        second = latest_version(comment.id)
        assert page_of(desk, COMMENT, second.id).h1 == "Reactie"
        act(actions.place, second, by=moderator)
        placed = page_of(desk, COMMENT, second.id)
        assert placed.h1 == "Reactie"
        assert not placed.soup.select(".compare")
        act(actions.edit, comment, body="Nog beter", by=writer)
        third = latest_version(comment.id)
        assert page_of(desk, COMMENT, third.id).h1 == "Wijziging van een reactie"
        act(actions.place, third, by=moderator)
        headings = [page_of(desk, COMMENT, text.id).h1 for text in (first, second, third)]
        assert headings == ["Reactie", "Reactie", "Wijziging van een reactie"]

    def test_it_sets_the_new_text_beside_the_placed_one(self, desk: Client) -> None:
        comment = make.make_comment(body="Staat er")
        version = make.make_comment_version(comment, body="Komt erbij")
        page = page_of(desk, COMMENT, version.id)
        assert page.h1 == "Wijziging van een reactie"
        now, new = page.soup.select(".compare > div")
        assert "Staat er" in now.get_text()
        assert "Komt erbij" in new.get_text()

    def test_it_warns_of_an_organisation_that_was_not_checked(self, desk: Client) -> None:
        number = one_of(COMMENT, organisation=make.make_organisation())
        assert "nog niet getoetst" in page_of(desk, COMMENT, number).main

    @pytest.mark.parametrize(("kind", "step"), EVERY_STEP, ids=named)
    def test_it_offers_no_button_to_who_has_a_stake(
        self, desk: Client, moderator: Account, kind: Kind, step: str
    ) -> None:
        organisation = make.make_organisation()
        make.make_membership(organisation, moderator, role=Role.READER)
        for number in (one_of(kind, author=moderator), one_of(kind, organisation=organisation)):
            page = page_of(desk, kind, number)
            assert page.soup.main is not None
            assert page.soup.main.find("form") is None
            assert "U mag hierover niet besluiten" in page.main
            sent = desk.post(f"{address_of(kind, number)}/{step}", data=good(kind, step))
            assert sent.status == 403
            assert is_waiting(kind, number)

    @pytest.mark.parametrize("kind", KINDS, ids=named)
    def test_it_can_be_worked_by_keyboard(self, sign_in: SignIn, kind: Kind) -> None:
        number = one_of(kind)
        one_of(kind)
        page = page_of(sign_in(make.make_moderator(has_desk_keys=True)), kind, number)
        (item,) = page.soup.select("[data-shortcuts] [data-item]")
        assert item["id"] == "beoordeling"
        keys = [control["data-key"] for control in item.select("[data-key]")]
        assert len(keys) == len(set(keys))
        assert {"p", "w", "n", "l"} <= set(keys)

    def test_it_never_runs_what_somebody_typed(self, desk: Client) -> None:
        comment = make.make_comment(
            make.make_discussion(title="<b>vet</b>"),
            state="pending",
            body="<script>alert(1)</script><img src=x onerror=alert(1)>",
            author=make.make_account(name="<i>Eva</i>"),
        )
        for page in (
            desk.get("/werkvoorraad"),
            page_of(desk, COMMENT, latest_version(comment.id).id),
        ):
            assert page.soup.main is not None
            assert page.soup.main.select("script, img, b, i, [onerror]") == []

    @pytest.mark.parametrize("kind", KINDS, ids=named)
    def test_it_is_not_found_without_it(self, desk: Client, kind: Kind) -> None:
        assert page_of(desk, kind, 999).status == 404


class TestDecisions:
    @pytest.mark.parametrize(("kind", "step"), EVERY_STEP, ids=named)
    def test_it_is_taken_and_told(
        self, desk: Client, mailbox: Mailbox, kind: Kind, step: str
    ) -> None:
        writer = make.make_account()
        number = one_of(kind, author=writer)
        page = decide(desk, kind, number, step)
        assert state_of(kind, number) == after(kind, step)
        assert page.path == "/werkvoorraad"
        assert len(page.flashes) == 1
        mailbox.deliver()
        mail = mailbox.last(writer.email)
        assert good(kind, step).get("reason", "") in mail.text

    @pytest.mark.parametrize(("kind", "step"), EVERY_STEP, ids=named)
    def test_it_is_open_to_nobody_else(
        self, sign_in: SignIn, client: Client, kind: Kind, step: str
    ) -> None:
        number = one_of(kind)
        path = f"{address_of(kind, number)}/{step}"
        for account in (make.make_account(), make.make_beheerder()):
            assert sign_in(account).post(path, data=good(kind, step)).status == 403
        assert client.post(path, data=good(kind, step)).status == 303
        assert is_waiting(kind, number)

    @pytest.mark.parametrize(("kind", "step"), WITH_WORDS, ids=named)
    @pytest.mark.parametrize("reason", ["", "  \n "])
    def test_it_needs_words(self, desk: Client, kind: Kind, step: str, reason: str) -> None:
        number = one_of(kind)
        page = decide(desk, kind, number, step, reason=reason)
        assert page.status == 422
        assert str(kind.reason_missing) in page.errors
        assert page.soup.select("details[open]")
        assert is_waiting(kind, number)

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.grounds], ids=named)
    @pytest.mark.parametrize("ground", ["", "made_up"])
    def test_it_needs_a_ground(self, desk: Client, kind: Kind, ground: str) -> None:
        number = one_of(kind)
        form = page_of(desk, kind, number).form(f"/{refusal_of(kind)}")
        sent = {**form.fields, "reason": "Zomaar.", "ground": ground}
        page = desk.post(form.action, data=sent)
        assert page.status == 422
        assert "Zomaar." in page.main
        assert is_waiting(kind, number)

    def test_it_opens_the_next(self, desk: Client, set_clock: Any) -> None:
        numbers = []
        for hours in range(3):
            set_clock(START + timedelta(minutes=hours))
            numbers.append(one_of(COMMENT))
        page = decide(desk, COMMENT, numbers[0], "plaatsen")
        assert page.path == f"/werkvoorraad/reacties/{numbers[1]}#beoordeling"
        page = decide(desk, COMMENT, numbers[1], "weigeren")
        assert page.path == f"/werkvoorraad/reacties/{numbers[2]}#beoordeling"
        page = decide(desk, COMMENT, numbers[2], "aanpassen")
        assert page.path == "/werkvoorraad"
        assert "Niets te doen" in page.main

    @pytest.mark.parametrize(("kind", "step"), EVERY_STEP, ids=named)
    def test_it_tells_the_second_of_two_what_happened(
        self, desk: Client, sign_in: SignIn, kind: Kind, step: str
    ) -> None:
        number = one_of(kind)
        late = page_of(sign_in(make.make_moderator()), kind, number).form(f"/{step}")
        refused = after(kind, refusal_of(kind))
        decide(desk, kind, number, refusal_of(kind))
        page = late.submit(good(kind, step))
        assert page.status == 409
        assert WORDS in page.text
        assert state_of(kind, number) == refused
        rows = [row for row in history_of(kind.thing, number) if row.to_state == refused]
        assert len(rows) == 1

    @pytest.mark.parametrize("kind", KINDS, ids=named)
    def test_it_is_taken_once_by_a_form_that_is_sent_twice(self, desk: Client, kind: Kind) -> None:
        number, waits_next = one_of(kind), one_of(kind)
        # Who is alone at the desk lets in whom they propose, and then the eigenaar answers.
        step = next(one.path for one in kind.decisions if one.step != "propose")
        form = page_of(desk, kind, number).form(f"/{step}")
        first, second = form.submit(good(kind, step)), form.submit(good(kind, step))
        assert (second.status, second.flashes) == (200, first.flashes)
        assert is_waiting(kind, waits_next)

    def test_it_is_not_taken_by_a_press_on_the_page(self, desk: Client) -> None:
        page = page_of(desk, COMMENT, one_of(COMMENT))
        assert page.soup.main is not None
        for button in page.soup.main.select("form button"):
            assert button.find_parent("details") is not None
        assert not page.soup.main.select("details[open]")

    def test_it_tells_that_the_writer_was_first(self, desk: Client, act: Any) -> None:
        comment = make.make_comment(state="pending")
        number = latest_version(comment.id).id
        form = page_of(desk, COMMENT, number).form("/plaatsen")
        act(actions.withdraw, comment, by=db.session.get_one(Account, comment.author_id))
        page = form.submit()
        assert page.status == 409
        assert "ingetrokken" in page.text

    def test_it_shows_a_decision_that_was_taken(self, desk: Client) -> None:
        number = one_of(COMMENT)
        decide(desk, COMMENT, number, "weigeren")
        page = page_of(desk, COMMENT, number)
        assert page.soup.main is not None
        assert page.soup.main.find("form") is None
        for words in ("niet geplaatst", "Gaat niet over het onderwerp", "over iets anders"):
            assert words in page.main

    def test_it_places_before_everybody(self, desk: Client, client: Client) -> None:
        article = make.make_article()
        comment = make.make_comment(article.discussion, state="pending", body="Nu te lezen")
        decide(desk, COMMENT, latest_version(comment.id).id, "plaatsen")
        page = client.get(f"/nieuws/{article.slug}")
        assert "Nu te lezen" in page.main
        assert "Reacties (1)" in page.main

    def test_it_lets_somebody_into_an_organisation(self, desk: Client) -> None:
        person = make.make_account()
        organisation = make.make_organisation()
        number = one_of(ACCESS_REQUEST, author=person, organisation=organisation)
        decide(desk, ACCESS_REQUEST, number, "voorstellen")
        found = db.session.scalars(
            select(Membership).where(Membership.organisation_id == organisation.id)
        ).one()
        assert (found.account_id, found.role) == (person.id, "eigenaar")

    def test_it_is_logged_with_who_decided(self, desk: Client, moderator: Account) -> None:
        number = one_of(COMMENT)
        decide(desk, COMMENT, number, "plaatsen")
        placed = select(HistoryRow.account_id).where(HistoryRow.step == "place")
        assert set(db.session.scalars(placed)) == {moderator.id}
        assert db.session.scalars(select(Comment.state)).one() == "placed"
