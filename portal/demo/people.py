"""The accounts of the people of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from portal.accounts.actions import create_confirmed
from portal.demo.script import Act, Entry, moment, table
from portal.demo.stage import Stage

PASSWORD = "samen-groeien-in-de-demo"  # noqa: S105


def acts(now: datetime) -> Iterator[Act]:
    """Yield the making of every account."""
    for key, person in table("people").items():
        yield Act(moment(person["at"], now), partial(_join, key, person))


def _join(key: str, person: Entry, stage: Stage) -> None:
    account = create_confirmed(
        name=person["name"],
        email=person["email"],
        password=stage.password,
        is_moderator=person.get("is_moderator", False),
        is_beheerder=person.get("is_beheerder", False),
    )
    stage.keep(f"account:{key}", account)


def first_address() -> str:
    """Return an e-mail address that has an account once the demo was played."""
    return str(next(iter(table("people").values()))["email"])


def sign_ins() -> list[tuple[str, str, str]]:
    """Return the rows of the table of sign-ins: role, e-mail address, name."""
    rows = table("people").values()
    return [(row["shown_as"], row["email"], row["name"]) for row in rows if "shown_as" in row]
