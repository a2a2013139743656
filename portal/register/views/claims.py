"""What stands here about an organisation: its eigenaar takes it over, or disowns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.commitments import actions as commitments
from portal.commitments.words import KINDS, PROGRESS
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions as organisations
from portal.policy import Permission
from portal.register.claims import AboutUs, Claim, ClaimKind, about_us, get_claim
from portal.register.forms import DisownForm
from portal.register.views.blueprint import bp
from portal.services.entered import reasons_about
from portal.services.hiding import WhyHidden, why_hidden
from portal.services.models import Disowning
from portal.signatures import actions as signatures
from portal.web.forms import ButtonForm, SeenForm
from portal.web.guard import requires
from portal.web.person import viewer


class Answers(NamedTuple):
    """The actions with which an eigenaar answers to one kind of claim."""

    take_over: Callable[..., None]
    disown: Callable[..., None]
    take_back: Callable[..., None]


_OF_COMMITMENTS = Answers(
    commitments.take_over, commitments.disown, commitments.take_back_disowning
)
ANSWERS: dict[ClaimKind, Answers] = {
    ClaimKind.FACTS: Answers(
        organisations.take_over_facts,
        organisations.disown_facts,
        organisations.take_back_disowning_facts,
    ),
    ClaimKind.SIGNATURE: Answers(
        signatures.take_over, signatures.disown, signatures.take_back_disowning
    ),
    ClaimKind.COMMITMENT: _OF_COMMITMENTS,
    ClaimKind.UPDATE: _OF_COMMITMENTS,
}
ADDRESS = "/organisaties/<int:organisation_id>/over-ons"
ONE = f"{ADDRESS}/<kind>/<int:number>"


@bp.get(ADDRESS)
@requires(Permission.CLAIM_ANSWER, load=about_us)
def claims(about: AboutUs) -> ResponseReturnValue:
    """Everything that stands here about an organisation; the first without an answer is asked."""
    asked = _asked(about)
    return render_template(
        "register/claims.html",
        about=about,
        hidden_reasons=_hidden_reasons(about),
        asked=asked,
        take_over_form=SeenForm.open(asked) if asked is not None else None,
        button_form=ButtonForm.open(),
        kinds=KINDS,
        progress_words=PROGRESS,
    )


def _hidden_reasons(about: AboutUs) -> list[tuple[Disowning, WhyHidden | None]]:
    """Return what the organisation said of a claim and a moderator has hidden, and why."""
    return [
        (disowning, why_hidden(disowning.thing, disowning.id))
        for disowning in reasons_about(about.organisation_id).values()
        if disowning.is_hidden
    ]


def _asked(about: AboutUs) -> Claim | None:
    """Return the claim that the address names, else the first that waits for an answer."""
    named = [claim for claim in about.waiting if claim.key == request.args.get("bij")]
    return next(iter([*named, *about.waiting]), None)


def _next(claim: Claim) -> ResponseReturnValue:
    """Return the way to the claim that waits after this one, round to the first."""
    about = about_us(claim.organisation_id)
    keys = [each.key for each in about.claims]
    place = keys.index(claim.key)
    following = [*about.claims[place + 1 :], *about.claims[:place]]
    waiting = next((each.key for each in following if each.item.waits_for_answer), None)
    address = url_for("register.claims", organisation_id=claim.organisation_id, bij=waiting)
    return redirect(address, 303)


@bp.post(f"{ONE}/overnemen")
@requires(step_of("commitment", "taken_over"), load=get_claim, form=SeenForm)
def take_over(claim: Claim, form: SeenForm) -> ResponseReturnValue:
    """Confirm what the vereniging entered, as it stood on the page."""
    form.refuse_unseen(claim, claim.item)
    ANSWERS[claim.kind].take_over(claim.item, by=viewer())
    flash(_("Overgenomen. Er staat nu bij dat u dit bevestigt."), "ok")
    return _next(claim)


def _words(_claim: Claim, _form: DisownForm) -> dict[str, object]:
    return {"kinds": KINDS, "progress_words": PROGRESS}


@bp.route(f"{ONE}/niet-van-ons", methods=["GET", "POST"])
@requires(
    step_of("commitment", "disowned"),
    load=get_claim,
    form=DisownForm,
    page="register/disown.html",
    context=_words,
)
def disown(claim: Claim, form: DisownForm) -> ResponseReturnValue:
    """Say why something is not of the organisation; it stays, with that beside it."""
    ANSWERS[claim.kind].disown(claim.item, reason=form.reason.data, by=viewer())
    flash(_("Uw reden staat er nu bij. De moderatoren krijgen een mail."), "ok")
    return _next(claim)


@bp.post(f"{ONE}/toch")
@requires(step_of("commitment", "disown_undone"), load=get_claim, form=ButtonForm)
def take_back(claim: Claim, _form: ButtonForm) -> ResponseReturnValue:
    """Take back that something is not of the organisation."""
    ANSWERS[claim.kind].take_back(claim.item, by=viewer())
    flash(_("Uw reden staat er niet meer bij."), "ok")
    address = url_for("register.claims", organisation_id=claim.organisation_id, bij=claim.key)
    return redirect(address, 303)
