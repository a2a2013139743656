"""How a signature ends: in two steps by an authorised person, or by the vereniging."""

from __future__ import annotations

from portal.core import clock
from portal.policy import Person
from portal.services.events import tell
from portal.services.history import advance, record
from portal.signatures import mails
from portal.signatures.actions.confirming import SIGNATORY
from portal.signatures.actions.links import mail_link, revoke_links
from portal.signatures.events import SignatureEnded
from portal.signatures.models import Signature, SignatureLink


def request_end(
    signature: Signature, *, name: str, function: str, email: str, reason: str, by: Person
) -> str:
    """First step: mail the authorised person the link that ends it; return the link's token."""
    record(signature, "end_requested", by=by)
    return mail_link(
        signature,
        "end",
        name=name,
        function=function,
        email=email,
        reason=reason.strip() or None,
        by=by,
    )


def call_off_end(signature: Signature, *, by: Person) -> None:
    """Withdraw the request to end the signature: the mailed link no longer works."""
    record(signature, "end_called_off", by=by)
    revoke_links(signature, "end")


def end(link: SignatureLink) -> None:
    """Second step: end the signature; the organisation keeps its page, as a former signatory."""
    signature = link.signature
    advance(signature, "end", by=None, actor=SIGNATORY, reason=link.end_reason or "")
    link.used_at = clock.now()
    _close(signature, link.end_reason, by=None, actor=SIGNATORY)
    mails.ended(signature, also_to=link.email)


def end_by_vereniging(signature: Signature, *, reason: str, by: Person) -> None:
    """End the signature of an organisation that no longer exists; `reason` names the source."""
    advance(signature, "end_by_vereniging", by=by, reason=reason)
    _close(signature, reason.strip(), by=by, actor=None)
    mails.ended(signature, is_by_vereniging=True)


def _close(
    signature: Signature, reason: str | None, *, by: Person | None, actor: str | None
) -> None:
    signature.ended_on, signature.end_reason = clock.today(), reason
    revoke_links(signature, "end")
    tell(SignatureEnded(signature.organisation_id, by, actor))
