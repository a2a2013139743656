"""Posting, editing, withdrawing and deciding: what becomes of comments, counters and history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.actions import assign_roles
from portal.accounts.models import Account
from portal.backup.soundness import faults
from portal.comments import actions
from portal.comments.models import Comment, CommentVersion, WriterRecord
from portal.comments.queries.finding import latest_version
from portal.comments.queries.own import LOOKED_BACK
from portal.comments.queries.places import Posted
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, ReasonMissing, StepNotOpen
from portal.policy import Role
from portal.services.history import history_of
from portal.services.models import Job
from tests import factories as make

Act = Callable[..., Any]
WORDS = {"ground": "off_topic", "reason": "Dit gaat over iets anders."}


def states(comment: Comment) -> list[str]:
    found = select(CommentVersion.state).where(CommentVersion.comment_id == comment.id)
    return list(db.session.scalars(found.order_by(CommentVersion.number)))


def posted(found: Posted) -> Comment:
    return db.session.get_one(Comment, found.id)


def steps(thing: str, number: int) -> list[str]:
    return [row.step for row in history_of(thing, number)]


class TestDiscussions:
    def test_it_opens_unseen_and_counts_nothing(self, app: Any, act: Act) -> None:
        discussion = act(actions.open_discussion, address="/x", title="Plan")
        assert not discussion.is_public
        assert discussion.is_open
        assert (discussion.placed_count, discussion.pending_count) == (0, 0)

    def test_it_follows_its_subject(self, app: Any, act: Act) -> None:
        discussion = act(actions.open_discussion, address="/x", title="Plan")
        act(actions.show_discussion, discussion, address="/toezeggingen/plan", title="Beter plan")
        assert (discussion.address, discussion.title) == ("/toezeggingen/plan", "Beter plan")
        assert discussion.is_public
        act(actions.hide_discussion, discussion)
        assert not discussion.is_public
        act(actions.close_discussion, discussion)
        assert not discussion.is_open


class TestPost:
    def test_it_waits_for_a_moderator(self, app: Any, act: Act) -> None:
        person = make.make_account(name="Sanne")
        discussion = make.make_discussion()
        comment = posted(act(actions.post, discussion, body="Een **plan**", by=person))
        assert (comment.state, comment.html, comment.thread_id) == ("pending", None, comment.id)
        assert comment.author_name == "Sanne"
        assert latest_version(comment.id).html == "<p>Een <strong>plan</strong></p>\n"
        assert (discussion.placed_count, discussion.pending_count) == (0, 1)
        assert steps("comment", comment.id) == ["post"]
        assert steps("comment_version", latest_version(comment.id).id) == ["submit"]

    def test_it_makes_one_of_the_same_words_sent_again(
        self, app: Any, act: Act, set_clock: Any
    ) -> None:
        set_clock(datetime(2026, 11, 23, 9, tzinfo=UTC))
        person, colleague = make.make_account(), make.make_account()
        discussion, elsewhere = make.make_discussion(), make.make_discussion()
        first = act(actions.post, discussion, body="Mooi plan", by=person)
        assert act(actions.post, discussion, body="Mooi plan", by=person).id == first.id
        assert discussion.pending_count == 1
        others = [
            act(actions.post, discussion, body="Mooi plan!", by=person),
            act(actions.post, discussion, body="Mooi plan", by=colleague),
            act(actions.post, elsewhere, body="Mooi plan", by=person),
        ]
        set_clock(datetime(2026, 11, 23, 11, tzinfo=UTC))
        others.append(act(actions.post, discussion, body="Mooi plan", by=person))
        assert len({first.id, *(comment.id for comment in others)}) == 5

    def test_it_speaks_for_an_organisation_with_a_role_in_it(self, app: Any, act: Act) -> None:
        person = make.make_account()
        organisation = make.make_organisation(name="Gemeente Voorbeeld (fictief)")
        make.make_membership(organisation, person, job_title="Architect")
        place = make.make_discussion()
        words = {"body": "Namens ons allen", "organisation_id": organisation.id}
        comment = posted(act(actions.post, place, **words, by=person))
        assert comment.organisation_name == "Gemeente Voorbeeld (fictief)"
        assert comment.job_title == "Architect"

    def test_it_refuses_to_speak_for_others(self, app: Any, act: Act) -> None:
        organisation = make.make_organisation()
        discussion = make.make_discussion()
        with pytest.raises(FieldRefused) as refusal:
            act(
                actions.post,
                discussion,
                body="Namens wie?",
                organisation_id=organisation.id,
                by=make.make_account(),
            )
        assert refusal.value.field == "speaks_for"
        assert db.session.scalar(select(Comment.id)) is None

    @pytest.mark.parametrize(("is_open", "is_public"), [(False, True), (True, False)])
    def test_it_refuses_what_was_closed_or_hidden(
        self, app: Any, act: Act, is_open: bool, is_public: bool
    ) -> None:
        discussion = make.make_discussion(is_open=is_open, is_public=is_public)
        with pytest.raises(FieldRefused) as refusal:
            act(actions.post, discussion, body="Te laat", by=make.make_account())
        assert refusal.value.field == "body"

    def test_it_puts_an_answer_to_an_answer_in_the_same_thread(self, app: Any, act: Act) -> None:
        top = make.make_comment()
        reply = make.make_comment(parent=top)
        words = {"body": "En verder", "parent_id": reply.id}
        further = posted(act(actions.post, top.discussion, **words, by=make.make_account()))
        assert (further.thread_id, further.parent_id) == (top.id, reply.id)

    @pytest.mark.parametrize("state", ["pending", "refused", "withdrawn"])
    def test_it_answers_only_what_is_placed(self, app: Any, act: Act, state: str) -> None:
        parent = make.make_comment(state=state)
        with pytest.raises(FieldRefused):
            act(
                actions.post,
                parent.discussion,
                body="Antwoord",
                parent_id=parent.id,
                by=make.make_account(),
            )

    def test_it_does_not_answer_into_another_discussion(self, app: Any, act: Act) -> None:
        elsewhere = make.make_comment()
        with pytest.raises(FieldRefused):
            act(
                actions.post,
                make.make_discussion(),
                body="Antwoord",
                parent_id=elsewhere.id,
                by=make.make_account(),
            )

    def test_it_counts_beside_what_else_is_written_with_it(self, app: Any, act: Act) -> None:
        discussion, moderator = make.make_discussion(), make.make_moderator()
        writer = make.make_account()

        def several(_discussion: Any) -> None:
            for words in ("Een", "Twee", "Drie"):
                found = actions.post(discussion, body=words, by=writer)
            actions.place(latest_version(found.id), by=moderator)
            actions.post(discussion, body="Vier", by=writer)

        act(several, discussion)
        assert (discussion.placed_count, discussion.pending_count) == (1, 3)

    def test_it_finds_the_same_words_behind_many_others(self, app: Any, act: Act) -> None:
        person, discussion = make.make_account(), make.make_discussion()
        first = act(actions.post, discussion, body="Een", by=person)
        for number in range(LOOKED_BACK - 1):
            act(actions.post, discussion, body=f"Nog {number}", by=person)
        assert act(actions.post, discussion, body="Een", by=person).id == first.id


class TestEdit:
    def test_it_keeps_the_placed_text_while_the_new_one_waits(self, app: Any, act: Act) -> None:
        comment = make.make_comment(body="Oud")
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        assert (comment.state, comment.html) == ("placed", "<p>Oud</p>\n")
        assert states(comment) == ["placed", "pending"]
        assert (comment.discussion.placed_count, comment.discussion.pending_count) == (1, 1)

    @pytest.mark.parametrize("waiting", ["pending", "change_asked"])
    def test_it_replaces_a_text_that_waits(self, app: Any, act: Act, waiting: str) -> None:
        comment = make.make_comment(state="pending", body="Oud")
        if waiting == "change_asked":
            moderator = make.make_moderator()
            act(actions.ask_change, latest_version(comment.id), by=moderator, **WORDS)
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        assert states(comment) == ["replaced", "pending"]
        assert comment.discussion.pending_count == 1

    @pytest.mark.parametrize("state", ["refused", "withdrawn"])
    def test_it_is_over_after_a_refusal_or_a_withdrawal(
        self, app: Any, act: Act, state: str
    ) -> None:
        comment = make.make_comment(state=state)
        with pytest.raises(StepNotOpen):
            act(actions.edit, comment, body="Nieuw", by=author_of(comment))

    @pytest.mark.parametrize("state", ["pending", "placed"])
    def test_it_refuses_the_text_that_stands_there(self, app: Any, act: Act, state: str) -> None:
        comment = make.make_comment(state=state, body="Zelfde")
        with pytest.raises(FieldRefused):
            act(actions.edit, comment, body="Zelfde", by=author_of(comment))

    def test_it_changes_the_name_to_speak_in_until_the_first_placing(
        self, app: Any, act: Act
    ) -> None:
        person = make.make_account()
        organisation = make.make_organisation()
        make.make_membership(organisation, person)
        comment = make.make_comment(state="pending", author=person, organisation=organisation)
        act(actions.edit, comment, body="Een **goed** plan.", by=person)
        assert (comment.organisation_id, comment.organisation_name) == (None, None)

    def test_it_refuses_who_no_longer_belongs_to_the_organisation(self, app: Any, act: Act) -> None:
        comment = make.make_comment(organisation=make.make_organisation())
        with pytest.raises(FieldRefused):
            act(actions.edit, comment, body="Nog iets", by=author_of(comment))


class TestWithdraw:
    def test_it_takes_a_placed_comment_away(self, app: Any, act: Act) -> None:
        comment = make.make_comment()
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        act(actions.withdraw, comment, by=author_of(comment))
        assert (comment.state, comment.html) == ("withdrawn", None)
        assert states(comment) == ["withdrawn", "withdrawn"]
        assert (comment.discussion.placed_count, comment.discussion.pending_count) == (0, 0)
        assert not comment.is_public

    def test_it_leaves_a_placeholder_above_placed_replies(self, app: Any, act: Act) -> None:
        top = make.make_comment()
        reply = make.make_comment(parent=top)
        act(actions.withdraw, top, by=author_of(top))
        assert top.is_public
        act(actions.withdraw, reply, by=author_of(reply))
        assert not top.is_public

    def test_it_keeps_the_top_while_an_answer_to_an_answer_stands(self, app: Any, act: Act) -> None:
        top = make.make_comment()
        moderator = make.make_moderator()
        reply = post_and_place(act, top, moderator, parent=top)
        further = post_and_place(act, top, moderator, parent=reply)
        act(actions.withdraw, top, by=author_of(top))
        act(actions.withdraw, reply, by=author_of(reply))
        db.session.refresh(top)
        assert top.is_public
        assert reply.is_public
        act(actions.withdraw, further, by=author_of(further))
        assert not top.is_public
        assert not reply.is_public

    def test_it_takes_a_comment_out_of_the_queue(self, app: Any, act: Act) -> None:
        comment = make.make_comment(state="pending")
        act(actions.withdraw, comment, by=author_of(comment))
        assert states(comment) == ["withdrawn"]
        assert comment.discussion.pending_count == 0
        with pytest.raises(StepNotOpen):
            act(actions.place, latest_version(comment.id), by=make.make_moderator())


class TestDecisions:
    def test_it_places(self, app: Any, act: Act) -> None:
        parent = make.make_comment()
        comment = make.make_comment(state="pending", parent=parent)
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        assert (comment.state, comment.html) == (
            "placed",
            "<p>Een <strong>goed</strong> plan.</p>\n",
        )
        assert (comment.discussion.placed_count, comment.discussion.pending_count) == (2, 0)
        db.session.refresh(parent)
        assert parent.placed_reply_count == 1
        assert comment.edited_at is None

    def test_it_places_a_change_and_keeps_the_earlier_text(self, app: Any, act: Act) -> None:
        comment = make.make_comment(body="Oud")
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        assert states(comment) == ["superseded", "placed"]
        assert comment.html == "<p>Nieuw</p>\n"
        assert comment.edited_at is not None
        assert (comment.discussion.placed_count, comment.discussion.pending_count) == (1, 0)

    def test_it_refuses_a_comment(self, app: Any, act: Act) -> None:
        comment = make.make_comment(state="pending")
        act(actions.refuse, latest_version(comment.id), by=make.make_moderator(), **WORDS)
        assert (comment.state, states(comment)) == ("refused", ["refused"])
        assert comment.discussion.pending_count == 0
        told = history_of("comment_version", latest_version(comment.id).id)[-1]
        assert (told.ground, told.reason) == ("off_topic", "Dit gaat over iets anders.")

    def test_it_refuses_a_change_and_leaves_the_placed_text(self, app: Any, act: Act) -> None:
        comment = make.make_comment(body="Oud")
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        act(actions.refuse, latest_version(comment.id), by=make.make_moderator(), **WORDS)
        assert (comment.state, comment.html) == ("placed", "<p>Oud</p>\n")
        assert states(comment) == ["placed", "refused"]

    @pytest.mark.parametrize("decide", [actions.refuse, actions.ask_change])
    def test_it_refuses_to_decide_without_words(self, app: Any, act: Act, decide: Act) -> None:
        comment = make.make_comment(state="pending")
        with pytest.raises(ReasonMissing):
            act(
                decide,
                latest_version(comment.id),
                ground="off_topic",
                reason="  ",
                by=make.make_moderator(),
            )
        assert states(comment) == ["pending"]
        assert comment.discussion.pending_count == 1

    @pytest.mark.parametrize("decide", [actions.refuse, actions.ask_change])
    def test_it_refuses_to_decide_without_a_ground(self, app: Any, act: Act, decide: Act) -> None:
        comment = make.make_comment(state="pending")
        with pytest.raises(FieldRefused):
            act(
                decide,
                latest_version(comment.id),
                ground="",
                reason="Zomaar.",
                by=make.make_moderator(),
            )

    def test_it_lets_the_first_of_two_decisions_stand(self, app: Any, act: Act) -> None:
        comment = make.make_comment(state="pending")
        version = latest_version(comment.id)
        act(actions.place, version, by=make.make_moderator())
        with pytest.raises(StepNotOpen):
            act(actions.refuse, version, by=make.make_moderator(), **WORDS)
        assert steps("comment_version", version.id) == ["submit", "place"]
        assert comment.state == "placed"
        assert comment.discussion.placed_count == 1


class TestRecord:
    def test_it_follows_what_becomes_of_the_texts_of_a_writer(self, app: Any, act: Act) -> None:
        moderator, comment = make.make_moderator(), make.make_comment(state="pending")
        reply = make.make_comment(comment.discussion, state="pending", author=author_of(comment))

        def record() -> tuple[int, int]:
            found = db.session.get(WriterRecord, comment.author_id, populate_existing=True)
            assert list(faults(lambda _count: None)) == []
            return (found.placed_count, found.refused_count) if found is not None else (0, 0)

        assert record() == (0, 0)
        act(actions.place, latest_version(comment.id), by=moderator)
        assert record() == (1, 0)
        act(actions.edit, comment, body="Nieuw", by=author_of(comment))
        act(actions.place, latest_version(comment.id), by=moderator)
        assert record() == (2, 0)
        act(actions.undo_decision, latest_version(comment.id), reason="Te vlug.", by=moderator)
        assert record() == (1, 0)
        act(actions.refuse, latest_version(reply.id), by=moderator, **WORDS)
        assert record() == (1, 1)
        act(actions.undo_decision, latest_version(reply.id), reason="Te vlug.", by=moderator)
        act(actions.ask_change, latest_version(reply.id), by=moderator, **WORDS)
        assert record() == (1, 0)
        act(actions.withdraw, comment, by=author_of(comment))
        assert record() == (0, 0)


class TestThoseAddressed:
    """Whom a comment concerns hears of it, once, and not of what they wrote."""

    def place(self, act: Act, comment: Comment) -> None:
        act(actions.place, latest_version(comment.id), by=make.make_moderator())

    def told(self, mailbox: Any) -> dict[str, str]:
        """Address -> subject of every mail but the writer's own."""
        mails = [
            mail for mail in mailbox.deliver() if "Uw reactie is geplaatst" not in mail.subject
        ]
        assert len({mail.to for mail in mails}) == len(mails), "one act, one mail a person"
        return {mail.to: mail.subject.partition(":")[0] for mail in mails}

    def test_the_people_of_a_page_hear_of_a_comment_below_it_and_can_answer_by_its_link(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        owner, editor = make.make_account(), make.make_account(locale="en")
        organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
        make.make_membership(organisation, editor, role=Role.EDITOR)
        commitment = make.make_commitment(organisation, title="Plan voor koppelen")
        comment = make.make_comment(commitment.discussion, state="pending")
        self.place(act, comment)
        mails = {mail.to: mail for mail in mailbox.deliver()}
        assert mails.keys() == {author_of(comment).email, owner.email, editor.email}
        dutch, english = mails[owner.email], mails[editor.email]
        assert dutch.subject == "Nieuwe reactie: Plan voor koppelen"
        assert english.subject == "New comment: Plan voor koppelen"
        assert "> Een **goed** plan." in dutch.text
        assert f"{commitment.discussion.address}?antwoord={comment.id}" in dutch.text
        assert any(path.startswith("/en/toezeggingen/") for path in english.paths)
        assert dutch.message["References"] == english.message["References"]

    def test_who_wrote_an_article_hears_of_a_comment_below_it_while_they_may_write(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        writer = make.make_moderator()
        article = make.make_article(title="Zeven gemeenten erbij", author=writer)
        comment = make.make_comment(article.discussion, state="pending")
        self.place(act, comment)
        mails = {mail.to: mail for mail in mailbox.deliver()}
        assert mails.keys() == {author_of(comment).email, writer.email}
        assert "heeft gereageerd op uw artikel" in mails[writer.email].text
        assert f"?antwoord={comment.id}" in mails[writer.email].text
        with write_section():
            db.session.merge(writer).is_moderator = False
        self.place(act, make.make_comment(article.discussion, state="pending"))
        assert self.told(mailbox) == {}

    def test_whom_a_reply_answers_hears_of_it_and_nobody_twice(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        owner, colleague = make.make_account(), make.make_account()
        organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
        make.make_membership(organisation, colleague, role=Role.EDITOR)
        discussion = make.make_commitment(organisation).discussion
        asker = make.make_account()
        question = make.make_comment(discussion, author=asker)
        answer = make.make_comment(
            discussion, state="pending", author=owner, organisation=organisation, parent=question
        )
        self.place(act, answer)
        # The colleague need not be told what their own organisation says.
        assert self.told(mailbox) == {asker.email: "Antwoord op uw reactie"}
        thanks = make.make_comment(discussion, state="pending", author=asker, parent=answer)
        self.place(act, thanks)
        assert self.told(mailbox) == {
            owner.email: "Antwoord op uw reactie",
            colleague.email: "Nieuwe reactie",
        }

    def test_nobody_hears_of_a_later_text_or_of_what_they_wrote(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        owner = make.make_account()
        organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
        discussion = make.make_commitment(organisation).discussion
        own = make.make_comment(discussion, state="pending", author=owner)
        self.place(act, own)
        assert self.told(mailbox) == {}
        other = make.make_comment(discussion)
        act(actions.edit, other, body="Beter gezegd", by=author_of(other))
        self.place(act, other)
        assert self.told(mailbox) == {}

    def test_they_hear_that_it_is_gone_unless_the_mail_had_not_left(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        owner, moderator = make.make_account(), make.make_moderator()
        organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
        comment = make.make_comment(make.make_commitment(organisation).discussion, state="pending")
        act(actions.place, latest_version(comment.id), by=moderator)
        act(actions.undo_decision, latest_version(comment.id), reason="Te vlug.", by=moderator)
        assert self.told(mailbox) == {}
        act(actions.place, latest_version(comment.id), by=moderator)
        assert self.told(mailbox) == {owner.email: "Nieuwe reactie"}
        act(actions.undo_decision, latest_version(comment.id), reason="Te vlug.", by=moderator)
        told = self.told(mailbox)
        assert told[owner.email] == "Een reactie staat er niet meer"


class TestMail:
    def test_it_tells_the_writer_that_the_text_was_placed(
        self, app: Any, act: Act, mailbox: Any
    ) -> None:
        discussion = make.make_discussion(address="/nieuws/plan", title="Plan & <praktijk>")
        comment = make.make_comment(discussion, state="pending")
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        (mail,) = mailbox.deliver()
        assert mail.to == author_of(comment).email
        assert mail.subject == "Uw reactie is geplaatst: Plan & <praktijk>"
        assert f"/nieuws/plan#reactie-{comment.id}" in mail.paths
        assert "Een **goed** plan." in mail.text

    @pytest.mark.parametrize(
        ("decide", "subject"),
        [(actions.refuse, "niet geplaatst"), (actions.ask_change, "Pas uw reactie aan")],
    )
    def test_it_tells_ground_words_and_how_to_ask_for_another_look(
        self, app: Any, act: Act, mailbox: Any, decide: Act, subject: str
    ) -> None:
        comment = make.make_comment(state="pending")
        act(decide, latest_version(comment.id), by=make.make_moderator(), **WORDS)
        (mail,) = mailbox.deliver()
        assert subject in mail.subject
        for words in (
            "Gaat niet over het onderwerp",
            "Dit gaat over iets anders.",
            "Een **goed** plan.",
            "heroverweging",
        ):
            assert words in mail.text
        assert any(path.endswith("/spelregels") for path in mail.paths)

    def test_it_speaks_the_language_of_the_writer(self, app: Any, act: Act, mailbox: Any) -> None:
        person = make.make_account(locale="en")
        discussion = make.make_discussion(address="/nieuws/plan")
        comment = make.make_comment(discussion, state="pending", author=person)
        act(actions.place, latest_version(comment.id), by=make.make_moderator())
        (mail,) = mailbox.deliver()
        assert f"/en/nieuws/plan#reactie-{comment.id}" in mail.paths

    def test_it_sends_nothing_when_the_decision_fails(self, app: Any, act: Act) -> None:
        comment = make.make_comment(state="pending")
        with pytest.raises(ReasonMissing):
            act(
                actions.refuse,
                latest_version(comment.id),
                ground="other",
                reason="",
                by=make.make_moderator(),
            )
        assert db.session.scalar(select(Job.id)) is None


def author_of(comment: Comment) -> Any:
    return db.session.get_one(Account, comment.author_id)


def post_and_place(act: Act, top: Comment, moderator: Any, *, parent: Comment) -> Comment:
    values = {"body": "Ja", "parent_id": parent.id, "by": make.make_account()}
    comment = posted(act(actions.post, top.discussion, **values))
    act(actions.place, latest_version(comment.id), by=moderator)
    return comment


class TestLostVoice:
    """A writer whose role was lost beside the portal's own way: nobody looked at the texts."""

    def test_it_places_a_first_text_as_one_of_the_writer_alone(self, app: Any) -> None:
        comment = make.make_comment(state="pending", organisation=make.make_organisation())
        with write_section():
            actions.place(latest_version(comment.id), by=make.make_moderator())
        db.session.expire_all()
        assert (comment.state, comment.organisation_name) == ("placed", None)

    def test_it_places_no_change_in_the_name_of_the_organisation(self, app: Any) -> None:
        comment = make.make_comment(organisation=make.make_organisation())
        version = make.make_comment_version(comment)
        with pytest.raises(FieldRefused, match="hoort niet meer"), write_section():
            actions.place(version, by=make.make_moderator())
        db.session.expire_all()
        assert (version.state, comment.placed_version_id == version.id) == ("pending", False)

    def test_it_takes_the_name_of_the_vereniging_with_the_last_role_in_it(
        self, app: Any, act: Act
    ) -> None:
        writer, discussion = make.make_moderator(), make.make_discussion()
        writer.is_beheerder = True
        first = posted(act(actions.post, discussion, body="Wij", is_of_vereniging=True, by=writer))
        placed = make.make_comment(discussion, author=writer)
        placed.is_of_vereniging = True
        change = make.make_comment_version(placed)
        by = make.make_beheerder()
        act(assign_roles, writer, is_moderator=False, is_beheerder=True, by=by)
        assert first.is_of_vereniging
        act(assign_roles, writer, is_moderator=False, is_beheerder=False, by=by)
        db.session.expire_all()
        assert (first.is_of_vereniging, first.organisation_name) == (False, None)
        assert (placed.is_of_vereniging, change.state) == (True, "withdrawn")

    def test_it_places_nothing_for_the_vereniging_without_a_role_in_it(self, app: Any) -> None:
        comment = make.make_comment(state="pending")
        comment.is_of_vereniging = True
        db.session.commit()
        with write_section():
            actions.place(latest_version(comment.id), by=make.make_moderator())
        db.session.expire_all()
        assert (comment.state, comment.is_of_vereniging) == ("placed", False)
