"""What the vereniging decides on an application."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.comments.actions import open_discussion, show_discussion
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused, StaleVersion
from portal.core.i18n import gettext as _
from portal.lifecycle import SignatureState
from portal.organisations import actions as organisation_actions
from portal.organisations.events import OrganisationRenamed
from portal.policy import Person
from portal.services.history import advance
from portal.signatures import mails, queries
from portal.signatures.actions.preparing import forget_confirmation
from portal.signatures.models import Signature

# The signatory or the vereniging has it before them, under the name that it carries.
UNDER_WAY = (SignatureState.AWAITING_CONFIRMATION, SignatureState.CONFIRMED)


def admit(signature: Signature, *, seen: str | None = None, by: Person) -> None:
    """Make the organisation a signatory: from now on everybody sees it.

    Refused with StaleVersion when it is no longer what was `seen`: until now its editors may
    change its name and its numbers.
    """
    lock_row(signature.organisation)
    advance(signature, "admit", by=by)
    if seen is not None and seen != signature.seen_as:
        raise StaleVersion(signature)
    make_public(signature, by=by)
    mails.decided(signature, SignatureState.ADMITTED)


def make_public(signature: Signature, *, by: Person | None) -> None:
    """Show the organisation to everybody, with a discussion on its page."""
    signature.admitted_at = clock.now()
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
    """Let the discussions on the page of a renamed organisation carry its new name.

    Refused while somebody signs, or has signed, under the old one; who was asked for more may
    rename, and lets sign anew.
    """
    organisation = renamed.organisation
    standing = queries.find_open(organisation.id)
    if standing is not None and standing.state in UNDER_WAY:
        raise FieldRefused(
            "name",
            _(
                "Onder deze naam loopt een ondertekening. Haal het verzoek eerst terug, of wacht "
                "op het besluit van de vereniging."
            ),
        )
    if standing is not None and standing.state == SignatureState.MORE_ASKED:
        forget_confirmation(standing)
    own = select(Signature.discussion_id).where(Signature.organisation_id == organisation.id)
    db.session.execute(
        update(Discussion).where(Discussion.id.in_(own)).values(title=organisation.name)
    )


def ask_more(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Ask for what is missing, in words."""
    advance(signature, "ask_more", by=by, ground=ground, reason=reason)
    mails.decided(signature, SignatureState.MORE_ASKED, ground=ground, reason=reason)


def decline(signature: Signature, *, ground: str, reason: str, by: Person) -> None:
    """Do not admit, with the reason; it can be corrected and sent again."""
    advance(signature, "decline", by=by, ground=ground, reason=reason)
    mails.decided(signature, SignatureState.DECLINED, ground=ground, reason=reason)
