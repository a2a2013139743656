"""What the worker does: the archive of a day at night, and at once when something went."""

from __future__ import annotations

from datetime import timedelta

from portal.opendata.making import make_archive
from portal.opendata.queries import archive_is_due
from portal.services.upkeep import every


@every(timedelta(minutes=1), when=archive_is_due)
def renew_archive() -> None:
    """Make the archive of the register anew."""
    make_archive()
