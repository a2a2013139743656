"""After publication: messages about progress, a moved term, and an end before it is done."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from portal.commitments.actions.documents import link_document
from portal.commitments.actions.writing import name_of, promise
from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.promise import Promised
from portal.commitments.standing import REPORTABLE
from portal.core import clock
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.markdown import render
from portal.core.settings import settings
from portal.documents.models import Document
from portal.lifecycle import CommitmentState
from portal.policy import Person
from portal.services.history import advance, hold, record
from portal.signatures.events import SignatureEnded


def report(
    commitment: Commitment,
    *,
    progress: str,
    body: str,
    told_on: date,
    evidence_url: str | None = None,
    evidence: Document | None = None,
    by: Person | None,
) -> Update:
    """Return a new message about the progress on the day `told_on`.

    The commitment takes it over, unless one is about a later day. StepNotOpen unless published.
    """
    hold(commitment, "reported")
    if progress not in REPORTABLE:
        raise FieldRefused("progress", _("Kies hoe ver de toezegging is."))
    update = Update(
        commitment_id=commitment.id,
        progress=progress,
        body=body,
        html=render(body),
        evidence_url=evidence_url or None,
        evidence=evidence,
        told_on=told_on,
        created_at=clock.now(),
        **_author(by),
    )
    _apply(commitment, update, by)
    return update


def move_term(
    commitment: Commitment, *, term: Promised, reason: str, by: Person | None
) -> TermMove:
    """Return the move to a new term, which holds the old one and the reason.

    ReasonMissing without a reason; FieldRefused for the term that it has and when it is done;
    StepNotOpen unless it is published.
    """
    hold(commitment, "term_moved", reason=reason)
    _refuse_idle_move(commitment, term)
    move = TermMove(
        commitment_id=commitment.id,
        old_words=commitment.term_words,
        old_earliest=commitment.term_earliest,
        old_latest=commitment.term_latest,
        reason=reason.strip(),
        moved_at=clock.now(),
        was_overdue=commitment.is_late(clock.today(), settings().grace_days),
        **_author(by),
    )
    promise(commitment, term, by=by)
    move.new_words = commitment.term_words
    move.new_earliest = commitment.term_earliest
    move.new_latest = commitment.term_latest
    commitment.move_count += 1
    commitment.updated_at = clock.now()
    db.session.add(move)
    record(commitment, "term_moved", by=by, reason=reason)
    return move


def withdraw(commitment: Commitment, *, reason: str, by: Person | None) -> None:
    """Take the promise back; everybody can go on reading it, with the reason.

    ReasonMissing without a reason, StepNotOpen unless it is published.
    """
    advance(commitment, "withdraw", by=by, reason=reason)
    commitment.withdraw_reason = reason.strip()
    _end(commitment)


def close_commitments(ended: SignatureEnded) -> None:
    """Close the published commitments of an organisation that leaves the pact, unless done.

    Drafts stay drafts. They get no reason: that tells a commitment that was closed with the
    signature from one that was withdrawn by itself.
    """
    running = select(Commitment).where(
        Commitment.organisation_id == ended.organisation_id,
        Commitment.state == CommitmentState.PUBLISHED,
        Commitment.progress != "gereed",
    )
    for commitment in db.session.scalars(running.order_by(Commitment.id)).all():
        advance(commitment, "close", by=ended.by, actor=ended.actor)
        _end(commitment)


def _end(commitment: Commitment) -> None:
    commitment.progress = "ingetrokken"
    commitment.withdrawn_on = clock.today()
    commitment.updated_at = clock.now()
    commitment.done_on = None


def _author(by: Person | None) -> dict[str, object]:
    return {"author_id": by.id if by is not None else None, "author_name": name_of(by)}


def _apply(commitment: Commitment, update: Update, by: Person | None) -> None:
    if _is_newest(commitment, update.told_on):
        commitment.progress = update.progress
        commitment.done_on = update.told_on if update.progress == "gereed" else None
    commitment.update_count += 1
    commitment.updated_at = clock.now()
    db.session.add(update)
    if update.evidence is not None:
        link_document(commitment, update.evidence, is_evidence=True)
    record(commitment, "reported", by=by)


def _is_newest(commitment: Commitment, told_on: date) -> bool:
    query = select(func.max(Update.told_on)).where(Update.commitment_id == commitment.id)
    latest = db.session.scalar(query)
    return latest is None or told_on >= latest


def _refuse_idle_move(commitment: Commitment, term: Promised) -> None:
    if commitment.progress == "gereed":
        raise FieldRefused(
            "term_words", _("Deze toezegging is gereed. De termijn kan niet meer verschuiven.")
        )
    dates = term.term
    new = (dates.earliest, dates.latest) if dates else (None, None)
    old = (commitment.term_earliest, commitment.term_latest)
    if new == old and (any(new) or term.words == commitment.term_words):
        raise FieldRefused("term_words", _("Dit is de termijn die er al staat. Vul een andere in."))
