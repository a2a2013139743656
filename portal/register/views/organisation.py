"""The work page of one organisation, for its own people and the moderators."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.commitments.queries.panel import organisation_panel as commitment_panel
from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.settings import settings
from portal.documents.models import Picture
from portal.organisations import queries
from portal.organisations.identifiers import NAMES, remark_on
from portal.organisations.models import Organisation, ProfileText
from portal.organisations.provinces import province_name
from portal.organisations.roles import ROLE_WORDS
from portal.policy import Permission
from portal.register.claims import waiting_count
from portal.register.views.blueprint import bp
from portal.services.grounds import FREEZE_GROUNDS, PROPOSAL_GROUNDS, TEXT_GROUNDS
from portal.services.hiding import WhyHidden, why_hidden
from portal.services.history import last_row
from portal.signatures.queries import organisation_panel as signature_panel
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.get("/organisaties/<int:organisation_id>")
@requires(Permission.WORK_PAGE_READ, load=queries.get_organisation)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """Everything that the people of an organisation work with."""
    return render_template(
        "register/organisation.html",
        organisation=organisation,
        people=queries.people_of(organisation.id),
        requests=queries.open_requests_for(organisation.id),
        role_words=ROLE_WORDS,
        button_form=ButtonForm.open(),
        claims_waiting=waiting_count(organisation),
        **_panels(organisation),
        **_identity(organisation),
        **_profile(organisation),
        **_proposal(organisation),
    )


def _panels(organisation: Organisation) -> dict[str, object]:
    """Return the signature and the commitments of an organisation, as the viewer may see them."""
    on, grace_days = clock.today(), settings().grace_days
    return {
        "signature": signature_panel(organisation, viewer()),
        "commitments": commitment_panel(organisation, viewer(), on=on, grace_days=grace_days),
    }


def _identity(organisation: Organisation) -> dict[str, object]:
    """Return kind, province, logo and identifiers of an organisation, and why it is frozen."""
    return {
        "freeze_grounds": FREEZE_GROUNDS,
        "freezing": queries.why_frozen(organisation),
        "kind": queries.kind_name(organisation.kind, current_locale()),
        "province": province_name(organisation.province),
        "logo_key": queries.logo_key(organisation),
        "why_logo_hidden": _why(queries.find_logo(organisation)),
        "numbers": _numbers(organisation),
    }


def _profile(organisation: Organisation) -> dict[str, object]:
    """Return the short descriptions of an organisation, and what was decided on them."""
    profiles = queries.open_profiles_of(organisation.id)
    newest = queries.newest_profile(organisation.id)
    placed = queries.placed_profile(organisation)
    return {
        "placed": placed,
        "why_profile_hidden": _why(placed),
        "profiles": profiles,
        "newest": newest,
        "decisions": _decisions([*profiles, *([newest] if newest is not None else [])]),
    }


def _why(item: ProfileText | Picture | None) -> WhyHidden | None:
    """Return why a text or logo is hidden, None for one that is not."""
    return why_hidden(item.thing, item.id) if item is not None and item.is_hidden else None


def _proposal(organisation: Organisation) -> dict[str, object]:
    """Return the proposal of an organisation that is open, and whom its people ask for one."""
    row = queries.open_proposal_row(organisation.id)
    changes = queries.changes_of(row.old, row.new, current_locale()) if row is not None else []
    return {
        "proposal": row,
        "proposal_changes": changes,
        "proposal_grounds": PROPOSAL_GROUNDS,
        "owners": queries.owners_of(organisation.id),
    }


def _numbers(organisation: Organisation) -> list[tuple[str, str, str | None]]:
    """Return name, number and remark of every identifier."""
    return [
        (str(NAMES[number.scheme]), number.value, remark_on(number.scheme, number.value))
        for number in organisation.identifiers
    ]


def _decisions(versions: Iterable[ProfileText]) -> dict[int, dict[str, str]]:
    """Return version id -> ground and reason of what a moderator decided last on it."""
    rows = {version.id: last_row(version.thing, version.id) for version in versions}
    return {
        version_id: {
            "ground": str(TEXT_GROUNDS.get(row.ground or "", "")),
            "reason": row.reason,
            "language": row.language,
        }
        for version_id, row in rows.items()
        if row is not None and row.reason
    }
