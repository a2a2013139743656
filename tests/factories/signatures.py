"""Signatures in every state, and the links that are mailed for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.documents.models import Document
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion, SigningEvent
from portal.services.short_numbers import give_number
from portal.signatures.models import Ending, EndingKind, Signature, SignatureLink, StopLink
from tests.factories.accounts import make_account, make_moderator
from tests.factories.comments import new_discussion
from tests.factories.organisations import make_membership, make_organisation, make_public
from tests.factories.pact import make_pact_version
from tests.factories.states import REASON, add, bring_to, committed

CONFIRMED = ("confirmed", "more_asked", "admitted", "declined", "ended")
ADMITTED = ("admitted", "ended")
ENTERED_ONLY = ("enter", "put_forward")
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
    is_historic = is_historic or state == "awaiting_owner"
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
        entered_as=EnteredAs.VERENIGING if is_historic else EnteredAs.SIGNATORY,
        created_at=clock.now(),
    )
    but = PREPARED_ONLY if is_historic else ENTERED_ONLY
    bring_to(signature, state, by=person, reason=reason, but=but)
    if state in CONFIRMED and version is not None:
        signature.pact_version, signature.pact_sha256 = version, version.sha256
    _fill_in(signature, signed_on or (event.held_on if event else clock.today()))
    add(signature)
    if state in ADMITTED:
        give_number(signature)
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
    signature: Signature,
    *,
    purpose: str = "confirm",
    email: str | None = None,
    ending: Ending | None = None,
) -> tuple[SignatureLink, str]:
    """Return a link as mailed to the authorised signatory, and its token.

    A link to "end" confirms `ending`; without one, a new ending that was asked by an eigenaar.
    """
    token = new_token()
    if purpose == "end" and ending is None:
        ending = make_ending(signature)
    link = SignatureLink(
        ending=ending,
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


@committed
def make_ending(
    signature: Signature | None = None,
    *,
    state: str = "asked",
    kind: EndingKind | None = None,
    author: Account | None = None,
    is_known: bool = True,
    email: str | None = None,
    proof: Document | None = None,
    reason: str | None = "Wij gaan fuseren.",
    ends_at: datetime | None = None,
) -> Ending:
    """Return an ending, asked by an eigenaar of the organisation, or proposed by a moderator.

    One that waits can be stopped for a week, unless `ends_at` says otherwise.
    """
    signature = signature or make_signature()
    is_proposed = state == "proposed" or kind == EndingKind.BY_VERENIGING
    person = author or (make_moderator() if is_proposed else _owner_of(signature))
    ending = Ending(
        signature=signature,
        kind=EndingKind.BY_VERENIGING if is_proposed else EndingKind.BY_SIGNATORY,
        author_id=person.id,
        reason=reason,
        created_at=clock.now(),
    )
    if not is_proposed:
        ending.name, ending.function = "T. Bevoegd", "Gemeentesecretaris"
        ending.email = email or signature.signatory_email or "tekenbevoegde@example.org"
        ending.is_known, ending.proof = is_known, proof
    bring_to(ending, state, by=person, but=("propose",) if not is_proposed else ("ask",))
    if state in ("confirmed", "proposed"):
        ending.waits_since = clock.now()
    if state in ("waiting", "stopped", "ended"):
        ending.ends_at = ends_at or clock.now() + timedelta(days=settings().end_period_days)
    add(ending)
    return ending


def _owner_of(signature: Signature) -> Account:
    owner = make_account()
    make_membership(signature.organisation, owner, role="eigenaar")
    return owner


@committed
def make_stop_link(
    ending: Ending, *, email: str = "directeur@example.org", account: Account | None = None
) -> tuple[StopLink, str]:
    """Return a link as mailed to somebody concerned, and its token."""
    token = new_token()
    link = StopLink(
        ending_id=ending.id,
        token_hash=token_hash(token),
        name="T. Bevoegd",
        email=email,
        account_id=account.id if account is not None else None,
        created_at=clock.now(),
    )
    add(link)
    return link, token
