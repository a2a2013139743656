"""Endings of signatures: the open one, those that run, those that are due, and their links."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, read_as, read_rows
from portal.core.errors import LinkDead, LinkUnknown
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.lifecycle import EndingState, open_steps
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.signatures.models import (
    OPEN_ENDINGS,
    Ending,
    EndingKind,
    Signature,
    SignatureLink,
    StopLink,
)
from portal.signatures.queries.links import newest_link


class RunningEnding(NamedTuple):
    """An ending that is under way, as the desk lists it."""

    id: int
    signature_id: int
    organisation_name: str
    kind: EndingKind
    state: EndingState
    ends_at: datetime | None
    created_at: datetime


class EndingPanel(NamedTuple):
    """What the work page of a signature shows of the ending that is under way, if any."""

    ending: Ending | None = None
    # The names of the steps that the viewer may take.
    ending_steps: frozenset[str] = frozenset()
    end_link: SignatureLink | None = None
    end_link_is_expired: bool = False


_DUE = (
    select(Ending.id)
    .join(Signature, Signature.id == Ending.signature_id)
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .where(
        Ending.state == EndingState.WAITING,
        Ending.ends_at <= bindparam("now"),
        Organisation.frozen_at.is_(None),
    )
    .order_by(Ending.ends_at, Ending.id)
)
_RUNNING = (
    select(
        Ending.id,
        Ending.signature_id,
        Organisation.name,
        Ending.kind,
        Ending.state,
        Ending.ends_at,
        Ending.created_at,
    )
    .join(Signature, Signature.id == Ending.signature_id)
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .where(Ending.state.in_(OPEN_ENDINGS))
    .order_by(Ending.created_at, Ending.id)
)


def get_ending(ending_id: int) -> Ending:
    """Return an ending, or 404."""
    ending = db.session.get(Ending, ending_id)
    if ending is None:
        raise NotFound
    return ending


def find_open_ending(signature_id: int) -> Ending | None:
    """Return the ending of a signature that is under way, None without one."""
    query = select(Ending).where(
        Ending.signature_id == signature_id, Ending.state.in_(OPEN_ENDINGS)
    )
    return db.session.scalars(query).first()


def find_last_ending(signature_id: int) -> Ending | None:
    """Return the last ending of a signature, under way or not, None without one."""
    query = select(Ending).where(Ending.signature_id == signature_id)
    return db.session.scalars(query.order_by(Ending.id.desc()).limit(1)).first()


def get_last_ending(signature_id: int) -> Ending:
    """Return the last ending of a signature, under way or not; 404 without one."""
    ending = find_last_ending(signature_id)
    if ending is None:
        raise NotFound
    return ending


def running_ending(signature: Signature, viewer: Person) -> EndingPanel:
    """Return how the ending of a signature stands, for its people and for moderators."""
    ending = find_open_ending(signature.id)
    if ending is None:
        return EndingPanel()
    steps = frozenset(step.name for step in open_steps(ending, viewer))
    link = newest_link(signature.id, "end")
    is_expired = link is not None and link.expires_at < clock.now()
    return EndingPanel(ending, steps, link, is_expired)


def due_ending_ids() -> list[int]:
    """Return the endings whose days are over, and that must take effect."""
    return [row.id for row in read_rows(_DUE, now=clock.now())]


def running_endings() -> list[RunningEnding]:
    """Return every ending that is under way, oldest first; for moderators only."""
    return list(read_as(RunningEnding, _RUNNING))


def first_end_day() -> date:
    """Return the first day on which an ending that is asked today can take effect."""
    return clock.day_of(clock.now() + timedelta(days=settings().end_period_days))


def get_stop_link(token: str) -> StopLink:
    """Return the link with which an ending is stopped; LinkUnknown, or LinkDead with the reason.

    Of an ending that was stopped the link still works: a second press is no fault.
    """
    query = select(StopLink).where(StopLink.token_hash == token_hash(token))
    link = db.session.scalars(query).first()
    if link is None:
        raise LinkUnknown
    if link.revoked_at is not None:
        raise LinkDead("revoked")
    if link.ending.state != EndingState.STOPPED and not link.ending.is_stoppable:
        raise LinkDead("over")
    return link
