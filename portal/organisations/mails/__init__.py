"""The mails about organisations: who gets them, in which language, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.organisations import queries
from portal.organisations.mails.access import (
    MEMBERSHIP,
    access_agreed,
    access_announced,
    access_announced_to,
    access_announced_to_owners,
    access_not_agreed,
    access_proposed,
    access_stopped,
    access_stopped_to,
)
from portal.organisations.mails.away import AWAY
from portal.organisations.mails.claiming import CLAIMING, about_us, claim_disowned, corrected
from portal.organisations.mails.freezing import frozen, unfrozen, without_owner
from portal.organisations.mails.mailboxes import MAILBOX
from portal.organisations.mails.proposals import PROPOSING, proposal_decided
from portal.organisations.models import AccessRequest, Invitation, Membership
from portal.organisations.roles import role_word
from portal.services import mail, telling
from portal.services.telling import NEWS, NOBODY, Audience, both, told_of

__all__ = [
    "WHO_IS_TOLD",
    "about_us",
    "access_agreed",
    "access_announced",
    "access_announced_to",
    "access_announced_to_owners",
    "access_answered",
    "access_asked",
    "access_not_agreed",
    "access_proposed",
    "access_stopped",
    "access_stopped_to",
    "claim_disowned",
    "corrected",
    "frozen",
    "invitation",
    "let_in",
    "member_removed",
    "proposal_decided",
    "role_changed",
    "unfrozen",
    "without_owner",
]


def invitation(invitation_row: Invitation, token: str, *, inviter: str, locale: str) -> None:
    """Invite somebody, in the language of who invites, or their own when they have an account."""
    organisation = invitation_row.organisation
    mail.send(
        "organisation_invitation",
        to=invitation_row.email,
        locale=locale,
        organisation=organisation.name,
        slug=(organisation.slug or "") if organisation.is_public else "",
        is_by_vereniging=invitation_row.proposal_id is not None,
        inviter=inviter,
        role=role_word(invitation_row.role, locale),
        is_owner=invitation_row.role == "eigenaar",
        email=invitation_row.email,
        token=token,
        days=-((clock.now() - invitation_row.expires_at) // timedelta(days=1)),
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
            addressee=reader.name,
            organisation=organisation.name,
            organisation_id=organisation.id,
            request_id=request.id,
            asker=request.author.name,
            email=request.author.email,
            job_title=request.job_title,
            message=request.message,
            has_owner=has_owner,
        )


def access_answered(
    request: AccessRequest,
    *,
    role: str | None,
    reason: str = "",
    is_by_vereniging: bool = False,
) -> None:
    """Tell who asked what the answer is; a role means yes."""
    author = request.author
    mail.send(
        "organisation_access_granted" if role else "organisation_access_refused",
        to=author.email,
        locale=author.locale,
        addressee=author.name,
        decision=None if role else request,
        organisation=request.organisation.name,
        organisation_id=request.organisation_id,
        is_public=request.organisation.is_public,
        is_by_vereniging=is_by_vereniging,
        role=role_word(role, author.locale) if role else "",
        reason=reason,
    )


def let_in(request: AccessRequest, *, role: str, owners: Sequence[Any]) -> None:
    """Tell the owners of an organisation that the vereniging let somebody in."""
    for owner in owners:
        mail.send(
            "organisation_let_in",
            to=owner.email,
            locale=owner.locale,
            addressee=owner.name,
            organisation=request.organisation.name,
            organisation_id=request.organisation_id,
            name=request.author.name,
            email=request.author.email,
            role=role_word(role, owner.locale),
        )


def role_changed(membership: Membership) -> None:
    """Tell a member of their new role."""
    account = membership.account
    mail.send(
        "organisation_role_changed",
        to=account.email,
        locale=account.locale,
        addressee=account.name,
        organisation=membership.organisation.name,
        organisation_id=membership.organisation_id,
        role=role_word(membership.role, account.locale),
    )


def member_removed(membership: Membership) -> None:
    """Tell somebody that they no longer belong to the organisation."""
    account = membership.account
    mail.send(
        "organisation_member_removed",
        to=account.email,
        locale=account.locale,
        addressee=account.name,
        organisation=membership.organisation.name,
    )


_ANNOUNCED = telling.mail(
    "organisation_access_announced",
    Audience.PERSON,
    Audience.OWNERS,
    Audience.SIGNATORY,
    Audience.MODERATORS,
)
# Withdrawn: only of what was announced.
_STOPPED = telling.mail(
    "organisation_access_stopped", Audience.OWNERS, Audience.SIGNATORY, Audience.MODERATORS
)


CORRECTED = telling.mail("organisation_corrected", Audience.OWNERS, Audience.MAILBOX, is_news=True)
_WRITERS = (Audience.OWNERS, Audience.EDITORS, Audience.MAILBOX)
DISOWNED = telling.mail("claim_disowned", Audience.MODERATORS, is_news=True)

WHO_IS_TOLD = {
    **told_of(
        "organisation",
        {
            "created": NOBODY,
            "entered": NOBODY,
            "edited": NEWS,
            "corrected": CORRECTED,
            "taken_over": NEWS,
            "disowned": DISOWNED,
            "disown_undone": NEWS,
            "logo_set": NOBODY,
            "logo_removed": NOBODY,
            "published": NEWS,
            "unpublished": NOBODY,
            "identity_placed": NEWS,
            "identity_set_back": NEWS,
            # A report is no proof: those who follow it hear nothing.
            "freeze": telling.mail("organisation_frozen", *_WRITERS),
            "unfreeze": telling.mail("organisation_unfrozen", *_WRITERS),
        },
    ),
    **PROPOSING,
    **told_of("organisation_kind", {"added": NOBODY, "edited": NOBODY}),
    **told_of(
        "profile",
        {
            "submit": NOBODY,
            "place": telling.mail("organisation_profile_placed", Audience.WRITER),
            "ask_change": telling.mail("organisation_profile_change_asked", Audience.WRITER),
            "refuse": telling.mail("organisation_profile_refused", Audience.WRITER),
            "replace": NOBODY,
            "supersede": NOBODY,
            "undo": telling.mail("decision_undone", Audience.WRITER),
            "stand_again": NOBODY,
            "withdraw": NOBODY,
            "hide": telling.mail("hidden", *_WRITERS),
            "restore": telling.mail("restored", *_WRITERS),
            "confirm_hidden": NOBODY,
        },
    ),
    **MEMBERSHIP,
    **AWAY,
    **MAILBOX,
    **CLAIMING,
    **told_of(
        "invitation",
        {
            "invite": telling.mail("organisation_invitation", Audience.PERSON),
            "accept": NOBODY,
            "revoke": NOBODY,
            "mailed_again": telling.mail("organisation_invitation", Audience.PERSON),
        },
    ),
    **told_of(
        "access_proposal",
        {
            "propose": telling.mail("organisation_access_proposed", Audience.MODERATORS),
            # Who gets in hears of it by a request that is granted, or an invitation.
            "approve": telling.mail("organisation_access_agreed", Audience.WRITER),
            "announce": _ANNOUNCED,
            "refuse": telling.mail("organisation_access_not_agreed", Audience.WRITER),
            "object": _STOPPED,
            "give": telling.mail("organisation_access_agreed", Audience.WRITER),
            "withdraw": _STOPPED,
            # Of what was announced all who were told; else the proposer and who got in.
            "undo": both(
                telling.mail("decision_undone", Audience.WRITER, Audience.PERSON),
                both(_STOPPED, telling.mail("organisation_access_stopped", Audience.PERSON)),
            ),
        },
    ),
    **told_of(
        "access_request",
        {
            "propose": NOBODY,
            # The moderators where there is no owner.
            "ask": telling.mail("organisation_access_asked", Audience.OWNERS, Audience.MODERATORS),
            # The owners when the vereniging let somebody in.
            "grant": both(
                telling.mail("organisation_access_granted", Audience.PERSON),
                telling.mail("organisation_let_in", Audience.OWNERS),
            ),
            "refuse": telling.mail("organisation_access_refused", Audience.PERSON),
            "take_back": NOBODY,
            "undo": telling.mail("decision_undone", Audience.PERSON),
            "reopen": NOBODY,
        },
    ),
}
