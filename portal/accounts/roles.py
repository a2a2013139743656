"""What the package above lends to accounts: the roles that an account has in organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portal.core.db import Bound


class RolesOf(Protocol):
    """Returns organisation id -> role of one account, as it stands now."""

    def __call__(self, account_id: int, /) -> Mapping[int, str]: ...


roles_of: Bound[RolesOf] = Bound("roles_of")
