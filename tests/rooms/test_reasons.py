"""The words of a reason can be emptied, and then they stand nowhere, whatever act wrote them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import JSON, CompoundSelect, String, Text, cast, literal, select, union_all
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.commitments import actions as commitments
from portal.commitments.promise import promised
from portal.core import clock
from portal.core.db import Base, db, write_section
from portal.core.errors import PortalError
from portal.lifecycle.claims import EnteredAs
from portal.services.entered import Source
from portal.services.models import HistoryReason
from portal.services.reasons import empty_reason
from portal.signatures.actions import finish_end
from tests import factories as make
from tests.harness.client import Client
from tests.rooms.every_function import Values, functions_of, named
from tests.rooms.world import fill, values

WORDS = "Deze woorden staan nergens anders."
# What actions call the words that they write down as a reason.
GIVEN = {"reason", "proof"}
REASONS = select(HistoryReason.history_id).where(HistoryReason.reason.contains(WORDS))
SOURCE = Source("Het weekblad", "https://weekblad.example/1")
# One call that works is enough.
UNTIL_IT_WORKS = 400


class Undone(Exception):
    """Ends a write section without keeping anything."""


@cache
def _looks() -> CompoundSelect[tuple[str]]:
    looks = [
        select(literal(f"{table.name}.{column.name}")).where(cast(column, Text).contains(WORDS))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON)
    ]
    return union_all(*looks)


def where_they_stand() -> set[str]:
    """Return every column of the database that holds the words."""
    return set(db.session.scalars(_looks()))


def empty_all(by: Account) -> bool:
    """Empty every reason with the words; return whether there was one."""
    written = db.session.scalars(REASONS).all()
    for history_id in written:
        empty_reason(history_id, by=by)
    db.session.flush()
    return bool(written)


def _left(function: Callable[..., Any], arguments: dict[str, Any], by: Account) -> set[str] | None:
    """Call, empty every reason that was written, and return where the words still stand.

    None where the call was refused or wrote no reason. Nothing is kept.
    """
    found: set[str] | None = None
    try:
        with write_section():
            function(**arguments)
            db.session.flush()
            if empty_all(by):
                found = where_they_stand()
            raise Undone
    except (Undone, NotFound, PortalError):
        return found


def _outcomes(known: Values, by: Account) -> Iterator[tuple[str, set[str]]]:
    for function in functions_of("actions"):
        if not GIVEN & set(inspect.signature(function).parameters):
            continue
        for arguments in known.calls(function, UNTIL_IT_WORKS):
            left = _left(function, arguments, by)
            if left is not None:
                yield named(function), left
                break


def test_it_empties_whatever_repeats_the_reason_of_an_act(app: Flask) -> None:
    fill()
    by = make.make_beheerder()
    known = values({f"{name}: str": [WORDS] for name in GIVEN})
    assert not where_they_stand()
    outcomes = dict(_outcomes(known, by))
    assert len(outcomes) > 30
    assert {name: left for name, left in outcomes.items() if left} == {}


def test_it_empties_why_an_organisation_wanted_to_stop_once_its_signature_has_ended(
    app: Flask,
) -> None:
    ending = make.make_ending(state="waiting", ends_at=clock.now(), reason=WORDS)
    by = make.make_beheerder()
    with write_section():
        finish_end(ending)
        db.session.flush()
        assert "signature.end_reason" in where_they_stand()
        empty_all(by)
    assert not where_they_stand()


def test_it_says_on_the_page_that_a_reason_was_removed(app: Flask, client: Client) -> None:
    commitment = make.make_commitment(
        make.make_signature().organisation, entered_as=EnteredAs.VERENIGING
    )
    by = make.make_beheerder()
    with write_section():
        commitments.disown(commitment, reason=WORDS, by=by)
        term = promised("eind 2035", clock.today())
        commitments.move_term(commitment, term=term, reason=WORDS, source=SOURCE, by=by)
        commitments.withdraw(commitment, reason=WORDS, source=SOURCE, by=by)
    address = client.address("commitments.show", slug=commitment.slug)
    assert client.get(address).main.count(WORDS) == 4
    with write_section():
        assert empty_all(by)
    page = client.get(address).main
    assert WORDS not in page
    # Of the move once, of the withdrawal above the text and in its place in time.
    assert page.count("De vereniging heeft de reden verwijderd.") == 3
    assert "De ondertekenaar zegt: niet van ons. De vereniging heeft de toelichting" in page
    assert "Ingetrokken bij opzegging" not in page
