"""The signatures of the demo: prepared, confirmed, decided upon, some entered, some ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from portal import terms
from portal.comments.models import Discussion
from portal.core import clock
from portal.core.db import db
from portal.demo import discussions
from portal.demo.files import MANDATE
from portal.demo.script import Act, Entry, moment, organisations, steps_of
from portal.demo.stage import Stage
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion, SigningEvent
from portal.pact.queries import find_current
from portal.services.history import record
from portal.services.models import Job, JobState
from portal.signatures import actions
from portal.signatures.models import Ending, Signature, SignatureLink
from portal.signatures.queries import get_last_ending, mail_key, newest_link
from portal.signatures.signed import Signed

MODERATOR = "hanneke"


def acts(now: datetime) -> Iterator[Act]:
    """Yield every signature with its steps, and the comments on the signatory."""
    for owner, entry in organisations().items():
        for number, signature in enumerate(entry.get("signatures", ())):
            key = f"signature:{owner}:{number}"
            at = moment(signature["at"], now)
            begin = _enter if signature.get("way") == "historic" else _prepare
            yield Act(at, partial(begin, key, owner, signature))
            for then, step in steps_of(signature, at, now):
                yield Act(then, partial(STEPS[step["do"]], key, signature, step))
        where = partial(_discussion, owner)
        yield from discussions.acts(entry.get("comments", ()), f"signatory:{owner}", where, now)


def _discussion(owner: str, stage: Stage) -> Discussion:
    last = 1 if stage.has(f"signature:{owner}:1") else 0
    return db.session.get_one(
        Discussion, stage.find(Signature, f"signature:{owner}:{last}").discussion_id
    )


def _enter(key: str, owner: str, entry: Entry, stage: Stage) -> None:
    """Write down a signature of the past, as a moderator does."""
    said_on = date.fromisoformat(entry["said"]) if "said" in entry else clock.today()
    when = terms.read(entry["words"], said_on)
    if when is None:
        raise ValueError(f"{key}: {entry['words']!r} is no moment")
    name, function = entry["signatory"]
    signed = Signed(
        when=when,
        source_url=entry["source_url"],
        source_title=entry["source"],
        pact=stage.find(PactVersion, f"pact:{entry['pact']}") if "pact" in entry else None,
        event=stage.find(SigningEvent, f"event:{entry['event']}") if "event" in entry else None,
        town=entry.get("place", ""),
        signatory_name=name,
        signatory_function=function,
    )
    organisation = stage.find(Organisation, f"organisation:{owner}")
    signature = actions.enter(organisation, signed, by=stage.player(MODERATOR))
    record(signature, "sourced", by=stage.player(MODERATOR), reason=entry["source"])
    stage.keep(key, signature)


def _prepare(key: str, owner: str, entry: Entry, stage: Stage) -> None:
    by = stage.player(entry["by"])
    signature = actions.prepare(stage.find(Organisation, f"organisation:{owner}"), by=by)
    stage.keep(key, signature)
    if "signatory" in entry:
        name, function, email = entry["signatory"]
        actions.fill_in(
            signature,
            name=name,
            function=function,
            email=email,
            mandate=stage.files[f"{MANDATE}:{key}"],
            mandate_note=entry.get("note", ""),
            by=by,
        )


def _link(key: str, purpose: str, stage: Stage) -> SignatureLink:
    link = newest_link(stage.find(Signature, key).id, purpose)
    if link is None:
        raise LookupError(f"{key}: no link to {purpose}")
    return link


def _send(key: str, entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.send(stage.find(Signature, key), by=stage.player(entry["by"]))


def _bounce(key: str, _entry: Entry, _step: Entry, stage: Stage) -> None:
    """Let the mail with the link come back, as from a mailbox that is no more."""
    link = _link(key, "confirm", stage)
    job = db.session.scalars(select(Job).where(Job.key == mail_key(link.id))).one()
    job.state, job.tries = JobState.PARKED, 1
    job.last_error = "Hopeless: the mail server refuses the address for good: [550]"


def _confirm(key: str, _entry: Entry, _step: Entry, stage: Stage) -> None:
    pact = find_current()
    if pact is None:
        raise LookupError("there is no text to sign")
    actions.confirm(_link(key, "confirm", stage), pact=pact)


def _complete(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    signature, by = stage.find(Signature, key), stage.player(entry["by"])
    name, function, email = entry["signatory"]
    actions.fill_in(
        signature,
        name=name,
        function=function,
        email=email,
        mandate=None,
        mandate_note=step["note"],
        by=by,
    )
    actions.complete(signature, by=by)


def _correct(key: str, entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.correct(stage.find(Signature, key), by=stage.player(entry["by"]))


def _cancel(key: str, entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.cancel(stage.find(Signature, key), by=stage.player(entry["by"]))


def _admit(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    moderator = stage.player(step.get("by", MODERATOR))
    actions.admit(stage.find(Signature, key), by=moderator)


def _ask_more(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.ask_more(
        stage.find(Signature, key),
        ground=step["ground"],
        reason=step["reason"],
        by=stage.player(step.get("by", MODERATOR)),
    )


def _decline(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.decline(
        stage.find(Signature, key),
        ground=step["ground"],
        reason=step["reason"],
        by=stage.player(step.get("by", MODERATOR)),
    )


def _ask_end(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    signature = stage.find(Signature, key)
    actions.ask_end(signature, reason=step["reason"], by=stage.player(entry["by"]))


def _confirm_end(key: str, _entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.confirm_end(_link(key, "end", stage))


def _ending(key: str, stage: Stage) -> Ending:
    return get_last_ending(stage.find(Signature, key).id)


def _end(key: str, _entry: Entry, _step: Entry, stage: Stage) -> None:
    actions.finish_end(_ending(key, stage))


def _propose_end(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    moderator = stage.player(step.get("by", MODERATOR))
    actions.propose_end(stage.find(Signature, key), reason=step["reason"], by=moderator)


def _agree_end(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    actions.agree_end(_ending(key, stage), by=stage.player(step["by"]))


STEPS: dict[str, Callable[..., None]] = {
    "admit": _admit,
    "agree_end": _agree_end,
    "ask_end": _ask_end,
    "ask_more": _ask_more,
    "bounce": _bounce,
    "cancel": _cancel,
    "complete": _complete,
    "confirm": _confirm,
    "correct": _correct,
    "decline": _decline,
    "confirm_end": _confirm_end,
    "end": _end,
    "propose_end": _propose_end,
    "send": _send,
}
