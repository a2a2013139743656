"""What tests of signatures start from."""

from __future__ import annotations

import hashlib
from typing import Any

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.documents.storing import store
from portal.documents.upload import KeptUpload
from portal.organisations.models import Organisation
from portal.organisations.queries import find_membership, roles_of
from portal.policy import Role
from portal.signatures import actions
from portal.signatures.authorised import AnotherSignatory
from portal.signatures.models import Ending, Signature, SignatureLink
from portal.signatures.queries import get_confirm_link, get_end_link, get_last_ending
from tests.factories import make_membership
from tests.factories.documents import PDF
from tests.test_policy import Who

SIGNATORY = "directeur@waterstad.example"
REASON = "De handtekening ontbreekt in het bewijs."


def upload(content: bytes = PDF, file_name: str = "mandaat.pdf") -> KeptUpload:
    """Return a file as a form hands it to an action."""
    return KeptUpload(
        storage_key=store("pdf", content),
        file_name=file_name,
        media_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def facts(**changes: Any) -> dict[str, Any]:
    """Return what is filled in about who may sign."""
    return {
        "name": "Noor de Wit",
        "function": "Directeur",
        "email": SIGNATORY,
        "mandate": upload(),
        "mandate_note": "",
        **changes,
    }


def prepared(organisation: Organisation, owner: Account, **changes: Any) -> Signature:
    """Return a draft that is ready to be sent."""
    with write_section():
        signature = actions.prepare(organisation, by=owner)  # type: ignore[arg-type]
        actions.fill_in(signature, **facts(**changes), by=owner)
    return signature


def sent(organisation: Organisation, owner: Account, **changes: Any) -> tuple[Signature, str]:
    """Return a signature that waits for its signatory, and the token of the link."""
    signature = prepared(organisation, owner, **changes)
    with write_section():
        token = actions.send(signature, by=owner)  # type: ignore[arg-type]
    return signature, token


def confirm_link(token: str) -> SignatureLink:
    """Return the link to confirm behind a token, read anew."""
    db.session.expire_all()
    return get_confirm_link(token)


def another(**changes: Any) -> AnotherSignatory:
    """Return somebody else than the known tekenbevoegde, with proof."""
    known: dict[str, Any] = {
        "name": "Noor de Wit",
        "function": "Directeur",
        "email": SIGNATORY,
        "proof": upload(),
        **changes,
    }
    return AnotherSignatory(**known)


def end_asked(signature: Signature, owner: Account, **more: Any) -> str:
    """Ask for the end of a signature; return the token of the link that confirms it."""
    if find_membership(signature.organisation_id, owner.id) is None:
        make_membership(signature.organisation, owner, role=Role.OWNER)
    with write_section():
        return actions.ask_end(signature, by=person(owner), **more)


def end_waits(signature: Signature, owner: Account, **more: Any) -> Ending:
    """Return an ending that the known tekenbevoegde confirmed, and that can be stopped."""
    token = end_asked(signature, owner, **more)
    with write_section():
        actions.confirm_end(end_link(token))
    return ending_of(signature)


def ending_of(signature: Signature) -> Ending:
    """Return the last ending of a signature, read anew."""
    db.session.expire_all()
    return get_last_ending(signature.id)


def person(account: Account) -> Who:
    """Return an account as policy and actions ask about a person."""
    return Who(
        account.id,
        email_key=account.email_key,
        is_moderator=account.is_moderator,
        roles=roles_of(account.id),
    )


def end_link(token: str) -> SignatureLink:
    """Return the link to end behind a token, read anew."""
    db.session.expire_all()
    return get_end_link(token)
