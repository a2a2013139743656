"""What a page asks of the database, and how much of it the database reads for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event


@dataclass(frozen=True)
class Question:
    """A statement with its values, as the driver gets them."""

    statement: str
    values: Any


@contextmanager
def questions(engine: Engine) -> Iterator[list[Question]]:
    """Collect every SELECT, with what is named before it, that the engine asks meanwhile."""
    asked: list[Question] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(Question(statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def work_of(connection: Connection, question: Question) -> int:
    """Return how much the database does for an answer: the same at every run.

    On SQLite the instructions that it takes, in hundreds; on PostgreSQL the rows that it reads.
    """
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "postgresql":
        return _rows_read(
            _explained(driver, question, "ANALYZE, TIMING OFF, FORMAT JSON")[0]["Plan"]
        )
    steps = 0

    def note() -> None:
        nonlocal steps
        steps += 1

    driver.set_progress_handler(note, 100)
    try:
        driver.execute(question.statement, question.values).fetchall()
    finally:
        driver.set_progress_handler(None, 0)
    return steps


def plan_of(connection: Connection, question: Question) -> Sequence[str]:
    """Return how the database finds the answer, a line for each step."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor:
            cursor.execute(f"EXPLAIN {question.statement}", question.values)
            return [line for (line,) in cursor]
    rows = driver.execute(f"EXPLAIN QUERY PLAN {question.statement}", question.values)
    return [str(row[3]) for row in rows]


def answer(connection: Connection, question: Question) -> Callable[[], object]:
    """Return what asks the question once, past SQLAlchemy."""
    driver: Any = connection.connection.dbapi_connection

    def ask() -> object:
        cursor = driver.cursor()
        cursor.execute(question.statement, question.values)
        return cursor.fetchall()

    return ask


def _explained(driver: Any, question: Question, options: str) -> Any:
    with driver.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options}) {question.statement}", question.values)
        return cursor.fetchone()[0]


def _rows_read(node: dict[str, Any]) -> int:
    """Return the rows that the scans of a plan read, also those that they left out."""
    read = 0
    if node["Node Type"].endswith("Scan") and node["Node Type"] != "Bitmap Index Scan":
        of_each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        read = round(of_each * node["Actual Loops"])
    return read + sum(_rows_read(below) for below in node.get("Plans", ()))
