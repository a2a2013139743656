"""What the vereniging decided on an application or an ending, and takes back."""

from __future__ import annotations

from portal.comments.actions import hide_discussion
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.lifecycle import SignatureState
from portal.organisations import actions as organisation_actions
from portal.policy import Person
from portal.services import undoing
from portal.services.events import tell
from portal.services.history import advance, last_row
from portal.signatures import mails, queries
from portal.signatures.actions.ending import one_at_a_time
from portal.signatures.events import AdmissionUndone
from portal.signatures.models import Ending, Signature
from portal.signatures.queries.entered import ENTERING, is_just_entered


def undo_decision(
    signature: Signature, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let an application wait again; an organisation that was admitted with it is out of sight.

    StepNotOpen when something followed the decision with history id `decision_id`; FieldRefused
    when something was built on it: a commitment, a comment, an ending, another signatory.
    """
    lock_row(signature.organisation)
    is_admission = undoing.hold_decision(signature, decision_id) == "admit"
    if is_admission:
        _take_out_of_sight(signature, by)
    elif signature.needs_confirmation:
        message = _("De gegevens van de tekenbevoegde zijn intussen veranderd.")
        raise FieldRefused("reason", message)
    readers = mails.readers_of_decision(signature, is_admission=is_admission)
    undone = undoing.undo(signature, decision_id=decision_id, reason=reason, by=by)
    _tell(undone, readers, signature)


def undo_entry(signature: Signature, *, by: Person) -> None:
    """Take back a signature of the past that was entered by mistake; its organisation as well.

    Refused with FieldRefused for somebody who did not enter it, once something else was done with
    it, and when something was built on it, as by `undo_decision`.
    """
    lock_row(signature.organisation)
    if not is_just_entered(signature, by.id):
        raise FieldRefused("", _("Dit kan alleen meteen na het invoeren, door wie dit invoerde."))
    _take_out_of_sight(signature, by)
    advance(signature, "undo_entry", by=by)


def undo_import(signature: Signature, *, by: Person) -> None:
    """Take back a signature of the past that came with a file; its organisation as well.

    Refused with FieldRefused once something else was done with it, when somebody belongs to the
    organisation, and when something was built on it, as by `undo_decision`.
    """
    lock_row(signature.organisation)
    last = last_row(signature.thing, signature.id)
    if last is None or last.step not in ENTERING:
        raise FieldRefused("", _("Met deze ondertekening is daarna iets gedaan."))
    if signature.state == SignatureState.ADMITTED:
        if signature.organisation.memberships:
            raise FieldRefused("", _("Er horen nu mensen bij deze organisatie."))
        _take_out_of_sight(signature, by)
    advance(signature, "undo_import", by=by)


def _take_out_of_sight(signature: Signature, by: Person) -> None:
    if queries.find_last_ending(signature.id) is not None:
        raise FieldRefused("reason", _("Deze ondertekening is intussen al eens opgezegd."))
    signature.admitted_at = None
    if queries.last_ended(signature.organisation_id) is not None:
        # Its page stays: it is a former signatory again.
        return
    discussion = signature.discussion
    if discussion is not None:
        lock_row(discussion)
        if discussion.placed_count or discussion.pending_count:
            message = _("Er staan of wachten al reacties bij deze ondertekenaar.")
            raise FieldRefused("reason", message)
        hide_discussion(discussion)
    tell(AdmissionUndone(signature.organisation_id))
    organisation_actions.unpublish(signature.organisation, by=by)


def _tell(undone: undoing.Undone, readers: list[mails.Reader], signature: Signature) -> None:
    number = signature.organisation_id
    path = path_to("organisation", organisation_id=number)
    undoing.tell(undone, readers, signature.organisation.name, path, organisation_id=number)


def undo_end_decision(
    ending: Ending, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let an ending wait again that was refused, or of which better proof was asked.

    StepNotOpen when something followed; FieldRefused for a proposal of the vereniging, which is
    made anew, and when the signature no longer stands; AlreadyExists while another ending runs.
    """
    undoing.hold_decision(ending, decision_id)
    if ending.is_by_vereniging:
        raise FieldRefused("reason", _("Doe liever een nieuw voorstel om te beëindigen."))
    if ending.signature.state != SignatureState.ADMITTED:
        raise FieldRefused("reason", _("Deze ondertekening is intussen beëindigd."))
    with one_at_a_time():
        undone = undoing.undo(ending, decision_id=decision_id, reason=reason, by=by)
        db.session.flush()
    signature = ending.signature
    readers = mails.readers_of_ending(ending, but=by)
    _tell(undone, readers, signature)
