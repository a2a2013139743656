"""All documents as a table: what readers see of them, and nothing else."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.core.db import write_section
from portal.documents.licences import Licence
from tests import factories as make
from tests.commitments.scenes import signatory
from tests.harness.client import Client
from tests.harness.sheets import taken


def test_it_holds_the_documents_that_everybody_may_read(app: Flask, client: Client) -> None:
    scene = signatory()
    plan, hidden, secret = (make.make_document(title=title) for title in ("Plan", "Weg", "Stil"))
    public = make.make_commitment(scene.organisation, documents=[plan, hidden])
    make.make_commitment(scene.organisation, state="draft", documents=[secret])
    make.make_signature(mandate=make.make_document(title="Mandaat"))
    make.write_out(plan, body="Wij doen het.")
    with write_section():
        plan.dated, plan.licence = date(2020, 3, 1), Licence.CC_BY
        hidden.latest.hidden_at = plan.created_at

    as_csv, as_ods, as_json = taken(client, "/documenten")

    assert len(as_csv) == 1
    assert len(as_ods) == 2
    (row,) = as_json["rijen"]
    assert (row["titel"], row["datum"], row["taal"]) == ("Plan", "2020-03-01", "nl")
    assert row["licentie"].startswith("CC BY 4.0")
    assert (row["toegankelijk"], row["tekst"]) == ("niet nagegaan", "Wij doen het.")
    assert row["toezegging"] == public.title
    at = f"/toezeggingen/{public.slug}/documenten/{plan.id}/1"
    assert row["adres"].endswith(at)
    assert row["bestandsadres"].endswith(f"{at}/plan.pdf")
