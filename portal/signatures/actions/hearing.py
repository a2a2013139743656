"""What the authorised signatory hears of rights that the vereniging gives over the organisation."""

from __future__ import annotations

from portal.accounts.addresses import address_key
from portal.core.i18n import current_locale
from portal.organisations import mails
from portal.organisations.events import AccessMoved
from portal.organisations.queries import owners_of
from portal.signatures import queries
from portal.signatures.mails import Reader


def tell_signatory(moved: AccessMoved) -> None:
    """Mail who signed that somebody gets access, with the link to object, or that it is stopped."""
    proposal = moved.proposal
    signature = queries.admitted_signature_of(proposal.organisation_id)
    if signature is None or not signature.signatory_email:
        return
    owners = owners_of(proposal.organisation_id)
    if address_key(signature.signatory_email) in {address_key(owner.email) for owner in owners}:
        return
    reader = Reader(signature.signatory_name, signature.signatory_email, current_locale())
    if moved.token is None:
        mails.access_stopped_to(proposal, reader)
    else:
        mails.access_announced_to(proposal, reader, token=moved.token, is_owner=False)
