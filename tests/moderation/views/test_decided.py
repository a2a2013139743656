"""A decision is undone: from the list of what was decided, by whoever may decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.comments import actions
from portal.comments.models import Comment, Discussion
from portal.comments.queries.finding import latest_version
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import StepNotOpen
from portal.lifecycle import step_of
from portal.moderation.kinds import (
    ACCESS_PROPOSAL,
    COMMENT,
    ENDING,
    IDENTITY_PROPOSAL,
    KINDS,
    PROFILE,
    SIGNATURE,
)
from portal.moderation.queries import get_thing, item_of
from portal.moderation.waiting import Kind
from portal.organisations.actions import accept, describe, undo_refusal
from portal.organisations.models import Arrival, Organisation
from portal.organisations.queries import (
    find_invitation_of,
    find_membership,
    find_open_request,
    why_dead,
)
from portal.policy import Role
from portal.services.history import history_of
from portal.services.models import Job
from portal.signatures.models import Signature
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox
from tests.harness.page import Page
from tests.harness.portal import signed_in
from tests.moderation.waiting import one_of

SignIn = Callable[[Account | None], Client]
WORDS = "Ik drukte op de verkeerde knop."
SENT = {
    "ground": "other",
    "reason": "Dit hoort hier niet.",
    "is_mandate_seen": "y",
    "role": "eigenaar",
    "proof": "Gebeld.",
}
# Each decision that can be undone.
UNDOABLE = [
    pytest.param(kind, decision.path, id=f"{kind.thing}-{decision.step}")
    for kind in KINDS
    for decision in kind.decisions
    if kind.step_of(decision).target in step_of(kind.thing, "undo").sources
]


def fresh() -> None:
    db.session.rollback()
    db.session.expire_all()


def decide(desk: Client, kind: Kind, number: int, path: str) -> Page:
    form = desk.get(f"moderation.{kind.thing}", number=number).form(f"/{path}")
    return form.submit({name: value for name, value in SENT.items() if name in form.fields})


def undo(desk: Client, kind: Kind, number: int, **words: str) -> Page:
    return desk.get(f"moderation.{kind.thing}_undo", number=number).form().submit(**words)


def why_not(desk: Client, kind: Kind, number: int) -> str:
    """Return why a decision cannot be undone now: its pages say so, and offer no button."""
    page = desk.get(f"moderation.{kind.thing}_undo", number=number)
    alert, *_more = page.soup.select("main .utrecht-alert")
    assert not page.soup.select("main form")
    shown = desk.get(f"moderation.{kind.thing}", number=number)
    assert "Ongedaan maken kan niet." in shown.main
    assert not ways_to_undo(shown)
    words = " ".join(alert.get_text(" ", strip=True).split())
    assert words.removeprefix("U kunt dit besluit niet ongedaan maken ") in shown.main
    return words


def ways_to_undo(page: Page) -> list[str]:
    return [way for text, way in page.links.items() if text.startswith("Ongedaan maken")]


def is_waiting(kind: Kind, number: int) -> bool:
    fresh()
    return item_of(kind, number).is_waiting


class TestUndoing:
    @pytest.mark.parametrize(("kind", "path"), UNDOABLE)
    def test_it_lets_the_thing_wait_again_and_tells_who_was_told(
        self, desk: Client, mailbox: Mailbox, kind: Kind, path: str
    ) -> None:
        writer = make.make_account()
        number = one_of(kind, author=writer)
        decide(desk, kind, number, path)
        mailbox.deliver()
        told = {mail.to for mail in mailbox.messages}
        (way,) = ways_to_undo(desk.get("moderation.decided", soort=kind.path))
        page = desk.get(way).form().submit(reason=WORDS)
        assert "Het besluit is ongedaan gemaakt." in " ".join(page.flashes)
        assert is_waiting(kind, number)
        mailbox.empty()
        mailbox.deliver()
        assert {mail.to for mail in mailbox.messages} == told
        assert writer.email in told
        mail = mailbox.last(writer.email)
        assert mail.subject.startswith("Ons besluit geldt niet meer") and WORDS in mail.text
        # It is decided anew as if nothing had been.
        decide(desk, kind, number, path)
        assert not is_waiting(kind, number)

    def test_it_is_open_to_who_may_decide_and_nobody_else(
        self, desk: Client, sign_in: SignIn
    ) -> None:
        organisation = make.make_organisation()
        inside = make.make_moderator()
        make.make_membership(organisation, inside, role=Role.READER)
        discussion = make.make_discussion(organisation=organisation)
        number = latest_version(make.make_comment(discussion, state="pending").id).id
        decide(desk, COMMENT, number, "plaatsen")
        assert sign_in(inside).get("moderation.comment_version_undo", number=number).status == 403
        assert not ways_to_undo(sign_in(inside).get("moderation.decided"))
        other = sign_in(make.make_moderator())
        undo(other, COMMENT, number)
        assert is_waiting(COMMENT, number)

    def test_it_undoes_what_stood_on_the_page_and_nothing_later(self, desk: Client) -> None:
        number = one_of(COMMENT)
        decide(desk, COMMENT, number, "plaatsen")
        late = desk.get("moderation.comment_version_undo", number=number).form()
        undo(desk, COMMENT, number)
        decide(desk, COMMENT, number, "plaatsen")
        assert late.submit().status == 409
        assert not is_waiting(COMMENT, number)


class TestMail:
    @pytest.fixture
    def slow(self, make_app: Callable[..., Flask], moderator: Account) -> Client:
        """A moderator of a portal that waits a minute with mail about decisions."""
        return signed_in(make_app(DECISION_MAIL_SECONDS="60"), moderator)

    @pytest.mark.parametrize("kind", [COMMENT, PROFILE, SIGNATURE], ids=lambda kind: kind.thing)
    def test_it_leaves_after_a_minute_and_not_when_the_decision_was_undone(
        self, slow: Client, mailbox: Mailbox, set_clock: Any, kind: Kind
    ) -> None:
        writer = make.make_account()
        number, path = one_of(kind, author=writer), kind.decisions[0].path
        start = clock.now()
        set_clock(start)
        decide(slow, kind, number, path)
        assert not mailbox.deliver()
        page = slow.get(f"moderation.{kind.thing}_undo", number=number)
        assert "nog niet verstuurd" in page.main
        page.form().submit()
        assert is_waiting(kind, number)
        set_clock(start + timedelta(minutes=2))
        assert not mailbox.deliver()
        assert db.session.scalar(select(func.count()).select_from(Job)) == 0

        decide(slow, kind, number, path)
        assert not mailbox.deliver()
        set_clock(start + timedelta(minutes=4))
        mailbox.deliver()
        assert mailbox.to(writer.email)


class TestComment:
    def test_it_is_gone_for_readers_at_once_and_counted_nowhere(
        self, desk: Client, client: Client
    ) -> None:
        article = make.make_article()
        comment = make.make_comment(article.discussion, state="pending", body="Per ongeluk")
        number = latest_version(comment.id).id
        decide(desk, COMMENT, number, "plaatsen")
        assert "Per ongeluk" in client.get(f"/nieuws/{article.slug}").main
        undo(desk, COMMENT, number)
        page = client.get(f"/nieuws/{article.slug}")
        assert "Per ongeluk" not in page.html and "Reacties (1)" not in page.main
        fresh()
        discussion = db.session.get_one(Discussion, comment.discussion_id)
        assert (discussion.placed_count, discussion.pending_count) == (0, 1)
        assert db.session.get_one(Comment, comment.id).placed_at is None
        decide(desk, COMMENT, number, "plaatsen")
        assert "Per ongeluk" in client.get(f"/nieuws/{article.slug}").main

    def test_it_lets_the_text_before_it_stand_again(self, desk: Client, client: Client) -> None:
        article = make.make_article()
        comment = make.make_comment(article.discussion, body="Eerst")
        number = make.make_comment_version(comment, body="Daarna").id
        decide(desk, COMMENT, number, "plaatsen")
        undo(desk, COMMENT, number)
        page = client.get(f"/nieuws/{article.slug}")
        assert "Eerst" in page.main and "Daarna" not in page.html
        assert "bewerkt" not in page.main
        fresh()
        assert db.session.get_one(Discussion, comment.discussion_id).placed_count == 1

    def test_it_stays_when_it_was_answered_or_changed(self, desk: Client, act: Any) -> None:
        comment = make.make_comment(state="pending")
        number = latest_version(comment.id).id
        decide(desk, COMMENT, number, "plaatsen")
        reply = make.make_comment(parent=comment, state="pending")
        decide(desk, COMMENT, latest_version(reply.id).id, "plaatsen")
        assert "Er staan antwoorden" in why_not(desk, COMMENT, number)
        undo(desk, COMMENT, latest_version(reply.id).id)
        writer = db.session.get_one(Account, comment.author_id)
        act(actions.edit, comment, body="Iets anders", by=writer)
        assert "een nieuwe tekst" in why_not(desk, COMMENT, number)
        assert not is_waiting(COMMENT, number)

    def test_it_says_in_the_list_that_something_followed_or_who_else_can_do_it(
        self, desk: Client, sign_in: SignIn
    ) -> None:
        comment = make.make_comment(state="pending")
        number = latest_version(comment.id).id
        decide(desk, COMMENT, number, "plaatsen")
        opened = desk.get(f"moderation.{COMMENT.thing}_undo", number=number).form()
        assert ways_to_undo(desk.get("moderation.decided")) == [opened.action]
        with write_section():
            writer = db.session.get_one(Account, comment.author_id)
            writer.is_moderator = True
        page = sign_in(writer).get("moderation.decided")
        assert not ways_to_undo(page)
        assert "Een andere moderator kan dit ongedaan maken." in page.main
        make.make_comment(parent=db.session.get_one(Comment, comment.id))
        page = desk.get("moderation.decided")
        assert opened.action not in ways_to_undo(page)
        assert "Ongedaan maken kan niet meer: er volgde iets op." in page.main
        # On a page that stood open it is refused in the same words as before.
        assert "Er staan antwoorden" in opened.submit().errors[0]

    def test_it_shows_the_writer_no_reason_of_a_refusal_that_was_undone(
        self, desk: Client, sign_in: SignIn
    ) -> None:
        writer = make.make_account()
        number = one_of(COMMENT, author=writer)
        decide(desk, COMMENT, number, "weigeren")
        assert SENT["reason"] in sign_in(writer).get("comments.mine").main
        undo(desk, COMMENT, number)
        assert SENT["reason"] not in sign_in(writer).get("comments.mine").main


class TestAdmission:
    @pytest.fixture
    def admitted(self, desk: Client) -> Signature:
        organisation = make.make_organisation(name="Gemeente Waterstad")
        signature = make.make_signature(organisation, state="confirmed")
        decide(desk, SIGNATURE, signature.id, "toelaten")
        fresh()
        return db.session.get_one(Signature, signature.id)

    def test_it_takes_the_organisation_off_the_site(
        self, desk: Client, client: Client, admitted: Signature
    ) -> None:
        address = f"/ondertekenaars/{admitted.organisation.slug}"
        assert client.get(address).status == 200
        undo(desk, SIGNATURE, admitted.id)
        assert client.get(address).status == 404
        assert "Gemeente Waterstad" not in client.get("/ondertekenaars").main
        fresh()
        assert (admitted.state, admitted.admitted_at) == ("confirmed", None)
        steps = [row.step for row in history_of("organisation", admitted.organisation_id)]
        assert steps[-2:] == ["published", "unpublished"]
        decide(desk, SIGNATURE, admitted.id, "toelaten")
        assert client.get(address).status == 200

    @pytest.mark.parametrize(
        ("follow", "words"),
        [
            (lambda organisation: make.make_commitment(organisation), "al een toezegging"),
            (lambda organisation: make.make_proposal(organisation), "Er wacht een voorstel"),
        ],
        ids=["commitment", "proposal"],
    )
    def test_it_stays_when_something_was_built_on_it(
        self,
        desk: Client,
        admitted: Signature,
        follow: Callable[[Organisation], Any],
        words: str,
    ) -> None:
        follow(admitted.organisation)
        assert words in why_not(desk, SIGNATURE, admitted.id)
        fresh()
        assert (admitted.state, admitted.organisation.is_public) == ("admitted", True)

    def test_it_stays_when_readers_commented(self, desk: Client, admitted: Signature) -> None:
        make.make_comment(admitted.discussion, state="pending")
        assert "reacties" in why_not(desk, SIGNATURE, admitted.id)


class TestAccess:
    def let_in(self, desk: Client, organisation: Organisation, asker: Account) -> int:
        request = make.make_access_request(organisation, author=asker)
        number = make.make_access_proposal(organisation, request=request).id
        decide(desk, ACCESS_PROPOSAL, number, "goedkeuren")
        fresh()
        return number

    def test_it_takes_a_role_away_and_lets_the_request_wait_again(
        self, desk: Client, mailbox: Mailbox, sign_in: SignIn
    ) -> None:
        organisation, asker = make.make_organisation(is_public=True), make.make_account()
        number = self.let_in(desk, organisation, asker)
        people = f"/organisaties/{organisation.id}/mensen"
        assert sign_in(asker).get(people).status == 200
        mailbox.deliver()
        mailbox.empty()
        undo(desk, ACCESS_PROPOSAL, number, reason=WORDS)
        assert sign_in(asker).get(people).status == 404
        mailbox.deliver()
        assert WORDS in mailbox.last(asker.email).text
        fresh()
        assert find_membership(organisation.id, asker.id) is None
        assert find_open_request(organisation.id, asker.id) is not None
        assert db.session.scalar(select(func.count()).select_from(Arrival)) == 0
        decide(desk, ACCESS_PROPOSAL, number, "goedkeuren")
        fresh()
        assert find_membership(organisation.id, asker.id) is not None

    def test_it_stays_when_the_person_did_something_with_it(self, desk: Client, act: Any) -> None:
        organisation, asker = make.make_organisation(is_public=True), make.make_account()
        number = self.let_in(desk, organisation, asker)
        act(describe, organisation, body="Wij zijn het.", html="<p>Wij zijn het.</p>", by=asker)
        assert "deed intussen iets" in why_not(desk, ACCESS_PROPOSAL, number)
        fresh()
        assert find_membership(organisation.id, asker.id) is not None

    def test_it_lets_an_invitation_die_until_it_is_accepted(self, desk: Client, act: Any) -> None:
        organisation, guest = make.make_organisation(is_public=True), make.make_account()
        proposal = make.make_access_proposal(organisation, email=guest.email)
        decide(desk, ACCESS_PROPOSAL, proposal.id, "goedkeuren")
        undo(desk, ACCESS_PROPOSAL, proposal.id)
        fresh()
        invitation = find_invitation_of(proposal.id)
        assert invitation is not None and why_dead(invitation) == "revoked"
        decide(desk, ACCESS_PROPOSAL, proposal.id, "goedkeuren")
        fresh()
        act(accept, find_invitation_of(proposal.id), email=guest.email, by=guest)
        assert "al aangenomen" in why_not(desk, ACCESS_PROPOSAL, proposal.id)
        fresh()
        assert find_membership(organisation.id, guest.id) is not None

    def test_it_calls_off_what_was_announced_before_everybody_who_was_told(
        self, desk: Client, mailbox: Mailbox, client: Client
    ) -> None:
        owner, asker = make.make_account(), make.make_account()
        organisation = make.make_organisation(owner=owner)
        number = self.let_in(desk, organisation, asker)
        mailbox.deliver()
        told = {mail.to for mail in mailbox.messages}
        link = next(
            path for path in mailbox.last(owner.email).paths if "/bezwaar-tegen-toegang/" in path
        )
        mailbox.empty()
        (way,) = ways_to_undo(desk.get("moderation.decided", soort="toegangsvoorstellen"))
        desk.get(way).form().submit(reason=WORDS)
        assert is_waiting(ACCESS_PROPOSAL, number)
        assert client.get(link).status in (404, 410)
        mailbox.deliver()
        assert {mail.to for mail in mailbox.messages} == told
        mail = mailbox.last(owner.email)
        assert "kijkt er opnieuw naar" in mail.text and WORDS in mail.text


class TestWayBack:
    """A decision that another act takes back: the list leads to it, and tells that it was."""

    @pytest.mark.parametrize(
        ("kind", "path", "label"),
        [
            (ENDING, "akkoord", "Opzegging stoppen"),
            (IDENTITY_PROPOSAL, "overnemen", "Oude gegevens terugzetten"),
        ],
        ids=["ending", "proposal"],
    )
    def test_it_leads_from_the_list_and_the_page_to_what_takes_it_back(
        self, desk: Client, mailbox: Mailbox, kind: Kind, path: str, label: str
    ) -> None:
        writer = make.make_account()
        number = one_of(kind, author=writer)
        after = decide(desk, kind, number, path)
        ways = [
            next(way for text, way in page.links.items() if text.startswith(label))
            for page in (
                desk.get("moderation.decided", soort=kind.path),
                desk.get(f"moderation.{kind.thing}", number=number),
            )
        ]
        assert after.links["Maak dit besluit ongedaan"] == ways[0] == ways[1]
        mailbox.deliver()
        mailbox.empty()
        form = desk.get(ways[0]).form()
        form.submit(**{name: WORDS for name in ("why", "reason") if name in form.fields})
        mailbox.deliver()
        assert WORDS in mailbox.last(writer.email).text
        page = desk.get("moderation.decided", soort=kind.path)
        assert "Ongedaan gemaakt." in page.main
        assert not any(text.startswith(label) for text in page.links)


class TestList:
    def test_it_tells_who_decided_when_and_why_the_latest_first(
        self, desk: Client, moderator: Account
    ) -> None:
        for title in ("Het eerste plan", "Het tweede plan"):
            comment = make.make_comment(make.make_discussion(title=title), state="pending")
            decide(desk, COMMENT, latest_version(comment.id).id, "weigeren")
        number = one_of(PROFILE)
        decide(desk, PROFILE, number, "plaatsen")
        page = desk.get("moderation.decided")
        titles = [row.get_text(" ", strip=True) for row in page.soup.select(".rows__title")]
        assert [title.split(": ")[1] for title in titles[1:]] == [
            "Het tweede plan",
            "Het eerste plan",
        ]
        for words in (moderator.name, SENT["reason"], "Andere reden", "niet geplaatst"):
            assert words in page.main
        only = desk.get("moderation.decided", soort="profielen")
        assert len(only.soup.select(".rows__title")) == 1
        undo(desk, PROFILE, number)
        again = desk.get("moderation.decided", soort="profielen")
        assert "Ongedaan gemaakt." in again.main
        assert not ways_to_undo(again)
        assert get_thing(PROFILE, number).state == "pending"

    def test_it_leaves_out_what_an_eigenaar_answered(self, desk: Client, sign_in: SignIn) -> None:
        owner = make.make_account()
        organisation = make.make_organisation(owner=owner)
        request = make.make_access_request(organisation)
        address = f"/organisaties/{organisation.id}/verzoeken/{request.id}"
        form = sign_in(owner).get(address).form()
        form.submit(answer="weigeren", reason="Ik ken u niet.")
        fresh()
        assert history_of("access_request", request.id)[-1].step == "refuse"
        assert "Ik ken u niet." not in desk.get("moderation.decided").main
        with pytest.raises(StepNotOpen), write_section():
            undo_refusal(request, by=make.make_moderator())

    def test_it_lists_again_what_was_not_seen_after_all(self, desk: Client) -> None:
        signature = make.make_signature(make.make_organisation(name="Gemeente Waterstad"))
        arrival = make.make_arrival(signature.organisation, make.make_account())
        assert "Gemeente Waterstad" not in desk.get("moderation.seen_arrivals").main
        arrival.seen_at, arrival.seen_by = clock.now(), make.make_moderator().id
        db.session.commit()
        page = desk.get("moderation.seen_arrivals")
        assert "Gemeente Waterstad" in page.main
        page.form("/toch-niet-gezien").submit()
        fresh()
        assert arrival.seen_at is None
        assert [row.step for row in history_of("arrival", arrival.id)] == ["unseen"]
