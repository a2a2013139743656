"""No page reads a table that grows: it asks about the rows it shows, however many there are.

What the database does for each question is counted by the database itself: instructions on SQLite,
rows on PostgreSQL. Neither depends on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, text

from bench.fill import Size, put_rows
from bench.people import cookie_of
from bench.plans import Question, plan_of, questions, work_of
from portal.comments.models import Comment
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import ORDERS, due_years, listing
from portal.core import clock
from portal.core.db import db
from portal.core.paging import write_cursor
from portal.services.lengths import is_long, note_lengths
from tests.harness.client import Client

# Two discussions of 2,500 comments, of which the first is answered by whose page it is.
SIZE = Size(signatories=15, commitments=30, comments=6000, busy=2, on_busy=2500, accounts=60)
# A page of 50 comments takes a tenth of this, a walk through one discussion several times as much.
MOST = {"sqlite": 500, "postgresql": 1000}
VISITOR, READER, MODERATOR = 0, 50, 3
DISCUSSION = "/toezeggingen/toezegging-1"


@pytest.fixture
def filled(app: Flask) -> Iterator[Flask]:
    with db.engine.connect() as connection:
        with connection.execution_options(portal_write=True).begin():
            put_rows(connection, SIZE, Random(2019), lambda _done: None)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
            connection.commit()
    if is_long():
        note_lengths()
    # What was open before has chosen its ways before.
    db.engine.dispose()
    yield app


def _far_into(discussion_id: int) -> str:
    places = select(Comment.thread_rank, Comment.thread_id, Comment.reply_rank, Comment.id)
    far = places.where(Comment.discussion_id == discussion_id).order_by(Comment.id.desc())
    return write_cursor(tuple(db.session.execute(far.offset(80)).first() or ()), True)


def _too_much(client: Client, path: str, *, but: str = "") -> list[str]:
    with questions(db.engine) as asked:
        assert client.get(path).status == 200
    assert asked
    found = []
    with db.engine.connect() as connection:
        for question in asked:
            # Which triggers there are: the schema does not grow with what people write.
            if "pg_trigger" in question.statement:
                continue
            work = work_of(connection, question)
            if work > MOST[connection.dialect.name] and not (
                but and re.match(but, question.statement)
            ):
                plan = "\n".join(plan_of(connection, question))
                found.append(f"{path} takes {work}:\n{question.statement}\n{plan}")
    return found


def test_no_page_reads_a_table_that_grows(filled: Flask) -> None:
    people = {VISITOR: Client(filled)}
    for number in (READER, MODERATOR):
        people[number] = Client(filled)
        people[number].raw.set_cookie(*cookie_of(filled, account_id=number).split("=", 1))
    found = []
    for number, client in people.items():
        found += _too_much(client, DISCUSSION)
        # The place of the page in the discussion is counted, in the index that has the order.
        far = f"{DISCUSSION}?reacties={_far_into(1)}"
        found += _too_much(client, far, but=r"SELECT count\(\*\)")
        if number != VISITOR:
            found += _too_much(client, "/account/reacties")
    for path in ("/", "/toezeggingen", "/toezeggingen?volgorde=titel", "/ondertekenaars"):
        found += _too_much(people[VISITOR], path)
    for path in ("/werkvoorraad", "/werkvoorraad/afgehandeld", "/werkvoorraad/verborgen"):
        found += _too_much(people[MODERATOR], path)
    assert found == []


def _plan_of_many(question: Question) -> str:
    """Return how the database finds the answer where there are too many rows to sort them."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort"):
                connection.execute(text(f"SET LOCAL enable_{way} = off"))
        return "\n".join(plan_of(connection, question))


@pytest.mark.parametrize("order", [*ORDERS, "years"])
def test_it_finds_a_page_of_the_list_in_the_index_of_its_order(filled: Flask, order: str) -> None:
    with questions(db.engine) as asked:
        if order == "years":
            due_years()
        else:
            listing(CommitmentFilter(), on=clock.today(), grace_days=0, order=order)
    plan = _plan_of_many(asked[0])
    assert "ix_commitment_" in plan
    assert not re.search("TEMP B-TREE|Sort|Seq", plan), plan
