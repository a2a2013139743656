"""Whoever asks the law: what a person is, and why one may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol


class Role(StrEnum):
    """What a person is in an organisation."""

    OWNER = "eigenaar"
    EDITOR = "redacteur"
    READER = "lezer"


class Refusal(StrEnum):
    """Why somebody may not, in the order in which the reasons count."""

    NO_ROLE = "no-role"
    OWN_TEXT = "own-text"
    OWN_ORGANISATION = "own-organisation"
    LEFT_ORGANISATION = "left-organisation"
    ASKED_ACCESS = "asked-access"
    OWNERS_FIRST = "owners-first"
    IS_SIGNATORY = "is-signatory"
    # Only for want of this they may not: the vereniging froze the organisation.
    FROZEN = "frozen"


class Tie(NamedTuple):
    """What still ties somebody to an organisation in which they have no role."""

    reason: Refusal
    # The day on which they left it, or asked to join it.
    on: date


class Roles(dict[int, str]):
    """Organisation id -> role of one person, and which of these organisations are frozen."""

    def __init__(self, roles: Mapping[int, str], frozen: Iterable[int] = ()) -> None:
        super().__init__(roles)
        self.frozen = frozenset(frozen)


class Person(Protocol):
    """Whoever asks: a visitor, or somebody signed in."""

    @property
    def id(self) -> int | None: ...
    @property
    def email_key(self) -> str | None:
        """The e-mail address as addresses are compared; None for a visitor."""

    @property
    def is_authenticated(self) -> bool: ...
    @property
    def is_confirmed(self) -> bool: ...
    @property
    def is_moderator(self) -> bool: ...
    @property
    def is_beheerder(self) -> bool: ...
    @property
    def roles(self) -> Mapping[int, str]:
        """Organisation id -> role."""

    @property
    def frozen_organisation_ids(self) -> Collection[int]:
        """Of the organisations in which the person has a role: those that are frozen."""

    @property
    def ties(self) -> Mapping[int, Tie]:
        """Organisation id -> what ties the person to it, without a role in it."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who is not signed in."""

    id: None = None
    email_key: None = None
    is_authenticated: bool = False
    is_confirmed: bool = False
    is_moderator: bool = False
    is_beheerder: bool = False
    roles: Mapping[int, str] = field(default_factory=dict)
    frozen_organisation_ids: Collection[int] = ()
    ties: Mapping[int, Tie] = field(default_factory=dict)


VISITOR = Visitor()
