"""Writing documents and pictures: one row for one file."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import db, write_section
from portal.core.errors import AlreadyExists
from portal.documents import actions
from portal.documents.models import Document, DocumentVersion, Picture
from portal.documents.storing import store
from portal.documents.upload import KeptUpload
from tests.factories import make_document


def upload(content: bytes, file_name: str = "plan.pdf") -> KeptUpload:
    """Return a file as a form hands it to an action."""
    return KeptUpload(
        storage_key=store("pdf", content),
        file_name=file_name,
        media_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
    )


class TestKeep:
    def test_it_makes_a_document_with_a_first_version(self, app: Flask) -> None:
        with write_section():
            document = actions.keep(upload(b"een"), title="Plan", language="en", by=None)
        (version,) = db.session.query(DocumentVersion)
        assert (document.title, document.language) == ("Plan", "en")
        assert (version.document_id, version.number, version.size) == (document.id, 1, 3)


class TestAddVersion:
    def test_it_counts_on_and_leaves_the_older_as_they_were(self, app: Flask) -> None:
        document = make_document(file_name="plan.pdf")
        with write_section():
            actions.add_version(
                db.session.get_one(Document, document.id), upload(b"twee", "plan-2.pdf"), by=None
            )
        versions = db.session.query(DocumentVersion).order_by(DocumentVersion.number)
        assert [(row.number, row.file_name) for row in versions] == [
            (1, "plan.pdf"),
            (2, "plan-2.pdf"),
        ]

    def test_it_refuses_a_file_that_has_a_row(self, app: Flask) -> None:
        document, sent = make_document(), upload(b"twee")
        with write_section():
            there = db.session.get_one(Document, document.id)
            actions.add_version(there, sent, by=None)
            with pytest.raises(AlreadyExists):
                actions.add_version(there, sent, by=None)
        assert db.session.query(DocumentVersion).count() == 2


class TestKeepPicture:
    def test_it_makes_one_row_of_one_file(self, app: Flask) -> None:
        sent = upload(b"beeld", "logo.webp")
        with write_section():
            actions.keep_picture(sent, by=None)
            with pytest.raises(AlreadyExists):
                actions.keep_picture(sent, by=None)
        assert db.session.query(Picture).one().storage_key == sent.storage_key
