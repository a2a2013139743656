"""The list of signatories as a table: what a visitor may see, with the filters of the list."""

from __future__ import annotations

from datetime import date

from portal.lifecycle import states_of
from tests.factories import make_commitment, make_organisation, make_signature
from tests.harness.client import Client
from tests.harness.sheets import taken
from tests.register.signers import make_signer


class TestSheet:
    def test_it_holds_exactly_who_is_public(self, client: Client) -> None:
        for state in states_of("signature"):
            make_signature(make_organisation(name=f"Met {state}"), state=state)
        make_organisation(name="Tekende niet")
        as_csv, as_ods, as_json = taken(client, "/ondertekenaars")
        public = ["Met admitted", "Met ended"]
        assert sorted(row["Naam"] for row in as_csv) == public
        assert sorted(row["naam"] for row in as_json["rijen"]) == public
        heads, *rows = as_ods
        assert heads == [column["kop"] for column in as_json["kolommen"]] == list(as_csv[0])
        assert sorted(row[heads.index("Naam")] for row in rows) == public

    def test_it_says_who_signed_when_and_what_became_of_it(self, client: Client) -> None:
        signer = make_signer("Gemeente Lindewoude", province="utrecht", signed_on=date(2019, 7, 3))
        make_signer("Gemeente Bûtermar", province="fryslan")
        make_commitment(signer)
        as_csv, _as_ods, as_json = taken(client, "/ondertekenaars", "?provincie=utrecht")
        (row,) = as_json["rijen"]
        assert (row["naam"], row["provincie"], row["status"]) == (
            "Gemeente Lindewoude",
            "Utrecht",
            "ondertekenaar",
        )
        assert (row["getekend_vanaf"], row["getekend_tot"]) == ("2019-07-03", "2019-07-03")
        assert (row["toezeggingen"], row["gereed"], row["te_laat"]) == (1, 0, 0)
        assert row["gp_nummer"].startswith("GP-")
        assert as_json["toelichting"]["Filter"] == "Utrecht"
        assert len(as_csv) == 1

    def test_nobody_who_signed_for_it_stands_in_it(self, client: Client) -> None:
        make_signature(signatory_name="T. Bevoegd", signatory_email="tekenbevoegde@example.org")
        assert "evoegd" not in client.get("/ondertekenaars.json").text
