"""Views of commitments."""

import portal.commitments.views.keeping
import portal.commitments.views.papers
import portal.commitments.views.reading
import portal.commitments.views.writing  # noqa: F401
from portal.commitments.views.blueprint import bp

__all__ = ["bp"]
