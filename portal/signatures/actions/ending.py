"""How an organisation ends its signature: asked by an eigenaar, confirmed by a tekenbevoegde."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.documents.actions import add_version, keep
from portal.documents.upload import KeptUpload
from portal.policy import Person
from portal.services.history import advance, create, hold, record
from portal.signatures import mails, queries
from portal.signatures.actions.confirming import SIGNATORY
from portal.signatures.actions.links import mail_link, revoke_links
from portal.signatures.actions.stopping import begin_period
from portal.signatures.authorised import AnotherSignatory
from portal.signatures.models import Ending, EndingKind, Signature, SignatureLink


def ask_end(
    signature: Signature,
    *,
    other: AnotherSignatory | None = None,
    reason: str = "",
    takes_effect_on: date | None = None,
    by: Person,
) -> str:
    """Mail the person who confirms a link, and return its token; nothing ends yet.

    Without `other` that is the known tekenbevoegde. Refused with FieldRefused where nobody is
    known, or for a day before it could have been stopped; with AlreadyExists while another
    ending runs, and with StepNotOpen for a signature that does not stand.
    """
    hold(signature, "end")
    _refuse_unknown(signature, other)
    _refuse_too_early(takes_effect_on)
    ending = Ending(signature=signature, kind=EndingKind.BY_SIGNATORY, author_id=by.id)
    ending.reason, ending.asked_for_on = reason.strip() or None, takes_effect_on
    ending.created_at = clock.now()
    _name(ending, other, by)
    with one_at_a_time():
        create(ending, "ask", by=by)
    token = _mail_end_link(ending, by)
    mails.ending_asked(ending, by=by)
    return token


def _refuse_unknown(signature: Signature, other: AnotherSignatory | None) -> None:
    if other is None and not signature.signatory_email:
        message = _("Van de tekenbevoegde is geen e-mailadres bekend. Vul in wie bevoegd is.")
        raise FieldRefused("who", message)


def _refuse_too_early(takes_effect_on: date | None) -> None:
    first = queries.first_end_day()
    if takes_effect_on is not None and takes_effect_on < first:
        message = _("De opzegging kan op zijn vroegst ingaan op %(day)s.", day=date_words(first))
        raise FieldRefused("takes_effect_on", message)


def _name(ending: Ending, other: AnotherSignatory | None, by: Person) -> None:
    """Write down who confirms: the known tekenbevoegde as the signature has it, or another."""
    if other is None:
        signature = ending.signature
        ending.name, ending.function = signature.signatory_name, signature.signatory_function
        ending.email, ending.is_known = signature.signatory_email, True
        return
    ending.name, ending.function, ending.email = other.name, other.function, other.email
    ending.has_left, ending.proof_note = other.has_left, other.proof_note
    _keep_proof(ending, other.proof, by)


def _keep_proof(ending: Ending, proof: KeptUpload, by: Person) -> None:
    if ending.proof is None:
        ending.proof = keep(proof, title=_("Bewijs van mandaat bij de opzegging"), by=by)
    else:
        add_version(ending.proof, proof, by=by)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Create an ending inside; AlreadyExists while another one of the signature runs."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as clash:
        raise AlreadyExists(_("Er loopt al een opzegging van deze ondertekening.")) from clash


def _mail_end_link(ending: Ending, by: Person) -> str:
    return mail_link(
        ending.signature,
        "end",
        name=ending.name,
        function=ending.function,
        email=ending.email or "",
        ending=ending,
        by=by,
    )


def send_end_link_again(ending: Ending, *, by: Person) -> str:
    """Mail a new link and return its token; the earlier link no longer works."""
    record(ending, "sent_again", by=by)
    return _mail_end_link(ending, by)


def call_off_end(ending: Ending, *, by: Person) -> None:
    """Take back the request to end the signature: a mailed link no longer works."""
    advance(ending, "call_off", by=by)
    revoke_links(ending.signature, "end")
    mails.ending_called_off(ending, by=by)


def confirm_end(link: SignatureLink) -> None:
    """Confirm the ending behind a link, which works only once.

    By the known tekenbevoegde: the days begin in which it can be stopped. By somebody else: a
    moderator looks at the proof first.
    """
    ending = link.ending
    assert ending is not None  # noqa: S101
    is_enough = ending.is_by_known_signatory
    link.used_at = ending.confirmed_at = clock.now()
    if is_enough:
        advance(ending, "confirm", by=None, actor=SIGNATORY)
        begin_period(ending, by=None)
        return
    advance(ending, "confirm_with_proof", by=None, actor=SIGNATORY)
    ending.waits_since = clock.now()
    mails.ending_to_judge(ending, by=None)


def complete_end(ending: Ending, *, proof: KeptUpload | None, note: str, by: Person) -> None:
    """Send in what the vereniging asked for; refused with FieldRefused when nothing was added."""
    hold(ending, "complete")
    if proof is None and note.strip() == ending.proof_note:
        raise FieldRefused("proof", _("Voeg een bewijs toe of schrijf een toelichting."))
    ending.proof_note = note.strip()
    if proof is not None:
        _keep_proof(ending, proof, by)
    advance(ending, "complete", by=by)
    ending.waits_since = clock.now()
    mails.ending_to_judge(ending, by=by)
