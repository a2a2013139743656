"""Who has which rights over an organisation, and how that came about."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.i18n import lazy_gettext as _l
from portal.organisations import queries
from portal.organisations.models import Organisation
from portal.organisations.roles import ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.policy import Permission
from portal.services.grounds import ALONE_GROUNDS
from portal.web.guard import requires

# What each act did, as a sentence about a person; `role` is "" where an act names none.
ACTS = {
    "organisation:created": _l("%(whom)s maakte de organisatie aan en werd eigenaar."),
    "organisation:entered": _l("%(whom)s voerde de organisatie in namens de vereniging."),
    "membership:joined": _l("%(whom)s kwam erbij als %(role)s."),
    "membership:role_changed": _l("%(whom)s werd %(role)s."),
    "membership:removed": _l("%(whom)s is verwijderd uit de organisatie en was %(role)s."),
    "membership:left": _l("%(whom)s verliet de organisatie en was %(role)s."),
    "invitation:invite": _l("%(whom)s kreeg een uitnodiging om %(role)s te worden."),
    "invitation:accept": _l("%(whom)s nam de uitnodiging aan om %(role)s te worden."),
    "invitation:mailed_again": _l(
        "%(whom)s kreeg de uitnodiging om %(role)s te worden nog een keer."
    ),
    "invitation:revoke": _l("De uitnodiging aan %(whom)s om %(role)s te worden, verviel."),
    "access_request:ask": _l("%(whom)s vroeg om toegang."),
    "access_request:propose": _l("De vereniging stelde voor om %(whom)s toe te laten."),
    "access_request:grant": _l("De vraag van %(whom)s om toegang kreeg een ja."),
    "access_request:refuse": _l("De vraag van %(whom)s om toegang kreeg een nee."),
    "access_request:undo": _l("De vereniging kijkt opnieuw naar de vraag van %(whom)s."),
    "access_request:reopen": _l("De vraag van %(whom)s om toegang wacht weer op een antwoord."),
    "access_request:take_back": _l("De vraag van %(whom)s om toegang verviel."),
    "access_proposal:propose": _l("De vereniging stelde %(whom)s voor als %(role)s."),
    "access_proposal:approve": _l("De vereniging keurde goed dat %(whom)s %(role)s wordt."),
    "access_proposal:announce": _l(
        "De vereniging keurde goed dat %(whom)s %(role)s wordt. Daarna kon een eigenaar nog "
        "bezwaar maken."
    ),
    "access_proposal:refuse": _l("De vereniging keurde niet goed dat %(whom)s %(role)s wordt."),
    "access_proposal:undo": _l("De vereniging kijkt opnieuw naar %(whom)s als %(role)s."),
    "access_proposal:object": _l("Een eigenaar maakte bezwaar tegen %(whom)s als %(role)s."),
    "access_proposal:give": _l("Niemand maakte bezwaar: %(whom)s kreeg toegang als %(role)s."),
    "access_proposal:withdraw": _l("Het voorstel voor %(whom)s als %(role)s is ingetrokken."),
}
# How somebody left, after the dates between which they belonged to the organisation.
HOW_LEFT = {
    "removed": _l("verwijderd uit de organisatie"),
    "left": _l("ging zelf weg"),
}
GROUNDS: dict[str, object] = {
    **{str(ground): words for ground, words in ALONE_GROUNDS.items()},
    queries.INVITER_GONE: _l("Wie uitnodigde, heeft daar geen rol meer voor"),
}


@bp.get("/organisaties/<int:organisation_id>/rechten")
@requires(Permission.RIGHTS_READ, load=queries.get_organisation)
def rights(organisation: Organisation) -> ResponseReturnValue:
    """Show who has which right, who had one, and each step that led there."""
    return render_template(
        "organisations/rights.html",
        organisation=organisation,
        people=queries.people_of(organisation.id),
        former=queries.former_people_of(organisation.id),
        log=queries.rights_log(organisation.id),
        acts=ACTS,
        how_left=HOW_LEFT,
        grounds=GROUNDS,
        role_words=ROLE_WORDS,
    )
