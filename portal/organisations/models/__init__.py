"""What the portal stores of organisations, of their people, and of what they propose."""

from portal.organisations.models.away import Absence
from portal.organisations.models.mailboxes import Mailbox
from portal.organisations.models.organisations import (
    Identifier,
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.organisations.models.people import (
    OWNERS_ANSWER_WITHIN,
    AccessProposal,
    AccessRequest,
    Arrival,
    Invitation,
    Membership,
    PastMembership,
)
from portal.organisations.models.proposals import IdentityProposal

__all__ = [
    "OWNERS_ANSWER_WITHIN",
    "Absence",
    "AccessProposal",
    "AccessRequest",
    "Arrival",
    "Identifier",
    "IdentityProposal",
    "Invitation",
    "Mailbox",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "PastMembership",
    "ProfileText",
]
