"""What tests of signatures start from."""

from __future__ import annotations

import hashlib
from typing import Any

from portal.accounts.models import Account
from portal.core.db import db, write_section
from portal.documents.fields import store
from portal.documents.upload import KeptUpload
from portal.organisations.models import Organisation
from portal.signatures import actions
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.queries import get_confirm_link, get_end_link
from tests.factories.documents import PDF

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


def end_link(token: str) -> SignatureLink:
    """Return the link to end behind a token, read anew."""
    db.session.expire_all()
    return get_end_link(token)
