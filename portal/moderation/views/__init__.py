"""The moderators' desk: the queue, the pages of what waits, and the decisions."""

from portal.moderation.views import (
    arrivals,
    decided,
    deciding,
    freezing,
    hiding,
    queue,
    setting_back,
)
from portal.moderation.views.page import bp

ROOMS = (arrivals, decided, deciding, freezing, hiding, queue, setting_back)

__all__ = ["ROOMS", "bp"]
