"""The list of signatories: its pages, all of it as a table, and who came here last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, func, select

from portal.commitments.queries.counting import (
    Counts,
    counts_by_organisation,
    last_news_of,
)
from portal.core.db import Columnar, connection, db, read_as, read_number, read_rows
from portal.core.paging import SPARE, Listing, in_order, page_of, start_of
from portal.documents.models import Picture
from portal.organisations.models import Identifier, Organisation, OrganisationKind
from portal.pact.models import SigningEvent
from portal.register.queries.ordering import BY_NAME, SIGNED, in_order_of
from portal.signatures.models import Signature
from portal.signatures.queries.filtering import SignatoryFilter, matching, state_on

PAGE_SIZE = 24
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
    # The last day with news of one of its commitments; None where it was not asked.
    news_on: date | None


class TakenSignatory(NamedTuple):
    """One signatory in a table that people take along."""

    card: SignatoryCard
    website: str | None
    event_name: str | None
    ended_on: date | None
    short_number: int | None
    # The name of a register -> its number there.
    numbers: Mapping[str, str]


_IS_LOGO = and_(Picture.id == Organisation.logo_id, Picture.hidden_at.is_(None))


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
        SIGNED.label("signed"),
        Organisation.frozen_at.is_not(None).label("is_frozen"),
    )


_CARDS = _cards(None)
_WIDTH = len(_CARDS.selected_columns)
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


def listing(
    filters: SignatoryFilter,
    *,
    on: date,
    grace_days: int,
    order: str = BY_NAME,
    cursor: str | None = None,
    is_past: bool = False,
    with_news: bool = False,
) -> Listing[SignatoryCard]:
    """Return the page of the filtered list of signatories that begins at `cursor`.

    `on` is today; with `is_past`, it holds whoever had signed by that day, as they stood then.
    """
    past = on if is_past else None
    shown = _CARDS if past is None else _cards(past)
    query = matching(shown, filters, past).outerjoin(Picture, _IS_LOGO)
    cards, keys = in_order_of(query, order, on=on, grace_days=grace_days, is_past=is_past)
    page = page_of(db.session, cards, keys, size=PAGE_SIZE, cursor=cursor, spare=SPARE)
    found = _Told([row.id for row in page.rows], on, grace_days, is_past, with_news)
    return Listing(
        rows=[found.card(row) for row in page.rows],
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
    cards, keys = in_order_of(query, order, on=on, grace_days=grace_days, is_past=is_past)
    ordered = cards.order_by(*in_order(keys)).execution_options(yield_per=AT_ONCE)
    for some in connection().execute(ordered).partitions():
        ids = [row.id for row in some]
        found, numbers = _Told(ids, on, grace_days, is_past, with_news=True), _identifiers(ids)
        for row in some:
            known = numbers.get(row.id, {})
            more = (row.website, row.event_name, row.ended_on, row.short_number)
            yield TakenSignatory(found.card(row), *more, known)


def cards_of(slugs: Sequence[str], *, on: date, grace_days: int) -> Sequence[SignatoryCard]:
    """Return the signatories with these slugs as they stand today, in no order of their own."""
    named = matching(_CARDS, SignatoryFilter()).outerjoin(Picture, _IS_LOGO)
    rows = connection().execute(named.where(Organisation.slug.in_(slugs))).all()
    found = _Told([row.id for row in rows], on, grace_days, is_past=False, with_news=True)
    return [found.card(row) for row in rows]


class _Told:
    """What some signatories promised, asked at once: how many are how far, and the last news."""

    def __init__(
        self, ids: Sequence[int], on: date, grace_days: int, is_past: bool, with_news: bool
    ) -> None:
        self._counts = counts_by_organisation(ids, on=on, grace_days=grace_days, is_past=is_past)
        # Of an earlier day it is not known.
        self._news = last_news_of(ids) if with_news and not is_past else {}

    def card(self, row: Row[*tuple[Any, ...]]) -> SignatoryCard:
        """Return a row that begins with what `_CARDS` selects as a card."""
        number = row.id
        told = (self._counts.get(number), self._news.get(number))
        return SignatoryCard._make((*row[:_WIDTH], *told))


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
