"""What an organisation does before and while its authorised signatory decides."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.documents.actions import add_version, keep
from portal.documents.upload import KeptUpload
from portal.organisations.models import Organisation
from portal.pact.queries import find_current
from portal.policy import Person
from portal.services.history import advance, create, hold, record
from portal.signatures import queries
from portal.signatures.actions.links import mail_link, revoke_links
from portal.signatures.models import Signature


def prepare(organisation: Organisation, *, by: Person) -> Signature:
    """Return a new draft; AlreadyExists when one is under way or stands.

    Who comes back after a withdrawal keeps the discussion on its page.
    """
    previous = queries.last_ended(organisation.id)
    signature = Signature(
        organisation=organisation,
        author_id=by.id,
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
    """Set who may sign and the proof of it; the proof is kept in versions, for moderators only.

    Another signatory must sign anew. Refused with StepNotOpen while somebody else has the turn.
    """
    hold(signature, "filled_in")
    told = (signature.signatory_name, signature.signatory_function, signature.signatory_email)
    if told != (name, function, email):
        forget_confirmation(signature)
    signature.signatory_name, signature.signatory_function = name, function
    signature.signatory_email, signature.mandate_note = email, mandate_note
    if mandate is not None:
        _keep_mandate(signature, mandate, by)
    record(signature, "filled_in", by=by)


def _keep_mandate(signature: Signature, mandate: KeptUpload, by: Person) -> None:
    if signature.mandate is None:
        signature.mandate = keep(mandate, title=_("Bewijs van mandaat"), by=by)
    else:
        add_version(signature.mandate, mandate, by=by)


def forget_confirmation(signature: Signature) -> None:
    """Let an earlier confirmation count no longer; the log keeps that it was given."""
    signature.confirmed_at = None
    signature.pact_version = signature.pact_sha256 = None
    signature.signed_earliest = signature.signed_latest = None


def send(signature: Signature, *, by: Person) -> str:
    """Mail the authorised signatory a link and return its token; refused while it is not complete.

    Without a published text there is nothing to sign.
    """
    if signature.mandate is None:
        raise FieldRefused("mandate", _("Voeg eerst het bewijs van mandaat toe."))
    if find_current() is None:
        raise FieldRefused("pact", _("Er is nog geen tekst van het Groeipact om te ondertekenen."))
    advance(signature, "send", by=by)
    forget_confirmation(signature)
    return _ask(signature, by)


def send_again(signature: Signature, *, by: Person) -> str:
    """Mail a fresh link while the confirmation is awaited; the earlier one dies."""
    record(signature, "sent_again", by=by)
    return _ask(signature, by)


def _ask(signature: Signature, by: Person) -> str:
    return mail_link(
        signature,
        "confirm",
        name=signature.signatory_name,
        function=signature.signatory_function,
        email=signature.signatory_email or "",
        by=by,
    )


def recall(signature: Signature, *, by: Person) -> None:
    """Take the request back, to correct it; the mailed link dies."""
    advance(signature, "recall", by=by)
    revoke_links(signature, "confirm")


def complete(signature: Signature, *, by: Person) -> None:
    """Answer what the vereniging asked; refused when another signatory must sign first."""
    if signature.confirmed_at is None:
        words = _("De gegevens van de tekenbevoegde zijn veranderd. Laat eerst opnieuw tekenen.")
        raise FieldRefused("confirmation", words)
    advance(signature, "complete", by=by)
    signature.waits_since = clock.now()


def correct(signature: Signature, *, by: Person) -> None:
    """Begin again after a refusal; the signatory signs anew."""
    advance(signature, "correct", by=by)
    forget_confirmation(signature)


def cancel(signature: Signature, *, by: Person) -> None:
    """Stop before it was admitted; a mailed link dies."""
    advance(signature, "cancel", by=by)
    revoke_links(signature, "confirm")
