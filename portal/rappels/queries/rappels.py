"""The rappels themselves: the one that runs, those that were published, and the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.lifecycle import RappelState
from portal.organisations.models import Organisation
from portal.rappels.models import Rappel, RappelParty, RappelPlan
from portal.rappels.outcomes import Reach
from portal.services.first_rows import first_of

ANSWERABLE = (RappelState.OPEN, RappelState.REMINDING, RappelState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Question:
    """A rappel as one signatory answers it."""

    rappel: Rappel
    organisation: Organisation

    @property
    def organisation_id(self) -> int:
        return self.organisation.id


def find_running() -> Rappel | None:
    """Return the rappel that runs, from putting ready to publication; None without one."""
    return db.session.scalars(select(Rappel).where(Rappel.is_running.is_(True))).first()


def rappels() -> Sequence[Rappel]:
    """Return every rappel, the newest first."""
    return db.session.scalars(select(Rappel).order_by(Rappel.id.desc())).all()


def published() -> Sequence[Rappel]:
    """Return those of which everybody can read the outcome, the newest first."""
    query = select(Rappel).where(Rappel.state == RappelState.PUBLISHED)
    return db.session.scalars(query.order_by(Rappel.closed_at.desc(), Rappel.id.desc())).all()


def get_rappel(name: str) -> Rappel:
    """Return the rappel with this name, or 404."""
    rappel = db.session.scalars(select(Rappel).where(Rappel.name == name)).first()
    if rappel is None:
        raise NotFound
    return rappel


def get_published(name: str) -> Rappel:
    """Return the rappel with this name once everybody can read its outcome, or 404."""
    rappel = get_rappel(name)
    if not rappel.is_public:
        raise NotFound
    return rappel


def get_answerable(name: str, organisation_id: int) -> Question:
    """Return what a rappel asks of a signatory, or 404 where it asked nothing or has not gone."""
    rappel = get_rappel(name)
    query = (
        select(Organisation)
        .join(RappelParty, RappelParty.organisation_id == Organisation.id)
        .where(
            RappelParty.rappel_id == rappel.id,
            RappelParty.organisation_id == organisation_id,
            RappelParty.reach == Reach.ASKED,
        )
    )
    organisation = db.session.scalars(query).first()
    if organisation is None or rappel.state not in ANSWERABLE:
        raise NotFound
    return Question(rappel, organisation)


def name_of_next(on: date) -> str:
    """Return the name of a rappel that is put ready on `on`: its year, and which of that year."""
    query = select(Rappel.name).where(Rappel.name.startswith(f"{on.year}-"))
    numbers = [int(name.partition("-")[2]) for name in db.session.scalars(query)]
    return f"{on.year}-{max(numbers, default=0) + 1}"


def planned_on() -> date | None:
    """Return the day on which the next rappel is put ready by itself; None: only by hand."""
    return db.session.scalar(select(RappelPlan.next_on).limit(1))


def editable_plan() -> RappelPlan:
    """Return the row of the plan; a first one where there is none."""
    query = select(RappelPlan)
    row = db.session.scalars(query.limit(1)).first()
    return row or first_of(RappelPlan(id=1, next_on=None, version=1), query)
