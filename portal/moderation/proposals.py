"""How a proposal to change who an organisation is waits at the desk."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from portal.accounts.models import Account
from portal.core.i18n import current_locale
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import ProposalState
from portal.moderation.waiting import Decision, Kind, Question, WayBack
from portal.organisations import actions, queries
from portal.organisations.models import IdentityProposal, Organisation
from portal.services.grounds import PROPOSAL_GROUNDS

WITH_REASON = (Question.GROUND, Question.REASON)

ROWS = (
    select(
        IdentityProposal.id,
        IdentityProposal.created_at.label("since"),
        IdentityProposal.state,
        IdentityProposal.old,
        IdentityProposal.new,
        IdentityProposal.renamed_on,
        IdentityProposal.note,
        IdentityProposal.language,
        IdentityProposal.source_url,
        IdentityProposal.author_id,
        Account.name.label("author_name"),
        IdentityProposal.organisation_id,
        Organisation.name.label("title"),
        Organisation.frozen_at,
    )
    .join(Organisation, Organisation.id == IdentityProposal.organisation_id)
    .outerjoin(Account, Account.id == IdentityProposal.author_id)
)


def comparison_of(proposal: IdentityProposal) -> Mapping[str, object]:
    """Return what would become different, and which organisations are like that."""
    return {
        "changes": queries.changes_of(proposal.old, proposal.new, current_locale()),
        "alike": queries.like_after(
            proposal.organisation_id, proposal.before, proposal.after, for_moderator=True
        ),
    }


IDENTITY_PROPOSAL = Kind(
    thing=IdentityProposal.thing,
    path="voorstellen",
    rows=ROWS,
    waits=IdentityProposal.state == ProposalState.PENDING,
    id=IdentityProposal.id,
    since=IdentityProposal.created_at,
    undo=actions.undo_proposal_decision,
    ways_back={
        "place": WayBack(
            step="set_back",
            endpoint="moderation.set_back",
            argument="number",
            label=_l("Oude gegevens terugzetten"),
        )
    },
    heading=_l("Voorstellen voor andere gegevens"),
    name=lambda _item: _l("Voorstel voor andere gegevens"),
    template="moderation/identity_proposal.html",
    summary="moderation/_identity_proposal.html",
    beside=comparison_of,
    grounds=PROPOSAL_GROUNDS,
    reason_label=_l("Toelichting voor de organisatie"),
    reason_missing=_l("Schrijf op waarom."),
    decisions=(
        Decision(
            step="place",
            path="overnemen",
            label=_l("Overnemen"),
            key="p",
            note=_l("De nieuwe gegevens staan dan meteen op de site."),
            press=_l("Ja, overnemen"),
            act=actions.place_proposal,
            done=_l("Het voorstel is overgenomen. De eigenaren krijgen een mail."),
        ),
        Decision(
            step="ask_change",
            path="aanpassen",
            label=_l("Aanpassing vragen"),
            key="v",
            asks=WITH_REASON,
            press=_l("Vraag versturen"),
            act=actions.ask_proposal_change,
            done=_l("Wie dit voorstelde, krijgt een mail met uw vraag."),
        ),
        Decision(
            step="refuse",
            path="weigeren",
            label=_l("Niet overnemen"),
            key="w",
            asks=WITH_REASON,
            press=_l("Niet overnemen en reden versturen"),
            is_refusal=True,
            act=actions.refuse_proposal,
            done=_l(
                "U hebt het voorstel niet overgenomen. Wie het voorstelde, krijgt een mail "
                "met de reden."
            ),
        ),
    ),
)
