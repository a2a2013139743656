"""In whose name somebody may speak in a comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from portal.accounts.models import Account
from portal.core.db import read_as, read_row
from portal.core.i18n import lazy_gettext as _l
from portal.organisations.models import Membership, Organisation

FROZEN_VOICE = _l(
    "De vereniging onderzoekt een melding over die organisatie. Reageren namens die organisatie "
    "is tijdelijk niet mogelijk. Op persoonlijke titel kan wel."
)

_VOICES = (
    select(
        Organisation.id,
        Organisation.name,
        Membership.job_title,
        Organisation.frozen_at,
        Organisation.published_at.is_not(None),
    )
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.account_id == bindparam("account_id"))
    .order_by(Organisation.sort_name, Organisation.id)
)
_FREE_VOICES = _VOICES.where(Organisation.frozen_at.is_(None))
_VOICE = _VOICES.where(Organisation.id == bindparam("organisation_id"))


class Spoken(NamedTuple):
    """In whose name a comment is said, as its columns hold it; all empty: its writer's own."""

    organisation_id: int | None = None
    organisation_name: str | None = None
    job_title: str = ""
    is_of_vereniging: bool = False


class Voice(NamedTuple):
    """An organisation for which somebody may speak, and what they do there."""

    id: int
    name: str
    job_title: str
    # Since when the vereniging lets nobody speak for it.
    frozen_at: datetime | None
    # The vereniging admitted the organisation: it is who it says.
    is_admitted: bool


def voices_of(account_id: int) -> Sequence[Voice]:
    """Return every organisation that this account may speak for now, by name: no frozen one."""
    return read_as(Voice, _FREE_VOICES, account_id=account_id)


def is_of_staff(account_id: int) -> bool:
    """Return whether this account has a role in the vereniging, and so may speak for it."""
    query = select(Account.id).where(
        Account.id == account_id, or_(Account.is_moderator, Account.is_beheerder)
    )
    return read_row(query) is not None


def find_voice(account_id: int | None, organisation_id: int) -> Voice | None:
    """Return what this account is in an organisation; None without a role in it."""
    row = read_row(_VOICE, account_id=account_id, organisation_id=organisation_id)
    return Voice(*row) if row is not None else None
