"""What the desk lends to the pages of things that may wait at it."""

from __future__ import annotations

from flask import url_for

from portal.core.i18n import gettext as _
from portal.lifecycle import EndingState, SignatureState
from portal.policy import Permission, Person, can
from portal.signatures.models import Signature
from portal.signatures.queries import find_open_ending
from portal.web.slots import Lent


def way_to_ending(signature: Signature, viewer: Person) -> Lent | None:
    """Return the link to the desk, for a moderator while the end of the signature waits there."""
    if not can(viewer, Permission.QUEUE_READ):
        return None
    ending = find_open_ending(signature.id)
    if ending is None or ending.state not in (EndingState.CONFIRMED, EndingState.PROPOSED):
        return None
    return Lent(_("Naar de beoordeling"), url_for("moderation.ending", number=ending.id))


def way_to_desk(signature: Signature, viewer: Person) -> Lent | None:
    """Return the link to the desk, for a moderator while the signature waits there."""
    if signature.state != SignatureState.CONFIRMED or not can(viewer, Permission.QUEUE_READ):
        return None
    return Lent(_("Naar de beoordeling"), url_for("moderation.signature", number=signature.id))
