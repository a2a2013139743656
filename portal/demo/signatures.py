"""The signatures of the demo: prepared, confirmed, decided upon, some entered, some ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select

from portal import terms
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db
from portal.demo import discussions
from portal.demo.files import MANDATE
from portal.demo.script import Act, Words, moment, organisations, steps_of
from portal.demo.stage import Stage
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion, SigningEvent
from portal.pact.queries import find_current
from portal.services.history import record
from portal.services.models import Job
from portal.signatures import actions
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.queries import mail_key, newest_link
from portal.signatures.signed import Signed

MODERATOR = "hanneke"


def acts(now: datetime) -> Iterator[Act]:
    """Yield every signature with its steps, and what is said below the signatory."""
    for owner, said in organisations().items():
        for place, signature in enumerate(said.get("signatures", ())):
            own = f"signature:{owner}:{place}"
            at = moment(signature["at"], now)
            begin = _enter if signature.get("way") == "historic" else _prepare
            yield Act(at, partial(begin, own, owner, signature))
            for then, step in steps_of(signature, at, now):
                yield Act(then, partial(STEPS[step["do"]], own, signature, step))
        where = partial(_discussion, owner)
        yield from discussions.acts(said.get("comments", ()), f"signatory:{owner}", where, now)


def _discussion(owner: str, stage: Stage) -> Discussion:
    last = 1 if stage.has(f"signature:{owner}:1") else 0
    return db.session.get_one(
        Discussion, stage.find(Signature, f"signature:{owner}:{last}").discussion_id
    )


def _enter(own: str, owner: str, said: Words, stage: Stage) -> None:
    """Write down a signature of the past, as a moderator does."""
    when = terms.read(said["words"], clock.today())
    if when is None:
        raise ValueError(f"{own}: {said['words']!r} is no moment")
    name, function = said["signatory"]
    signed = Signed(
        when=when,
        source_url=said["source_url"],
        pact=stage.find(PactVersion, f"pact:{said['pact']}") if "pact" in said else None,
        event=stage.find(SigningEvent, f"event:{said['event']}") if "event" in said else None,
        place=said.get("place", ""),
        signatory_name=name,
        signatory_function=function,
    )
    organisation = stage.find(Organisation, f"organisation:{owner}")
    signature = actions.enter(organisation, signed, by=stage.player(MODERATOR))
    record(signature, "filled_in", by=stage.player(MODERATOR), reason=said["source"])
    stage.keep(own, signature)


def _prepare(own: str, owner: str, said: Words, stage: Stage) -> None:
    by = stage.player(said["by"])
    signature = actions.prepare(stage.find(Organisation, f"organisation:{owner}"), by=by)
    stage.keep(own, signature)
    if "signatory" in said:
        name, function, email = said["signatory"]
        actions.fill_in(
            signature,
            name=name,
            function=function,
            email=email,
            mandate=stage.files[f"{MANDATE}:{own}"],
            mandate_note=said.get("note", ""),
            by=by,
        )


def _link(own: str, purpose: str, stage: Stage) -> SignatureLink:
    found = newest_link(stage.find(Signature, own).id, purpose)
    if found is None:
        raise LookupError(f"{own}: no link to {purpose}")
    return found


def _send(own: str, said: Words, _step: Words, stage: Stage) -> None:
    actions.send(stage.find(Signature, own), by=stage.player(said["by"]))


def _bounce(own: str, _said: Words, _step: Words, stage: Stage) -> None:
    """Let the mail with the link come back, as from a mailbox that is no more."""
    link = _link(own, "confirm", stage)
    job = db.session.scalars(select(Job).where(Job.key == mail_key(link.id))).one()
    job.state, job.tries = "parked", 1
    job.last_error = "Hopeless: the mail server refuses the address for good: [550]"


def _confirm(own: str, _said: Words, _step: Words, stage: Stage) -> None:
    pact = find_current()
    if pact is None:
        raise LookupError("there is no text to sign")
    actions.confirm(_link(own, "confirm", stage), pact=pact)


def _complete(own: str, said: Words, _step: Words, stage: Stage) -> None:
    actions.complete(stage.find(Signature, own), by=stage.player(said["by"]))


def _correct(own: str, said: Words, _step: Words, stage: Stage) -> None:
    actions.correct(stage.find(Signature, own), by=stage.player(said["by"]))


def _cancel(own: str, said: Words, _step: Words, stage: Stage) -> None:
    actions.cancel(stage.find(Signature, own), by=stage.player(said["by"]))


def _admit(own: str, _said: Words, step: Words, stage: Stage) -> None:
    moderator = stage.player(step.get("by", MODERATOR))
    actions.admit(stage.find(Signature, own), by=moderator)


def _ask_more(own: str, _said: Words, step: Words, stage: Stage) -> None:
    actions.ask_more(
        stage.find(Signature, own),
        ground=step["ground"],
        reason=step["reason"],
        by=stage.player(step.get("by", MODERATOR)),
    )


def _decline(own: str, _said: Words, step: Words, stage: Stage) -> None:
    actions.decline(
        stage.find(Signature, own),
        ground=step["ground"],
        reason=step["reason"],
        by=stage.player(step.get("by", MODERATOR)),
    )


def _request_end(own: str, said: Words, step: Words, stage: Stage) -> None:
    name, function, email = said["signatory"]
    actions.request_end(
        stage.find(Signature, own),
        name=name,
        function=function,
        email=email,
        reason=step["reason"],
        by=stage.player(said["by"]),
    )


def _end(own: str, _said: Words, _step: Words, stage: Stage) -> None:
    actions.end(_link(own, "end", stage))


def _end_by_vereniging(own: str, _said: Words, step: Words, stage: Stage) -> None:
    moderator = stage.player(step.get("by", MODERATOR))
    actions.end_by_vereniging(stage.find(Signature, own), reason=step["reason"], by=moderator)


STEPS: dict[str, Callable[..., None]] = {
    "admit": _admit,
    "ask_more": _ask_more,
    "bounce": _bounce,
    "cancel": _cancel,
    "complete": _complete,
    "confirm": _confirm,
    "correct": _correct,
    "decline": _decline,
    "end": _end,
    "end_by_vereniging": _end_by_vereniging,
    "request_end": _request_end,
    "send": _send,
}
