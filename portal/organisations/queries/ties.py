"""What ties an account to organisations in which it has no role: for who decides about them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, func, literal, or_, select, union_all

from portal.core import clock
from portal.core.db import read_rows
from portal.core.settings import settings
from portal.lifecycle import AccessRequestState
from portal.organisations.models import AccessRequest, PastMembership
from portal.policy import Refusal, Tie

# A request that was taken back counts as well: it would be an easy way out.
_ASKED = (
    select(
        literal(str(Refusal.ASKED_ACCESS)).label("reason"),
        AccessRequest.organisation_id.label("organisation_id"),
        func.max(AccessRequest.created_at).label("at"),
    )
    .where(
        AccessRequest.author_id == bindparam("account_id"),
        or_(
            AccessRequest.state == AccessRequestState.OPEN,
            AccessRequest.created_at > bindparam("since"),
        ),
    )
    .group_by(AccessRequest.organisation_id)
)
_LEFT = (
    select(
        literal(str(Refusal.LEFT_ORGANISATION)).label("reason"),
        PastMembership.organisation_id,
        func.max(PastMembership.left_at).label("at"),
    )
    .where(
        PastMembership.account_id == bindparam("account_id"),
        PastMembership.left_at > bindparam("since"),
    )
    .group_by(PastMembership.organisation_id)
)
_TIES = union_all(_ASKED, _LEFT)
# Of two ties to one organisation the later of these counts.
_RANK = (str(Refusal.ASKED_ACCESS), str(Refusal.LEFT_ORGANISATION))


def ties_of(account_id: int) -> dict[int, Tie]:
    """Return organisation id -> what ties an account to it without a role.

    It belonged to it or asked to join within the period of the setting. An invitation is no tie:
    an eigenaar could keep every moderator from deciding about the organisation by sending them one.
    """
    since = clock.now() - timedelta(days=settings().stake_days)
    rows = sorted(
        read_rows(_TIES, account_id=account_id, since=since),
        key=lambda row: _RANK.index(row.reason),
    )
    return {row.organisation_id: Tie(Refusal(row.reason), clock.day_of(row.at)) for row in rows}
