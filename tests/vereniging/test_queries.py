"""Reading the settings of the vereniging and its legal texts before anybody has set them."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.db import db, write_section
from portal.services.vereniging import Vereniging
from portal.vereniging import queries
from portal.vereniging.models import AccessibilityStatement, LegalText


class TestLegalPage:
    @pytest.mark.parametrize("slug", queries.SLUGS)
    def test_it_has_words_that_nobody_wrote_yet(self, app: Flask, slug: str) -> None:
        dutch, english = (
            queries.legal_page(slug, locale, on=clock.today()) for locale in ("nl", "en")
        )
        assert dutch.html and english.html and dutch.html != english.html
        assert dutch.edited_at is None and db.session.query(LegalText).count() == 0

    def test_it_has_no_other_texts(self, app: Flask) -> None:
        with pytest.raises(NotFound):
            queries.legal_page("geheimen", "nl", on=clock.today())
        with pytest.raises(NotFound):
            queries.editable_legal_text("geheimen")


class TestEditableRows:
    def test_it_makes_a_row_only_where_it_can_be_written(self, app: Flask) -> None:
        queries.editable_vereniging()
        queries.editable_legal_text("privacy")
        queries.editable_statement()
        db.session.rollback()
        assert _counts() == [0, 0, 0]
        for _again in range(2):
            with write_section():
                queries.editable_vereniging()
                queries.editable_legal_text("privacy")
                queries.editable_statement()
        assert _counts() == [1, 1, 1]


def _counts() -> list[int]:
    return [
        db.session.query(kind).count() for kind in (Vereniging, LegalText, AccessibilityStatement)
    ]
