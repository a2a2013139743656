"""What the vereniging decides on an application."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.comments.actions import correct_voice, open_discussion, show_discussion
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused, StaleVersion
from portal.core.i18n import gettext as _
from portal.lifecycle import SignatureState
from portal.organisations import actions as organisation_actions
from portal.organisations.events import OrganisationRenamed
from portal.policy import Person
from portal.services.grounds import MANDATE_SEEN
from portal.services.history import advance
from portal.services.short_numbers import give_number
from portal.signatures import mails, queries
from portal.signatures.actions.preparing import forget_confirmation
from portal.signatures.models import Signature

# In these states the signatory or the vereniging judges it under the name that it has now.
UNDER_WAY = (
    SignatureState.AWAITING_CONFIRMATION,
    SignatureState.AWAITING_OWNER,
    SignatureState.CONFIRMED,
)


def admit(
    signature: Signature, *, seen: str | None = None, is_mandate_seen: bool = False, by: Person
) -> None:
    """Make the organisation a signatory: from now on everybody sees it.

    `seen` is `Signature.seen_as` as the moderator read it. Refused with StaleVersion when that
    has changed: until the admission, editors may change the organisation's name and numbers.
    `is_mandate_seen`: the moderator says to have looked at the mandate, which history keeps.
    """
    lock_row(signature.organisation)
    advance(signature, "admit", by=by, ground=MANDATE_SEEN if is_mandate_seen else "")
    if seen is not None and seen != signature.seen_as:
        raise StaleVersion(signature)
    make_public(signature, by=by)
    mails.decided(signature, SignatureState.ADMITTED)


def make_public(signature: Signature, *, by: Person | None) -> None:
    """Show the organisation to everybody, with a discussion on its page."""
    signature.admitted_at = clock.now()
    give_number(signature)
    organisation_actions.publish(signature.organisation, by=by)
    organisation = signature.organisation
    address = f"/ondertekenaars/{organisation.slug}"
    if signature.discussion_id is not None:
        discussion = db.session.get_one(Discussion, signature.discussion_id)
        show_discussion(discussion, address=address, title=organisation.name)
        return
    signature.discussion_id = open_discussion(
        address=address,
        title=organisation.name,
        organisation_id=organisation.id,
        is_public=True,
    ).id


def follow_name(renamed: OrganisationRenamed) -> None:
    """Give the discussions on the page of a renamed organisation its new name.

    A name that was never its own goes from the comments that spoke under it as well.

    Refused with FieldRefused while an application under the old name waits for the signatory, for
    an eigenaar or for the vereniging. An organisation that was asked for more may rename; its
    signatory must then sign again.
    """
    organisation = renamed.organisation
    signature = queries.find_open(organisation.id)
    if signature is not None and signature.state in UNDER_WAY:
        raise FieldRefused(
            "name",
            _(
                "Onder deze naam loopt een ondertekening. Haal het verzoek eerst terug, of wacht "
                "op het besluit van de vereniging."
            ),
        )
    if signature is not None and signature.state == SignatureState.MORE_ASKED:
        forget_confirmation(signature)
    if renamed.never_named is not None:
        correct_voice(organisation.id, wrong=renamed.never_named, right=organisation.name)
    own = select(Signature.discussion_id).where(Signature.organisation_id == organisation.id)
    db.session.execute(
        update(Discussion).where(Discussion.id.in_(own)).values(title=organisation.name)
    )


def ask_more(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Ask the organisation for what is missing; `reason` says what, and is mailed."""
    advance(signature, "ask_more", by=by, ground=ground, reason=reason)
    mails.decided(signature, SignatureState.MORE_ASKED, ground=ground, reason=reason)


def decline(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Do not admit, with the reason; it can be corrected and sent again."""
    advance(signature, "decline", by=by, ground=ground, reason=reason)
    mails.decided(signature, SignatureState.DECLINED, ground=ground, reason=reason)
