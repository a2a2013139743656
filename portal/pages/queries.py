"""The vereniging's settings and legal texts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from sqlalchemy import select

from portal.core.db import db
from portal.documents.models import Picture
from portal.pages.models import Vereniging


@dataclass(frozen=True, slots=True)
class VerenigingFacts:
    """What every page says of the vereniging."""

    name: str
    site_name: str
    email: str
    phone: str
    post_address: str
    website: str
    security_contact: str
    logo_url: str | None


UNSET = VerenigingFacts("De vereniging", "Groeipact Common Ground", "", "", "", "", "", None)

FACTS = select(
    Vereniging.name,
    Vereniging.site_name,
    Vereniging.email,
    Vereniging.phone,
    Vereniging.post_address,
    Vereniging.website,
    Vereniging.security_contact,
    Picture.storage_key.label("logo_key"),
).outerjoin(Picture, Picture.id == Vereniging.logo_id)


def current_vereniging() -> VerenigingFacts:
    """Return the settings that pages show, read once a request; plain words before they are set."""
    if "vereniging" not in g:
        row = db.session.execute(FACTS).first()
        logo = None if row is None or row.logo_key is None else f"/beelden/{row.logo_key}"
        g.vereniging = UNSET if row is None else VerenigingFacts(*row[:7], logo)
    found: VerenigingFacts = g.vereniging
    return found
