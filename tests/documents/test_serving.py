"""A file that is asked for again: its bytes stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from flask import Flask

from portal.core.db import db
from portal.documents.models import Document
from portal.services.storage import LocalStorage, storage
from tests.factories import (
    make_commitment,
    make_document,
    make_moderator,
    make_pact_version,
    make_picture,
    make_signature,
)
from tests.factories.documents import PDF
from tests.harness.client import Client
from tests.harness.page import Page
from tests.harness.portal import signed_in


class FarStorage(LocalStorage):
    """A store on another machine: each time that bytes are fetched costs."""

    fetched = 0

    def path(self, _key: str) -> Path | None:  # type: ignore[override]
        return None

    def open(self, key: str) -> BinaryIO:
        self.fetched += 1
        return super().open(key)


@pytest.fixture
def far(app: Flask, make_app: Callable[..., Flask]) -> Iterator[tuple[Flask, FarStorage]]:
    """A second portal on the same data, with its files on another machine."""
    second = make_app()
    store = FarStorage(app.extensions["portal_settings"].files_dir)
    storage.bind(second, store)
    yield second, store
    with second.app_context():
        db.engine.dispose()


def path_of(document: Document) -> str:
    commitment = make_commitment(documents=[document])
    return f"/toezeggingen/{commitment.slug}/documenten/{document.id}/1/{document.latest.file_name}"


def ask_again(reader: Client, path: str) -> tuple[Page, Page]:
    first = reader.get(path)
    return first, reader.get(path, headers={"If-None-Match": first.headers["ETag"]})


class TestAskedAgain:
    def test_it_fetches_no_bytes(self, far: tuple[Flask, FarStorage]) -> None:
        portal, store = far
        path = path_of(make_document())

        first, again = ask_again(Client(portal), path)

        assert (first.status, first.body, store.fetched) == (200, PDF, 1)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        for name in ("Cache-Control", "Vary", "Content-Security-Policy", "Content-Disposition"):
            assert again.headers[name] == first.headers[name], name

    def test_it_is_so_for_every_file(self, app: Flask, client: Client) -> None:
        signature = make_signature(state="confirmed", mandate=make_document())
        moderator = signed_in(app, make_moderator())
        version = make_pact_version()
        asked = [
            (client, f"/beelden/{make_picture().storage_key}"),
            (client, f"/groeipact/versies/{version.label}/tekst"),
            (moderator, f"/ondertekeningen/{signature.id}/mandaat"),
        ]
        for reader, path in asked:
            first, again = ask_again(reader, path)
            assert (first.status, again.status, again.body) == (200, 304, b""), path
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"], path

    @pytest.mark.parametrize("tags", ['"ander", {}', "W/{}", "*"])
    def test_it_knows_its_tag_among_others(self, client: Client, tags: str) -> None:
        path = path_of(make_document())
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tags.format(tag)}).status == 304

    def test_it_sends_the_bytes_of_another_version(self, client: Client) -> None:
        one, other = (path_of(make_document(content=PDF + end)) for end in (b"1", b"2"))
        tag = client.get(one).headers["ETag"]
        page = client.get(other, headers={"If-None-Match": tag})
        assert (page.status, page.body) == (200, PDF + b"2")

    def test_it_sends_a_part(self, client: Client) -> None:
        path = path_of(make_document())
        tag = client.get(path).headers["ETag"]

        part = client.get(path, headers={"Range": "bytes=1-3"})
        same = client.get(path, headers={"Range": "bytes=1-3", "If-Range": tag})
        changed = client.get(path, headers={"Range": "bytes=1-3", "If-Range": '"ander"'})
        beyond = client.get(path, headers={"Range": "bytes=999999-"})

        assert (part.status, part.body) == (206, PDF[1:4])
        assert (same.status, same.body) == (206, PDF[1:4])
        assert (changed.status, changed.body) == (200, PDF)
        assert beyond.status == 416

    def test_it_is_gone_when_its_file_is(self, client: Client) -> None:
        document = make_document()
        path = path_of(document)
        tag = client.get(path).headers["ETag"]
        storage().delete(document.latest.storage_key)
        assert client.get(path, headers={"If-None-Match": tag}).status == 404
