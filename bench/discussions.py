"""Comments in bulk: with their texts, their history, and the counters above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random
from types import ModuleType
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, update

from bench.bulk import Bulk
from portal.comments.queries.answers import reply_rank_of, thread_rank_of
from portal.core.db import db
from portal.core.markdown import render_typed
from portal.lifecycle import TextState

TABLES = db.metadata.tables
TEXTS = 400
# Of a hundred: this many are replies, speak for an organisation, wait for a moderator.
REPLIES, SPEAKING, WAITING = 25, 50, 2
BATCH = 2000

# Column -> value.
Row = dict[str, Any]


class Sized(Protocol):
    """How many people there are, and what makes their texts."""

    @property
    def accounts(self) -> int: ...
    @property
    def signatories(self) -> int: ...
    @property
    def is_varied(self) -> bool: ...
    @property
    def texts(self) -> ModuleType: ...


class Writer:
    """Collects rows of four tables and puts them in, many at a time."""

    def __init__(
        self,
        connection: Connection,
        choose: Random,
        size: Sized,
        moment: Callable[[int], datetime],
    ) -> None:
        self.make = size.texts
        self.texts: list[tuple[str, str]] = []
        if not size.is_varied:
            self.texts = [self._made(choose) for _ in range(TEXTS)]
        self.choose = choose
        self.accounts = size.accounts
        self.organisations = size.signatories
        self.moment = moment
        self.comments = 0
        self._connection = connection
        self._waiting: dict[str, list[Row]] = {
            name: [] for name in ("comment", "comment_version", "history")
        }
        self._bulks = {name: Bulk(connection, TABLES[name]) for name in self._waiting}
        self._counted: list[dict[str, int]] = []
        # Account -> how many of its texts were placed.
        self.placed: Counter[int] = Counter()

    def _made(self, choose: Random) -> tuple[str, str]:
        body = self.make.comment_text(choose)
        return body, render_typed(body)

    def text(self) -> tuple[str, str]:
        """Return a text as it was typed and as it is shown: one of a few, or another one."""
        return self.choose.choice(self.texts) if self.texts else self._made(self.choose)

    def add(self, table: str, **row: object) -> Row:
        """Put a row into the next batch, and return it."""
        self._waiting[table].append(row)
        return row

    def take(self, discussion: dict[str, int]) -> None:
        """Note the counters of a discussion that is complete."""
        self._counted.append(discussion)
        if len(self._waiting["comment"]) >= BATCH:
            self.finish()

    def put_records(self) -> None:
        """Write the record of every writer; once, when all comments are made."""
        Bulk(self._connection, TABLES["writer_record"]).put(
            {"account_id": account, "placed_count": placed, "refused_count": 0}
            for account, placed in sorted(self.placed.items())
        )

    def finish(self) -> None:
        """Write the rows and the counters that wait."""
        for name, rows in self._waiting.items():
            self._bulks[name].put(rows)
            rows.clear()
        table = TABLES["discussion"]
        if self._counted:
            counts = update(table).where(table.c.id == bindparam("discussion"))
            self._connection.execute(
                counts.values(placed_count=bindparam("placed"), pending_count=bindparam("pending")),
                self._counted,
            )
            self._counted.clear()


def comments_of(writer: Writer, discussion: int, many: int) -> dict[str, int]:
    """Make so many comments in a discussion; return its counters."""
    first_comments: list[Row] = []
    placed = 0
    for _ in range(many):
        waits = writer.choose.randrange(100) < WAITING
        is_reply = bool(first_comments) and writer.choose.randrange(100) < REPLIES
        parent = writer.choose.choice(first_comments) if is_reply else None
        comment = _comment(writer, discussion, parent, waits)
        placed += not waits
        if waits:
            continue
        if parent is None:
            first_comments.append(comment)
        else:
            parent["placed_reply_count"] += 1
    return {"discussion": discussion, "placed": placed, "pending": many - placed}


def _comment(writer: Writer, discussion: int, parent: Row | None, waits: bool) -> Row:
    writer.comments += 1
    number = writer.comments
    account = writer.choose.randint(1, writer.accounts)
    body, html = writer.text()
    speaks = writer.choose.randrange(100) < SPEAKING
    organisation = 1 + (account - 1) % writer.organisations if speaks else None
    # Whose page it is, as `fill` has it.
    owner = 1 + discussion % writer.organisations
    at = writer.moment(number)
    for subject, steps in (
        ("comment", ("post", "place")),
        ("comment_version", ("submit", "place")),
    ):
        _history(writer, subject, number, steps[:1] if waits else steps, account, at)
    state = TextState.PENDING if waits else TextState.PLACED
    writer.placed[account] += not waits
    writer.add(
        "comment_version",
        id=number,
        comment_id=number,
        number=1,
        body=body,
        html=html,
        state=state,
        created_at=at,
    )
    return writer.add(
        "comment",
        id=number,
        discussion_id=discussion,
        thread_id=parent["id"] if parent else number,
        thread_rank=parent["thread_rank"] if parent else thread_rank_of(organisation, owner),
        reply_rank=reply_rank_of(organisation, owner, is_top=parent is None),
        parent_id=parent["id"] if parent else None,
        author_id=account,
        author_name=f"Persoon {account}",
        job_title="Adviseur" if speaks else "",
        organisation_id=organisation,
        organisation_name=writer.make.organisation_name(organisation) if organisation else None,
        state=state,
        html=None if waits else html,
        placed_version_id=None if waits else number,
        placed_reply_count=0,
        created_at=at,
        placed_at=None if waits else at,
    )


def _history(
    writer: Writer, subject: str, number: int, steps: tuple[str, ...], account: int, at: datetime
) -> None:
    for step in steps:
        is_first = step != "place"
        writer.add(
            "history",
            subject=subject,
            subject_id=number,
            step=step,
            from_state=None if is_first else TextState.PENDING,
            to_state=TextState.PENDING if is_first else TextState.PLACED,
            account_id=account if is_first else 1,
            at=at,
        )
