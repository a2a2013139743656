"""The short descriptions that a signatory had: all of them, and one at an address of its own."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.organisations.models import Organisation
from portal.organisations.queries import placed_profiles
from portal.policy import Permission
from portal.register import queries
from portal.register.descriptions import DescriptionVersion, versions_of
from portal.register.views.blueprint import bp
from portal.register.views.numbered import NumberedOfSignatory
from portal.web.guard import requires

ADDRESS = "/ondertekenaars/<slug>/omschrijvingen"


def _load(slug: str, number: int) -> NumberedOfSignatory:
    """Return the signatory with the number of a description, which there may not be, or 404."""
    return NumberedOfSignatory(queries.get_signatory(slug), number)


@bp.get(ADDRESS)
@requires(Permission.ORGANISATION_READ, load=queries.get_signatory)
def descriptions(organisation: Organisation) -> ResponseReturnValue:
    """Every description that was placed, the newest first, with what each changed."""
    versions = versions_of(placed_profiles(organisation.id))
    return _page(organisation, versions, None)


@bp.get(f"{ADDRESS}/<int:number>")
@requires(Permission.ORGANISATION_READ, load=_load)
def description(asked: NumberedOfSignatory) -> ResponseReturnValue:
    """One description as it stood, for ever at the same address."""
    versions = versions_of(placed_profiles(asked.organisation.id))
    shown = [version for version in versions if version.number == asked.number]
    if not shown:
        raise NotFound
    return _page(asked.organisation, shown, shown[0])


def _page(
    organisation: Organisation, versions: list[DescriptionVersion], one: DescriptionVersion | None
) -> str:
    return render_template(
        "register/descriptions.html", organisation=organisation, versions=versions, one=one
    )
