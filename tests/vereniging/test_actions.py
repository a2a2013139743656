"""Writing the settings of the vereniging and its legal texts."""

from __future__ import annotations

from flask import Flask

from portal.core import clock
from portal.core.db import db, write_section
from portal.services.history import history_of
from portal.vereniging import actions, queries
from portal.vereniging.models import LegalText
from tests.factories import make_beheerder


class TestEditVereniging:
    def test_it_keeps_what_was_filled_in_and_notes_who_did_it(self, app: Flask) -> None:
        beheerder = make_beheerder()
        with write_section():
            row = queries.editable_vereniging()
            settings = {"name": "Voorbeeldvereniging", "phone": None}
            actions.edit_vereniging(row, settings=settings, logo=None, by=beheerder)  # type: ignore[arg-type]
        row = queries.editable_vereniging()
        assert (row.name, row.phone) == ("Voorbeeldvereniging", "")
        (noted,) = history_of("vereniging", row.id)
        assert (noted.step, noted.account_id) == ("edited", beheerder.id)


class TestEditLegalText:
    def test_it_changes_one_text_in_both_languages(self, app: Flask) -> None:
        with write_section():
            actions.edit_legal_text(
                queries.editable_legal_text("privacy"),
                title_nl="Uw gegevens",
                title_en="Your data",
                body_nl="Wij bewaren **niets**.",
                body_en="We keep <b>nothing</b>.",
                by=make_beheerder(),  # type: ignore[arg-type]
            )
        dutch, english = (
            queries.legal_page("privacy", locale, on=clock.today()) for locale in ("nl", "en")
        )
        assert (dutch.title, english.title) == ("Uw gegevens", "Your data")
        assert "<strong>niets</strong>" in dutch.html and "<b>" not in english.html
        assert [row.slug for row in db.session.query(LegalText)] == ["privacy"]
