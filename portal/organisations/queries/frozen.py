"""Organisations that are frozen, and why one of them is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.db import read_as
from portal.organisations.models import Organisation
from portal.services.history import last_row
from portal.services.models import HistoryRow


class FrozenRow(NamedTuple):
    """A frozen organisation, as the desk lists it; what rules ask of a subject."""

    id: int
    name: str
    frozen_at: datetime
    frozen_ground: str
    frozen_by_name: str | None

    @property
    def author_id(self) -> None:
        return None

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        return (self.id,)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()


_FROZEN = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.frozen_at,
        Organisation.frozen_ground,
        Account.name,
    )
    .outerjoin(Account, Account.id == Organisation.frozen_by)
    .where(Organisation.frozen_at.is_not(None))
    .order_by(Organisation.frozen_at.desc(), Organisation.id)
)


def frozen_organisations() -> Sequence[FrozenRow]:
    """Return every frozen organisation, the latest first; for moderators only."""
    return read_as(FrozenRow, _FROZEN)


def why_frozen(organisation: Organisation) -> HistoryRow | None:
    """Return the act by which an organisation was frozen; None for one that is not."""
    if not organisation.is_frozen:
        return None
    return last_row(organisation.thing, organisation.id, "freeze")
