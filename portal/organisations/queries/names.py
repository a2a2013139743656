"""What organisations were called before."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from portal.core.db import db
from portal.organisations.models import OrganisationName


def name_on(organisation_id: int, on: date) -> str | None:
    """Return the name that an organisation had on a day, None where that is not known."""
    names = select(OrganisationName.name).where(
        OrganisationName.organisation_id == organisation_id,
        or_(OrganisationName.valid_from.is_(None), OrganisationName.valid_from <= on),
        or_(OrganisationName.valid_until.is_(None), OrganisationName.valid_until >= on),
    )
    return db.session.scalar(names.order_by(OrganisationName.id.desc()).limit(1))
