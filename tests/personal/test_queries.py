"""Everything that is kept of one person is found, and no table is forgotten."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import JSON, Column, String

from portal.core.columns import StateColumn
from portal.core.db import Base
from portal.personal.holdings import HOLDINGS, NOTHING
from portal.personal.queries import SOMEBODY_ELSE, all_of, count_of
from tests.personal.person import EMAIL, NAME, make_person

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
ASK = (
    "think of portal/personal/holdings.py: is it told to the person it is about, and is it erased?"
)


def is_text(column: Column[object]) -> bool:
    return isinstance(column.type, String | JSON | StateColumn)


def leads_to_account(column: Column[object]) -> bool:
    return any(key.column.table.name in ("account", "second_factor") for key in column.foreign_keys)


def test_it_knows_what_every_table_holds_of_a_person() -> None:
    assert not set(NOTHING) & {holding.table for holding in HOLDINGS}
    assert set(TABLES) == set(NOTHING) | {holding.table for holding in HOLDINGS}, ASK
    assert len({holding.table for holding in HOLDINGS}) == len(HOLDINGS)


def test_it_keeps_nothing_of_a_person_where_it_says_so() -> None:
    for name, texts in NOTHING.items():
        columns = TABLES[name].columns
        assert {column.name for column in columns if is_text(column)} == set(texts), ASK
        assert not [column.name for column in columns if leads_to_account(column)], ASK


def test_it_thought_of_every_text_and_every_account_in_a_part() -> None:
    for holding in HOLDINGS:
        columns = TABLES[holding.table].columns
        texts = {column.name for column in columns if is_text(column)}
        assert not texts - holding.texts, f"{holding.table}: {ASK}"
        people = {column.name for column in columns if leads_to_account(column)}
        assert not people - {*holding.mine, *holding.acts}, f"{holding.table}: {ASK}"


def test_it_names_columns_that_there_are_once_and_tells_no_secret() -> None:
    secret = ("hash", "sealed", "token", "password")
    for holding in HOLDINGS:
        named = {*holding.texts, *holding.mine, *holding.address, *holding.acts, *holding.blank}
        assert named <= set(TABLES[holding.table].columns.keys()), holding.table
        assert not set(holding.told) & set(holding.left_out), holding.table
        assert not (holding.goes and holding.blank), holding.table
        assert not [name for name in holding.told for word in secret if word in name]


def test_it_finds_rows_of_every_part_and_none_of_others(app: Flask) -> None:
    person = make_person()
    found = {one.holding.table: one.rows for one in all_of(person)}
    assert not [table for table, rows in found.items() if not rows], "make one in person.py"
    assert {holding.table: count_of(holding, person) for holding in HOLDINGS} == {
        table: len(rows) for table, rows in found.items()
    }
    assert found["account"][0]["email"] == EMAIL
    assert "olivier" not in str(found).lower()


def test_it_tells_of_a_signature_who_signed_to_that_person_alone(app: Flask) -> None:
    rows = next(one.rows for one in all_of(make_person()) if one.holding.table == "signature")
    names = [row["signatory_name"] for row in rows]
    assert names.count(NAME) == 1
    assert names.count(SOMEBODY_ELSE) == len(names) - 1


def test_it_gives_no_link_of_a_mail_away(app: Flask) -> None:
    jobs = next(one.rows for one in all_of(make_person()) if one.holding.table == "job")
    assert jobs
    assert not [job for job in jobs if "token" in job["payload"]["words"]]
