"""Bringing rows in: all of it before everybody at once, each with its source, and once."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from portal.commitments.models import Commitment
from portal.core.db import db, write_section
from portal.intake import jobs
from portal.intake.actions import begin, prepare
from portal.intake.queries.intakes import fit_rows, get_intake
from portal.intake.verdicts import Fate, Verdict
from portal.lifecycle import CommitmentState, IntakeState, SignatureState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.signatures.models import Signature
from tests import factories as make
from tests.harness.client import Client
from tests.intake.scenes import PROMISES, SIGNATORIES, brought_in, looked_at, person, rows_of, told


def _number(model: type[Organisation | Commitment | Signature]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_shows_a_signatory_with_the_source_of_the_file(
    app: Flask, tmp_path: Path, client: Client
) -> None:
    make.kind("leverancier")
    intake = brought_in(SIGNATORIES, tmp_path)

    assert intake.state == IntakeState.IN_PLACE
    (row,) = rows_of(intake)
    signature = db.session.get_one(Signature, row.signature_id)
    assert signature.state == SignatureState.ADMITTED
    assert signature.entered_as == EnteredAs.VERENIGING
    assert (signature.source_title, signature.organisation.source_title) == ("Het weekblad",) * 2
    assert signature.organisation.number("kvk") == "90000007"
    page = client.get("register.signatory", slug=signature.organisation.slug)
    assert "3 juli 2019" in page.text
    assert "Het weekblad" in page.text


def test_it_shows_a_promise_with_the_term_that_it_reads(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    brought_in(SIGNATORIES, tmp_path)

    (row,) = rows_of(brought_in(PROMISES, tmp_path))

    commitment = db.session.get_one(Commitment, row.commitment_id)
    assert commitment.state == CommitmentState.PUBLISHED
    assert (commitment.term_words, str(commitment.term_latest)) == ("eind 2027", "2027-12-31")
    assert commitment.source_url == "https://weekblad.example/lijst"


def test_the_same_file_changes_nothing_the_second_time(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    for content in (SIGNATORIES, PROMISES):
        brought_in(content, tmp_path)
    before = [_number(model) for model in (Organisation, Commitment, Signature)]

    for content in (SIGNATORIES, PROMISES):
        (row,) = rows_of(looked_at(content, tmp_path))
        assert row.verdict is Verdict.EQUAL
    assert [_number(model) for model in (Organisation, Commitment, Signature)] == before


def test_nobody_sees_a_part_of_it_and_it_goes_on_where_it_was(
    app: Flask, tmp_path: Path, client: Client
) -> None:
    make.kind("leverancier")
    content = SIGNATORIES + "Bouwbureau Duin (fictief);leverancier;2020;\n"
    beheerder = person()
    number = looked_at(content, tmp_path, by=beheerder).id
    with write_section():
        begin(get_intake(number), by=beheerder)
        prepare(get_intake(number), fit_rows(number, 1), by=beheerder)
    # Here the worker was stopped.
    assert "Softwarehuis Veen" not in client.get("register.signatories").text

    jobs.bring_in(number)

    shown = client.get("register.signatories").text
    assert all(name in shown for name in ("Softwarehuis Veen", "Bouwbureau Duin"))
    assert [row.fate for row in rows_of(get_intake(number))] == [Fate.BROUGHT] * 2
    assert _number(Organisation) == 2


def test_it_leaves_out_what_changed_here_after_it_was_looked_at(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    beheerder = person()
    number = looked_at(SIGNATORIES, tmp_path, by=beheerder).id
    make.make_signature(make.make_organisation(name="Softwarehuis Veen (fictief)"))
    with write_section():
        begin(get_intake(number), by=beheerder)

    jobs.bring_in(number)

    (row,) = rows_of(get_intake(number))
    assert row.fate is Fate.LEFT
    assert "intussen iets veranderd" in told(row)
    assert _number(Organisation) == 1


def test_it_changes_what_the_vereniging_entered_and_keeps_what_a_cell_leaves_out(
    app: Flask, tmp_path: Path
) -> None:
    make.kind("leverancier")
    brought_in(SIGNATORIES, tmp_path)
    content = "naam;getekend;website\nSoftwarehuis Veen;3-7-2019;veen.example\n"

    (row,) = rows_of(brought_in(content, tmp_path))

    assert row.fate is Fate.BROUGHT
    organisation = db.session.get_one(Organisation, row.organisation_id)
    assert organisation.website == "https://veen.example"
    assert organisation.name == "Softwarehuis Veen (fictief)"
    assert organisation.number("kvk") == "90000007"


def test_it_never_changes_what_an_organisation_says_itself(app: Flask, tmp_path: Path) -> None:
    owned = make.make_organisation(name="Gemeente Ruwaard (fictief)", owner=make.make_account())
    make.make_signature(owned)
    own = make.make_commitment(owned, title="Open API voor zaken", what="Dat zeggen wij.")
    content = (
        "ondertekenaar;titel;wat;toegezegd op\n"
        "Gemeente Ruwaard (fictief);Open API voor zaken;Iets anders.;3-7-2019\n"
        "Gemeente Ruwaard (fictief);Heel wat anders;Iets.;3-7-2019\n"
    )

    rows = rows_of(looked_at(content, tmp_path))

    assert [row.verdict for row in rows] == [Verdict.WRONG] * 2
    assert "dus dit blijft zoals het is" in told(rows[0])
    assert "heeft een eigenaar" in told(rows[1])
    assert db.session.get_one(Commitment, own.id).what == "Dat zeggen wij."


def test_two_promises_of_a_file_that_are_alike_both_come(app: Flask, tmp_path: Path) -> None:
    make.make_signature(make.make_organisation(name="Gemeente Ruwaard (fictief)"))
    head = "ondertekenaar;titel;wat;toegezegd op\n"
    row = "Gemeente Ruwaard;Stap {} van het plan voor gegevens;Die stap.;3-7-2019\n"

    rows = rows_of(brought_in(head + row.format(1) + row.format(2), tmp_path))

    assert [one.fate for one in rows] == [Fate.BROUGHT] * 2
