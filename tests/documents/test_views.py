"""Pictures as a browser gets them."""

from __future__ import annotations

from tests.factories import make_document, make_picture
from tests.harness.client import Client


class TestPicture:
    def test_it_is_a_picture_that_may_be_kept_for_ever(self, client: Client) -> None:
        answer = client.get("documents.picture", key=make_picture().storage_key)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
        assert "immutable" in answer.headers["Cache-Control"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]

    def test_it_gives_no_document_away(self, client: Client) -> None:
        key = make_document().latest.storage_key
        assert client.get("documents.picture", key=key).status == 404
