"""Reads for the public pages that show several domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from werkzeug.exceptions import NotFound

from portal.commitments.queries.counting import Counts, counts_by_organisation
from portal.commitments.queries.filtering import (
    DONE,
    LATE,
    PROMISED,
    SILENT,
    CommitmentFilter,
    counting,
)
from portal.commitments.queries.standing import DAYS, days_of
from portal.core.db import Columnar, connection, db, read_as, read_number, read_rows
from portal.core.paging import SPARE, Key, Listing, in_order, page_of, read_day, start_of
from portal.documents.models import Picture
from portal.lifecycle import SignatureState
from portal.organisations.models import Identifier, Organisation, OrganisationKind
from portal.pact.models import SigningEvent
from portal.services.history import last_row
from portal.signatures.models import Signature
from portal.signatures.queries import PublicSignature
from portal.signatures.queries.filtering import STANDING, SignatoryFilter, matching, state_on

PAGE_SIZE = 24
BY_NAME, NEWEST = "naam", "nieuwste"
ORDERS = (BY_NAME, NEWEST)
NEVER = date(1, 1, 1)
MOST_DIGITS = 10
AT_ONCE = 500


class SignatoryCard(NamedTuple):
    """One signatory in the list: what `_CARDS` selects, and the counts of its commitments."""

    id: int
    slug: str
    name: str
    sort_name: str
    province: str | None
    is_fictional: bool
    name_nl: str
    name_en: str
    logo_key: str | None
    state: str
    signed_words: str | None
    signed_earliest: date | None
    signed_latest: date | None
    # For the order of the list: never None.
    signed: date
    is_frozen: bool
    counts: Counts | None


class TakenSignatory(NamedTuple):
    """One signatory in a table that people take along."""

    card: SignatoryCard
    website: str | None
    event_name: str | None
    ended_on: date | None
    short_number: int | None
    # The name of a register -> its number there.
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the filter of the list that it counts."""

    number: int
    filters: CommitmentFilter | SignatoryFilter


@dataclass(frozen=True, slots=True)
class Figures:
    """How far we are, in figures."""

    signatories: Figure
    # In how many provinces there is a signatory.
    provinces: int
    commitments: Figure
    done: Figure
    late: Figure
    # Taken from a source, while nobody of the signatory has said anything of them here.
    silent: Figure


_IS_LOGO = and_(Picture.id == Organisation.logo_id, Picture.hidden_at.is_(None))
_SIGNED = func.coalesce(Signature.signed_latest, NEVER)


def _cards(past: date | None) -> Columnar:
    """Return the select of what the list shows of a signatory, now or at the end of a day."""
    return select(
        Organisation.id,
        Organisation.slug,
        Organisation.name,
        Organisation.sort_name,
        Organisation.province,
        Organisation.is_fictional,
        OrganisationKind.name_nl,
        OrganisationKind.name_en,
        Picture.storage_key.label("logo_key"),
        state_on(past).label("state"),
        Signature.signed_words,
        Signature.signed_earliest,
        Signature.signed_latest,
        _SIGNED.label("signed"),
        Organisation.frozen_at.is_not(None).label("is_frozen"),
    )


_CARDS = _cards(None)
_TAKEN = (
    Organisation.website,
    SigningEvent.name.label("event_name"),
    Signature.ended_on,
    Signature.short_number,
)


class NewSignatory(NamedTuple):
    """One signatory as an entry of a feed."""

    id: int
    slug: str
    name: str
    state: str
    signed_words: str | None
    signed_earliest: date | None
    signed_latest: date | None
    # When it stood here first.
    shown_at: datetime


_SHOWN_AT = func.coalesce(Signature.admitted_at, Signature.created_at)
_NEW: Columnar = select(
    Organisation.id,
    Organisation.slug,
    Organisation.name,
    Signature.state,
    Signature.signed_words,
    Signature.signed_earliest,
    Signature.signed_latest,
    _SHOWN_AT,
)
_STANDING = matching(select(func.count(), func.count(Organisation.province.distinct())), STANDING)
_COUNTED = (PROMISED, DONE, LATE, SILENT)
_FIGURES = select(
    _STANDING.subquery(),
    *(counting(filters, DAYS).scalar_subquery() for filters in _COUNTED),
)


def _keys(order: str) -> list[Key]:
    keys = [Key(Organisation.sort_name, "sort_name"), Key(Organisation.id, "id")]
    if order == NEWEST:
        keys.insert(0, Key(_SIGNED, "signed", descending=True, read=read_day))
    return keys


def listing(
    filters: SignatoryFilter,
    *,
    on: date,
    grace_days: int,
    order: str = BY_NAME,
    cursor: str | None = None,
    is_past: bool = False,
) -> Listing[SignatoryCard]:
    """Return the page of the filtered list of signatories that begins at `cursor`.

    `on` is today; with `is_past`, it holds whoever had signed by that day, as they stood then.
    """
    past = on if is_past else None
    keys = _keys(order)
    shown = _CARDS if past is None else _cards(past)
    cards = matching(shown, filters, past).outerjoin(Picture, _IS_LOGO)
    page = page_of(db.session, cards, keys, size=PAGE_SIZE, cursor=cursor, spare=SPARE)
    ids = [row.id for row in page.rows]
    counts = counts_by_organisation(ids, on=on, grace_days=grace_days, is_past=is_past)
    return Listing(
        rows=[SignatoryCard._make((*row, counts.get(row.id))) for row in page.rows],
        count=read_number(matching(select(func.count()), filters, past)),
        next=page.next,
        previous=page.previous,
        start=start_of(db.session, cards, keys, page),
    )


def taken(
    filters: SignatoryFilter,
    *,
    on: date,
    grace_days: int,
    order: str = BY_NAME,
    is_past: bool = False,
) -> Iterator[TakenSignatory]:
    """Yield every signatory of the list with this filter, in its order, however long it is.

    `on` is today; with `is_past`, it holds whoever had signed by that day, as they stood then.
    """
    past = on if is_past else None
    query = matching(_cards(past).add_columns(*_TAKEN), filters, past)
    query = query.outerjoin(Picture, _IS_LOGO).outerjoin(
        SigningEvent, SigningEvent.id == Signature.event_id
    )
    ordered = query.order_by(*in_order(_keys(order))).execution_options(yield_per=AT_ONCE)
    for some in connection().execute(ordered).partitions():
        ids = [row.id for row in some]
        counts = counts_by_organisation(ids, on=on, grace_days=grace_days, is_past=is_past)
        numbers = _identifiers(ids)
        for row in some:
            card = SignatoryCard._make((*row[: -len(_TAKEN)], counts.get(row.id)))
            known = numbers.get(row.id, {})
            told = (row.website, row.event_name, row.ended_on, row.short_number)
            yield TakenSignatory(card, *told, known)


def _identifiers(ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """Return organisation -> the name of a register -> its number there."""
    found: dict[int, dict[str, str]] = {}
    of = Identifier.organisation_id.in_(ids)
    for number, scheme, value in read_rows(
        select(Identifier.organisation_id, Identifier.scheme, Identifier.value).where(of)
    ):
        found.setdefault(number, {})[scheme] = value
    return found


def newest(filters: SignatoryFilter, most: int) -> tuple[NewSignatory, ...]:
    """Return the `most` signatories of the list with this filter that came here last."""
    last = matching(_NEW, filters).order_by(_SHOWN_AT.desc(), Organisation.id.desc())
    return read_as(NewSignatory, last.limit(most))


def figures(*, on: date, grace_days: int) -> Figures:
    """Return how far we are on `on`, which is today."""
    row = connection().execute(_FIGURES, days_of(on, grace_days).values()).one()
    signatories, provinces, *counted = row
    promised, done, late, silent = map(Figure, counted, _COUNTED)
    return Figures(Figure(signatories, STANDING), provinces, promised, done, late, silent)


def get_signatory(slug: str) -> Organisation:
    """Return the public organisation at this address, or 404."""
    query = select(Organisation).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    organisation = db.session.scalars(query).first()
    if organisation is None:
        raise NotFound
    return organisation


def event_named(number: str) -> dict[str, str]:
    """Return the number of an event, as an address has it -> its name; nothing for no event."""
    if not (number.isascii() and number.isdigit() and len(number) < MOST_DIGITS):
        return {}
    name = db.session.scalar(select(SigningEvent.name).where(SigningEvent.id == int(number)))
    return {number: name} if name is not None and number == str(int(number)) else {}


def events_of(signatures: Sequence[PublicSignature]) -> list[SigningEvent]:
    """Return the events at which these signatures were set."""
    ids = {signature.event_id for signature in signatures if signature.event_id is not None}
    if not ids:
        return []
    return list(db.session.scalars(select(SigningEvent).where(SigningEvent.id.in_(ids))))


def is_ended_by_vereniging(signature: PublicSignature) -> bool:
    """Return whether the vereniging ended this signature, and not the organisation itself."""
    if signature.state != SignatureState.ENDED:
        return False
    last = last_row("signature", signature.id)
    return last is not None and last.step == "end_by_vereniging"
