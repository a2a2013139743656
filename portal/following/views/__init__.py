"""The pages of what changed, and of following it."""

from portal.following.views import changes, choosing, mailed
from portal.following.views.blueprint import bp

__all__ = ["bp", "changes", "choosing", "mailed"]
