"""Whether undoing a decision would be accepted now: it is tried, and nothing of it is kept."""

from __future__ import annotations

from portal.core.db import write_section
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.moderation.queries import get_thing
from portal.moderation.waiting import Kind
from portal.policy import Person


class _Tried(Exception):
    """It would be accepted."""


def why_not_undone(kind: Kind, number: int, *, by: Person) -> str | None:
    """Return in words why undoing would be refused now; None when it would be accepted."""
    try:
        with write_section():
            kind.undo(get_thing(kind, number), by=by)
            raise _Tried
    except _Tried:
        return None
    except PortalError as refusal:
        return refusal.message or str(_("Er is intussen iets op dit besluit gevolgd."))
