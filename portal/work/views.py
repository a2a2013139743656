"""The page on which somebody who is signed in lands, and the same of one organisation."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.admin.running import LABELS
from portal.core import clock
from portal.core.i18n import ngettext
from portal.core.settings import settings
from portal.moderation.kinds import find_kind
from portal.moderation.queries import waits_by_kind
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.organisations.roles import ROLE_WORDS
from portal.policy import Permission, Person, can
from portal.services.job_figures import waiting_and_parked
from portal.web.guard import requires
from portal.web.person import viewer
from portal.work.gathering import Work, work_of
from portal.work.queries.troubles import open_troubles

bp = Blueprint("work", __name__)

DAY = 24 * 3600


@bp.get("/mijn-werk")
@requires(Permission.ACCOUNT_EDIT)
def mine() -> ResponseReturnValue:
    """Everything that waits for the viewer, the most urgent first."""
    person = viewer()
    return render_template("work/mine.html", **_shown(person), **_staff(person))


@bp.get("/organisaties/<int:organisation_id>/werk")
@requires(Permission.WORK_PAGE_READ, load=get_organisation)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """What waits for the people of one organisation, as far as it is for the viewer."""
    shown = _shown(viewer(), organisation.id)
    return render_template("work/organisation.html", organisation=organisation, **shown)


def _shown(person: Person, organisation_id: int | None = None) -> dict[str, object]:
    on = clock.today()
    work = work_of(person, organisation_id, on=on, now=clock.now())
    return {
        "work": work,
        "on": on,
        "grace_days": settings().grace_days,
        "usual": _usual(work),
        "role_words": ROLE_WORDS,
    }


def _usual(work: Work) -> dict[str, str]:
    """Return in words how long a signature usually waits, by its state."""
    return {
        state: str(
            ngettext(
                "Meestal duurt dat %(num)s dag.",
                "Meestal duurt dat %(num)s dagen.",
                max(1, ceil(wait.total_seconds() / DAY)),
            )
        )
        for state, wait in work.usual.items()
    }


def _staff(person: Person) -> dict[str, object]:
    """Return what waits for the vereniging: its desk for moderators, what fails for beheerders."""
    desk = waits_by_kind() if can(person, Permission.QUEUE_READ) else []
    is_beheerder = can(person, Permission.SETTINGS_EDIT)
    return {
        "desk": [(find_kind(each.thing), each) for each in desk if each.number],
        "troubles": open_troubles() if is_beheerder else [],
        "trouble_labels": LABELS,
        "parked": waiting_and_parked()[1] if is_beheerder else 0,
    }
