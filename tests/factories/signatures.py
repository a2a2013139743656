"""Signatures in every state, and the links that are mailed for them."""

from __future__ import annotations

from datetime import date, timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.core.tokens import new_token, token_hash
from portal.documents.models import Document
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion, SigningEvent
from portal.signatures.models import Signature, SignatureLink
from tests.factories.accounts import make_account
from tests.factories.comments import new_discussion
from tests.factories.organisations import make_organisation, make_public
from tests.factories.pact import make_pact_version
from tests.factories.states import REASON, add, bring_to, committed

CONFIRMED = ("confirmed", "more_asked", "admitted", "declined", "ended")
ADMITTED = ("admitted", "ended")
ENTERED_ONLY = ("enter",)
PREPARED_ONLY = ("prepare",)


@committed
def make_signature(
    organisation: Organisation | None = None,
    *,
    state: str = "admitted",
    pact_version: PactVersion | None = None,
    author: Account | None = None,
    signatory_name: str = "T. Bevoegd",
    signatory_email: str = "tekenbevoegde@example.org",
    is_historic: bool = False,
    signed_on: date | None = None,
    event: SigningEvent | None = None,
    mandate: Document | None = None,
    source_url: str | None = None,
    reason: str = REASON,
) -> Signature:
    """Return a signature; an admitted one has made its organisation public, with a discussion.

    `is_historic` is one that the vereniging entered itself: no text, no author, no link.
    """
    signer = organisation or make_organisation()
    person = None if is_historic else author or make_account()
    version = pact_version or (None if is_historic else make_pact_version())
    signature = Signature(
        organisation=signer,
        author_id=person.id if person else None,
        signatory_name=signatory_name,
        signatory_function="Gemeentesecretaris",
        signatory_email=None if is_historic else signatory_email,
        mandate=mandate,
        mandate_note="",
        event=event,
        place=event.place if event else None,
        source_url=source_url,
        is_historic=is_historic,
        created_at=clock.now(),
    )
    but = PREPARED_ONLY if is_historic else ENTERED_ONLY
    bring_to(signature, state, by=person, reason=reason, but=but)
    if state in CONFIRMED and version is not None:
        signature.pact_version, signature.pact_sha256 = version, version.sha256
    _fill_in(signature, signed_on or (event.held_on if event else clock.today()))
    add(signature)
    return signature


def _fill_in(signature: Signature, signed_on: date) -> None:
    """Fill in the columns that the actions on the way to its state would have filled in."""
    organisation = signature.organisation
    if signature.state in CONFIRMED:
        if not signature.is_historic:
            signature.confirmed_at = signature.waits_since = clock.now()
        signature.signed_words = signed_on.isoformat()
        signature.signed_earliest = signature.signed_latest = signed_on
    if signature.state in ADMITTED:
        make_public(organisation)
        signature.admitted_at = clock.now()
        signature.discussion = new_discussion(
            f"/ondertekenaars/{organisation.slug}", organisation.name, organisation=organisation
        )
    if signature.state == "ended":
        signature.ended_on = clock.today()


@committed
def make_signature_link(
    signature: Signature, *, purpose: str = "confirm", email: str | None = None
) -> tuple[SignatureLink, str]:
    """Return a link as mailed to the authorised signatory, and its token."""
    token = new_token()
    link = SignatureLink(
        signature_id=signature.id,
        purpose=purpose,
        token_hash=token_hash(token),
        email=email or signature.signatory_email or "tekenbevoegde@example.org",
        name=signature.signatory_name,
        function=signature.signatory_function,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=14),
        author_id=signature.author_id,
    )
    add(link)
    return link, token
