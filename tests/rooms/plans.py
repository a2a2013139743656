"""Which queries read the whole of a table that grows, as the plans of the database say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from bench.plans import Question, plan_of
from portal.core.db import Base

# What the vereniging or the portal itself writes, a few rows or a row a year.
SMALL = frozenset(
    {
        "accessibility_statement",
        "backup_made",
        "heartbeat",
        "layer",
        "legal_text",
        "news_run",
        "organisation_kind",
        "pact_version",
        "principle",
        "public_mark",
        "rappel",
        "rappel_plan",
        "register_archive",
        "signing_event",
        "staff_invitation",
        "trouble",
        "vereniging",
        "yearly_report",
    }
)

_NAMES = frozenset({"organisation", "organisation_name", "identifier"})
_LIKENESS = (_NAMES, "compares a name with all names, which no index can")
_SIGNATORIES = (frozenset({"organisation"}), "counts all signatories, until something changes")
_AWAY = (frozenset({"absence"}), "asks who is away on a day: who was is forgotten every hour")
_EACH = (frozenset({"second_factor"}), "goes through all of them, for the command line")
# Query -> the tables that grow which it reads whole, and why; whatever else does is to be mended.
WHOLE: Mapping[str, tuple[frozenset[str], str]] = {
    "accounts.queries.second_factor.all_factors": _EACH,
    "accounts.queries.second_factor.with_factor": _EACH,
    "commitments.queries.rows.rows_of": (
        frozenset({"commitment"}),
        "asks what its caller asks: in this test everything",
    ),
    "intake.queries.known.known_organisations": _LIKENESS,
    "organisations.queries.away.all_stand_ins": _AWAY,
    "organisations.queries.duplicates.like_after": _LIKENESS,
    "organisations.queries.duplicates.near_duplicates": _LIKENESS,
    "organisations.queries.duplicates.taken_by_others": _LIKENESS,
    "personal.queries.all_of": (
        frozenset(Base.metadata.tables),
        "gathers all that there is of one person, when that person asks for it",
    ),
    "rappels.queries.asking.round_on": _AWAY,
    "rappels.queries.remaining.still_asked": _AWAY,
    "register.queries.figures.figures": _SIGNATORIES,
    "register.queries.signatories.listing": _SIGNATORIES,
    "signatures.queries.counting.signed": _SIGNATORIES,
    "signatures.queries.evidence.evidence_of": _LIKENESS,
    "signatures.queries.facets.signatory_facets": _SIGNATORIES,
}

_SCAN = re.compile(r"SCAN (\w+)")
_SEQUENTIAL = re.compile(r"Seq Scan on (\w+)")
# Ways that PostgreSQL prefers while there are few rows.
_OF_FEW = ("seqscan", "hashjoin", "mergejoin", "material")


def reads_whole(connection: Connection, questions: Iterable[Question]) -> set[str]:
    """Return the tables that grow and of which one of these questions reads every row.

    A list that is read in the order of an index up to its limit reads no more than it shows.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        for way in _OF_FEW:
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
    found: set[str] = set()
    for question in questions:
        plan = plan_of(connection, question)
        found |= _scanned(question, plan) if is_sqlite else _read_in_sequence(plan)
    return {_table_of(name) for name in found} - SMALL - {""}


def _scanned(question: Question, plan: Iterable[str]) -> set[str]:
    asked, steps = question.statement, list(plan)
    sorts = any(step.startswith("USE TEMP B-TREE") for step in steps)
    if "LIMIT" in asked and not sorts and ("ORDER BY" in asked or "WHERE" not in asked):
        return set()
    return {found[1] for step in steps if (found := _SCAN.match(step))}


def _read_in_sequence(plan: Iterable[str]) -> set[str]:
    """Return what is read in sequence.

    A subplan is left to SQLite: of few rows PostgreSQL would rather read all of them at once.
    """
    found: set[str] = set()
    within: int | None = None
    for step in plan:
        depth = len(step) - len(step.lstrip())
        if within is None or depth <= within:
            within = depth if step.lstrip().startswith("SubPlan") else None
        sequential = _SEQUENTIAL.search(step)
        if sequential and within is None:
            found.add(sequential[1])
    return found


def _table_of(name: str) -> str:
    """Return the table of a name in a plan, where it may have a number; "" for a subquery."""
    tables: Mapping[str, object] = Base.metadata.tables
    plain = re.sub(r"_\d+$", "", name)
    return name if name in tables else plain if plain in tables else ""


def by_query(
    asked: Mapping[str, Iterable[Question]], connection: Connection
) -> dict[str, set[str]]:
    """Return query -> the tables that grow which it reads whole, for those that do."""
    found = {name: reads_whole(connection, questions) for name, questions in asked.items()}
    return {name: tables for name, tables in found.items() if tables}


def unexplained(whole: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return what is left of `by_query` without what `WHOLE` explains."""
    left = {name: tables - WHOLE.get(name, (set(), ""))[0] for name, tables in whole.items()}
    return {name: tables for name, tables in left.items() if tables}
