"""Documents and pictures, with real bytes in the storage."""

from __future__ import annotations

import hashlib
from io import BytesIO

from PIL import Image

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.documents.actions import write_text
from portal.documents.models import (
    Document,
    DocumentPage,
    DocumentText,
    DocumentVersion,
    PagePicture,
    Picture,
)
from portal.documents.storing import store
from tests.factories.states import add, committed

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/Lang(nl)>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<<>>>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@committed
def make_document(
    *,
    title: str = "Plan van aanpak",
    content: bytes = PDF,
    file_name: str = "plan.pdf",
    media_type: str = "application/pdf",
    author: Account | None = None,
) -> Document:
    """Return a document with one version whose bytes are in the storage."""
    document = Document(title=title, created_at=clock.now(), created_by=author and author.id)
    document.versions = [
        DocumentVersion(
            number=1,
            storage_key=store(file_name.rpartition(".")[2], content),
            file_name=file_name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            page_count=1,
            created_at=clock.now(),
            created_by=author and author.id,
        )
    ]
    add(document)
    return document


@committed
def make_pages(document: Document, *texts: str, are_drawn: bool = False) -> DocumentVersion:
    """Give the latest version of a document pages with these texts, as if they were drawn."""
    version = document.latest
    version.page_count, version.read_at = len(texts), clock.now()
    for number, text in enumerate(texts, start=1):
        add(DocumentPage(version_id=version.id, number=number, text=text))
        if are_drawn:
            image = BytesIO()
            Image.new("RGB", (90, 120), "#ffffff").save(image, "WEBP")
            key = store("webp", image.getvalue())
            picture = {"storage_key": key, "width": 90, "height": 120}
            add(PagePicture(version_id=version.id, number=number, **picture))
    if are_drawn:
        version.drawn_at = clock.now()
    return version


@committed
def write_out(
    document: Document,
    *,
    body: str = "Wij doen het in drie stappen.",
    author: Account | None = None,
) -> DocumentText:
    """Return what the latest version of a document says, as a page."""
    text = write_text(document.latest, body, by=author)
    assert text is not None
    db.session.flush()
    return text


@committed
def make_picture(*, width: int = 320, height: int = 180) -> Picture:
    """Return a yellow picture."""
    image = BytesIO()
    Image.new("RGB", (width, height), "#ffc61e").save(image, "WEBP")
    picture = Picture(
        storage_key=store("webp", image.getvalue()),
        small_key=None,
        media_type="image/webp",
        width=width,
        height=height,
        sha256=hashlib.sha256(image.getvalue()).hexdigest(),
        created_at=clock.now(),
    )
    add(picture)
    return picture
