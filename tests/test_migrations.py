"""Migrations go back and forth without losing what people made, on both databases."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle.claims import EnteredAs
from portal.services.models import HistoryRow, Job
from portal.signatures.actions import complete, fill_in
from portal.signatures.queries import find_open_link, get_last_ending, story_of
from tests import factories as make
from tests.harness import databases, portal
from tests.harness.mailbox import MailServer


@pytest.fixture
def old_app(database: databases.Database, worker: str, mail_server: MailServer) -> Flask:
    """A portal on a database of its own, which may be taken apart."""
    name = f"migrated_{worker}"
    folder = databases.run_folder() / name
    return portal.make_portal(database.create(name), folder, mail_server)


def contents() -> dict[str, str]:
    """Return table -> fingerprint of its rows."""
    db.session.rollback()
    found = {}
    for table in sorted(inspect(db.engine).get_table_names()):
        rows = db.session.execute(text(f'SELECT * FROM "{table}"'))
        lines = sorted(repr(tuple(row)) for row in rows)
        found[table] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    db.session.rollback()
    return found


def edtf_of_terms() -> list[str]:
    found = db.session.scalars(text("SELECT term_edtf FROM commitment")).all()
    db.session.rollback()
    return list(found)


class TestBackAndForth:
    def test_it_keeps_every_row_on_the_way_back_and_forth(
        self, old_app: Flask, set_clock: Any
    ) -> None:
        with old_app.app_context():
            set_clock(datetime(2026, 11, 16, 9, tzinfo=UTC))
            make.make_signature(state="draft")
            sent_back = make.make_signature(state="more_asked")
            set_clock(datetime(2026, 11, 19, 9, tzinfo=UTC))
            with write_section():
                preparer = make.make_account()
                fill_in(
                    sent_back,
                    name=sent_back.signatory_name,
                    function=sent_back.signatory_function,
                    email=sent_back.signatory_email or "",
                    mandate=None,
                    mandate_note="Het besluit zit erbij.",
                    by=preparer,
                )
                complete(sent_back, by=preparer)
            for slug in ("gemeente", "leverancier"):
                organisation = make.make_organisation(kind_slug=slug)
                # What somebody without a role wrote would count as entered by the vereniging.
                mine = {
                    "organisation": organisation,
                    "author": make.make_membership(organisation).account,
                }
                make.make_commitment(layers=[make.layer("data")], **mine)
                for term in ("voor 1 oktober 2030", "vanaf 2031"):
                    make.make_commitment(term=term, **mine)
            make.make_comment()
            make.make_comment(state="refused", reason="Dit gaat over iets anders.")
            before = contents()
            db.session.remove()
            downgrade(revision="0001")
            assert all(".." not in value for value in edtf_of_terms())
            upgrade()
            after = contents()
            words = {"organisation_kind", "layer", "principle"}
            differs = {name for name in before if before[name] != after[name]}
            # What visitors see may be shown otherwise now: whatever was kept of it is made anew,
            # and so is the index.
            assert "public_mark" in differs <= {*words, "public_mark", "search_due"}
            for table in words:
                counted = db.session.scalar(text(f"SELECT count(*) FROM {table}"))
                assert counted in (5, 7)
            db.session.rollback()
            db.engine.dispose()

    def test_it_tells_whose_word_a_claim_is_by_who_had_a_role_then(self, old_app: Flask) -> None:
        with old_app.app_context():
            organisation = make.make_organisation()
            member = make.make_membership(organisation).account
            mine, theirs = (
                make.make_commitment(organisation, author=author).id
                for author in (member, make.make_account())
            )
            make.make_update(db.session.get_one(Commitment, theirs), progress="gereed")
            db.session.remove()
            downgrade(revision="0012")
            upgrade()
            found = {one.id: (one.entered_as, one.progress) for one in db.session.query(Commitment)}
            assert found == {
                mine: (EnteredAs.SIGNATORY, "gepland"),
                theirs: (EnteredAs.VERENIGING, "gereed-bron"),
            }
            db.session.rollback()
            db.engine.dispose()

    def test_it_seals_the_history_again(self, old_app: Flask) -> None:
        with old_app.app_context():
            make.make_organisation()
            make.make_comment(state="refused")
            downgrade(revision="0001")
            upgrade()
            for table in ("history", "history_reason"):
                with pytest.raises(DatabaseError, match="append-only"), write_section():
                    db.session.execute(text(f"DELETE FROM {table}"))
            assert db.session.query(HistoryRow).count() > 0
            db.session.rollback()
            db.engine.dispose()

    def test_it_forgets_the_links_of_jobs_that_were_given_up(self, old_app: Flask) -> None:
        link = {"template": "account_reset", "words": {"name": "Noor", "token": "geheim"}}
        with old_app.app_context():
            downgrade(revision="0018")
            with write_section():
                now = clock.now()
                plan = {"kind": "mail", "tries": 60, "run_at": now, "created_at": now}
                way_back = {"email": "noor@example.org", "back": "/uitnodiging/geheim"}
                for payload, state in ((link, "parked"), (link, "waiting"), (way_back, "parked")):
                    # With the columns of that day alone.
                    row = insert(Job).values(payload=payload, state=state, **plan)
                    db.session.execute(row)
            db.session.remove()
            upgrade()
            parked, waiting, reset = db.session.scalars(select(Job).order_by(Job.id))
            assert parked.payload["words"] == {"name": "Noor"}
            assert not parked.is_retriable
            assert waiting.payload == link
            assert reset.is_retriable
            assert "geheim" not in str(reset.payload)
            db.session.rollback()
            db.engine.dispose()

    def test_it_does_nothing_when_all_is_done(self, old_app: Flask) -> None:
        with old_app.app_context():
            before = contents()
            upgrade()
            assert contents() == before
            db.engine.dispose()


class TestEndings:
    def test_it_keeps_an_open_link_to_who_is_known_and_takes_back_any_other(
        self, old_app: Flask
    ) -> None:
        with old_app.app_context():
            known, other, ended = (
                make.make_signature(),
                make.make_signature(),
                make.make_signature(),
            )
            for signature, email in ((known, None), (other, "eigen@voorbeeld.example")):
                ending = make.make_ending(signature, email=email, reason="Wij fuseren.")
                make.make_signature_link(signature, purpose="end", email=email, ending=ending)
            link, _token = make.make_signature_link(ended, purpose="end")
            with write_section():
                link.used_at = clock.now()
            ids = {"known": known.id, "other": other.id, "ended": ended.id}
            db.session.remove()
            downgrade(revision="0008")
            upgrade()
            states = {}
            for name, number in ids.items():
                moved = get_last_ending(number)
                states[name] = (moved.state, moved.reason)
            assert states["known"] == ("asked", "Wij fuseren.")
            assert states["other"] == ("called_off", "Wij fuseren.")
            assert states["ended"][0] == "ended"
            assert find_open_link(ids["known"], "end") is not None
            assert find_open_link(ids["other"], "end") is None
            assert "Opzeggen gaat nu anders" in (story_of(ids["other"])[-1].reason or "")
            db.session.rollback()
            db.engine.dispose()
