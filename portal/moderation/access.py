"""Requests to join an organisation, and what one of the vereniging proposes about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import AccessProposalState, AccessRequestState
from portal.moderation import rows
from portal.moderation.waiting import Decision, Kind, Question
from portal.organisations import actions as organisations
from portal.organisations.models import (
    OWNERS_ANSWER_WITHIN,
    AccessProposal,
    AccessRequest,
    Membership,
)
from portal.policy import Role


def _request_moments() -> Mapping[str, datetime]:
    return {"unanswered_since": clock.now() - OWNERS_ANSWER_WITHIN}


_OWNED = exists().where(
    Membership.organisation_id == AccessRequest.organisation_id, Membership.role == str(Role.OWNER)
)
_PROPOSED = exists().where(
    AccessProposal.request_id == AccessRequest.id,
    AccessProposal.state.in_((AccessProposalState.PROPOSED, AccessProposalState.ANNOUNCED)),
)

# Owners answer first; a request comes to the desk when they do not, or where there are none.
ACCESS_REQUEST = Kind(
    thing=AccessRequest.thing,
    path="toegang",
    rows=rows.REQUESTS,
    waits=and_(
        AccessRequest.state == AccessRequestState.OPEN,
        or_(~_OWNED, AccessRequest.created_at < bindparam("unanswered_since")),
        ~_PROPOSED,
    ),
    moments=_request_moments,
    id=AccessRequest.id,
    since=AccessRequest.created_at,
    undo=organisations.undo_refusal,
    heading=_l("Vragen om toegang"),
    name=lambda _item: _l("Vraag om toegang"),
    template="moderation/access_request.html",
    summary="moderation/_access_request.html",
    reason_label=_l("Toelichting voor de vrager"),
    reason_missing=_l("Schrijf op waarom."),
    decisions=(
        Decision(
            step="propose",
            path="voorstellen",
            label=_l("Toelaten voorstellen"),
            key="p",
            asks=(Question.ROLE, Question.PROOF),
            press=_l("Voorstel versturen"),
            act=organisations.propose_access,
            done=_l("Het voorstel is opgeslagen. Is er een tweede moderator, dan kijkt die mee."),
        ),
        Decision(
            step="refuse",
            path="weigeren",
            label=_l("Niet toelaten"),
            key="w",
            asks=(Question.REASON,),
            press=_l("Niet toelaten en reden versturen"),
            is_refusal=True,
            act=organisations.refuse_access,
            done=_l("U hebt deze persoon niet toegelaten. De vrager krijgt een mail met de reden."),
        ),
    ),
)

ACCESS_PROPOSAL = Kind(
    thing=AccessProposal.thing,
    path="toegangsvoorstellen",
    rows=rows.PROPOSALS,
    waits=AccessProposal.state == AccessProposalState.PROPOSED,
    id=AccessProposal.id,
    since=AccessProposal.created_at,
    undo=organisations.undo_access_proposal_decision,
    also_decided=("announce",),
    heading=_l("Voorstellen voor toegang"),
    name=lambda _item: _l("Voorstel voor toegang"),
    template="moderation/access_proposal.html",
    summary="moderation/_access_proposal.html",
    emails=("email",),
    reason_label=_l("Toelichting voor uw collega"),
    reason_missing=_l("Schrijf op waarom."),
    decisions=(
        Decision(
            step="approve",
            path="goedkeuren",
            label=_l("Goedkeuren"),
            key="p",
            press=_l("Ja, goedkeuren"),
            act=organisations.approve,
            done=_l("Goedgekeurd. Iedereen die het aangaat, krijgt een mail."),
        ),
        Decision(
            step="refuse",
            path="afkeuren",
            label=_l("Niet goedkeuren"),
            key="w",
            asks=(Question.REASON,),
            press=_l("Niet goedkeuren en reden versturen"),
            is_refusal=True,
            act=organisations.refuse_access_proposal,
            done=_l("Niet goedgekeurd. Uw collega krijgt een mail met de reden."),
        ),
    ),
)
