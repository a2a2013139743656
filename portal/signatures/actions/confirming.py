"""What the authorised signatory does with the link from the mail, without an account."""

from __future__ import annotations

from portal.core import clock
from portal.pact.models import PactVersion
from portal.services.history import advance
from portal.signatures import mails
from portal.signatures.models import SignatureLink

SIGNATORY = "tekenbevoegde"


def confirm(link: SignatureLink, *, pact: PactVersion) -> None:
    """Sign the text `pact` for the organisation; the link works only once.

    Refused with StepNotOpen when the signature does not wait for a confirmation.
    """
    signature = link.signature
    advance(signature, "confirm", by=None, actor=SIGNATORY)
    link.used_at = signature.confirmed_at = signature.waits_since = clock.now()
    signature.pact_version, signature.pact_sha256 = pact, pact.sha256
    signature.signed_earliest = signature.signed_latest = clock.today()
    mails.confirmed(signature)


def turn_down(link: SignatureLink, *, reason: str) -> None:
    """Do not sign: the signature is a draft again, and the link no longer works.

    The person who prepared it, and the owners, get a mail with the reason.
    """
    advance(link.signature, "turn_down", by=None, actor=SIGNATORY, reason=reason)
    link.used_at = clock.now()
    mails.turned_down(link.signature, reason)
