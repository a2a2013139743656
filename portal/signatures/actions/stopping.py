"""The days in which an ending can be stopped, and what becomes of it after them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import StepNotOpen
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.lifecycle import EndingState, SignatureState
from portal.organisations.events import MemberDropped, OrganisationUnfrozen, OwnerJoined
from portal.policy import Person
from portal.services.events import tell
from portal.services.history import advance, hold
from portal.signatures import mails
from portal.signatures.actions.confirming import SIGNATORY
from portal.signatures.actions.links import revoke_links
from portal.signatures.events import SignatureEnded
from portal.signatures.models import Ending, Signature, StopLink

VERENIGING = "vereniging"
WORKER = "portaal"
BY_LINK = "link uit de mail"
# Nobody but the person who asked it, and whom that person named, has said that it is right.
ON_WORD_OF_AUTHOR = (EndingState.ASKED, EndingState.CONFIRMED, EndingState.MORE_ASKED)


def begin_period(ending: Ending, *, by: Person | None) -> None:
    """Let the days begin in which it can be stopped, and mail everybody concerned a link for it.

    It takes effect when they are over, or later: when the day begins that was asked for.
    """
    ending.ends_at = clock.now() + timedelta(days=settings().end_period_days)
    if ending.asked_for_on is not None:
        begins = clock.end_of(ending.asked_for_on - timedelta(days=1))
        ending.ends_at = max(ending.ends_at, begins)
    for reader in mails.told_of_period(ending, by=by):
        mails.ending_waits(ending, reader, _stop_token(ending, reader))


def greet_owner(joined: OwnerJoined) -> None:
    """Mail somebody who becomes eigenaar a link to stop an ending whose days are running."""
    reader = mails.account_reader(joined.account_id)
    query = select(Ending).join(Signature, Signature.id == Ending.signature_id)
    waiting = query.where(
        Signature.organisation_id == joined.organisation_id, Ending.state == EndingState.WAITING
    )
    for ending in db.session.scalars(waiting).all():
        if reader is not None and not ending.is_due:
            mails.ending_waits(ending, reader, _stop_token(ending, reader))


def _stop_token(ending: Ending, reader: mails.Reader) -> str:
    """Return the token of a new link with which `reader` can stop the ending."""
    token = new_token()
    link = StopLink(
        ending=ending,
        token_hash=token_hash(token),
        name=reader.name,
        email=reader.email,
        account_id=reader.account_id,
        created_at=clock.now(),
    )
    db.session.add(link)
    return token


def stop_end(ending: Ending, *, reason: str = "", by: Person) -> None:
    """Stop an ending: the signature stands. Refused with StepNotOpen once its days are over."""
    _stop(ending, reason, by=by)
    mails.ending_stopped(ending, reason, by=by)


def stop_end_by_link(link: StopLink, *, reason: str = "") -> None:
    """Stop an ending with a link from a mail; of one that is stopped nothing more becomes.

    Refused as `stop_end` is.
    """
    lock_row(link.ending)
    if link.ending.state == EndingState.STOPPED:
        return
    _stop(link.ending, reason, by=None)
    link.used_at = clock.now()
    mails.ending_stopped(link.ending, reason, with_link_of=link.name)


def _stop(ending: Ending, reason: str, *, by: Person | None) -> None:
    hold(ending, "stop")
    if ending.is_due:
        raise StepNotOpen(ending, "stop")
    actor = None if by is not None else BY_LINK
    advance(ending, "stop", by=by, actor=actor, reason=reason)


def finish_end(ending: Ending) -> None:
    """End the signature, when the days of the ending are over; nothing happens at a second call.

    An ending of a signature that ended in another way lapses.
    """
    signature = ending.signature
    lock_row(signature)
    lock_row(ending)
    if not ending.is_due:
        return
    if signature.state != SignatureState.ADMITTED:
        advance(ending, "lapse", by=None, actor=WORKER)
        return
    advance(ending, "end", by=None, actor=WORKER)
    _end_signature(signature, ending)
    mails.signature_ended(ending)


def end_at_once(unfrozen: OrganisationUnfrozen) -> None:
    """Let an ending that waited for an organisation to be unfrozen take effect now, not before."""
    query = select(Ending).join(Signature, Signature.id == Ending.signature_id)
    overdue = query.where(
        Signature.organisation_id == unfrozen.organisation_id,
        Ending.state == EndingState.WAITING,
        Ending.ends_at < clock.now(),
    )
    for ending in db.session.scalars(overdue).all():
        ending.ends_at = clock.now()


def _end_signature(signature: Signature, ending: Ending) -> None:
    """End the signature on the day of its ending; the organisation keeps its page."""
    actor, reason = SIGNATORY, ending.reason or ""
    if ending.is_by_vereniging:
        actor = VERENIGING
        advance(signature, "end_by_vereniging", by=None, actor=actor, reason=reason)
    else:
        advance(signature, "end", by=None, actor=actor, reason=reason)
    signature.ended_on, signature.end_reason = ending.ends_on, ending.reason
    signature.end_language = ending.language
    revoke_links(signature, "end")
    tell(SignatureEnded(signature.organisation_id, None, actor))


def call_off_endings_of(organisation_id: int, account_id: int, *, by: Person | None = None) -> None:
    """Take away what an account that lost its role had set out to end signatures.

    What was asked lapses, its mailed links no longer work; also after somebody confirmed it whom
    that account named, as long as no moderator agreed to the proof. What waits to take effect goes
    on; only the account's own links to stop it die.
    """
    query = select(Ending).join(Signature, Signature.id == Ending.signature_id)
    of_organisation = query.where(Signature.organisation_id == organisation_id)
    asked = of_organisation.where(
        Ending.author_id == account_id, Ending.state.in_(ON_WORD_OF_AUTHOR)
    )
    for ending in db.session.scalars(asked.order_by(Ending.id)).all():
        lock_row(ending)
        if ending.state not in ON_WORD_OF_AUTHOR:
            continue
        advance(ending, "lapse", by=by, actor=None if by is not None else WORKER)
        revoke_links(ending.signature, "end")
        mails.ending_called_off(ending, by=by)
    db.session.execute(
        update(StopLink)
        .where(
            StopLink.account_id == account_id,
            StopLink.ending_id.in_(of_organisation.with_only_columns(Ending.id)),
            StopLink.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )


def drop_member(dropped: MemberDropped) -> None:
    """Take away what a person who was removed or demoted had set out to end the signature."""
    call_off_endings_of(dropped.organisation_id, dropped.account_id, by=dropped.by)
