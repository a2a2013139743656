"""Views of commitments."""

import portal.commitments.views.along
import portal.commitments.views.citing
import portal.commitments.views.documents
import portal.commitments.views.prognoses
import portal.commitments.views.progress
import portal.commitments.views.reading
import portal.commitments.views.reading_documents
import portal.commitments.views.writing  # noqa: F401
from portal.commitments.views.blueprint import bp

__all__ = ["bp"]
