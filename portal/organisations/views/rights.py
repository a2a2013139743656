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

ACTS = {
    "organisation:created": _l("maakte de organisatie aan en werd eigenaar"),
    "organisation:entered": _l("voerde de organisatie in voor de vereniging"),
    "membership:joined": _l("ging meedoen"),
    "membership:role_changed": _l("kreeg een andere rol"),
    "membership:removed": _l("is weggehaald"),
    "membership:left": _l("ging weg"),
    "invitation:invite": _l("werd uitgenodigd"),
    "invitation:accept": _l("nam de uitnodiging aan"),
    "invitation:revoke": _l("kan de uitnodiging niet meer aannemen"),
    "access_request:ask": _l("vroeg toegang"),
    "access_request:propose": _l("werd voorgesteld door de vereniging"),
    "access_request:grant": _l("werd toegelaten"),
    "access_request:refuse": _l("werd niet toegelaten"),
    "access_request:take_back": _l("trok de vraag in"),
    "access_proposal:propose": _l("werd voorgesteld door de vereniging"),
    "access_proposal:approve": _l("werd goedgekeurd"),
    "access_proposal:announce": _l("werd goedgekeurd, met tijd voor bezwaar"),
    "access_proposal:refuse": _l("werd niet goedgekeurd"),
    "access_proposal:object": _l("kreeg bezwaar van een eigenaar"),
    "access_proposal:give": _l("kreeg toegang, zonder bezwaar"),
    "access_proposal:withdraw": _l("wordt niet meer voorgesteld"),
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
        grounds=GROUNDS,
        role_words=ROLE_WORDS,
    )
