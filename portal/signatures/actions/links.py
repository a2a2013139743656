"""Links mailed to the authorised signatory: a new link makes the earlier ones useless."""

from __future__ import annotations

from sqlalchemy import update

from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.policy import Person
from portal.signatures import mails
from portal.signatures.models import Ending, Signature, SignatureLink


def mail_link(
    signature: Signature,
    purpose: str,
    *,
    name: str,
    function: str,
    email: str,
    ending: Ending | None = None,
    by: Person,
) -> str:
    """Mail a link to "confirm" or "end", return its token; earlier ones no longer work."""
    revoke_links(signature, purpose)
    token, now = new_token(), clock.now()
    link = SignatureLink(
        signature=signature,
        purpose=purpose,
        ending=ending,
        token_hash=token_hash(token),
        name=name,
        function=function,
        email=email,
        created_at=now,
        expires_at=now + settings().signatory_link_lifetime,
        author_id=by.id,
    )
    db.session.add(link)
    db.session.flush()
    mails.link(link, token)
    return token


def revoke_links(signature: Signature, purpose: str) -> None:
    """Let no unused link of this signature for `purpose` work any longer."""
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
