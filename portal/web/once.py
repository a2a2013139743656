"""One-time keys: the same form sent twice makes one thing."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.errors import AlreadyDone
from portal.policy import Person
from portal.web.models import UsedKey


def use_key(key: str, *, by: Person | None) -> UsedKey:
    """Claim `key` inside the write section; AlreadyDone carries the address of the first result.

    The caller sets `.address` of what it made before the section commits.
    """
    found = db.session.get(UsedKey, key)
    if found is not None:
        raise AlreadyDone(found.address)
    row = UsedKey(
        key=key, address="/", account_id=by.id if by is not None else None, used_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as clash:
        db.session.expire_all()
        first = db.session.get(UsedKey, key)
        raise AlreadyDone(first.address if first is not None else "/") from clash
    return row
