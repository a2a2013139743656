"""Texts and pictures that moderators place or hide: everybody who hears of it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from portal.comments import actions as comments
from portal.comments.models import Comment
from portal.comments.queries.finding import latest_version
from portal.core.db import db, write_section
from portal.news import actions as articles
from portal.organisations import actions as organisations
from portal.policy import Role
from portal.services.models import Job, JobState
from portal.services.telling import Audience
from tests import factories as make
from tests.rooms.scenes.parts import Heard, Scene, moderator


def _hiding(
    hide: Callable[..., None], item: object, thing: str, readers: dict[Audience, set[str]]
) -> Scene:
    decider = moderator(make.make_moderator())
    return Scene(
        lambda: hide(item, ground="other", reason="Daarom.", by=decider),
        [Heard(thing, "hide", "hidden", readers)],
    )


def _bringing_back(
    hide: Callable[..., None],
    restore: Callable[..., None],
    item: object,
    thing: str,
    readers: dict[Audience, set[str]],
) -> Scene:
    decider = moderator(make.make_moderator())
    with write_section():
        hide(item, ground="other", reason="Daarom.", by=decider)
    return Scene(
        lambda: restore(item, reason="Toch goed.", by=decider),
        [Heard(thing, "restore", "restored", readers)],
    )


def an_article_hidden() -> Scene:
    """Its writer hears."""
    writer = make.make_account()
    article = make.make_article(author=writer)
    return _hiding(articles.hide, article, "article", {Audience.WRITER: {writer.email}})


def an_article_brought_back() -> Scene:
    """Its writer hears."""
    writer = make.make_account()
    article = make.make_article(author=writer)
    return _bringing_back(
        articles.hide, articles.restore, article, "article", {Audience.WRITER: {writer.email}}
    )


def a_photo_hidden() -> Scene:
    """The writer of its article hears."""
    writer, photo = make.make_account(), make.make_picture()
    make.make_article(author=writer, picture=photo)
    return _hiding(articles.hide_photo, photo, "picture", {Audience.WRITER: {writer.email}})


def a_photo_brought_back() -> Scene:
    """The writer of its article hears."""
    writer, photo = make.make_account(), make.make_picture()
    make.make_article(author=writer, picture=photo)
    return _bringing_back(
        articles.hide_photo,
        articles.restore_photo,
        photo,
        "picture",
        {Audience.WRITER: {writer.email}},
    )


def a_logo_hidden() -> Scene:
    """Everybody who writes for the organisation hears, and its mailbox; who only reads does not."""
    owner, editor, logo = make.make_account(), make.make_account(), make.make_picture()
    organisation = make.make_signature(make.make_organisation(owner=owner)).organisation
    make.make_membership(organisation, editor, role=Role.EDITOR)
    make.make_membership(organisation, role=Role.READER)
    organisation.logo_id = logo.id
    mailbox = make.make_mailbox(organisation)
    readers = {
        Audience.OWNERS: {owner.email},
        Audience.EDITORS: {editor.email},
        Audience.MAILBOX: {mailbox.email},
    }
    return _hiding(organisations.hide_logo, logo, "picture", readers)


def a_comment_below_an_article() -> Scene:
    """Who wrote the article hears, while they write for the vereniging."""
    host = make.make_beheerder()
    article = make.make_article(author=host)
    version = latest_version(make.make_comment(article.discussion, state="pending").id)
    decider = moderator(make.make_moderator())
    below = Heard("comment", "place", "comment_below", {Audience.HOST: {host.email}})
    return Scene(lambda: comments.place(version, by=decider), [below])


def a_comment_below_a_signatory() -> Scene:
    """Everybody who writes for it hears, and its mailbox; not who wrote the comment."""
    owner, editor = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=owner, is_public=True)
    make.make_membership(organisation, editor, role=Role.EDITOR)
    make.make_membership(organisation, role=Role.READER)
    mailbox = make.make_mailbox(organisation)
    discussion = make.make_discussion(organisation=organisation)
    version = latest_version(make.make_comment(discussion, state="pending").id)
    decider = moderator(make.make_moderator())
    readers = {
        Audience.OWNERS: {owner.email},
        Audience.EDITORS: {editor.email},
        Audience.MAILBOX: {mailbox.email},
    }
    below = Heard("comment", "place", "comment_below", readers)
    return Scene(lambda: comments.place(version, by=decider), [below])


def a_comment_below_an_article_of_who_left() -> Scene:
    """Nobody hears: who wrote the article writes for the vereniging no more."""
    article = make.make_article(author=make.make_account())
    version = latest_version(make.make_comment(article.discussion, state="pending").id)
    decider = moderator(make.make_moderator())
    below = Heard("comment", "place", "comment_below", {})
    return Scene(lambda: comments.place(version, by=decider), [below])


def an_answer() -> Scene:
    """Who asked hears, wherever it is."""
    asker = make.make_account()
    asked = make.make_comment(make.make_discussion(), author=asker)
    version = latest_version(make.make_comment(parent=asked, state="pending").id)
    decider = moderator(make.make_moderator())
    answered = Heard("comment", "place", "comment_answered", {Audience.PERSON: {asker.email}})
    return Scene(lambda: comments.place(version, by=decider), [answered])


def a_placing_undone() -> Scene:
    """Whoever got a mail of the comment hears that it is gone; its writer by the text."""
    owner, editor = make.make_account(), make.make_account()
    organisation = make.make_organisation(owner=owner, is_public=True)
    make.make_membership(organisation, editor, role=Role.EDITOR)
    mailbox = make.make_mailbox(organisation)
    asker = make.make_account()
    asked = make.make_comment(make.make_discussion(organisation=organisation), author=asker)
    readers = {
        Audience.PERSON: {asker.email},
        Audience.OWNERS: {owner.email},
        Audience.EDITORS: {editor.email},
        Audience.MAILBOX: {mailbox.email},
    }
    return _placing_undone(make.make_comment(parent=asked, state="pending"), readers)


def a_placing_below_an_article_undone() -> Scene:
    """Who wrote the article hears too."""
    host = make.make_beheerder()
    discussion = make.make_article(author=host).discussion
    return _placing_undone(
        make.make_comment(discussion, state="pending"), {Audience.HOST: {host.email}}
    )


def _placing_undone(comment: Comment, readers: dict[Audience, set[str]]) -> Scene:
    version = latest_version(comment.id)
    decider = moderator(make.make_moderator())
    with write_section():
        comments.place(version, by=decider)
    with write_section():
        # The mails of it have left.
        db.session.execute(update(Job).values(state=JobState.DONE))
    gone = Heard("comment", "undo", "comment_gone", readers)
    return Scene(lambda: comments.undo_decision(version, reason="Vergissing.", by=decider), [gone])
