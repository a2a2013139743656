"""Every read of organisations and of people in them."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.organisations.models import Membership

ROLES = select(Membership.organisation_id, Membership.role).where(
    Membership.account_id == bindparam("account_id")
)


def roles_of(account_id: int) -> dict[int, str]:
    """Return organisation id -> role of an account."""
    return {row[0]: row[1] for row in db.session.execute(ROLES, {"account_id": account_id})}
