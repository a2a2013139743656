"""Stored HTML follows the way of rendering: no text stays as it was rendered long ago."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from portal.comments.models import Comment, CommentVersion
from portal.commitments.models import Commitment, Prognosis, Update
from portal.core import clock
from portal.core.db import Base, db, write_section
from portal.documents.models import DocumentText
from portal.news import actions as news
from portal.news.models import Article
from portal.organisations.models import Organisation, ProfileText
from portal.pact import actions as pact
from portal.pact.models import PactVersion
from portal.services import rendering
from portal.services.job_figures import waiting_and_parked
from portal.services.jobs import run_due
from portal.services.models import Job
from portal.services.rendering import SLICE, begin_rendering
from portal.vereniging.actions import edit_legal_text
from portal.vereniging.models import LegalText
from portal.vereniging.queries import editable_legal_text
from tests import factories as make

YEARS = "2020. Dat was het jaar van het plan.\n\n2023. Toen liep het af."
OLD = '<ol start="2020">\n<li>Dat was het jaar van het plan.</li>\n<li>Toen liep het af.</li></ol>'
COLUMNS: list[tuple[Any, str]] = [
    (Article, "html"),
    (Comment, "html"),
    (CommentVersion, "html"),
    (Commitment, "what_html"),
    (DocumentText, "html"),
    (LegalText, "html_en"),
    (LegalText, "html_nl"),
    (PactVersion, "html"),
    (ProfileText, "html"),
    (Prognosis, "html"),
    (Update, "ahead_html"),
    (Update, "html"),
]


def _write_everything() -> None:
    make.make_comment(body=YEARS)
    commitment = make.make_commitment(what=YEARS)
    make.make_update(commitment, body=YEARS, ahead=YEARS)
    make.make_prognosis(commitment, body=YEARS)
    make.make_pact_version(body=YEARS)
    make.make_article(body=YEARS)
    make.make_profile(make.make_organisation(), body=YEARS)
    make.write_out(make.make_document(), body=YEARS)
    beheerder = make.make_beheerder()
    with write_section():
        edit_legal_text(
            editable_legal_text("privacy"),
            title_nl="Privacy",
            title_en="Privacy",
            body_nl=YEARS,
            body_en=YEARS,
            by=beheerder,
        )


def _stored(model: Any, column: str) -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(getattr(model, column)).order_by(model.id)))


FOLDED: list[tuple[Any, str]] = [
    (Commitment, "sort_group"),
    (Commitment, "sort_title"),
    (Organisation, "folded_name"),
]


def test_it_knows_every_column_that_is_made() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("sort_title", "sort_group")
        or {"html", "folded"} & set(column.name.split("_"))
    }
    assert found == set(rendering._stored)
    assert found == {f"{model.__tablename__}.{column}" for model, column in COLUMNS + FOLDED}


def test_it_folds_what_is_written_and_folds_it_anew(app: Flask) -> None:
    _write_everything()
    organisation = make.make_organisation(name="Coöperatie ’t Ĳ (fictief)")
    with write_section():
        organisation.name = "Coöperatie ’t Y (fictief)"
    fresh = {each: _stored(*each) for each in FOLDED}
    assert "cooperatie 't y (fictief)" in fresh[Organisation, "folded_name"]
    assert "" not in (kept for column in fresh.values() for kept in column)
    for model, column in FOLDED:
        with write_section():
            old = 9 if column == "sort_group" else "oud"
            db.session.execute(update(model).values({column: old}))
    begin_rendering()
    run_due()
    assert {each: _stored(*each) for each in FOLDED} == fresh


def test_it_makes_everything_anew_that_was_rendered_otherwise(app: Flask) -> None:
    _write_everything()
    for model, column in COLUMNS:
        with write_section():
            db.session.execute(update(model).values({column: OLD}))

    begin_rendering()
    run_due()

    for model, column in COLUMNS:
        texts = _stored(model, column)
        assert OLD not in texts
        assert [html for html in texts if '<li value="2023">' in (html or "")], (model, column)


def test_it_makes_what_writing_makes(app: Flask) -> None:
    body = f"# Kop\n\n{YEARS}\n\n![Beeld](/beelden/x.webp)"
    writer = make.make_beheerder()
    with write_section():
        news.draft(title="Nieuws", lead="Kort.", body=body, by=writer)
        pact.draft(label="9", title="Pact", body=body, is_example=False, by=writer)
    before = _stored(Article, "html") + _stored(PactVersion, "html")
    begin_rendering()
    run_due()
    assert _stored(Article, "html") + _stored(PactVersion, "html") == before


def test_it_leaves_alone_what_is_not_shown(app: Flask) -> None:
    make.make_comment(state="pending")
    make.make_comment(state="withdrawn")
    before = _stored(Comment, "html")
    begin_rendering()
    run_due()
    assert _stored(Comment, "html") == before
    assert None in before


def test_it_overwrites_no_text_that_was_written_meanwhile(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.make_comment(body=YEARS)
    stored = rendering._stored["comment_version.html"]

    def render(source: str) -> str:
        with write_section():
            db.session.execute(update(CommentVersion).values(body="nieuw", html="<p>nieuw</p>"))
        return stored.render(source) + "<!-- anders -->"

    meanwhile = rendering._Stored(stored.rows, stored.write, render)
    monkeypatch.setitem(rendering._stored, "comment_version.html", meanwhile)
    begin_rendering()
    run_due()
    assert _stored(CommentVersion, "html") == ["<p>nieuw</p>"]


def test_it_goes_on_slice_by_slice(app: Flask) -> None:
    organisation = make.make_organisation()
    rows = [
        {
            "organisation_id": organisation.id,
            "body": YEARS,
            "html": OLD,
            "state": "withdrawn",
            "created_at": clock.now(),
        }
        for _ in range(2 * SLICE + 1)
    ]
    with write_section():
        db.session.execute(insert(ProfileText), rows)
    begin_rendering()
    run_due()
    assert set(_stored(ProfileText, "html")) == {
        rendering._stored["profile_text.html"].render(YEARS)
    }
    assert waiting_and_parked() == (0, 0)


def test_it_goes_through_them_once(app: Flask) -> None:
    for _ in range(3):
        begin_rendering()
        run_due()
    query = select(func.count()).select_from(Job).where(Job.kind == "render_anew")
    assert db.session.scalar(query) == 1
