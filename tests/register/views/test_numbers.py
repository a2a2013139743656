"""The short address: it leads to a page for ever, and says no more than that page."""

from __future__ import annotations

import pytest

from portal.commitments import actions
from portal.core.db import write_section
from tests import factories as make
from tests.harness.client import Client
from tests.signatures.scenes import person


class TestNumbered:
    @pytest.mark.parametrize("written", ["{}", "gp-{}", "GP-{}", "GP{}"])
    def test_it_leads_to_the_promise_for_ever(self, client: Client, written: str) -> None:
        commitment = make.make_commitment()

        answer = client.raw.get("/t/" + written.format(commitment.short_number))

        assert answer.status_code == 301
        assert answer.location == f"/toezeggingen/{commitment.slug}"

    def test_it_leads_in_english_to_the_english_page(self, client: Client) -> None:
        commitment = make.make_commitment()

        answer = client.raw.get(f"/en/t/{commitment.short_number}")

        assert answer.location == f"/en/toezeggingen/{commitment.slug}"

    def test_it_leads_to_a_signature_on_the_page_of_its_organisation(self, client: Client) -> None:
        signature = make.make_signature(state="ended")
        slug = signature.organisation.slug

        answer = client.raw.get(f"/t/{signature.short_number}")

        assert answer.location == f"/ondertekenaars/{slug}#ondertekening-{signature.id}"
        panel = client.get("register.signatory", slug=slug).soup.find(
            "section", {"aria-labelledby": f"ondertekening-{signature.id}"}
        )
        assert panel is not None
        assert f"GP-{signature.short_number}" in panel.get_text()

    def test_a_promise_that_is_hidden_answers_as_its_page_does(self, client: Client) -> None:
        commitment = make.make_commitment()
        moderator = make.make_moderator()
        with write_section():
            actions.hide(
                commitment, ground="personal_facts", reason="Klopt niet.", by=person(moderator)
            )

        assert client.raw.get(f"/t/{commitment.short_number}").status_code == 410

    def test_a_number_without_a_thing_is_not_there(self, client: Client) -> None:
        given = make.make_commitment().short_number or 0

        for key in (str(given + 1), "0", "GP-", "toezegging"):
            assert client.raw.get(f"/t/{key}").status_code == 404
