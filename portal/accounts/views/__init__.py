"""Views of accounts: entering, recovering, one's own account, roles."""

from portal.accounts.views import entry, own, recovery, roles, sessions
from portal.accounts.views.blueprint import bp

__all__ = ["bp", "entry", "own", "recovery", "roles", "sessions"]
