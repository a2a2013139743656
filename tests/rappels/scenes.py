"""What the tests of rappels start from: signatories of every kind, and a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accounts.models import Account
from portal.commitments import actions as commitments
from portal.commitments.models import Commitment
from portal.commitments.promise import promised
from portal.core import clock
from portal.core.db import db, write_section
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.rappels import actions
from portal.rappels.models import Rappel
from portal.services import jobs
from portal.services.models import Job
from tests import factories as make

SetClock = Callable[[datetime | None], None]
DAY = datetime(2027, 3, 1, 10, tzinfo=UTC)


class World:
    """A signatory that is asked of two promises, and those that get no mail."""

    def __init__(self, set_clock: SetClock) -> None:
        self.set_clock = set_clock
        set_clock(datetime(2027, 1, 4, 9, tzinfo=UTC))
        self.moderator = make.make_moderator()
        self.owner = make.make_account(name="Noor", email="noor@lindewoude.example")
        self.editor = make.make_account(name="Pim", email="pim@lindewoude.example")
        self.ours = self.signatory("Lindewoude (fictief)", self.owner)
        make.make_membership(self.ours, self.editor, role=Role.EDITOR)
        make.make_membership(self.ours, make.make_account(), role=Role.READER)
        self.lapsed = self.promise("Al voorbij", "uiterlijk 31 januari 2027")
        self.coming = self.promise("Komt eraan", "uiterlijk 30 juni 2027")
        self.promise("Pas later", "uiterlijk 31 december 2027")
        self.promise("Zonder datum", "doorlopend")
        self.unclaimed = self.signatory("Niemandsveen (fictief)")
        self.idle = self.signatory("Rustdorp (fictief)", make.make_account())
        self.frozen = self.signatory("IJsselkou (fictief)", make.make_account())
        make.make_frozen(self.frozen)
        set_clock(DAY)

    def signatory(self, name: str, owner: Account | None = None) -> Organisation:
        organisation = make.make_organisation(name=name, owner=owner)
        return make.make_signature(organisation).organisation

    def promise(self, title: str, term: str) -> Commitment:
        return make.make_commitment(
            self.ours, title=title, term=term, promised_on=clock.today(), author=self.owner
        )

    def later(self, **time: float) -> None:
        """Let time pass, and the worker do what is due by then."""
        self.set_clock(clock.now() + timedelta(**time))
        db.session.rollback()
        jobs.run_due()

    def ready(self) -> Rappel:
        with write_section():
            return actions.prepare(by=self.moderator)

    def act(self, act: Callable[..., None], rappel: Rappel) -> None:
        with write_section():
            act(db.session.merge(rappel), by=self.moderator)

    def out(self) -> Rappel:
        """Return a rappel that went out."""
        rappel = self.ready()
        self.act(actions.send, rappel)
        self.later(minutes=11)
        return rappel

    def report(self, promise: Commitment, progress: str = "loopt") -> None:
        with write_section():
            commitments.report(
                db.session.get_one(Commitment, promise.id),
                progress=progress,
                body="Wij zijn bezig.",
                told_on=clock.today(),
                by=self.owner,
            )

    def move(self, promise: Commitment) -> None:
        with write_section():
            commitments.move_term(
                db.session.get_one(Commitment, promise.id),
                term=promised("uiterlijk 31 december 2028", clock.today()),
                reason="Het duurt langer.",
                by=self.owner,
            )

    def foretell(self, promise: Commitment) -> None:
        with write_section():
            commitments.foretell(
                db.session.get_one(Commitment, promise.id),
                expected="in 2028",
                body="De leverancier wacht.",
                by=self.owner,
            )


def mailed(template: str = "rappel_letter") -> list[dict[str, Any]]:
    """Return the mails of one kind that wait to be sent, in the order in which they were made."""
    db.session.rollback()
    rows = db.session.query(Job.payload).filter(Job.kind == "mail").order_by(Job.id)
    return [payload for (payload,) in rows if payload.get("template") == template]
