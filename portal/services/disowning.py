"""Hiding why a signatory disowns a claim, which stands beside the claim, and bringing it back."""

from __future__ import annotations

from portal.core.db import Base, db
from portal.policy import Person
from portal.services import hiding
from portal.services.entered import Claimed
from portal.services.hiding import Notice
from portal.services.models import Disowning


def hide(disowning: Disowning, notice: Notice, *, ground: str, reason: str, by: Person) -> None:
    """Take the reason out of sight wherever the claim is shown; that it is disowned stays."""
    hiding.hide(disowning, notice, ground=ground, reason=reason, by=by)
    _show(disowning, None)


def restore(disowning: Disowning, notice: Notice, *, reason: str = "", by: Person) -> None:
    """Let the reason stand beside the claim again, unless the signatory took it back."""
    hiding.restore(disowning, notice, reason=reason, by=by)
    _show(disowning, disowning.reason)


def _show(disowning: Disowning, reason: str | None) -> None:
    claim = _claim_of(disowning)
    if claim is not None and disowning.taken_back_at is None:
        claim.stance_reason = reason


def _claim_of(disowning: Disowning) -> Claimed | None:
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if issubclass(model, Claimed) and model.thing == disowning.subject:
            claim: Claimed | None = db.session.get(model, disowning.subject_id)
            return claim
    return None
