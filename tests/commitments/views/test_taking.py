"""The list of commitments as a table: what a visitor may see, with the filters of the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Flask

from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import states_of
from tests.factories import layer, make_commitment, make_organisation, make_signature
from tests.harness.client import Client
from tests.harness.indexing import catch_up
from tests.harness.sheets import taken


def one_in_every_state() -> set[str]:
    """Make commitments in every state, in sight and hidden; return the titles of the public."""
    for state in states_of("commitment"):
        make_commitment(state=state, title=f"Zichtbaar {state}")
        hidden = make_commitment(state=state, title=f"Verborgen {state}")
        with write_section():
            db.session.get_one(Commitment, hidden.id).hidden_at = clock.now()
    return {"Zichtbaar published", "Zichtbaar withdrawn"}


class TestSheet:
    def test_it_holds_exactly_what_is_public(self, client: Client) -> None:
        public = one_in_every_state()
        as_csv, as_ods, as_json = taken(client, "/toezeggingen")
        assert {row["Titel"] for row in as_csv} == public
        assert {row["titel"] for row in as_json["rijen"]} == public
        heads, *rows = as_ods
        assert heads == [column["kop"] for column in as_json["kolommen"]] == list(as_csv[0])
        assert {row[heads.index("Titel")] for row in rows} == public

    def test_it_has_the_filters_and_the_order_of_the_list(self, client: Client) -> None:
        one = make_commitment(title="Beta", term="eind 2030", layers=[layer("proces")])
        make_commitment(one.organisation, title="Alfa", term="begin 2031")
        make_commitment(title="Van een ander")
        query = f"?organisatie={one.organisation.slug}&sorteer=titel"
        as_csv, as_ods, as_json = taken(client, "/toezeggingen", query)
        assert [row["Titel"] for row in as_csv] == ["Alfa", "Beta"]
        assert [row[as_ods[0].index("Titel")] for row in as_ods[1:]] == ["Alfa", "Beta"]
        assert as_json["toelichting"]["Filter"] == one.organisation.name
        assert as_json["adres"].endswith(f"/toezeggingen{query}")
        beta = as_json["rijen"][1]
        assert beta["gp_nummer"] == f"GP-{one.short_number}"
        assert (beta["termijn"], beta["termijn_tot"]) == ("eind 2030", "2030-12-31")
        assert beta["lagen"]

    def test_it_explains_itself_in_english(self, client: Client) -> None:
        make_commitment()
        as_csv, _as_ods, as_json = taken(client, "/en/toezeggingen")
        assert as_json["taal"] == "en"
        assert "Title" in as_csv[0]
        assert "/en/toezeggingen/" in as_csv[0]["Address"]

    def test_it_is_a_file_that_says_where_it_is_explained(self, client: Client) -> None:
        answer = client.get("/toezeggingen.csv?soort=plan")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="toezeggingen.csv"'
        about = answer.headers["Link"].partition(">")[0].removeprefix("<")
        assert about == "/toezeggingen.csv-metadata.json?soort=plan"
        assert client.get(about).headers["Content-Type"] == "application/csvm+json"

    def test_a_filter_that_needs_the_organisation_is_no_fault(self, client: Client) -> None:
        make_commitment(title="Koppelvlak")
        catch_up()
        as_csv, _as_ods, _as_json = taken(
            client, "/toezeggingen", "?q=koppelvlak&organisatiesoort=gemeente"
        )
        assert [row["Titel"] for row in as_csv] == ["Koppelvlak"]

    def test_as_at_a_day_it_holds_what_stood_there(self, client: Client) -> None:
        signer = make_signature(make_organisation(), signed_on=date(2019, 7, 3)).organisation
        make_commitment(signer, title="Van toen", promised_on=date(2019, 7, 3))
        _csv, _ods, as_json = taken(client, "/toezeggingen", "?peildatum=2020-01-01")
        assert as_json["toelichting"]["Peildatum"] == "1 januari 2020"

    def test_whoever_asks_too_often_waits(self, make_app: Callable[..., Flask]) -> None:
        visitor = Client(make_app(RATE_LIMITS="on", LIMIT_TAKE="1"))
        assert visitor.get("/toezeggingen.csv").status == 200
        assert visitor.get("/toezeggingen.json").status == 429
