"""What the law asks of the things that somebody wants to do something with."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Protocol


class Public(Protocol):
    """Something that is, or is not yet, before everybody."""

    @property
    def is_public(self) -> bool: ...


class Authored(Protocol):
    """Something that somebody wrote; None: nobody with an account."""

    @property
    def author_id(self) -> int | None: ...


class Owned(Protocol):
    """Something of an organisation."""

    @property
    def organisation_id(self) -> int: ...


class OwnText(Authored, Owned, Protocol):
    """Something that somebody wrote or added for an organisation."""


class Staffed(Owned, Protocol):
    """Something of an organisation that has an eigenaar, or has none."""

    @property
    def has_owner(self) -> bool: ...


class Claim(Staffed, Protocol):
    """Something that is said of an organisation."""

    @property
    def is_of_vereniging(self) -> bool:
        """Whether the vereniging entered it and the signatory has not taken it over."""


class Concerning(Authored, Protocol):
    """Something on which the vereniging decides, and whom it concerns."""

    @property
    def concerned_organisation_ids(self) -> Collection[int]: ...

    @property
    def concerned_emails(self) -> Collection[str]:
        """The keys of the e-mail addresses of whom it names."""


class Concern(NamedTuple):
    """Whom a decision concerns, of a thing that was read as columns."""

    author_id: int | None
    concerned_organisation_ids: Collection[int]
    concerned_emails: Collection[str] = ()


class HiddenBy(Concerning, Protocol):
    """Something that a moderator may have hidden."""

    @property
    def hidden_by(self) -> int | None: ...


class Asked(Concerning, Protocol):
    """A question to an organisation, which its owners answer first."""

    @property
    def is_for_owners(self) -> bool:
        """Whether the time in which only an eigenaar answers still runs."""
