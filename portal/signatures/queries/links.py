"""The links that are mailed to the authorised signatory, and what became of those mails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import LinkDead, LinkUnknown, OrganisationFrozen
from portal.core.tokens import token_hash
from portal.lifecycle import EndingState
from portal.organisations.queries import find_membership
from portal.policy import Role
from portal.services.jobs import states_by_key
from portal.services.models import Job, JobState
from portal.signatures.models import SignatureLink

# A mail is tried for two days. That it came back is reported once: the done job of that report is
# remembered for longer than this, see KEEP_DONE in portal/services/jobs.py.
BOUNCES_WITHIN = timedelta(days=30)


class MailStatus(NamedTuple):
    """What became of the mail with a link: waiting, done or parked (it came back)."""

    state: JobState
    tries: int
    done_at: datetime | None


def get_confirm_link(token: str) -> SignatureLink:
    """Return the link with which the signatory confirms; LinkUnknown, or LinkDead with the reason.

    OrganisationFrozen while the vereniging has frozen the organisation.
    """
    return _link_by_token(token, "confirm")


def get_end_link(token: str) -> SignatureLink:
    """Return the link with which an ending is confirmed; LinkUnknown, or LinkDead with the reason.

    OrganisationFrozen as above. It dies with the role of the person who asked for it: an eigenaar
    who is one no longer ends nothing.
    """
    link = _link_by_token(token, "end")
    if link.ending is None or link.ending.state != EndingState.ASKED:
        raise LinkDead("revoked")
    member = find_membership(link.signature.organisation_id, link.ending.author_id)
    if member is None or member.role != Role.OWNER:
        raise LinkDead("revoked")
    return link


def _link_by_token(token: str, purpose: str) -> SignatureLink:
    query = select(SignatureLink).where(
        SignatureLink.token_hash == token_hash(token), SignatureLink.purpose == purpose
    )
    link = db.session.scalars(query).first()
    if link is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkDead("used")
    if link.revoked_at is not None:
        raise LinkDead("replaced" if _has_newer(link) else "revoked")
    if link.expires_at < clock.now():
        raise LinkDead("expired")
    if link.signature.organisation.is_frozen:
        raise OrganisationFrozen
    return link


def _has_newer(link: SignatureLink) -> bool:
    newest = newest_link(link.signature_id, link.purpose)
    return newest is not None and newest.id != link.id and newest.revoked_at is None


def newest_link(signature_id: int, purpose: str) -> SignatureLink | None:
    """Return the last link that was mailed for a signature, None without one."""
    query = select(SignatureLink).where(
        SignatureLink.signature_id == signature_id, SignatureLink.purpose == purpose
    )
    return db.session.scalars(query.order_by(SignatureLink.id.desc()).limit(1)).first()


def find_open_link(signature_id: int, purpose: str) -> SignatureLink | None:
    """Return the link that can still be used, None without one."""
    link = newest_link(signature_id, purpose)
    if link is None or link.used_at is not None or link.revoked_at is not None:
        return None
    return link if link.expires_at >= clock.now() else None


def mail_key(link_id: int) -> str:
    """Return the key of the job that mails a link."""
    return f"signature-link-{link_id}"


def bounced_key(link_id: int) -> str:
    """Return the key of the job that reports that the mail with a link came back."""
    return f"signature-bounced-{link_id}"


def mail_status(link: SignatureLink) -> MailStatus | None:
    """Return what became of the mail with a link, None when its job is no longer there."""
    query = select(Job.state, Job.tries, Job.done_at).where(Job.key == mail_key(link.id))
    row = db.session.execute(query).first()
    return MailStatus(*row) if row is not None else None


def bounced_link_ids() -> list[int]:
    """Return the open links of the last thirty days whose mail came back, not yet reported."""
    query = select(SignatureLink.id).where(
        SignatureLink.used_at.is_(None),
        SignatureLink.revoked_at.is_(None),
        SignatureLink.created_at > clock.now() - BOUNCES_WITHIN,
    )
    open_ids = db.session.scalars(query.order_by(SignatureLink.created_at, SignatureLink.id)).all()
    mails = states_by_key([mail_key(link_id) for link_id in open_ids])
    bounced = [link_id for link_id in open_ids if mails.get(mail_key(link_id)) == JobState.PARKED]
    reports = states_by_key([bounced_key(link_id) for link_id in bounced])
    return [link_id for link_id in bounced if bounced_key(link_id) not in reports]


def get_link(link_id: int) -> SignatureLink:
    """Return the link with this id."""
    return db.session.get_one(SignatureLink, link_id)
