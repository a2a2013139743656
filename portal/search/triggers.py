"""The database itself notes what must be indexed anew: whoever writes, and by whichever way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from portal.lifecycle import CommentState
from portal.search.kinds import Kind

PREFIX = "search_due_"
_SQLITE_NAMES = (
    "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
    "AND name LIKE 'search\\_due\\_%' ESCAPE '\\'"
)
_POSTGRESQL_NAMES = (
    "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgname LIKE 'search\\_due\\_%' "
    "AND relnamespace = 'public'::regnamespace"
)


class Rule(NamedTuple):
    """What is due when a row of a table changes; {row} stands for the row."""

    dues: tuple[str, ...]
    # The columns without whose change nothing is due; "" for any.
    columns: str = ""
    # Whether a new row, or one that goes, changes nothing.
    is_of_changes: bool = False
    # Whether a change hides a text of what stays visible: then no word finds it until it was
    # indexed anew.
    cut: str = "FALSE"
    # When a row may be in the index at all, {row} stands for it; a row that may not, neither before
    # a change nor after it, makes nothing due.
    may_be_found: str = ""


def _due(kind: Kind, ids: str) -> str:
    return f"SELECT {{cut}}, '{kind}', {ids}"


def _tag(name: str) -> Rule:
    """Return the rule of a name that promises are found by: theirs are due when it changes."""
    tagged = f"t.commitment_id FROM commitment_{name} t WHERE t.{name}_id = {{row}}.id"
    names = "name_nl, name_en"
    return Rule((_due(Kind.COMMITMENT, tagged),), columns=names, is_of_changes=True)


# Texts are long: only what decides whether they are public makes all those of a document due.
_PAGES = "p.id FROM document_page p JOIN document_version v ON v.id = p.version_id"
_LINKED = "SELECT d.document_id FROM commitment_document d WHERE d.commitment_id = {row}.id"
_DOCUMENTS = "d.document_id FROM commitment_document d WHERE d.commitment_id"

# What is posted waits for a moderator, who has many at a time to decide on.
_WAS_PLACED = f"{{row}}.state NOT IN ('{CommentState.PENDING}', '{CommentState.REFUSED}')"
_HIDES = "OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL"

RULES: Sequence[tuple[str, Rule]] = (
    (
        "organisation",
        Rule(
            (
                _due(Kind.SIGNATORY, "{row}.id"),
                _due(Kind.COMMITMENT, "c.id FROM commitment c WHERE c.organisation_id = {row}.id"),
                _due(
                    Kind.DOCUMENT,
                    "d.document_id FROM commitment_document d JOIN commitment c "
                    "ON c.id = d.commitment_id WHERE c.organisation_id = {row}.id",
                ),
            )
        ),
    ),
    ("organisation_name", Rule((_due(Kind.SIGNATORY, "{row}.organisation_id"),))),
    ("identifier", Rule((_due(Kind.SIGNATORY, "{row}.organisation_id"),))),
    (
        "profile_text",
        Rule((_due(Kind.SIGNATORY, "{row}.organisation_id"),), cut=_HIDES),
    ),
    ("signature", Rule((_due(Kind.SIGNATORY, "{row}.organisation_id"),))),
    (
        "commitment",
        Rule(
            (
                _due(Kind.COMMITMENT, "{row}.id"),
                _due(Kind.UPDATE, "u.id FROM progress_update u WHERE u.commitment_id = {row}.id"),
            )
        ),
    ),
    (
        "commitment",
        Rule(
            (
                _due(Kind.DOCUMENT, f"{_DOCUMENTS} = {{row}}.id"),
                _due(Kind.PAGE, f"{_PAGES} WHERE v.document_id IN ({_LINKED})"),
            ),
            columns="state, hidden_at",
            is_of_changes=True,
        ),
    ),
    (
        "commitment_document",
        Rule(
            (
                _due(Kind.DOCUMENT, "{row}.document_id"),
                _due(Kind.PAGE, f"{_PAGES} WHERE v.document_id = {{row}}.document_id"),
            )
        ),
    ),
    ("document", Rule((_due(Kind.DOCUMENT, "{row}.id"),))),
    (
        "document_version",
        Rule(
            (
                _due(Kind.DOCUMENT, "{row}.document_id"),
                _due(Kind.PAGE, f"{_PAGES} WHERE v.document_id = {{row}}.document_id"),
            ),
            columns="hidden_at",
            cut=_HIDES,
        ),
    ),
    (
        "document_text",
        Rule(
            (
                _due(
                    Kind.DOCUMENT,
                    "v.document_id FROM document_version v WHERE v.id = {row}.version_id",
                ),
            )
        ),
    ),
    ("document_page", Rule((_due(Kind.PAGE, "{row}.id"),))),
    ("layer", _tag("layer")),
    ("principle", _tag("principle")),
    ("progress_update", Rule((_due(Kind.UPDATE, "{row}.id"),))),
    ("yearly_report", Rule((_due(Kind.REPORT, "{row}.id"),))),
    ("rappel", Rule((_due(Kind.RAPPEL, "{row}.id"),))),
    ("article", Rule((_due(Kind.ARTICLE, "{row}.id"),))),
    ("pact_version", Rule((_due(Kind.PACT, "{row}.id"),))),
    ("comment", Rule((_due(Kind.COMMENT, "{row}.id"),), may_be_found=_WAS_PLACED)),
    (
        "discussion",
        Rule(
            (_due(Kind.COMMENT, "c.id FROM comment c WHERE c.discussion_id = {row}.id"),),
            columns="is_public",
            is_of_changes=True,
        ),
    ),
)


class Trigger(NamedTuple):
    """A trigger under a name that differs when its body does, and what makes it."""

    name: str
    table: str
    statements: tuple[str, ...]


def _insert(rule: Rule, event: str, row: str) -> str:
    # All is written in this file, row and rule.
    cut = rule.cut if event == "UPDATE" else "FALSE"
    return "; ".join(
        f"INSERT INTO search_due (is_cut, kind, subject_id) {due.format(row=row, cut=cut)}"
        for due in rule.dues
    )


def _when(rule: Rule, event: str, row: str) -> str:
    """Return the condition of a trigger, if its rule has one."""
    if not rule.may_be_found:
        return ""
    rows = ("OLD", "NEW") if event == "UPDATE" else (row,)
    return " WHEN (" + " OR ".join(rule.may_be_found.format(row=each) for each in rows) + ")"


def _triggers(dialect: str) -> Iterator[Trigger]:
    for table, rule in RULES:
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            if rule.is_of_changes and event != "UPDATE":
                continue
            of = f" OF {rule.columns}" if rule.columns and event == "UPDATE" else ""
            when = f"AFTER {event}{of} ON {table} FOR EACH ROW{_when(rule, event, row)}"
            work = _insert(rule, event, row)
            digest = hashlib.sha256(f"{when} {work}".encode()).hexdigest()[:8]
            name = f"{PREFIX}{table}_{event.lower()}_{digest}"
            made: tuple[str, ...]
            if dialect == "sqlite":
                made = (f"CREATE TRIGGER {name} {when} BEGIN {work}; END",)
            else:
                made = (
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {work}; RETURN NULL; END $$",
                    f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
                )
            yield Trigger(name, table, made)


def _found(connection: Connection) -> dict[str, str]:
    is_sqlite = connection.dialect.name == "sqlite"
    rows = connection.execute(text(_SQLITE_NAMES if is_sqlite else _POSTGRESQL_NAMES))
    return {str(name): str(table) for name, table in rows}


def is_noted(connection: Connection) -> bool:
    """Return whether this database notes every change that the index must follow."""
    return set(_found(connection)) == {one.name for one in _triggers(connection.dialect.name)}


def unnote(connection: Connection) -> None:
    """Take the triggers away: a migration may rebuild their tables."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in _found(connection).items():
        connection.execute(text(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}")))
        if not is_sqlite:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))


def note(connection: Connection) -> None:
    """Set the triggers, with all that is there due: what changed without them is not known."""
    # The question makes SQLite read anew what another connection dropped.
    there = _found(connection)
    for trigger in _triggers(connection.dialect.name):
        for statement in trigger.statements if trigger.name not in there else ():
            connection.execute(text(statement))
    note_all(connection)


def note_all(connection: Connection) -> None:
    """Let everything be indexed anew, and what is in the index and nowhere else leave it."""
    connection.execute(text("DELETE FROM search_due"))
    for kind, table in TABLES.items():
        connection.execute(
            text(f"INSERT INTO search_due (kind, subject_id) SELECT '{kind}', id FROM {table}")  # noqa: S608
        )
        connection.execute(
            text(
                "INSERT INTO search_due (kind, subject_id) SELECT kind, subject_id "  # noqa: S608
                f"FROM search_entry WHERE kind = '{kind}' "
                f"AND subject_id NOT IN (SELECT id FROM {table})"
            )
        )


# The table of which the entries of a kind are rows.
TABLES: Mapping[Kind, str] = {
    Kind.PACT: "pact_version",
    Kind.SIGNATORY: "organisation",
    Kind.COMMITMENT: "commitment",
    Kind.ARTICLE: "article",
    Kind.REPORT: "yearly_report",
    Kind.RAPPEL: "rappel",
    Kind.DOCUMENT: "document",
    Kind.UPDATE: "progress_update",
    Kind.PAGE: "document_page",
    Kind.COMMENT: "comment",
}
