"""Every write of a signature: prepare, send, confirm, decide."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.comments.actions import open_discussion, show_discussion
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.tokens import new_token, token_hash
from portal.documents.actions import add_version, keep
from portal.documents.upload import KeptUpload
from portal.organisations import actions as organisation_actions
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.policy import Person
from portal.services.history import advance, begin, note
from portal.signatures import mails, queries
from portal.signatures.models import Signature, SignatureLink

SIGNATORY = "tekenbevoegde"


def prepare(organisation: Organisation, *, by: Person) -> Signature:
    """Return a new draft; AlreadyExists when one is under way or stands."""
    previous = queries.last_ended(organisation.id)
    signature = Signature(
        organisation_id=organisation.id,
        author_id=by.id,
        previous_id=previous.id if previous is not None else None,
        discussion_id=previous.discussion_id if previous is not None else None,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            begin(signature, "prepare", by=by)
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
    """Set who may sign and the proof of it; the proof is kept in versions, for moderators only."""
    signature.signatory_name, signature.signatory_function = name, function
    signature.signatory_email, signature.mandate_note = email, mandate_note
    if mandate is not None and signature.mandate is None:
        signature.mandate = keep(mandate, title=_("Bewijs van mandaat"), by=by)
    elif mandate is not None and signature.mandate is not None:
        add_version(signature.mandate, mandate, by=by)
    note(signature, "filled_in", by=by)


def send(signature: Signature, *, lifetime: timedelta, by: Person) -> str:
    """Mail the authorised signatory a link; earlier links die. Return the token (for tests)."""
    if signature.mandate_id is None and signature.mandate is None:
        raise FieldRefused("mandate", _("Voeg eerst het bewijs van mandaat toe."))
    advance(signature, "send", by=by)
    return _mail_link(signature, "confirm", lifetime=lifetime, by=by)


def send_again(signature: Signature, *, lifetime: timedelta, by: Person) -> str:
    """Mail a fresh link while the confirmation is awaited; the earlier one dies."""
    note(signature, "sent_again", by=by)
    return _mail_link(signature, "confirm", lifetime=lifetime, by=by)


def _mail_link(
    signature: Signature,
    purpose: str,
    *,
    lifetime: timedelta,
    by: Person,
    reason: str | None = None,
) -> str:
    revoke_links(signature, purpose)
    token = new_token()
    link = SignatureLink(
        signature=signature,
        purpose=purpose,
        token_hash=token_hash(token),
        email=signature.signatory_email or "",
        end_reason=reason,
        created_at=clock.now(),
        expires_at=clock.now() + lifetime,
        author_id=by.id,
    )
    db.session.add(link)
    db.session.flush()
    mails.link(link, token, by=by)
    return token


def revoke_links(signature: Signature, purpose: str) -> None:
    """Let every unused link of this purpose die."""
    db.session.execute(
        update(SignatureLink)
        .where(
            SignatureLink.signature_id == signature.id,
            SignatureLink.purpose == purpose,
            SignatureLink.used_at.is_(None),
            SignatureLink.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )


def recall(signature: Signature, *, by: Person) -> None:
    """Take the request back, to correct it; the mailed link dies."""
    advance(signature, "recall", by=by)
    revoke_links(signature, "confirm")


def turn_down(link: SignatureLink, *, reason: str) -> None:
    """The authorised signatory does not sign: back to a draft, and who prepared it hears why."""
    advance(link.signature, "recall", by=None, actor=SIGNATORY, reason=reason)
    link.used_at = clock.now()
    mails.turned_down(link.signature, reason)


def confirm(link: SignatureLink, *, pact: PactVersion) -> None:
    """The authorised signatory signs this text, once; the link is spent."""
    signature = link.signature
    advance(signature, "confirm", by=None, actor=SIGNATORY)
    link.used_at = clock.now()
    signature.confirmed_at = clock.now()
    signature.pact_version_id, signature.pact_sha256 = pact.id, pact.sha256
    signature.signed_earliest = signature.signed_latest = clock.today()
    mails.confirmed(signature)


def complete(signature: Signature, *, by: Person) -> None:
    """Answer what the vereniging asked; the confirmation stands."""
    advance(signature, "complete", by=by)


def admit(signature: Signature, *, by: Person) -> None:
    """Make the organisation a signatory: from now on everybody sees it."""
    advance(signature, "admit", by=by)
    signature.admitted_at = clock.now()
    organisation_actions.publish(signature.organisation, by=by)
    give_discussion(signature)
    mails.decided(signature, "signature_admitted")


def give_discussion(signature: Signature) -> None:
    """Let people comment on the signatory's page; who comes back keeps the old discussion."""
    organisation = signature.organisation
    address = f"/ondertekenaars/{organisation.slug}"
    if signature.discussion_id is None:
        discussion = open_discussion(
            address=address,
            title=organisation.name,
            organisation_id=organisation.id,
            is_public=True,
        )
        signature.discussion_id = discussion.id
        return
    discussion = db.session.get_one(Discussion, signature.discussion_id)
    discussion.is_open = True
    show_discussion(discussion, address=address, title=organisation.name)


def ask_more(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Ask for what is missing, in words."""
    advance(signature, "ask_more", by=by, ground=ground, reason=reason)
    mails.decided(signature, "signature_more_asked", ground=ground, reason=reason)


def decline(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Do not admit, with the reason; it can be corrected and sent again."""
    advance(signature, "decline", by=by, ground=ground, reason=reason)
    mails.decided(signature, "signature_declined", ground=ground, reason=reason)


def correct(signature: Signature, *, by: Person) -> None:
    """Begin again after a refusal."""
    advance(signature, "correct", by=by)


def cancel(signature: Signature, *, by: Person) -> None:
    """Stop before it was admitted."""
    advance(signature, "cancel", by=by)
    revoke_links(signature, "confirm")


def request_end(
    signature: Signature,
    *,
    name: str,
    function: str,
    email: str,
    reason: str,
    lifetime: timedelta,
    by: Person,
) -> str:
    """First step of a withdrawal: mail the authorised person a link that ends the signature."""
    signature.signatory_email = email
    note(signature, "end_requested", by=by, actor=f"{name}, {function}", reason=reason)
    return _mail_link(signature, "end", lifetime=lifetime, by=by, reason=reason or None)


def end(link: SignatureLink) -> None:
    """Second step: the authorised person withdraws; the page stays, as a former signatory's."""
    signature = link.signature
    advance(signature, "end", by=None, actor=SIGNATORY, reason=link.end_reason or "")
    link.used_at = clock.now()
    _close(signature, link.end_reason, by=None, actor=SIGNATORY)


def end_by_vereniging(signature: Signature, *, reason: str, by: Person) -> None:
    """End a signature whose organisation is no more, with the source in the reason."""
    advance(signature, "end_by_vereniging", by=by, reason=reason)
    _close(signature, reason, by=by, actor=None)


def _close(
    signature: Signature, reason: str | None, *, by: Person | None, actor: str | None
) -> None:
    signature.ended_on, signature.end_reason = clock.today(), reason
    revoke_links(signature, "end")
    mails.close_commitments(signature.organisation_id, by=by, actor=actor)
    mails.ended(signature)
