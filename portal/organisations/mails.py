"""The mails about organisations: who gets them, in which language, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.core.i18n import speak
from portal.organisations import queries
from portal.organisations.models import (
    AccessRequest,
    Invitation,
    Membership,
    Organisation,
)
from portal.organisations.roles import ROLE_WORDS
from portal.services import mail

Change = tuple[Any, str | None, str | None]


def _role(role: str, locale: str) -> str:
    with speak(locale):
        return str(ROLE_WORDS[role])


def invitation(found: Invitation, token: str, *, inviter: str, locale: str) -> None:
    """Invite somebody, in the language of who invites, or their own when they have an account."""
    mail.send(
        "organisation_invitation",
        to=found.email,
        locale=locale,
        organisation=found.organisation.name,
        inviter=inviter,
        role=_role(found.role, locale),
        is_owner=found.role == "eigenaar",
        email=found.email,
        token=token,
        days=(found.expires_at - found.created_at).days,
    )


def access_asked(request: AccessRequest) -> None:
    """Tell the owners that somebody asks to join; the moderators when there are none."""
    organisation = request.organisation
    readers: Sequence[Any] = queries.owners_of(organisation.id)
    has_owner = bool(readers)
    for reader in readers or queries.moderators():
        mail.send(
            "organisation_access_asked",
            to=reader.email,
            locale=reader.locale,
            organisation=organisation.name,
            organisation_id=organisation.id,
            request_id=request.id,
            asker=request.author.name,
            email=request.author.email,
            job_title=request.job_title,
            message=request.message,
            has_owner=has_owner,
        )


def access_answered(request: AccessRequest, *, role: str | None, reason: str = "") -> None:
    """Tell who asked what the answer is; a role means yes."""
    author = request.author
    mail.send(
        "organisation_access_granted" if role else "organisation_access_refused",
        to=author.email,
        locale=author.locale,
        organisation=request.organisation.name,
        organisation_id=request.organisation_id,
        is_public=request.organisation.is_public,
        role=_role(role, author.locale) if role else "",
        reason=reason,
    )


def let_in(request: AccessRequest, *, role: str, owners: Sequence[Any]) -> None:
    """Tell the owners of an organisation that the vereniging let somebody in."""
    for owner in owners:
        mail.send(
            "organisation_let_in",
            to=owner.email,
            locale=owner.locale,
            organisation=request.organisation.name,
            organisation_id=request.organisation_id,
            name=request.author.name,
            email=request.author.email,
            role=_role(role, owner.locale),
        )


def role_changed(membership: Membership) -> None:
    """Tell a member of their new role."""
    account = membership.account
    mail.send(
        "organisation_role_changed",
        to=account.email,
        locale=account.locale,
        organisation=membership.organisation.name,
        organisation_id=membership.organisation_id,
        role=_role(membership.role, account.locale),
    )


def member_removed(membership: Membership) -> None:
    """Tell somebody that they no longer belong to the organisation."""
    account = membership.account
    mail.send(
        "organisation_member_removed",
        to=account.email,
        locale=account.locale,
        organisation=membership.organisation.name,
    )


def changed(organisation: Organisation, changes: Sequence[Change]) -> None:
    """Tell the moderators what became different of a public organisation."""
    for moderator in queries.moderators():
        with speak(moderator.locale):
            lines = [f"- {label}: {old or '–'} → {new or '–'}" for label, old, new in changes]
        mail.send(
            "organisation_changed",
            to=moderator.email,
            locale=moderator.locale,
            organisation=organisation.name,
            organisation_id=organisation.id,
            changes="\n".join(lines),
        )
