"""Every write to the pact's text, its principles and layers, and the events of signing."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.core import clock, markdown
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.slugs import free_slug, slugify
from portal.pact.models import PactVersion, SigningEvent, Word
from portal.pact.queries import MODELS
from portal.policy import Person
from portal.services.history import advance, create, hold, record


def sha256_of(body: str) -> str:
    """Return the fingerprint of a text: SHA-256 over its UTF-8, lines ended by one newline."""
    return hashlib.sha256(body.replace("\r\n", "\n").encode()).hexdigest()


def html_of(body: str) -> str:
    """Return the text of a version as its page shows it."""
    return markdown.render(body, first_heading=3)


def _set_text(version: PactVersion, body: str) -> None:
    version.body = body.replace("\r\n", "\n")
    version.html = html_of(version.body)
    version.sha256 = sha256_of(version.body)


def draft(*, label: str, title: str, body: str, is_example: bool, by: Person | None) -> PactVersion:
    """Return a new version as a draft; FieldRefused when the label is taken."""
    version = PactVersion(
        label=label,
        title=title,
        is_example=is_example,
        created_at=clock.now(),
        author_id=by.id if by is not None else None,
    )
    _set_text(version, body)
    try:
        with db.session.begin_nested():
            create(version, "draft", by=by)
    except IntegrityError as clash:
        raise FieldRefused("label", _("Er is al een versie met deze naam.")) from clash
    return version


def edit(
    version: PactVersion, *, title: str, body: str, is_example: bool, by: Person | None
) -> None:
    """Change a draft; a published text never changes: StepNotOpen."""
    hold(version, "edited")
    version.title, version.is_example = title, is_example
    _set_text(version, body)
    record(version, "edited", by=by)


def publish(version: PactVersion, *, valid_from: date | None = None, by: Person | None) -> None:
    """Publish a draft, whose text never changes any more; the last to become valid is signed.

    `valid_from` is today, or an earlier day; FieldRefused for a later one, since the text would be
    signed before it is valid. Older signatures keep the text that they were set under.
    """
    day = valid_from or clock.today()
    if day > clock.today():
        raise FieldRefused("valid_from", _("Kies vandaag, of de dag waarop de tekst al gold."))
    advance(version, "publish", by=by)
    version.published_at, version.valid_from = clock.now(), day


def add_event(
    *, name: str, place: str, held_on: date, source_url: str | None, by: Person | None
) -> SigningEvent:
    """Return a new event at which organisations sign together."""
    event = SigningEvent(
        name=name, place=place, held_on=held_on, source_url=source_url, created_at=clock.now()
    )
    db.session.add(event)
    db.session.flush()
    record(event, "added", by=by)
    return event


def edit_event(
    event: SigningEvent,
    *,
    name: str,
    place: str,
    held_on: date,
    source_url: str | None,
    by: Person | None,
) -> None:
    """Correct name, place, day and source of an event; signatures set there show the new ones."""
    event.name, event.place = name, place
    event.held_on, event.source_url = held_on, source_url
    record(event, "edited", by=by)


def add_word(kind: str, *, name_nl: str, name_en: str, by: Person | None) -> Word:
    """Return a new layer ("lagen") or principle ("themas"), the last of its list."""
    model = MODELS[kind]
    last = db.session.scalar(select(func.max(model.position))) or 0
    taken = set(db.session.scalars(select(model.slug)))
    word = model(
        slug=free_slug(slugify(name_nl, limit=60), taken.__contains__),
        name_nl=name_nl,
        name_en=name_en,
        position=last + 1,
        is_active=True,
        version=1,
    )
    db.session.add(word)
    db.session.flush()
    record(word, "added", by=by, reason=name_nl)
    return word


def edit_word(
    word: Word, *, name_nl: str, name_en: str, position: int, is_active: bool, by: Person | None
) -> None:
    """Rename, move or retire a layer or principle; commitments that have it keep it."""
    word.name_nl, word.name_en = name_nl, name_en
    word.position, word.is_active = position, is_active
    record(word, "edited", by=by, reason=f"{name_nl} / {name_en}")
