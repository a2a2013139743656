"""After publication: messages about progress, a moved term, and an end before it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import exists, select

from portal.accounts.queries import name_of
from portal.commitments import mails
from portal.commitments.actions.documents import link_document
from portal.commitments.actions.following import follow_progress
from portal.commitments.actions.writing import promise
from portal.commitments.models import Commitment, TermMove, Update
from portal.commitments.promise import Promised
from portal.commitments.standing import (
    FINISHED,
    PUBLIC_STATES,
    REPORTABLE,
    Progress,
    is_earlier,
)
from portal.core import clock
from portal.core.db import db, row_id
from portal.core.errors import FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.core.settings import settings
from portal.documents.models import Document
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations.queries import capacity_of
from portal.policy import Person
from portal.services.entered import NO_SOURCE, Source, follow_writer
from portal.services.history import advance, hold, last_row, record
from portal.signatures.events import AdmissionUndone, SignatureEnded


def report(
    commitment: Commitment,
    *,
    progress: str,
    body: str,
    told_on: date,
    ahead: str = "",
    percent: int | None = None,
    evidence_url: str | None = None,
    evidence: Document | None = None,
    source: Source = NO_SOURCE,
    reason: str = "",
    by: Person | None,
) -> Update:
    """Return a new message about the progress on the day `told_on`; StepNotOpen unless published.

    What the vereniging reads in a source never counts as a report of the signatory. A signatory
    that reports on what the vereniging entered confirms the promise: nobody else changes it then.
    """
    hold(commitment, "reported")
    if progress not in REPORTABLE:
        raise FieldRefused("progress", _("Kies hoe ver de toezegging is."))
    update = Update(commitment=commitment, progress=progress, told_on=told_on, percent=percent)
    _say(update, body, ahead)
    update.evidence_url, update.evidence = evidence_url or None, evidence
    for name, value in _author(commitment, source, by).items():
        setattr(update, name, value)
    _apply(commitment, update)
    update.history_id = _recorded(commitment, "reported", reason, by)
    return update


def _say(update: Update, body: str, ahead: str) -> None:
    """Write what is new and what comes next into a message, with the HTML of both."""
    update.body, update.html = body, render_typed(body)
    update.ahead, update.ahead_html = ahead, render_typed(ahead)


def move_term(
    commitment: Commitment,
    *,
    term: Promised,
    reason: str,
    source: Source = NO_SOURCE,
    by: Person | None,
) -> TermMove:
    """Return the move to a new term, which holds the old one and the reason.

    FieldRefused for the term that it has and when it is done; StepNotOpen unless published.
    """
    hold(commitment, "term_moved", reason=reason)
    _refuse_idle_move(commitment, term)
    move = _move_from(commitment, reason=reason.strip(), **_author(commitment, source, by))
    promise(commitment, term, by=by)
    _apply_move(commitment, move)
    move.history_id = _recorded(commitment, "term_moved", reason, by)
    if move.entered_as == EnteredAs.VERENIGING:
        mails.corrected(commitment, reason, by)
    return move


def _recorded(commitment: Commitment, act: str, reason: str, by: Person | None) -> int | None:
    """Record an act, and return the number of its row in the log."""
    record(commitment, act, by=by, reason=reason)
    row = last_row(commitment.thing, row_id(commitment), act)
    return row.id if row is not None else None


def _move_from(commitment: Commitment, **written: Any) -> TermMove:
    """Return a move that holds the term as it is now."""
    return TermMove(
        commitment_id=commitment.id,
        old_words=commitment.term_words,
        old_language=commitment.term_language,
        old_earliest=commitment.term_earliest,
        old_latest=commitment.term_latest,
        moved_at=clock.now(),
        was_overdue=commitment.is_late(clock.today(), settings().grace_days),
        **written,
    )


def _apply_move(commitment: Commitment, move: TermMove) -> None:
    move.new_words = commitment.term_words
    move.new_earliest = commitment.term_earliest
    move.new_latest = commitment.term_latest
    commitment.move_count += 1
    commitment.earlier_count += is_earlier(move.old_latest, move.new_latest)
    commitment.updated_at = clock.now()
    db.session.add(move)
    follow_writer(commitment, move.entered_as)
    follow_progress(commitment)


def withdraw(
    commitment: Commitment, *, reason: str, source: Source = NO_SOURCE, by: Person | None
) -> None:
    """Take the promise back; everybody can go on reading it, with the reason and the source.

    ReasonMissing without a reason, FieldRefused when the vereniging names no source, StepNotOpen
    unless it is published.
    """
    hold(commitment, "withdraw", reason=reason)
    capacity = capacity_of(by, commitment.organisation_id)
    if capacity == EnteredAs.VERENIGING and source.url is None:
        raise FieldRefused("source_url", _("Vul het webadres in waar dit te lezen is."))
    advance(commitment, "withdraw", by=by, reason=reason)
    commitment.withdraw_reason, commitment.withdraw_language = reason.strip(), current_locale()
    commitment.withdrawn_as = capacity
    commitment.withdraw_source_title, commitment.withdraw_source_url = source.title, source.url
    _end(commitment)
    if commitment.withdrawn_as == EnteredAs.VERENIGING:
        mails.corrected(commitment, reason, by)


def retract(update: Update, *, reason: str, by: Person | None) -> None:
    """Take back a message that the vereniging entered: it stays to be read, and counts no more.

    ReasonMissing without a reason; FieldRefused for one that was taken back before.
    """
    hold(update, "retracted", reason=reason)
    if update.retracted_at is not None:
        raise FieldRefused("reason", _("Dit bericht is al ingetrokken."))
    update.retracted_at, update.retract_reason = clock.now(), reason.strip()
    update.retract_language = current_locale()
    record(update, "retracted", by=by, reason=reason)
    follow_progress(update.commitment)
    mails.corrected(update.commitment, reason, by)


def close_commitments(ended: SignatureEnded) -> None:
    """Close the published commitments of an organisation that leaves the pact, unless done.

    Drafts stay drafts. They get no reason: that tells a commitment that was closed with the
    signature from one that was withdrawn by itself.
    """
    running = select(Commitment).where(
        Commitment.organisation_id == ended.organisation_id,
        Commitment.state == CommitmentState.PUBLISHED,
        Commitment.progress.not_in(FINISHED),
    )
    for commitment in db.session.scalars(running.order_by(Commitment.id)).all():
        advance(commitment, "close", by=ended.by, actor=ended.actor)
        _end(commitment)


def refuse_undoing_admission(undone: AdmissionUndone) -> None:
    """Keep an organisation a signatory that promised something before everybody."""
    public = exists().where(
        Commitment.organisation_id == undone.organisation_id,
        Commitment.state.in_(PUBLIC_STATES),
    )
    if db.session.scalar(select(public)):
        raise FieldRefused("reason", _("Deze ondertekenaar heeft al een toezegging gedaan."))


def _end(commitment: Commitment) -> None:
    commitment.progress = "ingetrokken"
    commitment.withdrawn_on = clock.today()
    commitment.updated_at = clock.now()
    commitment.done_on = None


def _author(commitment: Commitment, source: Source, by: Person | None) -> dict[str, object]:
    return {
        "author_id": by.id if by is not None else None,
        "author_name": name_of(by),
        "entered_as": capacity_of(by, commitment.organisation_id),
        "source_title": source.title,
        "source_url": source.url,
    }


def _apply(commitment: Commitment, update: Update) -> None:
    commitment.update_count += 1
    update.created_at = commitment.updated_at = clock.now()
    db.session.add(update)
    if update.evidence is not None:
        link_document(commitment, update.evidence, is_evidence=True, entered_as=update.entered_as)
    follow_progress(commitment)
    if commitment.stance is None:
        follow_writer(commitment, update.entered_as, Stance.CONFIRMED)


def _refuse_idle_move(commitment: Commitment, term: Promised) -> None:
    if commitment.progress == Progress.DONE:
        raise FieldRefused(
            "term_words", _("Deze toezegging is gereed. De termijn kan niet meer verschuiven.")
        )
    dates = term.term
    new = (dates.earliest, dates.latest) if dates else (None, None)
    old = (commitment.term_earliest, commitment.term_latest)
    if new == old and (any(new) or term.words == commitment.term_words):
        raise FieldRefused("term_words", _("Dit is de termijn die er al staat. Vul een andere in."))
