"""Commitments with their term, the moves of it, and messages about progress."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.commitments.actions.documents import link_document
from portal.commitments.actions.following import follow_progress
from portal.commitments.actions.writing import UNPUBLISHED, promise
from portal.commitments.models import Commitment, Prognosis, Revision, TermMove, Update
from portal.commitments.promise import promised
from portal.commitments.standing import PUBLIC_STATES, Progress, is_earlier
from portal.core import clock
from portal.core.db import db
from portal.core.markdown import render_typed
from portal.core.slugs import slugify
from portal.documents.models import Document
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.pact.models import Layer, Principle
from portal.services.short_numbers import give_number
from tests.factories.accounts import make_account
from tests.factories.comments import new_discussion
from tests.factories.signatures import make_signature
from tests.factories.states import REASON, add, bring_to, committed, number


@committed
def make_commitment(
    organisation: Organisation | None = None,
    *,
    state: str = "published",
    progress: str = "gepland",
    title: str | None = None,
    kind: str = "whitepaper",
    what: str = "Wij schrijven een **whitepaper**.",
    term: str = "eind 2030",
    promised_on: date | None = None,
    author: Account | None = None,
    layers: list[Layer] | None = None,
    principles: list[Principle] | None = None,
    documents: list[Document] | None = None,
    published_at: datetime | None = None,
    reason: str = REASON,
    entered_as: EnteredAs = EnteredAs.SIGNATORY,
    source_title: str = "",
    source_url: str | None = None,
) -> Commitment:
    """Return a commitment; without an organisation, of a new signatory.

    `term` is read as it would be on the form; words that are not understood leave no dates.
    """
    owner = organisation or make_signature().organisation
    person = author or make_account()
    heading = title or f"Toezegging {number()}"
    slug = slugify(heading)
    is_public = state in PUBLIC_STATES
    commitment = Commitment(
        organisation=owner,
        kind=kind,
        title=heading,
        what=what,
        what_html=render_typed(what),
        progress="ingetrokken" if state == "withdrawn" else progress,
        entered_as=entered_as,
        source_title=source_title,
        source_url=source_url,
        promised_on=promised_on or clock.today(),
        author_id=person.id,
        discussion=new_discussion(
            f"/toezeggingen/{slug}" if is_public else UNPUBLISHED,
            heading,
            organisation=owner,
            is_public=is_public,
        ),
        layers=layers or [],
        principles=principles or [],
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    promise(commitment, promised(term, commitment.promised_on), by=person)
    bring_to(commitment, state, by=person, reason=reason)
    if is_public:
        commitment.slug = slug
        commitment.published_at = published_at or clock.now()
        commitment.news_on = max(commitment.promised_on, clock.day_of(commitment.published_at))
    if entered_as == EnteredAs.VERENIGING and progress == "gepland" and state != "withdrawn":
        commitment.progress = Progress.SILENT
    if progress == "gereed":
        commitment.done_on = clock.today()
    if state == "withdrawn":
        commitment.withdrawn_on = clock.today()
        commitment.withdraw_reason = reason
    add(commitment)
    if is_public:
        give_number(commitment)
    for document in documents or []:
        link_document(commitment, document)
    return commitment


@committed
def make_term_move(
    commitment: Commitment,
    *,
    to: str = "eind 2031",
    reason: str = "De leverancier heeft meer tijd nodig.",
    author: Account | None = None,
    entered_as: EnteredAs = EnteredAs.SIGNATORY,
) -> TermMove:
    """Move the term of a commitment to other words; the old ones stay readable in the move."""
    person = author or make_account()
    move = TermMove(
        commitment_id=commitment.id,
        old_words=commitment.term_words,
        old_earliest=commitment.term_earliest,
        old_latest=commitment.term_latest,
        reason=reason,
        moved_at=clock.now(),
        entered_as=entered_as,
        author_id=person.id,
        author_name=person.name,
    )
    promise(commitment, promised(to, clock.today()), by=person)
    commitment.move_count += 1
    move.new_words = commitment.term_words
    move.new_earliest, move.new_latest = commitment.term_earliest, commitment.term_latest
    commitment.earlier_count += is_earlier(move.old_latest, move.new_latest)
    add(move)
    follow_progress(commitment)
    return move


@committed
def make_update(
    commitment: Commitment,
    *,
    progress: str = "loopt",
    body: str = "Wij zijn **begonnen**.",
    ahead: str = "",
    told_on: date | None = None,
    evidence_url: str | None = None,
    evidence: Document | None = None,
    author: Account | None = None,
    entered_as: EnteredAs = EnteredAs.SIGNATORY,
    source_title: str = "",
    source_url: str | None = None,
) -> Update:
    """Return a message about progress; the commitment is as far as the message says."""
    person = author or make_account()
    update = Update(
        commitment_id=commitment.id,
        entered_as=entered_as,
        source_title=source_title,
        source_url=source_url,
        progress=progress,
        body=body,
        html=render_typed(body),
        ahead=ahead,
        ahead_html=render_typed(ahead) if ahead else "",
        evidence_url=evidence_url,
        evidence=evidence,
        told_on=told_on or clock.today(),
        created_at=clock.now(),
        author_id=person.id,
        author_name=person.name,
    )
    commitment.update_count += 1
    add(update)
    follow_progress(commitment)
    return update


@committed
def make_revision(
    commitment: Commitment,
    *,
    what: str = "Wij schrijven **iets anders**.",
    author: Account | None = None,
) -> Revision:
    """Return a text that a commitment had until now; `author` replaced it."""
    person = author or make_account()
    numbers = select(func.count()).where(Revision.commitment_id == commitment.id)
    revision = Revision(
        commitment_id=commitment.id,
        number=(db.session.scalar(numbers) or 0) + 1,
        fields={"title": commitment.title, "kind": commitment.kind, "what": what},
        replaced_at=clock.now(),
        author_id=person.id,
        author_name=person.name,
        replaced_as=EnteredAs.SIGNATORY,
        entered_as=commitment.entered_as,
    )
    add(revision)
    return revision


@committed
def make_prognosis(
    commitment: Commitment,
    *,
    expected: str = "in de loop van 2031",
    body: str = "De leverancier is **begonnen**.",
    author: Account | None = None,
    source_title: str = "",
    source_url: str | None = None,
) -> Prognosis:
    """Return what the signatory expects of a commitment, which stays as it is."""
    person = author or make_account()
    prognosis = Prognosis(
        commitment_id=commitment.id,
        entered_as=EnteredAs.SIGNATORY,
        source_title=source_title,
        source_url=source_url,
        expected=expected,
        body=body,
        html=render_typed(body),
        created_at=clock.now(),
        author_id=person.id,
        author_name=person.name,
    )
    add(prognosis)
    return prognosis
