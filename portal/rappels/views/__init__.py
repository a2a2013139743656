"""The pages of rappels: for the vereniging, for who answers, and for everybody."""

import portal.rappels.views.answering
import portal.rappels.views.running
import portal.rappels.views.showing  # noqa: F401
from portal.rappels.views.blueprint import bp

__all__ = ["bp"]
