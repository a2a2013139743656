"""Fills a database with comments over 5,000 commitments of 500 made-up signatories.

    python -m bench.fill [--comments 1000|100000|1000000] [--varied] [--folder data/bench]
        [--database URL]

Rows go in directly, in bulk, with the counters and the history that the portal's own actions would
have left. Half of the comments stand below 200 commitments (below 20 of them where there are 1,000
in all), the others are spread. With `--varied` every text is another one, with words as unequally
common as in real texts (`bench.vocabulary`), as a search needs it. The same numbers give the same
rows; a database that was filled before is left alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from types import ModuleType

from sqlalchemy import Connection, func, select, text

from bench import vocabulary, words
from bench.bulk import Bulk
from bench.discussions import Writer, comments_of
from bench.place import FOLDER, Place
from bench.progress import Bar
from portal import terms
from portal.commitments.standing import sort_group
from portal.core.db import db
from portal.core.folding import fold, sort_key
from portal.core.markdown import render_typed
from portal.lifecycle import CommitmentState, SignatureState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.likeness import match_name
from portal.policy import Role

BEGUN = datetime(2019, 7, 3, 12, 0, tzinfo=UTC)
TABLES = db.metadata.tables
BATCH = 5000
KINDS = ("whitepaper", "plan", "realisatie", "standaard", "overig")
# How far promises are that few look at, in turn: one in ten each.
COURSES = ("gereed", "gereed", "gereed", "gereed-bron", "geen-bericht", *["loopt"] * 5)


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    signatories: int = 500
    commitments: int = 5000
    comments: int = 100_000
    busy: int = 200
    on_busy: int = 250
    accounts: int = 2000
    # Whether every text is another one.
    is_varied: bool = False

    @property
    def texts(self) -> ModuleType:
        """What makes names, titles and texts."""
        return vocabulary if self.is_varied else words

    def comments_on(self, commitment: int) -> int:
        """Return how many comments the commitment with this number has, from 1."""
        if commitment <= self.busy:
            return self.on_busy
        rest, quiet = self.comments - self.busy * self.on_busy, self.commitments - self.busy
        index = commitment - self.busy - 1
        return rest * (index + 1) // quiet - rest * index // quiet


# For tests, and for a look.
SMALL = Size(signatories=20, commitments=60, comments=1500, busy=10, on_busy=100, accounts=60)
# What is measured: the same commitments, with more and more below them.
SIZES = {
    1000: Size(comments=1000, busy=10, on_busy=50),
    100_000: Size(),
    1_000_000: Size(comments=1_000_000, on_busy=2500),
}


@dataclass(frozen=True)
class Course:
    """How far a promise is, and since when; `is_moved`: its term was put off."""

    progress: str = "loopt"
    told_on: date = BEGUN.date() + timedelta(weeks=2)
    is_moved: bool = False

    @property
    def done_on(self) -> date | None:
        """The day on which the signatory said that it is done."""
        return self.told_on if self.progress == "gereed" else None


def course_of(size: Size, number: int) -> Course:
    """Return how far the commitment with this number is; the busy ones are all on their way."""
    if number <= size.busy:
        return Course()
    told_on = date(2020, 1, 1) + timedelta(days=number * 2003 % 2400)
    return Course(COURSES[number % len(COURSES)], told_on, is_moved=number % 3 == 0)


def moment(number: int) -> datetime:
    """Return a moment, later for a larger number."""
    return BEGUN + timedelta(minutes=number)


def _put(connection: Connection, name: str, rows: Iterator[dict[str, object]]) -> None:
    bulk = Bulk(connection, TABLES[name])
    while batch := list(islice(rows, BATCH)):
        bulk.put(batch)


def _accounts(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.accounts + 1):
        yield {
            "id": number,
            "name": f"Persoon {number}",
            "email": f"persoon{number}@example.org",
            "email_key": f"persoon{number}@example.org",
            # No password fits: measurements sign in by a session row.
            "password_hash": "-",
            "is_long_password": True,
            "locale": "nl",
            "is_moderator": number <= 5,
            "is_beheerder": number == 1,
            "confirmed_at": BEGUN,
            "created_at": BEGUN,
            "version": 1,
        }


def _organisations(size: Size, kinds: list[int]) -> Iterator[dict[str, object]]:
    for number in range(1, size.signatories + 1):
        name = size.texts.organisation_name(number)
        yield {
            "id": number,
            "slug": f"organisatie-{number}",
            "name": name,
            "sort_name": sort_key(name),
            "match_name": match_name(name),
            "folded_name": fold(name),
            "kind_id": kinds[number % len(kinds)],
            "is_fictional": True,
            "published_at": moment(number),
            "created_at": BEGUN,
            "version": 1,
        }


def _vereniging() -> Iterator[dict[str, object]]:
    yield {
        "id": 1,
        "name": "Vereniging Voorbeeld (fictief)",
        "site_name": "Groeipact Common Ground",
        "email": "post@example.org",
        "phone": "",
        "post_address": "",
        "website": "",
        "security_contact": "",
        "version": 1,
    }


def _memberships(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.accounts + 1):
        is_first = number <= size.signatories
        yield {
            "organisation_id": 1 + (number - 1) % size.signatories,
            "account_id": number,
            "role": str(Role.OWNER if is_first else Role.EDITOR),
            "job_title": "Adviseur",
            "created_at": BEGUN,
            "version": 1,
        }


def _discussion(number: int, address: str, title: str, organisation: int) -> dict[str, object]:
    return {
        "id": number,
        "address": address,
        "title": title,
        "organisation_id": organisation,
        "is_open": True,
        "is_public": True,
        "placed_count": 0,
        "pending_count": 0,
        "created_at": BEGUN,
    }


def _discussions(size: Size) -> Iterator[dict[str, object]]:
    """Those of the commitments first, with their numbers; then those of the signatories."""
    for number in range(1, size.commitments + 1):
        title, owner = size.texts.commitment_title(number), 1 + number % size.signatories
        yield _discussion(number, f"/toezeggingen/toezegging-{number}", title, owner)
    for number in range(1, size.signatories + 1):
        title = size.texts.organisation_name(number)
        address = f"/ondertekenaars/organisatie-{number}"
        yield _discussion(size.commitments + number, address, title, number)


def _signatures(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.signatories + 1):
        yield {
            "id": number,
            "short_number": size.commitments + number,
            "organisation_id": number,
            "state": SignatureState.ADMITTED,
            "signatory_name": "T. Bevoegd",
            "signatory_function": "Gemeentesecretaris",
            "mandate_note": "",
            "signed_words": "3 juli 2019",
            "signed_earliest": date(2019, 7, 3),
            "signed_latest": date(2019, 7, 3),
            "is_historic": True,
            "admitted_at": moment(number),
            "discussion_id": size.commitments + number,
            "created_at": BEGUN,
            "version": 1,
        }


def _commitments(size: Size, choose: Random) -> Iterator[dict[str, object]]:
    said_on = BEGUN.date()
    read = [
        terms.read(f"{part} {year}", said_on)
        for part in ("begin", "medio", "eind")
        for year in range(2020, 2034)
    ]
    some = [term for term in read if term is not None]
    running = [term for term in some if term.latest is not None and term.latest.year >= 2026]
    for number in range(1, size.commitments + 1):
        course = course_of(size, number)
        term = choose.choice(running if number <= size.busy else some)
        title = size.texts.commitment_title(number)
        what = "\n\n".join(size.texts.comment_text(choose) for _ in range(2))
        yield {
            "id": number,
            "slug": f"toezegging-{number}",
            "short_number": number,
            "organisation_id": 1 + number % size.signatories,
            "kind": choose.choice(KINDS),
            "title": title,
            "sort_title": sort_key(title),
            "what": what,
            "what_html": render_typed(what),
            "for_whom": size.texts.sentence(choose),
            "why": size.texts.sentence(choose),
            "result": size.texts.sentence(choose),
            "state": CommitmentState.PUBLISHED,
            "progress": course.progress,
            "done_on": course.done_on,
            "entered_as": EnteredAs.SIGNATORY,
            "promised_on": said_on,
            "term_words": term.text,
            "term_earliest": term.earliest,
            "term_latest": term.latest,
            "term_precision": str(term.precision),
            "term_said_on": said_on,
            "term_is_picked": False,
            "sort_group": sort_group(course.progress),
            "sort_latest": term.latest,
            "sort_earliest": term.earliest,
            "move_count": int(course.is_moved),
            "update_count": 2,
            "discussion_id": number,
            "created_at": BEGUN,
            "news_on": moment(number).date(),
            "published_at": moment(number),
            "updated_at": moment(number),
            "version": 1,
        }


def _short_numbers(size: Size) -> Iterator[dict[str, object]]:
    """Yield the series: the commitments by their own number, and the signatures after them."""
    for number in range(1, size.commitments + size.signatories + 1):
        is_commitment = number <= size.commitments
        yield {"id": number, "thing": "commitment" if is_commitment else "signature"}


def _updates(size: Size, choose: Random) -> Iterator[dict[str, object]]:
    for number in range(1, size.commitments + 1):
        course = course_of(size, number)
        begun = replace(course, progress="loopt", told_on=BEGUN.date() + timedelta(weeks=1))
        for told in (begun, course):
            body = size.texts.comment_text(choose)
            yield {
                "commitment_id": number,
                "progress": told.progress,
                "entered_as": EnteredAs.SIGNATORY,
                "body": body,
                "html": render_typed(body),
                "told_on": told.told_on,
                "created_at": moment(number),
                "author_name": "Persoon 1",
            }


def _moves(connection: Connection) -> Iterator[dict[str, object]]:
    """Yield the move of each term that was put off: from the beginning of 2020."""
    rows = TABLES["commitment"]
    new = (rows.c.term_words, rows.c.term_earliest, rows.c.term_latest)
    for row in connection.execute(select(rows.c.id, *new).where(rows.c.move_count > 0)).all():
        yield {
            "commitment_id": row.id,
            "old_words": "begin 2020",
            "old_earliest": date(2020, 1, 1),
            "old_latest": date(2020, 4, 30),
            "new_words": row.term_words,
            "new_earliest": row.term_earliest,
            "new_latest": row.term_latest,
            "reason": "Het kost meer tijd.",
            "moved_at": moment(row.id),
            "was_overdue": False,
            "author_name": "Persoon 1",
            "entered_as": EnteredAs.SIGNATORY,
        }


def _tags(size: Size, of: str, ids: list[int]) -> Iterator[dict[str, object]]:
    for number in range(1, size.commitments + 1):
        for chosen in {ids[number % len(ids)], ids[number // 2 % len(ids)]}:
            yield {"commitment_id": number, f"{of}_id": chosen}


def _documents(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.commitments + 1):
        yield {"id": number, "title": f"Stuk {number}", "language": "nl", "created_at": BEGUN}


def _document_versions(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.commitments + 1):
        yield {
            "document_id": number,
            "number": 1,
            "storage_key": f"00/00/{number:032x}.pdf",
            "file_name": f"stuk-{number}.pdf",
            "media_type": "application/pdf",
            "size": 240_000,
            "sha256": f"{number:064x}",
            "page_count": 12,
            "is_tagged": True,
            "has_text": True,
            "created_at": BEGUN,
        }


def _commitment_documents(size: Size) -> Iterator[dict[str, object]]:
    for number in range(1, size.commitments + 1):
        yield {
            "commitment_id": number,
            "document_id": number,
            "position": 1,
            "is_evidence": False,
        }


def _comments(
    connection: Connection, size: Size, choose: Random, tell: Callable[[int], None]
) -> None:
    writer = Writer(connection, choose, size, moment)
    for number in range(1, size.commitments + 1):
        writer.take(comments_of(writer, number, size.comments_on(number)))
        tell(writer.comments)
    writer.finish()
    writer.put_records()


def _ids(connection: Connection, name: str) -> list[int]:
    table = TABLES[name]
    return list(connection.scalars(select(table.c.id).order_by(table.c.id)))


def put_rows(
    connection: Connection, size: Size, choose: Random, tell: Callable[[int], None]
) -> None:
    """Put everything into a database that holds nothing of it; `tell` is as for `fill`."""
    _put(connection, "vereniging", _vereniging())
    _put(connection, "account", _accounts(size))
    _put(connection, "organisation", _organisations(size, _ids(connection, "organisation_kind")))
    _put(connection, "membership", _memberships(size))
    _put(connection, "discussion", _discussions(size))
    _put(connection, "short_number", _short_numbers(size))
    _put(connection, "signature", _signatures(size))
    _put(connection, "commitment", _commitments(size, choose))
    _put(connection, "progress_update", _updates(size, choose))
    _put(connection, "term_move", _moves(connection))
    for of in ("layer", "principle"):
        _put(connection, f"commitment_{of}", _tags(size, of, _ids(connection, of)))
    _put(connection, "document", _documents(size))
    _put(connection, "document_version", _document_versions(size))
    _put(connection, "commitment_document", _commitment_documents(size))
    _comments(connection, size, choose, tell)
    _let_ids_follow(connection)


def _let_ids_follow(connection: Connection) -> None:
    """Tell PostgreSQL which ids are taken: these rows were written with ids of their own."""
    if connection.dialect.name != "postgresql":
        return
    for name in (
        "account",
        "organisation",
        "discussion",
        "short_number",
        "signature",
        "commitment",
        "document",
        "comment",
        "comment_version",
    ):
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        )


def fill(place: Place, size: Size, tell: Callable[[int], None] = lambda _done: None) -> bool:
    """Fill the database of `place`; return False when it held commitments already.

    `tell` is called with the number of comments that are made, again and again.
    """
    place.migrate()
    with place.portal().app_context(), db.engine.connect() as connection:
        if connection.scalar(select(func.count()).select_from(TABLES["commitment"])):
            return False
        connection.rollback()
        with connection.execution_options(portal_write=True).begin():
            put_rows(connection, size, Random(2019), tell)
        connection.execute(text("ANALYZE"))
        connection.commit()
        db.engine.dispose()
    return True


def main() -> None:
    """Read the command line and fill."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--comments", type=int, choices=SIZES, default=100_000)
    parser.add_argument("--varied", action="store_true", help="every text is another one")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--database", help="a SQLAlchemy address; SQLite in the folder without it")
    options = parser.parse_args()
    start = time.monotonic()
    size = replace(SIZES[options.comments], is_varied=options.varied)
    with Bar(f"{size.comments:,} comments", size.comments) as bar:
        done = fill(Place.at(options.folder, options.database), size, bar.show)
    seconds = time.monotonic() - start
    print(f"filled in {seconds:.0f} s" if done else "was filled before: nothing was added")


if __name__ == "__main__":
    main()
