"""What the vereniging decides about the end of a signature: on a proof, or on its own proposal."""

from __future__ import annotations

from portal.core import clock
from portal.core.errors import ReasonMissing, StaleVersion
from portal.organisations.queries import alone_ground
from portal.policy import Permission, Person
from portal.services.history import advance, create, hold
from portal.signatures import mails
from portal.signatures.actions.ending import one_at_a_time
from portal.signatures.actions.stopping import begin_period
from portal.signatures.models import Ending, EndingKind, Signature


def propose_end(signature: Signature, *, reason: str, by: Person) -> Ending:
    """Return a proposal of the vereniging to end a signature; `reason` names the source.

    A second person of the vereniging must agree. Where one may decide alone, the days in which it
    can be stopped begin at once, and history says why. Refused with AlreadyExists while another
    ending runs, and with StepNotOpen for a signature that does not stand.
    """
    hold(signature, "end")
    if not reason.strip():
        raise ReasonMissing
    ending = Ending(
        signature=signature,
        kind=EndingKind.BY_VERENIGING,
        author_id=by.id,
        reason=reason.strip(),
        waits_since=clock.now(),
        created_at=clock.now(),
    )
    with one_at_a_time():
        create(ending, "propose", by=by)
    ground = alone_ground(Permission.ENDING_DECIDE, ending, by=by)
    if ground is None:
        mails.ending_to_judge(ending, by=by)
    else:
        advance(ending, "agree", by=by, ground=ground)
        begin_period(ending, by=by)
    return ending


def agree_end(ending: Ending, *, seen: str | None = None, by: Person) -> None:
    """Agree with a proof or a proposal: the days begin in which the ending can be stopped.

    `seen` is `Ending.seen_as` as the moderator read it: StaleVersion when it has changed.
    """
    advance(ending, "agree", by=by)
    if seen is not None and seen != ending.seen_as:
        raise StaleVersion(ending)
    begin_period(ending, by=by)


def ask_more_of_end(ending: Ending, *, reason: str, by: Person) -> None:
    """Ask the organisation for better proof; `reason` says what, and is mailed."""
    advance(ending, "ask_more", by=by, reason=reason)
    mails.ending_more_asked(ending, reason, by=by)


def refuse_end(ending: Ending, *, reason: str, by: Person) -> None:
    """Do not let a signature end, with the reason; the organisation can ask again."""
    advance(ending, "refuse", by=by, reason=reason)
    mails.ending_refused(ending, reason, by=by)
