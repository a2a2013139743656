"""What an organisation does before and while its authorised signatory decides."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.documents.actions import add_version, keep
from portal.documents.upload import KeptUpload
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.pact.queries import find_current
from portal.policy import Person
from portal.services.history import advance, create, hold, record
from portal.signatures import queries
from portal.signatures.actions.links import mail_link, revoke_links
from portal.signatures.models import Signature


def prepare(organisation: Organisation, *, by: Person) -> Signature:
    """Return a new draft; AlreadyExists when the organisation has an open signature.

    An organisation that signs again after a withdrawal keeps the discussion on its page.
    """
    previous = queries.last_ended(organisation.id)
    signature = Signature(
        organisation=organisation,
        author_id=by.id,
        entered_as=EnteredAs.SIGNATORY,
        previous_id=previous.id if previous is not None else None,
        discussion_id=previous.discussion_id if previous is not None else None,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            create(signature, "prepare", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("Voor deze organisatie loopt al een ondertekening.")) from clash
    return signature


def fill_in(
    signature: Signature,
    *,
    name: str,
    function: str,
    email: str,
    mandate: KeptUpload | None,
    mandate_note: str,
    by: Person,
) -> None:
    """Set the authorised signatory and the proof of the mandate, of which all versions are stored.

    Only moderators may read the proof. Another signatory must sign again. What changes nothing is
    not recorded. Refused with StepNotOpen when it is not the organisation's turn.
    """
    hold(signature, "filled_in")
    signatory = (signature.signatory_name, signature.signatory_function, signature.signatory_email)
    is_same_signatory = signatory == (name, function, email)
    if is_same_signatory and mandate is None and mandate_note == signature.mandate_note:
        return
    if not is_same_signatory:
        forget_confirmation(signature)
    signature.signatory_name, signature.signatory_function = name, function
    signature.signatory_email, signature.mandate_note = email, mandate_note
    if mandate is not None:
        _store_mandate(signature, mandate, by)
    record(signature, "filled_in", by=by)


def _store_mandate(signature: Signature, mandate: KeptUpload, by: Person) -> None:
    if signature.mandate is None:
        signature.mandate = keep(mandate, title=_("Bewijs van mandaat"), by=by)
    else:
        add_version(signature.mandate, mandate, by=by)


def forget_confirmation(signature: Signature) -> None:
    """Let an earlier confirmation no longer count; the log still shows that it was given."""
    signature.confirmed_at = None
    signature.pact_version = signature.pact_sha256 = None
    signature.signed_earliest = signature.signed_latest = None


def send(signature: Signature, *, by: Person) -> str:
    """Mail the authorised signatory a link to confirm, and return its token.

    Refused with FieldRefused without proof of the mandate, or without a published text to sign.
    """
    if signature.mandate is None:
        raise FieldRefused("mandate", _("Voeg eerst het bewijs van mandaat toe."))
    if find_current() is None:
        raise FieldRefused("pact", _("Er is nog geen tekst van het Groeipact om te ondertekenen."))
    advance(signature, "send", by=by)
    forget_confirmation(signature)
    return _mail_confirm_link(signature, by)


def send_again(signature: Signature, *, by: Person) -> str:
    """Mail a new link and return its token; the earlier link no longer works."""
    record(signature, "sent_again", by=by)
    return _mail_confirm_link(signature, by)


def _mail_confirm_link(signature: Signature, by: Person) -> str:
    return mail_link(
        signature,
        "confirm",
        name=signature.signatory_name,
        function=signature.signatory_function,
        email=signature.signatory_email or "",
        by=by,
    )


def recall(signature: Signature, *, by: Person | None) -> None:
    """Make it a draft again, to correct it; the mailed link no longer works."""
    advance(signature, "recall", by=by)
    revoke_links(signature, "confirm")


def complete(signature: Signature, *, by: Person) -> None:
    """Send in what the vereniging asked for.

    Refused with FieldRefused when the signatory must sign again first, and when nothing was added
    or changed since the vereniging asked.
    """
    if signature.confirmed_at is None:
        message = _("De gegevens van de tekenbevoegde zijn veranderd. Laat eerst opnieuw tekenen.")
        raise FieldRefused("confirmation", message)
    hold(signature, "complete")
    if not queries.is_filled_in_since_asked(signature.id):
        raise FieldRefused(
            "addition",
            _("U hebt nog niets toegevoegd of veranderd. Vul eerst aan wat de vereniging vraagt."),
        )
    advance(signature, "complete", by=by)
    signature.waits_since = clock.now()


def correct(signature: Signature, *, by: Person) -> None:
    """Make a declined application a draft again; the signatory must sign again."""
    advance(signature, "correct", by=by)
    forget_confirmation(signature)


def cancel(signature: Signature, *, by: Person) -> None:
    """Stop an application that was not admitted; a mailed link no longer works."""
    advance(signature, "cancel", by=by)
    revoke_links(signature, "confirm")
