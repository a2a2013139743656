"""Views of signatures: start and work page, preparing, steps, confirming, ending, historic."""

from portal.signatures.views import (
    confirming,
    ending,
    historic,
    preparing,
    showing,
    steps,
)
from portal.signatures.views.blueprint import bp

ROOMS = (confirming, ending, historic, preparing, showing, steps)

__all__ = ["ROOMS", "bp"]
