"""What the portal stores of organisations, of their people, and of what they propose."""

from portal.organisations.models.organisations import (
    AccessRequest,
    Identifier,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    ProfileText,
)
from portal.organisations.models.proposals import IdentityProposal

__all__ = [
    "AccessRequest",
    "Identifier",
    "IdentityProposal",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "ProfileText",
]
