"""Mailed invitations to a role: what their links have in common, wherever the role is."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select

from portal.accounts.models import Invited
from portal.core import clock
from portal.core.addresses import build_path
from portal.core.db import db
from portal.core.errors import LinkDead, LinkUnknown
from portal.core.tokens import token_hash
from portal.lifecycle import InvitationState
from portal.services.history import last_row

# The ground on which an invitation died with the right of who sent it.
INVITER_GONE = "inviter_gone"

Kind = TypeVar("Kind", bound=Invited)


def by_link(kind: type[Kind], token: str) -> Kind:
    """Return the invitation of a kind behind a mailed link, in whatever state.

    LinkUnknown without one, LinkDead for the link of before it was mailed again.
    """
    hashed = token_hash(token)
    query = select(kind).where(or_(kind.token_hash == hashed, kind.former_token_hash == hashed))
    invitation = db.session.scalars(query).first()
    if invitation is None:
        raise LinkUnknown
    if invitation.token_hash != hashed:
        raise LinkDead("replaced")
    return invitation


def address_of_link(kind: type[Invited], endpoint: str, path: str) -> str | None:
    """Return the address to which the link with this path went, while it may be used.

    Whoever has the path reads the mail of that address. None for a path that is not one to
    `endpoint`, where the links of this kind lead.
    """
    token = path.rpartition("/")[2]
    own_path = build_path()(endpoint, {"token": token}) if token else ""
    if path.removeprefix("/en") != own_path:
        return None
    query = select(kind.email).where(
        kind.token_hash == token_hash(token),
        kind.state == InvitationState.OPEN,
        kind.expires_at > clock.now(),
    )
    return db.session.scalar(query)


def why_closed(invitation: Invited, siblings: ColumnElement[bool]) -> str | None:
    """Return why its link fails whoever sent it, None when it works.

    It was used, replaced, revoked or has expired, or died with the right of who sent it.
    `siblings` is the condition for invitations to the same place, of any address.
    """
    if invitation.state == InvitationState.ACCEPTED:
        return "used"
    if invitation.state == InvitationState.OPEN:
        return "expired" if invitation.expires_at < clock.now() else None
    last = last_row(invitation.thing, invitation.id)
    if last is not None and last.ground == INVITER_GONE:
        return INVITER_GONE
    kind = type(invitation)
    later = select(kind.id).where(
        siblings, kind.email_key == invitation.email_key, kind.id > invitation.id
    )
    return "replaced" if db.session.scalars(later).first() is not None else "revoked"
