"""What a reader is told when a paper cannot be set."""

from __future__ import annotations

from portal.core.errors import PortalError


class PressBusy(PortalError):
    """The paper needs more than it may use, or too many others are being set."""

    status = 503
