"""Where signing starts, and the work page of one signature."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.core.settings import settings
from portal.documents.serving import send_version
from portal.lifecycle import is_open, open_steps, step_of
from portal.organisations.queries import organisations_of
from portal.pact.queries import find_current
from portal.policy import Permission, Person
from portal.signatures import queries
from portal.signatures.models import Signature
from portal.signatures.queries import MandateProof
from portal.signatures.queries.entered import is_just_entered
from portal.signatures.views.blueprint import bp
from portal.web.forms import PortalForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def unless_open(
    name: str, *, also_sent: bool = False
) -> Callable[[Signature, PortalForm], ResponseReturnValue | None]:
    """Return a function that redirects to the work page when step `name` is not open.

    A form that was sent is told so by its action instead, unless `also_sent`.
    """
    step = step_of("signature", name)

    def instead(signature: Signature, _form: PortalForm) -> ResponseReturnValue | None:
        is_asked = also_sent or request.method == "GET"
        return back(signature) if is_asked and not is_open(step, signature.state) else None

    return instead


@bp.get("/ondertekenen")
@public()
def start() -> ResponseReturnValue:
    """Explain signing; a viewer who is signed in chooses one of their organisations."""
    person = viewer()
    own = organisations_of(person.id) if person.id is not None else []
    return render_template(
        "signatures/start.html",
        pact=find_current(),
        link_days=settings().signatory_link_lifetime.days,
        own=own,
        standings=queries.standings_of([row.id for row in own]) if own else {},
    )


@bp.get("/ondertekeningen/<int:signature_id>")
@requires(Permission.SIGNATURE_READ, load=queries.get_signature)
def show(signature: Signature) -> ResponseReturnValue:
    """Show one signature to the people of its organisation and to moderators."""
    person = viewer()
    panel = queries.running_ending(signature, person)
    return render_template(
        "signatures/show.html",
        signature=signature,
        steps=_steps_for(signature, person),
        **_next_step(signature),
        **panel._asdict(),
        ending_proofs=queries.ending_proofs_for(panel.ending, person),
        proofs=queries.mandates_for(signature, person),
        story=queries.story_of(signature.id, names_moderators=person.is_moderator),
    )


def _steps_for(signature: Signature, person: Person) -> set[str]:
    steps = {step.name for step in open_steps(signature, person)}
    return steps if is_just_entered(signature, person.id) else steps - {"undo_entry"}


def _next_step(signature: Signature) -> dict[str, object]:
    """Return how the mailed link stands, and what must be there before the next step is open."""
    link = queries.newest_link(signature.id, "confirm")
    is_confirmed = signature.confirmed_at is not None
    return {
        "link": link,
        "is_expired": link is not None and link.expires_at < clock.now(),
        "mail_status": queries.mail_status(link) if link is not None else None,
        "has_text": find_current() is not None,
        "may_complete": is_confirmed and queries.is_filled_in_since_asked(signature.id),
    }


@bp.get("/ondertekeningen/<int:signature_id>/mandaat")
@bp.get("/ondertekeningen/<int:signature_id>/mandaat/<int:number>")
@requires(Permission.MANDATE_READ, load=queries.get_mandate)
def mandate(proof: MandateProof) -> Response:
    """Send the proof of the mandate; for moderators and the person who added it."""
    response = send_version(proof.version)
    response.headers["Cache-Control"] = "no-store"
    return response


def back(signature: Signature) -> ResponseReturnValue:
    """Redirect to the work page of a signature."""
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)
