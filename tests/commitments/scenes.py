"""What the tests of commitments start from: a signatory with an editor, and real files."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from portal.accounts.models import Account
from portal.commitments.models import Commitment
from portal.organisations.models import Organisation
from tests.factories import make_account, make_commitment, make_membership, make_signature

SIGNED_ON = date(2019, 7, 3)
WORDS = {
    "kind": "whitepaper",
    "title": "Whitepaper over onze bijdrage",
    "what": "Wij schrijven hoe wij bijdragen.",
}


@dataclass(frozen=True)
class Scene:
    """A signatory, and somebody who writes for it."""

    organisation: Organisation
    editor: Account


def signatory(role: str = "redacteur") -> Scene:
    """Return an organisation with an admitted signature, and its editor."""
    organisation = make_signature().organisation
    return Scene(organisation, make_membership_of(organisation, role))


def make_membership_of(organisation: Organisation, role: str = "redacteur") -> Account:
    """Return a new member of the organisation."""
    person = make_account()
    make_membership(organisation, person, role=role)
    return person


def promise(scene: Scene, **values: Any) -> Commitment:
    """Return a commitment of the scene's organisation."""
    return make_commitment(scene.organisation, author=scene.editor, **values)


def moment(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """Return a moment in UTC, for the clock."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def odt(words: str = "Een plan in open formaat.") -> bytes:
    """Return a small text document in ODF."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type='
            '"application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            zipfile.ZIP_DEFLATED,
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office='
            '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text='
            '"urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
            f"<office:body><office:text><text:p>{words}</text:p></office:text></office:body>"
            "</office:document-content>",
            zipfile.ZIP_DEFLATED,
        )
    return kept.getvalue()
