"""The refusals that a reader gets to see, each with its HTTP status."""

from __future__ import annotations

from typing import Any


class PortalError(Exception):
    """A refusal with words for the reader; `status` is the HTTP status of its page."""

    status = 400

    def __init__(self, message: str = "", **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class StepNotOpen(PortalError):
    """The thing is no longer in a state from which this step leads on.

    `address` is where it is to be read, for who would find the same refusal where they came from.
    """

    status = 409

    def __init__(self, item: object, step: str, *, address: str | None = None) -> None:
        super().__init__("", item=item, step=step)
        self.item = item
        self.step = step
        self.address = address


class StaleVersion(PortalError):
    """Somebody else saved this after the form was opened; `theirs` is what stands there now."""

    status = 409

    def __init__(self, theirs: object) -> None:
        super().__init__("", theirs=theirs)
        self.theirs = theirs


class ReasonMissing(PortalError):
    """This step is only taken with a reason in words."""

    status = 422


class NotAllowed(PortalError):
    """The person may not do this."""

    status = 403


class AlreadyExists(PortalError):
    """The database holds one already; the message says which."""

    status = 409


class AlreadyDone(PortalError):
    """This form was handled before; `address` is where its result stands."""

    status = 303

    def __init__(self, address: str) -> None:
        super().__init__("", address=address)
        self.address = address


class TooMany(PortalError):
    """A limit was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__("", retry_after=retry_after)
        self.retry_after = retry_after


class LinkDead(PortalError):
    """A link from a mail that was used, replaced or has expired; `why` says which."""

    status = 410

    def __init__(self, why: str) -> None:
        super().__init__("", why=why)
        self.why = why


class FieldRefused(PortalError):
    """What was typed in one field cannot be taken; the form shows `message` beside it."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field
