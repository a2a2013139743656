"""The index follows what changes, whoever changes it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import exists, func, not_, select, text

from portal.comments.actions import place, undo_decision
from portal.comments.models import CommentVersion
from portal.commitments.models import CommitmentDocument
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import TextState
from portal.organisations.models import Organisation
from portal.pact.models import Layer
from portal.search.indexing import index_some, is_due
from portal.search.models import SearchDue, SearchEntry, SearchGram, SearchPosting, SearchWord
from portal.search.queries import answer_to
from portal.search.queries.holding import is_visible
from portal.services.upkeep import run_upkeep
from tests import factories as make
from tests.harness.client import Client
from tests.search.conftest import catch_up, signatory


def found(asked: str) -> list[str]:
    db.session.rollback()
    return [hit.source.title for hit in answer_to(asked).hits]


def vocabulary() -> dict[str, int]:
    db.session.rollback()
    return dict(db.session.execute(select(SearchWord.word, SearchWord.entries)).all())


def test_it_holds_what_became_public_and_nothing_else(app: Flask) -> None:
    owner = signatory("Gemeente Lindewoude")
    make.make_commitment(owner, title="Een eerste belofte")
    make.make_commitment(owner, title="Een tweede belofte", state="draft")
    catch_up()
    assert found("belofte") == ["Een eerste belofte"]
    assert "tweede" not in vocabulary()
    assert not is_due()


def test_a_new_title_replaces_the_old_one(app: Flask) -> None:
    commitment = make.make_commitment(title="Oude kop")
    catch_up()
    with write_section():
        commitment.title = "Verse kop"
    catch_up()
    assert (found("oude"), found("verse")) == ([], ["Verse kop"])
    assert "oude" not in vocabulary()


def test_a_new_name_is_found_with_the_promises_below_it(app: Flask) -> None:
    owner = signatory("Gemeente Lindewoude")
    make.make_commitment(owner, title="Een belofte")
    catch_up()
    with write_section():
        db.session.get_one(Organisation, owner.id).name = "Gemeente Elzenbroek"
    catch_up()
    assert found("elzenbroek") == ["Gemeente Elzenbroek", "Een belofte"]


def test_a_promise_is_found_by_the_names_of_its_layers_and_themes(
    app: Flask, client: Client
) -> None:
    layer = db.session.scalars(select(Layer).where(Layer.slug == "data")).one()
    make.make_commitment(title="Een belofte", layers=[layer])
    catch_up()
    assert found("gegevensbronnen") == ["Een belofte"]
    assert "Gaat over: Data/ Gegevensbronnen" in client.get("/zoeken?q=gegevensbronnen").main
    with write_section():
        layer.name_nl = "Kwartelbronnen"
    catch_up()
    assert (found("gegevensbronnen"), found("kwartelbronnen")) == ([], ["Een belofte"])


def test_what_is_hidden_is_gone_at_once_and_its_words_within_seconds(app: Flask) -> None:
    comment = make.make_comment(body="Een kwetsend kwartelwoord.")
    catch_up()
    assert found("kwartelwoord")
    with write_section():
        comment.hidden_at = clock.now()
    assert not found("kwartelwoord")
    assert answer_to("kwartelwoord").total == 0
    run_upkeep()
    assert "kwartelwoord" not in vocabulary()
    with write_section():
        comment.hidden_at = None
    catch_up()
    assert found("kwartelwoord")


def test_a_discussion_that_closes_for_readers_takes_its_comments_along(app: Flask) -> None:
    comment = make.make_comment(body="Een kwartelwoord.")
    catch_up()
    with write_section():
        comment.discussion.is_public = False
    assert not found("kwartelwoord")
    catch_up()
    assert "kwartelwoord" not in vocabulary()


def test_a_comment_that_waits_is_none_of_its_work_until_it_is_placed(app: Flask) -> None:
    discussion, moderator = make.make_discussion(), make.make_moderator()
    catch_up()
    for state in ("pending", "refused"):
        make.make_comment(discussion, state=state, body="Een kwartelwoord.")
    assert not is_due()
    version = db.session.scalars(
        select(CommentVersion).where(CommentVersion.state == TextState.PENDING)
    ).one()
    with write_section():
        place(version, by=moderator)
    assert is_due()
    catch_up()
    assert len(found("kwartelwoord")) == 1
    with write_section():
        undo_decision(version, by=moderator)
    assert is_due()
    catch_up()
    assert not found("kwartelwoord")
    assert "kwartelwoord" not in vocabulary()


def test_a_message_that_is_taken_back_is_found_no_more(app: Flask) -> None:
    update = make.make_update(make.make_commitment(), body="Een kwartelwoord.")
    catch_up()
    assert found("kwartelwoord")
    with write_section():
        update.retracted_at = clock.now()
    assert not found("kwartelwoord")


# What hides a thing from everybody: each is gone from hits and counts before it is indexed anew.
HIDING = (
    "UPDATE organisation SET published_at = NULL",
    "UPDATE signature SET state = 'confirmed'",
    "UPDATE commitment SET hidden_at = '2026-04-02 00:00:00'",
    "UPDATE commitment SET state = 'draft'",
    "UPDATE progress_update SET hidden_at = '2026-04-02 00:00:00'",
    "UPDATE progress_update SET retracted_at = '2026-04-02 00:00:00'",
    "UPDATE comment SET hidden_at = '2026-04-02 00:00:00'",
    "UPDATE comment SET state = 'refused'",
    "UPDATE discussion SET is_public = FALSE",
    "UPDATE document_version SET hidden_at = '2026-04-02 00:00:00'",
    "DELETE FROM commitment_document",
    "DELETE FROM document_page",
    "UPDATE article SET state = 'draft'",
    "UPDATE pact_version SET published_at = NULL",
)


@pytest.mark.parametrize("statement", HIDING)
def test_of_what_may_not_be_read_any_more_something_is_due(app: Flask, statement: str) -> None:
    """Only of what is due it is asked whether it may be read."""
    owner = signatory("Gemeente Lindewoude")
    promise = make.make_commitment(owner, title="Een belofte")
    plan = make.make_document(title="Een kaart")
    make.make_pages(plan, "Een bladzijde.")
    with write_section():
        db.session.add(
            CommitmentDocument(commitment_id=promise.id, document_id=plan.id, position=1)
        )
    make.make_update(promise, body="Een bericht.")
    make.make_comment(promise.discussion, body="Een reactie.")
    make.make_article(title="Een artikel")
    make.make_pact_version(label="7.3")
    catch_up()
    due = exists().where(
        SearchDue.kind == SearchEntry.kind, SearchDue.subject_id == SearchEntry.subject_id
    )
    left = select(func.count()).select_from(SearchEntry).where(~due)
    everything = db.session.scalar(left)
    with write_section():
        db.session.execute(text(statement))
    db.session.rollback()
    assert db.session.scalar(left) < everything
    assert not db.session.scalar(left.where(not_(is_visible())))


def test_it_counts_in_how_many_entries_a_word_stands(app: Flask) -> None:
    first = make.make_commitment(title="Kwartelwoord een", what="Kwartelwoord, kwartelwoord.")
    make.make_commitment(title="Kwartelwoord twee")
    catch_up()
    assert vocabulary()["kwartelwoord"] == 2
    with write_section():
        first.hidden_at = clock.now()
    catch_up()
    assert vocabulary()["kwartelwoord"] == 1


def test_a_row_that_is_gone_leaves_nothing_behind(app: Flask) -> None:
    make.make_article(title="Kwartelwoord")
    catch_up()
    with write_section():
        db.session.execute(text("DELETE FROM article"))
    catch_up()
    for model in (SearchEntry, SearchWord, SearchPosting, SearchGram, SearchDue):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


def test_the_worker_begins_nothing_while_nothing_changed(app: Flask) -> None:
    assert not is_due()
    run_upkeep()
    begun = db.session.scalar(
        text("SELECT count(*) FROM limit_counter WHERE name = 'follow_changes'")
    )
    assert begun == 0


def test_what_another_process_indexed_meanwhile_is_left_to_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.make_article(title="Kwartelwoord")
    made = {"by": 0}

    def other_first(*_: object) -> dict[int, None]:
        # As it would be had another process done all of it just now.
        if not made["by"]:
            made["by"] = 1
            monkeypatch.undo()
            catch_up()
        return {}

    monkeypatch.setattr("portal.search.indexing._made", other_first)
    index_some()
    assert found("kwartelwoord") == ["Kwartelwoord"]


def test_rebuilding_mends_an_index_that_lost_its_way(app: Flask) -> None:
    make.make_article(title="Kwartelwoord")
    catch_up()
    with write_section():
        db.session.execute(text("DELETE FROM search_posting"))
        db.session.execute(text("UPDATE search_entry SET subject_id = subject_id + 1000"))
    assert not found("kwartelwoord")
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    assert "the index is up to date" in result.output
    assert found("kwartelwoord") == ["Kwartelwoord"]


@pytest.mark.parametrize("asked", ["GP-{}", "gp{}", "GP {}", "wat is gp-{}?"])
def test_a_short_number_finds_what_has_it_and_nothing_else(app: Flask, asked: str) -> None:
    owner = make.make_signature(state="ended")
    one = make.make_commitment(owner.organisation, title="Een belofte")
    numbered = {one.short_number: one.title, owner.short_number: owner.organisation.name}
    for nth in range(12):
        make.make_commitment(owner.organisation, title=f"Nog belofte {nth}")
    catch_up()
    for number, title in numbered.items():
        assert found(asked.format(number)) == [title]
