"""Writing a commitment: its draft, its publication, and later edits of its text."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from sqlalchemy import func, select

from portal.accounts.queries import name_of
from portal.comments.actions import open_discussion, show_discussion
from portal.comments.models import Discussion
from portal.commitments import mails
from portal.commitments.actions.following import follow_progress
from portal.commitments.models import FAR, Commitment, Prognosis, Revision, Texts, Update
from portal.commitments.promise import Promised
from portal.commitments.texts import TEXT_FIELDS, Shown
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.core.slugs import free_slug, slugify
from portal.lifecycle import CommitmentState
from portal.lifecycle.claims import EnteredAs, Stance
from portal.organisations.models import Organisation
from portal.organisations.queries import capacity_of
from portal.policy import Person
from portal.services.entered import follow_writer
from portal.services.history import advance, create, hold, last_row, record
from portal.services.short_numbers import give_number
from portal.signatures.queries import admitted_signature_of

SLUG_CHARACTERS = 100
UNPUBLISHED = "/toezeggingen"


def draft(
    organisation: Organisation,
    *,
    term: Promised,
    promised_on: date,
    reason: str = "",
    by: Person | None,
    **texts: Unpack[Texts],
) -> Commitment:
    """Return a new draft of `organisation`; `texts` must hold kind, title and what.

    It is the word of the signatory when `by` has a role there, and else that of the vereniging.
    Nobody but those who wrote it can read it until it is published.
    """
    commitment = Commitment(
        organisation=organisation,
        entered_as=capacity_of(by, organisation.id),
        author_id=by.id if by is not None else None,
        promised_on=promised_on,
        discussion=_open_discussion(organisation.id, texts["title"]),
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    _write(commitment, texts)
    promise(commitment, term, by=by)
    create(commitment, "draft", by=by, reason=reason)
    follow_progress(commitment)
    return commitment


def _open_discussion(organisation_id: int, title: str) -> Discussion:
    return open_discussion(
        address=UNPUBLISHED,
        title=title,
        language=current_locale(),
        organisation_id=organisation_id,
    )


def edit(
    commitment: Commitment,
    *,
    by: Person | None,
    term: Promised | None = None,
    promised_on: date | None = None,
    reason: str = "",
    **texts: Unpack[Texts],
) -> None:
    """Change the text; once published, the text as it stood is stored as a revision.

    The term changes with it in a draft only: later it is moved, with a reason. StepNotOpen for a
    commitment that was withdrawn or discarded.
    """
    hold(commitment, "edited")
    before, language = _snapshot(commitment), commitment.language
    _write(commitment, texts)
    if commitment.state == CommitmentState.DRAFT:
        commitment.promised_on = promised_on or commitment.promised_on
        if term is not None:
            promise(commitment, term, by=by)
    elif _snapshot(commitment) == before:
        return
    else:
        _add_revision(commitment, before, language, reason, by)
        _follow(commitment)
    _follow_writer(commitment, reason, by)
    commitment.updated_at = clock.now()
    record(commitment, "edited", by=by, reason=reason)


def _follow_writer(commitment: Commitment, reason: str, by: Person | None) -> None:
    """Let a signatory that changes what the vereniging entered take it over; else tell of it."""
    writes_as = capacity_of(by, commitment.organisation_id)
    follow_writer(commitment, writes_as)
    follow_progress(commitment)
    if writes_as == EnteredAs.VERENIGING and commitment.state == CommitmentState.PUBLISHED:
        mails.corrected(commitment, reason, by)


def publish(commitment: Commitment, *, by: Person | None, actor: str | None = None) -> None:
    """Make a draft public, under an address that never changes.

    FieldRefused while its organisation is no signatory.
    """
    if admitted_signature_of(commitment.organisation_id) is None:
        raise FieldRefused(
            "",
            _(
                "Uw organisatie is nog geen ondertekenaar. U kunt publiceren zodra de vereniging "
                "de ondertekening heeft toegelaten. Het concept blijft staan."
            ),
        )
    advance(commitment, "publish", by=by, actor=actor)
    # A text that the vereniging prepared becomes that of the signatory who publishes it.
    follow_writer(commitment, capacity_of(by, commitment.organisation_id), Stance.CONFIRMED)
    commitment.slug = free_slug(slugify(commitment.title, SLUG_CHARACTERS), _is_taken)
    commitment.published_at = commitment.updated_at = clock.now()
    give_number(commitment)
    # An editor who has the draft open must learn that it is public now.
    commitment.version += 1
    # The next publication in the same section looks up which addresses are taken.
    follow_progress(commitment)
    _follow(commitment)


def _follow(commitment: Commitment) -> None:
    """Give the discussion the address, the title and the visibility of a published commitment."""
    show_discussion(
        commitment.discussion,
        address=address_of(commitment),
        title=commitment.title,
        language=commitment.language,
        is_public=commitment.is_public,
    )


def discard(commitment: Commitment, *, by: Person | None) -> None:
    """Throw a draft away; StepNotOpen for a commitment that was ever published."""
    advance(commitment, "discard", by=by)


def undo_entry(commitment: Commitment, *, by: Person | None) -> None:
    """Take back a promise that the vereniging published by mistake; nobody reads it any more.

    FieldRefused once something was done with it since, or somebody commented.
    """
    lock_row(commitment)
    last = last_row(commitment.thing, commitment.id)
    if last is None or last.step != "publish":
        raise FieldRefused("", _("Met deze toezegging is daarna iets gedaan."))
    lock_row(commitment.discussion)
    if commitment.discussion.placed_count or commitment.discussion.pending_count:
        raise FieldRefused("", _("Er staan of wachten al reacties bij deze toezegging."))
    advance(commitment, "undo_entry", by=by)
    commitment.version += 1
    _follow(commitment)


def promise(commitment: Commitment, term: Promised, *, by: Person | None) -> None:
    """Write a confirmed term into the columns of the commitment."""
    dates = term.term
    commitment.term_words = term.words
    commitment.term_said_on = term.said_on
    commitment.term_is_picked = term.is_picked
    commitment.term_confirmed_by = by.id if by is not None else None
    commitment.term_earliest = dates.earliest if dates else None
    commitment.term_latest = dates.latest if dates else None
    commitment.term_precision = str(dates.precision) if dates else None
    commitment.term_edtf = dates.edtf if dates else None
    commitment.sort_earliest = commitment.term_earliest or commitment.term_latest or FAR
    commitment.sort_latest = commitment.term_latest or FAR


def address_of(commitment: Commitment) -> str:
    """Return the path of a published commitment."""
    return f"/toezeggingen/{commitment.slug}"


def address_of_update(update: Update) -> str:
    """Return the path of a message, on the page of its commitment."""
    return f"{address_of(update.commitment)}#bericht-{update.id}"


def address_of_prognosis(prognosis: Prognosis) -> str:
    """Return the path of a prognosis, on the page of its commitment."""
    return f"{address_of(prognosis.commitment)}#prognose-{prognosis.id}"


def _write(commitment: Commitment, texts: Texts) -> None:
    for name, value in texts.items():
        setattr(commitment, name, value)
    if "what" in texts:
        commitment.what_html = render_typed(texts["what"])


def _snapshot(commitment: Commitment) -> dict[str, object]:
    """Return every text by its name, as JSON; of layers and themes their slugs."""
    texts: dict[str, object] = {}
    for field in TEXT_FIELDS:
        value = getattr(commitment, field.name)
        texts[field.name] = [tag.slug for tag in value] if field.shown == Shown.TAGS else value
    return texts


def _add_revision(
    commitment: Commitment, before: dict[str, object], language: str, reason: str, by: Person | None
) -> None:
    numbers = select(func.count()).where(Revision.commitment_id == commitment.id)
    db.session.add(
        Revision(
            commitment_id=commitment.id,
            number=(db.session.scalar(numbers) or 0) + 1,
            fields=before,
            language=language,
            replaced_at=clock.now(),
            author_id=by.id if by is not None else None,
            author_name=name_of(by),
            replaced_as=capacity_of(by, commitment.organisation_id),
            entered_as=commitment.entered_as,
            stance=commitment.stance,
            reason=reason.strip(),
        )
    )


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Commitment.id).where(Commitment.slug == slug)) is not None
