"""Views of signatures: start and work page, preparing, steps, confirming, ending, historic."""

from portal.signatures.views import (
    confirming,
    ending,
    historic,
    preparing,
    showing,
    steps,
    stopping,
)
from portal.signatures.views.blueprint import bp

ROOMS = (confirming, ending, historic, preparing, showing, steps, stopping)

__all__ = ["ROOMS", "bp"]
