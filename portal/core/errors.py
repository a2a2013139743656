"""The refusals that a reader gets to see, each with its HTTP status."""

from __future__ import annotations

from datetime import datetime

from portal.lifecycle import Recorded


class PortalError(Exception):
    """A refusal with a message for the reader; `status` is the HTTP status of its page."""

    status = 400
    # The name of a page of its own; "" for the page of its status.
    page = ""

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class StepNotOpen(PortalError):
    """The thing is no longer in a state from which this step leads on.

    `address` is where it can be read, for a reader who would only meet this refusal again on the
    page that they came from.
    """

    status = 409

    def __init__(self, item: Recorded, step: str, *, address: str | None = None) -> None:
        super().__init__("", item=item, step=step)
        self.item = item
        self.step = step
        self.address = address


class StaleVersion(PortalError):
    """Somebody else saved this after the form was opened; `theirs` is the thing as it is now."""

    status = 409

    def __init__(self, theirs: object) -> None:
        super().__init__("", theirs=theirs)
        self.theirs = theirs


class ReasonMissing(PortalError):
    """This step is only taken when a reason is written with it."""

    status = 422


class NotAllowed(PortalError):
    """The person may not do this."""

    status = 403


class AlreadyExists(PortalError):
    """The database has such a row already; the message says which."""

    status = 409


class AlreadyDone(PortalError):
    """This form was handled before; `address` is the page of what it made."""

    status = 303

    def __init__(self, address: str) -> None:
        super().__init__("", address=address)
        self.address = address


class TooMany(PortalError):
    """The limit `name` was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, retry_after: int, name: str = "") -> None:
        super().__init__("", retry_after=retry_after)
        self.retry_after = retry_after
        self.name = name


class LinkDead(PortalError):
    """A link from a mail was used, replaced or has expired; `why` says which."""

    status = 410

    def __init__(self, why: str) -> None:
        super().__init__("", why=why)
        self.why = why


class LinkUnknown(PortalError):
    """There is no such link: most likely the mail program broke it off, or it was copied in part.

    404 and not 410: nothing tells such an address from one that somebody made up.
    """

    status = 404
    page = "link"


class HiddenByVereniging(PortalError):
    """The vereniging hid what stood at this address: its page says since when, and why.

    410 and not 404: a reader who has the address knows that there was something, and search
    engines forget it.
    """

    status = 410
    page = "hidden"

    # `ground` is its code: the page says it in the language of its reader.
    def __init__(self, ground: str, at: datetime | None) -> None:
        super().__init__("", ground=ground, at=at)


class OrganisationFrozen(PortalError):
    """Nothing is written in the name of this organisation while the vereniging has frozen it."""

    status = 403
    page = "frozen"


class FieldRefused(PortalError):
    """What was typed in one field cannot be taken; the form shows `message` beside it."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field
