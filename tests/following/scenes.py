"""What the tests of following start from: a register in which something happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.following.jobs import tell_followers
from portal.following.models import Follower
from tests.commitments.scenes import Scene
from tests.factories import make_follower
from tests.harness.client import Client
from tests.harness.mailbox import Mail, Mailbox
from tests.harness.page import Page

READER = "lezer@voorbeeld.example"


def ask(client: Client, what: str = "", rhythm: str = "meteen", email: str = READER) -> Page:
    """Fill in the form that asks to follow something, without an account."""
    return client.get(f"/volgen{what}").form().submit(rhythm=rhythm, email=email)


def begin(*what: str, rhythm: str = "meteen", email: str = READER, **more: Any) -> Follower:
    """Let an address follow something, from now on."""
    run()
    return make_follower(*what, rhythm=rhythm, email=email, **more)


def link(mailbox: Mailbox, part: str, email: str = READER) -> str:
    """Return the path in the last mail to an address that has `part` in it."""
    return next(path for path in mailbox.last(email).paths if part in path)


def run() -> None:
    """Let the worker see what is new."""
    db.session.rollback()
    tell_followers()


def told(mailbox: Mailbox, set_clock: Any, **later: float) -> list[Mail]:
    """Let time pass, two minutes or as `later` says; return what the worker mails then."""
    set_clock(clock.now() + timedelta(**(later or {"minutes": 2})))
    run()
    return mailbox.deliver()


def report(commitment: Commitment, scene: Scene, body: str = "Het loopt goed.") -> None:
    """Tell how far a commitment is, as the editor of the scene."""
    with write_section():
        actions.report(
            db.session.merge(commitment),
            progress="loopt",
            body=body,
            told_on=date(2019, 9, 1),
            by=scene.editor,
        )


def followers() -> list[Follower]:
    """Everybody who follows anything."""
    db.session.rollback()
    return list(db.session.query(Follower))
