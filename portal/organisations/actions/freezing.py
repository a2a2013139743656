"""Freezing an organisation while a report about it is looked into, and unfreezing it."""

from __future__ import annotations

from portal.core import clock
from portal.core.errors import FieldRefused, StepNotOpen
from portal.core.i18n import gettext as _
from portal.organisations import mails
from portal.organisations.events import OrganisationUnfrozen
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services.events import tell
from portal.services.grounds import FREEZE_GROUNDS
from portal.services.history import hold, record


def freeze(organisation: Organisation, *, ground: str, reason: str, by: Person) -> None:
    """Let nobody write in the name of an organisation for now, and tell its people why.

    FieldRefused without a ground, ReasonMissing without a reason, StepNotOpen for a frozen one.
    """
    if ground not in FREEZE_GROUNDS:
        raise FieldRefused("ground", _("Kies een reden."))
    hold(organisation, "freeze", reason=reason)
    if organisation.is_frozen:
        raise StepNotOpen(organisation, "freeze")
    record(organisation, "freeze", by=by, ground=ground, reason=reason)
    organisation.frozen_at, organisation.frozen_by = clock.now(), by.id
    organisation.frozen_ground = ground
    mails.frozen(organisation, ground=ground, reason=reason)


def unfreeze(organisation: Organisation, *, reason: str = "", by: Person) -> None:
    """Let the people of an organisation write again, and tell them.

    StepNotOpen for one that is not frozen.
    """
    hold(organisation, "unfreeze", reason=reason)
    if not organisation.is_frozen:
        raise StepNotOpen(organisation, "unfreeze")
    record(organisation, "unfreeze", by=by, reason=reason)
    organisation.frozen_at = organisation.frozen_by = organisation.frozen_ground = None
    tell(OrganisationUnfrozen(organisation.id))
    mails.unfrozen(organisation, reason=reason)
