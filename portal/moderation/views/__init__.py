"""The moderators' desk: the queue, the pages of what waits, and the decisions."""

from portal.moderation.views import deciding, queue
from portal.moderation.views.page import bp

ROOMS = (deciding, queue)

__all__ = ["ROOMS", "bp"]
