"""The whole register as one archive: what is public and no more, checked, renewed and withdrawn."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import update

from portal.commitments import actions
from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.opendata import contents, making
from portal.opendata.contents import Part
from portal.opendata.jobs import renew_archive
from portal.opendata.making import SUMS, make_archive
from portal.opendata.queries import archive_is_due
from portal.organisations.models import Organisation
from portal.services.storage import storage
from tests import factories as make
from tests.commitments.views.test_taking import one_in_every_state
from tests.harness.client import Client
from tests.harness.sheets import read_csv, read_ods

ADDRESS = "/register.zip"


def archive_of(client: Client) -> ZipFile:
    """Return what a visitor gets, with its checksum looked at."""
    answer = client.get(ADDRESS)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/zip")
    found = hashlib.sha256(answer.body)
    digest = answer.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
    assert b64decode(digest) == found.digest()
    assert answer.headers["ETag"] == f'"{found.hexdigest()}"'
    return ZipFile(BytesIO(answer.body))


def archive_of_now(client: Client) -> ZipFile:
    """Return what a visitor gets of an archive that is made now."""
    make_archive()
    return archive_of(client)


def rows_of(archive: ZipFile, name: str) -> list[dict[str, Any]]:
    """Return the rows of a list by its JSON, which fits its schema; the others hold as many."""
    # It takes two seconds to load: only where it is used, not wherever tests are collected.
    jsonschema = import_module("jsonschema")
    as_json = json.loads(archive.read(f"{name}.json"))
    jsonschema.validate(as_json, json.loads(archive.read(f"{name}.schema.json")))
    found: list[dict[str, Any]] = as_json["rijen"]
    assert len(read_csv(archive.read(f"{name}.csv"))) == len(found)
    assert len(read_ods(archive.read(f"{name}.ods"))) == len(found) + 1
    return found


class TestArchive:
    def test_it_holds_exactly_what_a_visitor_may_see(self, app: Flask, client: Client) -> None:
        public = one_in_every_state()
        hidden = make.make_document(title="Verborgen bijlage")
        make.make_commitment(state="draft", title="Verborgen concept", documents=[hidden])
        shown = make.make_document(title="Openbare bijlage")
        public.add(make.make_commitment(documents=[shown]).title)
        for state in ("confirmed", "admitted", "ended", "cancelled"):
            make.make_signature(state=state)
        make_archive()
        archive = archive_of(client)
        for folder in ("nl", "en"):
            titles = {row["titel"] for row in rows_of(archive, f"{folder}/toezeggingen")}
            assert titles == public
            names = {row["naam"] for row in rows_of(archive, f"{folder}/ondertekenaars")}
            shown = db.session.query(Organisation.name).where(
                Organisation.published_at.is_not(None)
            )
            assert names == {name for (name,) in shown}
            prefix = "/en" if folder == "en" else ""
            shown_now = json.loads(client.get(f"{prefix}/waar-staan-we.json").body)["rijen"]
            assert rows_of(archive, f"{folder}/waar-staan-we") == shown_now != []
            (row,) = rows_of(archive, f"{folder}/documenten")
            assert "Openbare bijlage" in row.values()
        text = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
        assert "Verborgen" not in text

    def test_it_explains_itself_and_can_be_checked(self, app: Flask, client: Client) -> None:
        make.make_commitment(title="=1+1")
        make_archive()
        archive = archive_of(client)
        sums = dict(line.split("  ")[::-1] for line in archive.read(SUMS).decode().splitlines())
        assert sums == {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name != SUMS
        }
        assert "CC BY 4.0" in archive.read("LEESMIJ.txt").decode()
        assert "CC BY 4.0" in archive.read("README.txt").decode()
        assert "'=1+1" in archive.read("nl/toezeggingen.csv").decode()

    def test_all_of_it_is_of_one_moment(
        self, app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.make_commitment(title="Zoals het was")

        def with_a_change_amid(**values: Any) -> Iterator[Part]:
            first, *others = contents.parts(**values)
            yield first
            with db.engine.connect().execution_options(portal_write=True) as other:
                other.execute(update(Commitment).values(title="Zoals het werd"))
                other.commit()
            yield from others

        monkeypatch.setattr(making, "parts", with_a_change_amid)
        archive = archive_of_now(client)
        for folder in ("nl", "en"):
            titles = [row["titel"] for row in rows_of(archive, f"{folder}/toezeggingen")]
            assert titles == ["Zoals het was"]


class TestFresh:
    def test_what_is_hidden_is_in_no_archive_from_that_moment_on(
        self, app: Flask, client: Client
    ) -> None:
        commitment = make.make_commitment(title="Dit gaat weg")
        make.make_commitment(title="Dit blijft")
        make_archive()
        with write_section():
            found = db.session.get_one(Commitment, commitment.id)
            actions.hide(found, ground="other", reason="Daarom.", by=make.make_moderator())
        answer = client.get(ADDRESS)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "wordt nu gemaakt" in client.get("opendata.show").main
        assert archive_is_due()
        renew_archive()
        titles = [row["titel"] for row in rows_of(archive_of(client), "nl/toezeggingen")]
        assert titles == ["Dit blijft"]

    def test_it_is_asked_again_without_being_sent_again(self, app: Flask, client: Client) -> None:
        make_archive()
        tag = client.get(ADDRESS).headers["ETag"]
        assert client.get(ADDRESS, headers={"If-None-Match": tag}).status == 304

    def test_a_file_that_is_gone_is_no_fault_of_ours(self, app: Flask, client: Client) -> None:
        storage().delete(make_archive().archive_key)
        assert client.get(ADDRESS).status == 503
