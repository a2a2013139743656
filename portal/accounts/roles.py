"""What the package above lends to accounts: their roles in organisations, and other ties."""

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
