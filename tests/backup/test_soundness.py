"""What does not agree is said: each fault is put in by hand, as a broken disk or a hand would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from portal.backup.soundness import COUNTERS, RECORDS, faults
from portal.comments.models import Comment
from portal.core.db import Base, db
from portal.services.storage import storage
from tests.factories import make_comment, make_commitment, make_document, make_signature

Break = Callable[[], str]


def found() -> list[str]:
    db.session.commit()
    return list(faults(lambda _count: None))


def change(statement: str, **values: object) -> None:
    db.session.execute(text(statement), values)


def a_counter() -> str:
    comment = make_comment()
    number = comment.discussion_id
    db.session.commit()
    change("UPDATE discussion SET placed_count = 7 WHERE id = :number", number=number)
    return f"discussion {number}: placed_count is 7, and 1 are there"


def a_count_of_replies() -> str:
    number = make_comment().id
    change("UPDATE comment SET placed_reply_count = 2 WHERE id = :number", number=number)
    return f"comment {number}: placed_reply_count is 2, and 0 are there"


def a_count_of_moves() -> str:
    number = make_commitment().id
    change("UPDATE commitment SET move_count = 1 WHERE id = :number", number=number)
    return f"commitment {number}: move_count is 1, and 0 are there"


def a_record_of_a_writer() -> str:
    number = make_comment().author_id
    change("UPDATE writer_record SET refused_count = 3 WHERE account_id = :number", number=number)
    return f"writer_record {number}: refused_count is 3, and 0 are there"


def a_comment_out_of_its_place() -> str:
    number = make_comment().id
    change("UPDATE comment SET thread_rank = 0 WHERE id = :number", number=number)
    return f"comment {number}: it does not stand in its place"


def a_record_that_is_gone() -> str:
    number = make_comment().author_id
    change("DELETE FROM writer_record WHERE account_id = :number", number=number)
    return f"writer_record {number}: placed_count is 0, and 1 are there"


def a_text_of_another() -> str:
    one, other = make_comment(), make_comment()
    wrong, number = one.placed_version_id, other.id
    change(
        "UPDATE comment SET placed_version_id = :wrong WHERE id = :number",
        wrong=wrong,
        number=number,
    )
    return f"comment {number}: text {wrong} is not its own"


def a_pact_that_was_not_signed() -> str:
    number = make_signature().id
    change(
        "UPDATE signature SET pact_sha256 = :other WHERE id = :number",
        other="0" * 64,
        number=number,
    )
    return f"signature {number}: the text of the pact is not the one that was signed"


def a_file_that_is_gone() -> str:
    key = make_document().versions[0].storage_key
    storage().delete(key)
    return f"document_version: file {key} is not in the store"


def a_file_that_is_another() -> str:
    key = make_document().versions[0].storage_key
    storage().delete(key)
    storage().put(key, b"%PDF-1.7 something else")
    return f"document_version: file {key} is not what was stored"


@pytest.mark.parametrize(
    "break_it",
    [
        a_counter,
        a_count_of_replies,
        a_count_of_moves,
        a_record_of_a_writer,
        a_record_that_is_gone,
        a_comment_out_of_its_place,
        a_text_of_another,
        a_pact_that_was_not_signed,
        a_file_that_is_gone,
        a_file_that_is_another,
    ],
)
def test_it_says_what_does_not_agree(app: Flask, break_it: Break) -> None:
    expected = break_it()
    assert found() == [expected]


def test_it_counts_whatever_a_row_counts() -> None:
    kept = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_count")
    }
    counted = {
        f"{column.class_.__tablename__}.{column.key}" for column, _counted in (*COUNTERS, *RECORDS)
    }
    # How many pages and files are in a document is read from the document.
    read = {"document_version.attachment_count", "document_version.page_count"}
    assert kept - read == counted


def test_it_finds_a_link_that_leads_nowhere(app: Flask) -> None:
    comment: Comment = make_comment()
    number = comment.discussion_id
    db.session.commit()
    lose_organisation(number)
    assert found() == ["discussion.organisation_id: 1 rows lead to no organisation"]


def lose_organisation(discussion_id: int) -> None:
    """Let a discussion belong to nobody: neither database lets this happen by itself."""
    statement = f"UPDATE discussion SET organisation_id = 99999 WHERE id = {discussion_id}"
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
            connection.commit()
            return
        driver = connection.connection.dbapi_connection
        assert driver is not None
        for line in ("PRAGMA foreign_keys = OFF", statement, "PRAGMA foreign_keys = ON"):
            driver.execute(line)  # type: ignore[attr-defined]


def test_it_finds_nothing_in_a_register_that_is_in_use(app: Flask) -> None:
    make_comment(parent=make_comment())
    make_signature()
    make_document()
    assert found() == []
