"""The public pages of the signatories, and of one signatory."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.comments.queries import THREAD_PARAMETER, thread_for
from portal.commitments.queries import counts_by_organisation, published_of
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.organisations.models import Organisation
from portal.organisations.provinces import PROVINCES, province_name
from portal.organisations.queries import kind_name, kinds, placed_profile
from portal.pact.queries import versions
from portal.policy import Permission
from portal.register import queries
from portal.register.asked import asked_of, chips_of
from portal.register.views.blueprint import bp
from portal.signatures.queries import public_signatures
from portal.web.address import cursor_in_address
from portal.web.guard import public, requires
from portal.web.kept import kept_page, kept_part
from portal.web.person import viewer


@bp.get("/ondertekenaars")
@public()
def signatories() -> ResponseReturnValue:
    """The list of signatories, with filters that stand in the address."""
    words = _list_words()

    def render_list() -> str:
        return render_template("register/_signatories.html", provinces=PROVINCES, **words)

    def render() -> str:
        return render_template(
            "register/signatories.html", list=kept_part("signatories", words, render_list)
        )

    return kept_page(words, render)


def _list_words() -> dict[str, Any]:
    """Return what the list of this address shows, and what can be filtered on."""
    locale = current_locale()
    kind_names = {kind.slug: kind_name(kind, locale) for kind in kinds()}
    states = {"ondertekenaar": _("ondertekenaar"), "voormalig": _("voormalig ondertekenaar")}
    asked = asked_of(kind_names, PROVINCES)
    return {
        "asked": asked,
        "found": queries.listing(asked, cursor_in_address()),
        "figures": queries.figures(),
        "kinds": kind_names,
        "kind_counts": queries.kind_counts(),
        "states": states,
        "chips": chips_of(asked, kind_names, PROVINCES, states),
    }


@bp.get("/ondertekenaars/<slug>")
@requires(Permission.ORGANISATION_READ, load=queries.get_signatory)
def signatory(organisation: Organisation) -> ResponseReturnValue:
    """One signatory: what it signed, what it promised, and what is said about it."""
    return render_template(
        "register/signatory.html",
        organisation=organisation,
        kind=kind_name(organisation.kind, current_locale()),
        province=province_name(organisation.province),
        logo_key=queries.logo_key(organisation),
        profile=placed_profile(organisation),
        commitments=published_of(organisation.id),
        counts=counts_by_organisation([organisation.id]).get(organisation.id),
        **_signed(organisation),
    )


def _signed(organisation: Organisation) -> dict[str, object]:
    """Return what it signed, of what text and where, and the discussion about it."""
    signatures = public_signatures(organisation.id)
    discussion_id = signatures[0].discussion_id if signatures else None
    thread = (
        thread_for(discussion_id, viewer(), cursor_in_address(THREAD_PARAMETER))
        if discussion_id is not None
        else None
    )
    return {
        "signatures": signatures,
        "ended_by_vereniging": bool(signatures) and queries.is_ended_by_vereniging(signatures[0]),
        "pact_versions": {version.id: version for version in versions()},
        "events": {event.id: event for event in queries.events_of(signatures)},
        "thread": thread,
    }
