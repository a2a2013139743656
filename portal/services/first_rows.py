"""Rows of which there is one of a kind, made by the first who edits them."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError

from portal.core.db import Base, db, in_write_section

Made = TypeVar("Made", bound=Base)


def first_of(row: Made, query: Select[Made]) -> Made:
    """Add a first row inside a write section; return it, or the one that came before it."""
    if not in_write_section():
        return row
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        return db.session.scalars(query).one()
    return row
