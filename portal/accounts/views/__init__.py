"""Views of accounts: entering, recovering, one's own account, codes, roles."""

from portal.accounts.views import (
    code,
    desk_keys,
    entry,
    own,
    recovery,
    resetting,
    roles,
    second_factor,
    sessions,
    staff_invitations,
)
from portal.accounts.views.blueprint import bp

__all__ = [
    "bp",
    "code",
    "desk_keys",
    "entry",
    "own",
    "recovery",
    "resetting",
    "roles",
    "second_factor",
    "sessions",
    "staff_invitations",
]
