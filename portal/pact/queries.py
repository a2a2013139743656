"""Every read of the pact's text, principles, layers and events that is no part of a write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, select, true
from werkzeug.exceptions import NotFound

from portal.core.db import db
from portal.core.i18n import current_locale
from portal.lifecycle import PactVersionState
from portal.pact.models import Layer, PactVersion, Principle, SigningEvent, Word
from portal.policy import Permission, Person, can


class VersionRow(NamedTuple):
    """One line in the list of versions."""

    id: int
    label: str
    title: str
    state: PactVersionState
    is_example: bool
    valid_from: date | None
    published_at: datetime | None
    sha256: str


class NamedRow(NamedTuple):
    """A principle or a layer in the language of the page."""

    id: int
    slug: str
    name: str


def _published() -> ColumnElement[bool]:
    return PactVersion.state == PactVersionState.PUBLISHED


# Drafts first, then the text that is valid since the latest day; an older text may come later.
_NEWEST_FIRST = (
    case((PactVersion.state == PactVersionState.DRAFT, 0), else_=1),
    PactVersion.valid_from.desc(),
    PactVersion.published_at.desc(),
    PactVersion.id.desc(),
)


def visible_to(viewer: Person) -> Select[PactVersion]:
    """Return the versions that `viewer` may read."""
    may_edit = can(viewer, Permission.PACT_EDIT)
    return select(PactVersion).where(true() if may_edit else _published())


def find_current() -> PactVersion | None:
    """Return the version that is signed today, the last to become valid; None without any."""
    newest = select(PactVersion).where(_published()).order_by(*_NEWEST_FIRST).limit(1)
    return db.session.scalars(newest).first()


def get_current() -> PactVersion:
    """Return the version that is signed today, or 404."""
    version = find_current()
    if version is None:
        raise NotFound
    return version


def get_version(label: str) -> PactVersion:
    """Return the version with this label, or 404."""
    version = db.session.scalars(select(PactVersion).where(PactVersion.label == label)).first()
    if version is None:
        raise NotFound
    return version


def get_version_by_id(pact_version_id: int) -> PactVersion:
    """Return the version with this id, or 404."""
    version = db.session.get(PactVersion, pact_version_id)
    if version is None:
        raise NotFound
    return version


def find_before(version: PactVersion) -> PactVersion | None:
    """Return the published version that this one followed, or for a draft would follow, if any."""
    published = list(
        db.session.scalars(select(PactVersion.id).where(_published()).order_by(*_NEWEST_FIRST))
    )
    older = published[published.index(version.id) + 1 :] if version.id in published else published
    return db.session.get(PactVersion, older[0]) if older else None


def versions(*, drafts: bool = False) -> list[VersionRow]:
    """Return all published versions, the newest first; with `drafts` also the drafts, on top."""
    query = select(
        PactVersion.id,
        PactVersion.label,
        PactVersion.title,
        PactVersion.state,
        PactVersion.is_example,
        PactVersion.valid_from,
        PactVersion.published_at,
        PactVersion.sha256,
    )
    if not drafts:
        query = query.where(_published())
    rows = db.session.execute(query.order_by(*_NEWEST_FIRST))
    return [VersionRow(*row) for row in rows]


def _named(model: type[Layer] | type[Principle]) -> list[NamedRow]:
    name = model.name_en if current_locale() == "en" else model.name_nl
    query = select(model.id, model.slug, name).where(model.is_active).order_by(model.position)
    return [NamedRow(*row) for row in db.session.execute(query)]


def layers() -> list[NamedRow]:
    """Return the layers that can be chosen, in their order."""
    return _named(Layer)


def principles() -> list[NamedRow]:
    """Return the principles (themes) that can be chosen, in their order."""
    return _named(Principle)


def all_words(kind: str) -> Sequence[Word]:
    """Return every layer ("lagen") or principle ("themas") in its order, also those out of use."""
    model = MODELS[kind]
    return list(db.session.scalars(select(model).order_by(model.position, model.id)))


MODELS: dict[str, type[Word]] = {"lagen": Layer, "themas": Principle}


def get_word(kind: str, word_id: int) -> Word:
    """Return one layer ("lagen") or principle ("themas"), or 404."""
    if kind not in MODELS:
        raise NotFound
    word = db.session.get(MODELS[kind], word_id)
    if word is None:
        raise NotFound
    return word


def events() -> list[SigningEvent]:
    """Return the events of signing, the latest first."""
    return list(db.session.scalars(select(SigningEvent).order_by(SigningEvent.held_on.desc())))


def get_event(event_id: int) -> SigningEvent:
    """Return the event of signing with this id, or 404."""
    event = db.session.get(SigningEvent, event_id)
    if event is None:
        raise NotFound
    return event
