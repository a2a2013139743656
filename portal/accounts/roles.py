"""What the package above lends to accounts: roles and ties, invitations, organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portal.core.db import Bound
from portal.policy import Roles, Tie


class RolesOf(Protocol):
    """Returns organisation id -> role of one account, and which are frozen, as it stands now."""

    def __call__(self, account_id: int, /) -> Roles: ...


roles_of: Bound[RolesOf] = Bound("roles_of")


class TiesOf(Protocol):
    """Returns organisation id -> what ties one account to it without a role, as it stands now."""

    def __call__(self, account_id: int, /) -> Mapping[int, Tie]: ...


ties_of: Bound[TiesOf] = Bound("ties_of")


class InvitedAddress(Protocol):
    """Returns the e-mail address to which an invitation with this path went, None for none."""

    def __call__(self, path: str, /) -> str | None: ...


invited_address: Bound[InvitedAddress] = Bound("invited_address")


class IsOrganisation(Protocol):
    """Returns whether a public organisation in the register has exactly this name."""

    def __call__(self, name: str, /) -> bool: ...


is_organisation: Bound[IsOrganisation] = Bound("is_organisation")
