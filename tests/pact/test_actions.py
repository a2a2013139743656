"""Tests of the writes to the pact's text, its words and its events."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import FieldRefused, StepNotOpen
from portal.pact import actions, queries
from portal.pact.models import PactVersion
from tests.factories import make_beheerder, make_pact_version, make_signature


def drafted(label: str = "1.0", body: str = "# Artikel 1\r\n\r\nWij groeien.") -> PactVersion:
    with write_section():
        return actions.draft(
            label=label, title="Groeipact", body=body, is_example=False, by=make_beheerder()
        )


class TestDraft:
    def test_it_takes_the_fingerprint_over_the_text_with_one_kind_of_line_end(
        self, app: Flask
    ) -> None:
        version = drafted()
        assert version.body == "# Artikel 1\n\nWij groeien."
        assert version.sha256 == hashlib.sha256(version.body.encode()).hexdigest()
        assert "<h3>Artikel 1</h3>" in version.html

    def test_it_refuses_a_label_that_is_taken(self, app: Flask) -> None:
        drafted("1.0")
        with pytest.raises(FieldRefused) as refused:
            drafted("1.0")
        assert refused.value.field == "label"

    def test_it_is_not_the_text_that_is_signed(self, app: Flask) -> None:
        drafted()
        assert queries.find_current() is None


class TestEdit:
    def test_it_changes_a_draft_and_its_fingerprint(self, app: Flask) -> None:
        version = drafted()
        before = version.sha256
        with write_section():
            actions.edit(version, title="Nieuw", body="Anders.", is_example=True, by=None)
        assert version.sha256 != before
        assert version.is_example

    def test_it_never_changes_a_published_text(self, app: Flask) -> None:
        version = make_pact_version(body="Zo is het.")
        with pytest.raises(StepNotOpen), write_section():
            actions.edit(version, title="T", body="Anders.", is_example=False, by=None)
        db.session.expire_all()
        assert version.body == "Zo is het."


class TestPublish:
    def test_it_is_valid_from_today_when_nothing_is_said(self, app: Flask) -> None:
        version = drafted()
        with write_section():
            actions.publish(version, by=None)
        assert version.valid_from == clock.today()
        assert queries.find_current() == version

    def test_it_refuses_a_day_to_come(self, app: Flask) -> None:
        version = drafted()
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(FieldRefused) as refused, write_section():
            actions.publish(version, valid_from=tomorrow, by=None)
        assert refused.value.field == "valid_from"
        db.session.expire_all()
        assert version.state == "draft"

    def test_it_does_not_let_an_older_text_that_comes_later_be_signed(self, app: Flask) -> None:
        current = make_pact_version(label="2.0", valid_from=date(2024, 1, 1))
        older = drafted("1.0")
        with write_section():
            actions.publish(older, valid_from=date(2019, 7, 3), by=None)
        assert queries.find_current() == current
        assert [row.label for row in queries.versions()] == ["2.0", "1.0"]

    def test_it_leaves_earlier_signatures_their_text(self, app: Flask) -> None:
        first = make_pact_version(label="1.0")
        signature = make_signature(pact_version=first)
        second = drafted("2.0")
        with write_section():
            actions.publish(second, by=None)
        db.session.expire_all()
        assert signature.pact_sha256 == first.sha256
        assert queries.find_current() == second


class TestWords:
    def test_it_adds_at_the_end_with_an_address_of_its_own(self, app: Flask) -> None:
        with write_section():
            first = actions.add_word(
                "themas", name_nl="Open source", name_en="Open source", by=None
            )
            second = actions.add_word(
                "themas", name_nl="Open Source", name_en="Open source", by=None
            )
        assert first.slug != second.slug
        assert queries.all_words("themas")[-1] == second

    def test_it_is_no_longer_offered_when_out_of_use(self, app: Flask) -> None:
        word = queries.all_words("lagen")[0]
        with write_section():
            actions.edit_word(
                word,
                name_nl=word.name_nl,
                name_en=word.name_en,
                position=1,
                is_active=False,
                by=None,
            )
        assert word.id not in [layer.id for layer in queries.layers()]
        assert word in queries.all_words("lagen")
