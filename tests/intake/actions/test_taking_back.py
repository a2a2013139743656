"""Taking a file back: all of it as one act, but for what somebody built on."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.commitments.models import Commitment
from portal.core.db import db
from portal.intake.verdicts import Fate
from portal.lifecycle import IntakeState
from portal.organisations.models import Organisation
from portal.services.history import history_of
from portal.signatures.models import Signature
from tests import factories as make
from tests.harness.client import Client
from tests.intake.scenes import PROMISES, SIGNATORIES, brought_in, rows_of, taken_back, told


def test_everything_that_came_with_it_is_gone(app: Flask, tmp_path: Path, client: Client) -> None:
    make.kind("leverancier")
    first = brought_in(SIGNATORIES, tmp_path)
    (row,) = rows_of(first)
    slug = db.session.get_one(Signature, row.signature_id).organisation.slug
    promises = brought_in(PROMISES, tmp_path)
    (promise,) = rows_of(promises)
    address = db.session.get_one(Commitment, promise.commitment_id).slug

    assert taken_back(promises).state == IntakeState.TAKEN_BACK
    taken_back(first)

    assert client.get("register.signatory", slug=slug).status == 404
    assert client.get("commitments.show", slug=address).status == 404
    assert "Softwarehuis Veen" not in client.get("register.signatories").text
    steps = [row.step for row in history_of("intake", first.id)]
    assert steps[-2:] == ["call_back", "called_back"]


def test_it_can_be_brought_in_again(app: Flask, tmp_path: Path, client: Client) -> None:
    make.kind("leverancier")
    taken_back(brought_in(SIGNATORIES, tmp_path))

    brought_in(SIGNATORIES, tmp_path)

    assert "Softwarehuis Veen" in client.get("register.signatories").text


def test_what_somebody_built_on_stays_and_says_why(app: Flask, tmp_path: Path) -> None:
    make.kind("leverancier")
    signatories = brought_in(SIGNATORIES, tmp_path)
    promises = brought_in(PROMISES, tmp_path)
    (promise,) = rows_of(promises)
    commitment = db.session.get_one(Commitment, promise.commitment_id)
    make.make_comment(commitment.discussion, state="placed")

    taken_back(promises)
    taken_back(signatories)

    (promise,), (signatory,) = rows_of(promises), rows_of(signatories)
    assert (promise.fate, signatory.fate) == (Fate.STAYS, Fate.STAYS)
    assert "reacties bij deze toezegging" in told(promise)
    assert "heeft al een toezegging" in told(signatory)


def test_a_changed_text_is_what_it_was_unless_it_was_changed_since(
    app: Flask, tmp_path: Path
) -> None:
    make.kind("leverancier")
    brought_in(SIGNATORIES, tmp_path)
    head = "naam;getekend;website\nSoftwarehuis Veen;3-7-2019;"
    first = brought_in(f"{head}veen.example\n", tmp_path)
    second = brought_in(f"{head}www.veen.example\n", tmp_path)

    taken_back(first)
    assert "daarna nog gewijzigd" in told(rows_of(first)[0])
    taken_back(second)

    (row,) = rows_of(second)
    organisation = db.session.get_one(Organisation, row.organisation_id)
    assert organisation.website == "https://veen.example"
