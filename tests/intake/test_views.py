"""The pages with which a beheerder brings in a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.core.db import db
from portal.intake.models import Intake
from portal.intake.queries.intakes import get_intake
from portal.intake.verdicts import Fate, Verdict
from portal.lifecycle import IntakeState
from portal.services.jobs import run_due
from tests import factories as make
from tests.harness.client import Client
from tests.harness.page import Page
from tests.intake.scenes import SIGNATORIES, brought_in, looked_at, person, rows_of, seen_in

SignIn = Callable[..., Client]
SOURCE = {"source_title": "Lijst van leveranciers", "source_url": "lijst.example/namen"}
HEAD = "naam;soort;getekend\n"


def _sent(client: Client, content: bytes, name: str = "lijst.csv", **source: str) -> Page:
    form = client.get("intake.index").form("/beheer/import")
    return form.submit(file=(content, name), **{**SOURCE, **source})


def _zip(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return file.getvalue()


def _bomb() -> bytes:
    # Made where it is used: to make it takes a second, in every process that collects tests.
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zip(mimetype=kind, content__xml="<a>" + " " * 101_000_000 + "</a>")


class TestIndex:
    def test_it_shows_what_would_change_and_changes_nothing(
        self, app: Flask, sign_in: SignIn, client: Client
    ) -> None:
        page = _sent(sign_in(make.make_beheerder()), SIGNATORIES.encode())
        assert page.path.startswith("/beheer/import/")
        run_due()

        (intake,) = db.session.query(Intake)
        assert intake.state == IntakeState.READY
        assert (intake.source_title, intake.source_url) == (
            "Lijst van leveranciers",
            "https://lijst.example/namen",
        )
        assert "Softwarehuis Veen" not in client.get("register.signatories").text

    def test_it_asks_for_the_source_and_keeps_what_was_typed(
        self, app: Flask, sign_in: SignIn
    ) -> None:
        page = _sent(sign_in(make.make_beheerder()), SIGNATORIES.encode(), source_title="")
        assert page.status == 422
        assert "Vul de titel van de bron in" in page.text
        assert page.form("/beheer/import").fields["source_url"] == "https://lijst.example/namen"

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            pytest.param(b"\x00\x01\x02\xff" * 900, "geen CSV-bestand", id="no text"),
            pytest.param(b"a;b\n1;2\n", "geen regel met de namen van kolommen", id="no head"),
            pytest.param(HEAD.encode(), "staan geen regels", id="no rows"),
            pytest.param(
                (HEAD + "x;gemeente;2019\n" * 20_001).encode(), "meer dan 20.000", id="too many"
            ),
            pytest.param(_zip(**{"[Content_Types]__xml": ""}), "bestand van Excel", id="excel"),
            pytest.param(_zip(a__txt="x"), "geen ODS-bestand", id="another zip"),
            pytest.param(_bomb, "te groot als wij het uitpakken", id="zip bomb"),
        ],
    )
    def test_it_refuses_a_file_calmly(
        self, app: Flask, sign_in: SignIn, content: bytes | Callable[[], bytes], message: str
    ) -> None:
        sent = content() if callable(content) else content
        page = _sent(sign_in(make.make_beheerder()), sent)
        assert page.status == 422
        assert message in page.text
        assert page.form("/beheer/import").fields["source_title"] == "Lijst van leveranciers"


class TestSample:
    @pytest.mark.parametrize("kind", ["ondertekenaars", "toezeggingen"])
    def test_its_own_sample_is_a_sheet_that_it_knows(
        self, app: Flask, sign_in: SignIn, kind: str
    ) -> None:
        client = sign_in(make.make_beheerder())
        sample = client.get("intake.sample", kind=kind, ending="csv")
        head = sample.body.decode("utf-8-sig").splitlines()[0]
        assert "staan geen regels" in _sent(client, f"{head}\n".encode()).text


class TestShow:
    def test_each_count_leads_to_the_rows_that_it_counts(
        self, app: Flask, sign_in: SignIn, tmp_path: Path
    ) -> None:
        content = HEAD + "Nieuw (fictief);gemeente;2019\nFout (fictief);heks;2019\n"
        intake = looked_at(content, tmp_path)
        client = sign_in(make.make_beheerder())
        page = client.get("intake.show", intake_id=intake.id)
        assert "Deze soort organisatie kent het portaal niet" in page.text

        wrong = client.get("intake.show", intake_id=intake.id, wat=str(Verdict.WRONG))

        assert "Fout (fictief)" in wrong.text
        assert "Nieuw (fictief)" not in wrong.text


class TestRow:
    def test_a_row_that_is_put_right_is_told_anew(
        self, app: Flask, sign_in: SignIn, tmp_path: Path
    ) -> None:
        intake = looked_at(HEAD + "Fout (fictief);heks;2019\n", tmp_path)
        (row,) = rows_of(intake)
        client = sign_in(make.make_beheerder())
        form = client.get("intake.row", intake_id=intake.id, row_id=row.id).form()
        assert form.fields["ondertekenaars_soort"] == "heks"

        form.submit(ondertekenaars_soort="gemeente")

        (row,) = rows_of(intake)
        assert (row.verdict, row.cells["soort"]) == (Verdict.NEW, "gemeente")

    def test_a_doubtful_one_offers_what_it_could_be(
        self, app: Flask, sign_in: SignIn, tmp_path: Path
    ) -> None:
        there = make.make_organisation(name="Gemeente Ruwaarde (fictief)")
        intake = looked_at(HEAD + "Gemeente Ruwaard (fictief);gemeente;2019\n", tmp_path)
        (row,) = rows_of(intake)
        page = sign_in(make.make_beheerder()).get("intake.row", intake_id=intake.id, row_id=row.id)
        assert "Gemeente Ruwaarde (fictief)" in page.text

        page.form().submit(choice=str(there.id))

        assert rows_of(intake)[0].organisation_id == there.id

    def test_who_comes_second_reads_what_the_first_chose_and_keeps_what_was_typed(
        self, app: Flask, sign_in: SignIn, tmp_path: Path
    ) -> None:
        there = make.make_organisation(name="Gemeente Ruwaarde (fictief)")
        intake = looked_at(HEAD + "Gemeente Ruwaard (fictief);gemeente;2019\n", tmp_path)
        (row,) = rows_of(intake)
        address = {"intake_id": intake.id, "row_id": row.id}
        first, second = (
            sign_in(make.make_beheerder()).get("intake.row", **address).form() for _ in range(2)
        )
        first.submit(choice=str(there.id))

        page = second.submit(choice="nieuw", ondertekenaars_plaats="Zee")

        assert page.status == 409
        assert rows_of(intake)[0].organisation_id == there.id
        told = " ".join(page.main.split())
        assert "Iemand anders heeft dit intussen veranderd" in told
        assert "Wat er nu staat Gemeente Ruwaarde (fictief)" in told
        again = page.form()
        assert again.fields["choice"] == "nieuw"
        assert again.fields["ondertekenaars_plaats"] == "Zee"

        assert again.submit(follow=False).status == 303
        (row,) = rows_of(intake)
        assert (row.choice, row.cells["plaats"], row.version) == ("nieuw", "Zee", 3)


class TestBringIn:
    def test_it_is_public_and_can_be_taken_back(
        self, app: Flask, sign_in: SignIn, client: Client, tmp_path: Path
    ) -> None:
        beheerder = make.make_beheerder()
        intake = looked_at(HEAD + "Nieuw (fictief);gemeente;2019\n", tmp_path)
        staff = sign_in(beheerder)
        page = staff.get("intake.show", intake_id=intake.id)
        page.form("/doorvoeren").submit()
        run_due()
        assert "Nieuw (fictief)" in client.get("register.signatories").text

        staff.get("intake.call_back", intake_id=intake.id).form().submit()
        run_due()

        assert "Nieuw (fictief)" not in client.get("register.signatories").text
        page = staff.get("intake.show", intake_id=intake.id, lot=str(Fate.UNDONE))
        assert "Teruggehaald" in page.text

    def test_a_file_that_is_not_to_be_brought_in_is_dropped(
        self, app: Flask, sign_in: SignIn, tmp_path: Path
    ) -> None:
        intake = looked_at(HEAD + "Nieuw (fictief);gemeente;2019\n", tmp_path)
        page = sign_in(make.make_beheerder()).get("intake.show", intake_id=intake.id)
        page.form("/niet-invoeren").submit()
        assert get_intake(intake.id).state == IntakeState.DROPPED
        assert rows_of(intake) == []


def test_what_was_taken_along_comes_in_as_equal(app: Flask, client: Client, tmp_path: Path) -> None:
    make.make_signature(make.make_organisation(name="Gemeente Ruwaard (fictief)"))
    brought_in(SIGNATORIES, tmp_path, by=person())
    owned = make.make_signature(make.make_organisation(owner=make.make_account())).organisation
    make.make_commitment(owned, title="Een eigen toezegging")
    for endpoint in ("register.sheet", "commitments.sheet"):
        for ending in ("csv", "ods"):
            taken = client.get(endpoint, ending=ending).body
            rows = rows_of(looked_at(taken, tmp_path))
            assert {row.verdict for row in rows} == {Verdict.EQUAL}, [r.remarks for r in rows]


def test_the_list_that_vng_keeps_maps_onto_ours(app: Flask, tmp_path: Path) -> None:
    listed = "Supplier;Deadline;Ondertekeningsdatum\nVeen (fictief);begin oktober 2026;3-7-2019\n"
    ((row, told),) = seen_in(listed.encode(), tmp_path)
    assert row.cells == {
        "soort": "leverancier",
        "naam": "Veen (fictief)",
        "termijn": "begin oktober 2026",
        "getekend": "3-7-2019",
    }
    assert told.verdict is Verdict.NEW
    assert [remark.column for remark in told.remarks] == ["termijn"]
