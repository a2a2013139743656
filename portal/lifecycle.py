"""LAW 2: the states of everything that has a state, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from portal.policy import Permission, Person, can


class CommentState(StrEnum):
    """A comment as a whole; its texts have states of their own."""

    PENDING = "pending"
    PLACED = "placed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TextState(StrEnum):
    """A version of a public text, which waits for a moderator."""

    PENDING = "pending"
    PLACED = "placed"
    CHANGE_ASKED = "change_asked"
    REFUSED = "refused"
    REPLACED = "replaced"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class SignatureState(StrEnum):
    """A signature, from application to end."""

    DRAFT = "draft"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    CONFIRMED = "confirmed"
    MORE_ASKED = "more_asked"
    ADMITTED = "admitted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ENDED = "ended"


class CommitmentState(StrEnum):
    """Whether a commitment is public; how far it is, is its progress."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class ArticleState(StrEnum):
    """An article of the vereniging."""

    DRAFT = "draft"
    PUBLISHED = "published"


class PactVersionState(StrEnum):
    """A text of the pact."""

    DRAFT = "draft"
    PUBLISHED = "published"


class AccessRequestState(StrEnum):
    """A question to be let into an organisation."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class InvitationState(StrEnum):
    """An invitation into an organisation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table; `sources` empty means that the step makes the thing."""

    thing: str
    name: str
    sources: tuple[str, ...]
    target: str
    permission: Permission
    needs_reason: bool = False


class Stateful(Protocol):
    """Something that moves by steps."""

    state: str

    @property
    def thing(self) -> str:
        """The name of its table."""


Table = dict[str, Step]


Row = tuple[str, str, str, Permission] | tuple[str, str, str, Permission, bool]


def table(thing: str, *rows: Row) -> Table:
    """Return the steps of `thing`; sources are written as "a b", "" for a beginning."""
    steps = {}
    for name, sources, target, permission, *reason in rows:
        steps[name] = Step(thing, name, tuple(sources.split()), target, permission, bool(reason))
    return steps


REASON = True
P = Permission


def _text(thing: str, write: Permission, moderate: Permission) -> Table:
    """A version of a public text, which waits for a moderator."""
    return table(
        thing,
        ("submit", "", "pending", write),
        ("place", "pending", "placed", moderate),
        ("ask_change", "pending", "change_asked", moderate, REASON),
        ("refuse", "pending", "refused", moderate, REASON),
        ("replace", "pending change_asked", "replaced", write),
        ("supersede", "placed", "superseded", moderate),
        ("withdraw", "pending change_asked placed", "withdrawn", write),
    )


LIFECYCLES: dict[str, Table] = {
    "comment": table(
        "comment",
        ("post", "", "pending", P.COMMENT_POST),
        ("place", "pending", "placed", P.COMMENT_MODERATE),
        ("refuse", "pending", "refused", P.COMMENT_MODERATE),
        ("withdraw", "pending placed", "withdrawn", P.COMMENT_EDIT),
    ),
    "comment_version": _text("comment_version", P.COMMENT_EDIT, P.COMMENT_MODERATE),
    "profile": _text("profile", P.ORGANISATION_EDIT, P.PROFILE_MODERATE),
    "signature": table(
        "signature",
        ("prepare", "", "draft", P.SIGNATURE_PREPARE),
        ("send", "draft more_asked", "awaiting_confirmation", P.SIGNATURE_PREPARE),
        ("recall", "awaiting_confirmation", "draft", P.SIGNATURE_PREPARE),
        ("confirm", "awaiting_confirmation", "confirmed", P.SIGNATURE_CONFIRM),
        ("ask_more", "confirmed", "more_asked", P.SIGNATURE_DECIDE, REASON),
        ("complete", "more_asked", "confirmed", P.SIGNATURE_PREPARE),
        ("admit", "confirmed", "admitted", P.SIGNATURE_DECIDE),
        ("decline", "confirmed", "declined", P.SIGNATURE_DECIDE, REASON),
        ("correct", "declined", "draft", P.SIGNATURE_PREPARE),
        (
            "cancel",
            "draft awaiting_confirmation confirmed more_asked declined",
            "cancelled",
            P.SIGNATURE_PREPARE,
        ),
        ("enter", "", "admitted", P.SIGNATURE_ENTER),
        ("end", "admitted", "ended", P.SIGNATURE_CONFIRM),
        ("end_by_vereniging", "admitted", "ended", P.SIGNATURE_DECIDE, REASON),
    ),
    "commitment": table(
        "commitment",
        ("draft", "", "draft", P.COMMITMENT_EDIT),
        ("publish", "draft", "published", P.COMMITMENT_EDIT),
        ("discard", "draft", "discarded", P.COMMITMENT_EDIT),
        ("withdraw", "published", "withdrawn", P.COMMITMENT_EDIT, REASON),
        ("close", "published", "withdrawn", P.COMMITMENT_CLOSE),
    ),
    "article": table(
        "article",
        ("draft", "", "draft", P.ARTICLE_EDIT),
        ("publish", "draft", "published", P.ARTICLE_EDIT),
        ("unpublish", "published", "draft", P.ARTICLE_EDIT),
    ),
    "pact_version": table(
        "pact_version",
        ("draft", "", "draft", P.PACT_EDIT),
        ("publish", "draft", "published", P.PACT_EDIT),
    ),
    "access_request": table(
        "access_request",
        ("ask", "", "open", P.ACCESS_REQUEST_MAKE),
        ("grant", "open", "granted", P.ACCESS_REQUEST_DECIDE),
        ("refuse", "open", "refused", P.ACCESS_REQUEST_DECIDE, REASON),
        ("take_back", "open", "cancelled", P.ACCESS_REQUEST_TAKE_BACK),
    ),
    "invitation": table(
        "invitation",
        ("invite", "", "open", P.MEMBER_INVITE),
        ("accept", "open", "accepted", P.ACCOUNT_EDIT),
        ("revoke", "open", "revoked", P.MEMBER_INVITE),
    ),
}


def step_of(thing: str, name: str) -> Step:
    """Return the step; KeyError when the table has no such step."""
    return LIFECYCLES[thing][name]


def is_open(step: Step, state: str | None) -> bool:
    """Return whether the step leads on from `state` (None: the thing does not exist yet)."""
    return state in step.sources if step.sources else state is None


def open_steps(item: Stateful, person: Person) -> list[Step]:
    """Return what `person` may do with `item` now: it draws every action bar."""
    return [
        step
        for step in LIFECYCLES[item.thing].values()
        if step.sources and is_open(step, item.state) and can(person, step.permission, item)
    ]


def states_of(thing: str) -> Iterable[str]:
    """Return every state that `thing` can be in, in the order of its table."""
    return dict.fromkeys(step.target for step in LIFECYCLES[thing].values())
