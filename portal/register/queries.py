"""Reads for the public pages that show several domains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from werkzeug.exceptions import NotFound

from portal.commitments.models import Commitment
from portal.commitments.queries import Counts, counts_by_organisation
from portal.commitments.queries.rows import last_due, late_clause
from portal.core.db import connection, db, read_row, read_rows
from portal.core.paging import Key, page_of, read_day
from portal.documents.models import Picture
from portal.organisations.likeness import match_name, sort_name
from portal.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.pact.models import SigningEvent
from portal.register.asked import Asked
from portal.services.history import last_row
from portal.signatures.models import Signature
from portal.signatures.queries import PublicSignature

PAGE_SIZE = 24
MOST_WORDS = 6
NEVER = date(1, 1, 1)

# The signature that counts for an organisation: the standing one, else the last that ended.
_LAST = (
    select(func.max(Signature.id))
    .where(
        Signature.organisation_id == Organisation.id,
        Signature.state.in_(["admitted", "ended"]),
    )
    .correlate(Organisation)
    .scalar_subquery()
)

_SIGNED = func.coalesce(Signature.signed_latest, NEVER)

CARDS: Select[*tuple[Any, ...]] = (
    select(
        Organisation.id,
        Organisation.slug,
        Organisation.name,
        Organisation.sort_name,
        Organisation.province,
        Organisation.is_fictional,
        OrganisationKind.name_nl,
        OrganisationKind.name_en,
        Picture.storage_key.label("logo_key"),
        Signature.state,
        Signature.signed_words,
        Signature.signed_earliest,
        Signature.signed_latest,
        _SIGNED.label("signed"),
    )
    .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
    .join(Signature, Signature.id == _LAST)
    .outerjoin(Picture, Picture.id == Organisation.logo_id)
    .where(Organisation.published_at.is_not(None))
)


KINDS = (
    select(OrganisationKind.slug, func.count())
    .join(Organisation, Organisation.kind_id == OrganisationKind.id)
    .where(Organisation.published_at.is_not(None))
    .group_by(OrganisationKind.slug)
)
_STANDING = (
    select(func.count(), func.count(Organisation.province.distinct()))
    .select_from(Signature)
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .where(Signature.state == "admitted")
    .subquery()
)


def _published(*clauses: ColumnElement[bool]) -> ScalarSelect[int]:
    # Written out, as it stands in the index that these are counted in.
    is_published = Commitment.state == literal_column("'published'")
    counted = select(func.count()).select_from(Commitment).where(is_published, *clauses)
    return counted.scalar_subquery()


FIGURES = select(
    _STANDING,
    _published(),
    _published(Commitment.progress == "gereed"),
    _published(late_clause(bindparam("last_due"))),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of signatories, with the counts of their commitments."""

    rows: Sequence[Any]
    counts: dict[int, Counts]
    count: int
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How far we are, in figures."""

    signatories: int
    provinces: int
    commitments: int
    done: int
    late: int


def _says(word: str) -> ColumnElement[bool]:
    """Match a word in today's name, a name of the past, or the short description.

    Both columns of folded names know no diacritics, so neither does the reader have to.
    """
    low = word.lower()
    had_name = exists().where(
        OrganisationName.organisation_id == Organisation.id,
        or_(
            func.lower(OrganisationName.name).contains(low, autoescape=True),
            OrganisationName.match_name.contains(match_name(word), autoescape=True),
        ),
    )
    describes = exists().where(
        ProfileText.id == Organisation.placed_profile_id,
        func.lower(ProfileText.body).contains(low, autoescape=True),
    )
    return or_(
        func.lower(Organisation.name).contains(low, autoescape=True),
        Organisation.sort_name.contains(sort_name(word), autoescape=True),
        had_name,
        describes,
    )


def _asked(query: Select[*tuple[Any, ...]], asked: Asked) -> Select[*tuple[Any, ...]]:
    if asked.kinds:
        query = query.where(OrganisationKind.slug.in_(asked.kinds))
    if asked.province:
        query = query.where(Organisation.province == asked.province)
    if asked.state:
        wanted = "admitted" if asked.state == "ondertekenaar" else "ended"
        query = query.where(Signature.state == wanted)
    telling = [word for word in asked.words.split() if any(map(str.isalnum, word))]
    return query.where(*(_says(word) for word in telling[:MOST_WORDS]))


def listing(asked: Asked, cursor: str | None) -> Listing:
    """Return the page of what was asked for that begins at `cursor`."""
    query = _asked(CARDS, asked)
    keys = [Key(Organisation.sort_name, "sort_name"), Key(Organisation.id, "id")]
    if asked.order == "nieuwste":
        keys.insert(0, Key(_SIGNED, "signed", descending=True, read=read_day))
    page = page_of(db.session, query, keys, size=PAGE_SIZE, cursor=cursor)
    counted = query.with_only_columns(func.count(), maintain_column_froms=True)
    return Listing(
        rows=page.rows,
        counts=counts_by_organisation([row.id for row in page.rows]),
        count=int(read_row(counted)[0]),
        next=page.next,
        previous=page.previous,
    )


def kind_counts() -> dict[str, int]:
    """Return how many public organisations there are of each kind."""
    return {row[0]: row[1] for row in read_rows(KINDS)}


def figures() -> Figures:
    """Return how far we are today."""
    return Figures(*connection().execute(FIGURES, {"last_due": last_due()}).one())


def get_signatory(slug: str) -> Organisation:
    """Return the public organisation at this address, or 404."""
    found = select(Organisation).where(
        Organisation.slug == slug, Organisation.published_at.is_not(None)
    )
    organisation = db.session.scalars(found).first()
    if organisation is None:
        raise NotFound
    return organisation


def logo_key(organisation: Organisation) -> str | None:
    """Return the key of an organisation's logo."""
    if organisation.logo_id is None:
        return None
    return db.session.scalar(select(Picture.storage_key).where(Picture.id == organisation.logo_id))


def events_of(signatures: Sequence[PublicSignature]) -> list[SigningEvent]:
    """Return the events at which these signatures were set."""
    ids = {signature.event_id for signature in signatures if signature.event_id is not None}
    if not ids:
        return []
    return list(db.session.scalars(select(SigningEvent).where(SigningEvent.id.in_(ids))))


def is_ended_by_vereniging(signature: PublicSignature) -> bool:
    """Return whether the vereniging ended this signature, and not who had signed."""
    if signature.state != "ended":
        return False
    last = last_row("signature", signature.id)
    return last is not None and last.step == "end_by_vereniging"
