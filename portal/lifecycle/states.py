"""The states of everything that has one."""

from __future__ import annotations

from enum import StrEnum


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


class ProposalState(StrEnum):
    """A proposal of a public organisation to change who it is."""

    PENDING = "pending"
    PLACED = "placed"
    CHANGE_ASKED = "change_asked"
    REFUSED = "refused"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    SET_BACK = "set_back"


class SignatureState(StrEnum):
    """A signature, from application to end."""

    DRAFT = "draft"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    # Of the past, entered by the vereniging: the eigenaar says whether it is right.
    AWAITING_OWNER = "awaiting_owner"
    CONFIRMED = "confirmed"
    MORE_ASKED = "more_asked"
    ADMITTED = "admitted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ENDED = "ended"


class EndingState(StrEnum):
    """An attempt to end a signature, from the question to the day on which it takes effect."""

    # Somebody named as tekenbevoegde has the link with which it is confirmed.
    ASKED = "asked"
    # Confirmed by another than the known tekenbevoegde: a moderator looks at the proof.
    CONFIRMED = "confirmed"
    MORE_ASKED = "more_asked"
    # Proposed by one moderator: a second person of the vereniging looks.
    PROPOSED = "proposed"
    # It can still be stopped; after that it takes effect by itself.
    WAITING = "waiting"
    STOPPED = "stopped"
    REFUSED = "refused"
    CALLED_OFF = "called_off"
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


class ReportState(StrEnum):
    """A yearly report: what is established never changes."""

    DRAFT = "draft"
    ESTABLISHED = "established"
    DISCARDED = "discarded"


class PactVersionState(StrEnum):
    """A text of the pact."""

    DRAFT = "draft"
    PUBLISHED = "published"


class RappelState(StrEnum):
    """A rappel, from putting it ready to the page of its outcome."""

    # Put ready: a person looks at what would go out.
    READY = "ready"
    # Sent, and for some minutes still to be stopped.
    LEAVING = "leaving"
    OPEN = "open"
    # Open, and the one reminder of it can still be stopped.
    REMINDING = "reminding"
    PUBLISHED = "published"
    DROPPED = "dropped"


class AccessProposalState(StrEnum):
    """A right over an organisation that one of the vereniging puts forward."""

    PROPOSED = "proposed"
    # A second one agrees; until a day that everybody concerned knows, an eigenaar may object.
    ANNOUNCED = "announced"
    GIVEN = "given"
    REFUSED = "refused"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"


class AccessRequestState(StrEnum):
    """A question to be let into an organisation."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class MailboxState(StrEnum):
    """The address of an organisation to which its mails go as well."""

    UNPROVED = "unproved"
    IN_USE = "in_use"
    PUT_AWAY = "put_away"


class InvitationState(StrEnum):
    """An invitation into an organisation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class IntakeState(StrEnum):
    """A file that is brought in, from the first look at its rows to the end."""

    LOOKING = "looking"
    READY = "ready"
    PLACING = "placing"
    IN_PLACE = "in_place"
    TAKING_BACK = "taking_back"
    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"
