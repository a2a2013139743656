"""The moderators' desk: the queue, and a page to decide on each kind of thing."""

from portal.moderation.views import access, comments, profiles, queue
from portal.moderation.views.page import bp

__all__ = ["access", "bp", "comments", "profiles", "queue"]
