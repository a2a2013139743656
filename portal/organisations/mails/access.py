"""The mails about rights that the vereniging proposes: asked, announced, stopped."""

from __future__ import annotations

from typing import Any

from portal.core.words import moment_words
from portal.lifecycle import AccessProposalState
from portal.organisations import queries
from portal.organisations.models import AccessProposal
from portal.organisations.roles import role_word
from portal.policy import Person
from portal.services import mail, telling
from portal.services.mail import Reader
from portal.services.telling import Audience, both, told_of

# An eigenaar is gone: the others get another link to object to what was announced.
_CAN_STOP = telling.mail("ending_waits", Audience.PERSON)
_RENEWED = telling.mail("organisation_access_announced", Audience.OWNERS, Audience.SIGNATORY)
MEMBERSHIP = told_of(
    "membership",
    {
        # An eigenaar of an organisation about which the vereniging entered something.
        "joined": both(telling.mail("organisation_about_us", Audience.PERSON), _CAN_STOP),
        "role_changed": both(
            telling.mail("organisation_role_changed", Audience.PERSON), both(_RENEWED, _CAN_STOP)
        ),
        "removed": both(telling.mail("organisation_member_removed", Audience.PERSON), _RENEWED),
        # Of a frozen organisation also the last eigenaar can leave.
        "left": both(_RENEWED, telling.mail("organisation_without_owner", Audience.MODERATORS)),
    },
)


def access_proposed(proposal: AccessProposal, *, by: Person) -> None:
    """Ask the other moderators to look at what one of them proposes."""
    for reader in _moderators_but(by):
        mail.send(
            "organisation_access_proposed",
            to=reader.email,
            locale=reader.locale,
            addressee=reader.name,
            proposal_id=proposal.id,
            proof=proposal.proof,
            **_proposed(proposal, reader.locale),
        )


def access_not_agreed(proposal: AccessProposal, *, reason: str) -> None:
    """Tell who proposed it that the second person does not agree, and why."""
    mail.send(
        "organisation_access_not_agreed",
        to=proposal.author.email,
        locale=proposal.author.locale,
        addressee=proposal.author.name,
        decision=proposal,
        reason=reason,
        **_proposed(proposal, proposal.author.locale),
    )


def access_agreed(proposal: AccessProposal, *, by: Person | None) -> None:
    """Tell who proposed it that it was given, unless they did so alone."""
    author = proposal.author
    if by is None or by.id != author.id:
        mail.send(
            "organisation_access_agreed",
            to=author.email,
            locale=author.locale,
            addressee=author.name,
            **_proposed(proposal, author.locale),
        )


def access_announced(proposal: AccessProposal, token: str, *, by: Person) -> None:
    """Tell everybody concerned that somebody gets in, unless an eigenaar objects in time."""
    access_announced_to_owners(proposal, token)
    request = proposal.request
    others: list[Reader] = [request.author] if request is not None else []
    for reader in [*others, *_moderators_but(by)]:
        access_announced_to(proposal, reader, token="")


def access_announced_to_owners(proposal: AccessProposal, token: str) -> None:
    """Announce it to the eigenaren, each with the link to object."""
    for owner in queries.owners_of(proposal.organisation_id):
        access_announced_to(proposal, owner, token=token)


def access_announced_to(
    proposal: AccessProposal, reader: Reader, *, token: str, is_owner: bool = True
) -> None:
    """Announce it to one reader; with a `token` they may object, as an eigenaar or who signed."""
    mail.send(
        "organisation_access_announced",
        to=reader.email,
        locale=reader.locale,
        addressee=reader.name,
        token=token,
        is_owner=is_owner,
        until=moment_words(proposal.effective_at, reader.locale),
        proof=proposal.proof if token else "",
        **_proposed(proposal, reader.locale),
    )


def access_stopped(proposal: AccessProposal, *, reason: str, by: Person | None) -> None:
    """Tell the owners and the moderators, but for who did it, that a right is not given (yet)."""
    actor = by.id if by is not None else None
    owners = queries.owners_of(proposal.organisation_id)
    readers: dict[str, Reader] = {
        owner.email: owner for owner in owners if owner.account_id != actor
    }
    readers |= {one.email: one for one in queries.moderators() if one.id != actor}
    for reader in readers.values():
        access_stopped_to(proposal, reader, reason=reason)


def access_stopped_to(proposal: AccessProposal, reader: Reader, *, reason: str = "") -> None:
    """Tell one reader that an announced right is not given."""
    mail.send(
        "organisation_access_stopped",
        to=reader.email,
        locale=reader.locale,
        addressee=reader.name,
        is_objection=proposal.state == AccessProposalState.OBJECTED,
        is_undone=proposal.state == AccessProposalState.PROPOSED,
        reason=reason,
        **_proposed(proposal, reader.locale),
    )


def _moderators_but(by: Person) -> list[queries.ModeratorRow]:
    return [reader for reader in queries.moderators() if reader.id != by.id]


def _proposed(proposal: AccessProposal, locale: str) -> dict[str, Any]:
    request = proposal.request
    return {
        "organisation": proposal.organisation.name,
        "organisation_id": proposal.organisation_id,
        "name": request.author.name if request is not None else proposal.email,
        "email": proposal.email,
        "role": role_word(proposal.role, locale),
        "proposer": proposal.author.name,
    }
