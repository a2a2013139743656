"""The commitments of the demo: written, published, reported on, moved, done or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from portal.comments.models import Discussion
from portal.commitments import actions
from portal.commitments.models import Commitment, Texts
from portal.commitments.promise import Promised, picked, promised
from portal.commitments.queries.subjects import latest_update
from portal.core import clock
from portal.demo import discussions
from portal.demo.script import Act, Entry, moment, organisations, steps_of
from portal.demo.stage import Player, Stage
from portal.documents import actions as documents
from portal.documents.models import Document
from portal.organisations.actions import hide_reason
from portal.organisations.models import Organisation
from portal.services.entered import NO_SOURCE, Source, newest_disowning

# The name on what the vereniging publishes for an organisation that has no people here yet.
ENTERED_BY = "de vereniging"
TEXTS = ("kind", "title", "what", "for_whom", "why", "result", "source_url")


def acts(now: datetime) -> Iterator[Act]:
    """Yield everything that happens to commitments, comments on them included."""
    for owner, organisation in organisations().items():
        for number, entry in enumerate(organisation.get("commitments", ())):
            key = f"commitment:{owner}:{number}"
            at = moment(entry["at"], now)
            yield Act(at, partial(_draft, key, owner, entry))
            for then, step in steps_of(entry, at, now):
                yield Act(then, partial(STEPS[step["do"]], key, entry, step))
            where = partial(_discussion, key)
            yield from discussions.acts(entry.get("comments", ()), key, where, now)


def _discussion(key: str, stage: Stage) -> Discussion:
    return stage.find(Commitment, key).discussion


def _by(entry: Entry, step: Entry, stage: Stage) -> Player | None:
    person = step.get("by", entry.get("by"))
    return stage.player(person) if person else None


def _texts(entry: Entry, stage: Stage) -> Texts:
    texts: Any = {name: entry[name].strip() for name in TEXTS if name in entry}
    texts["layers"] = stage.layers(entry.get("layers", []))
    texts["principles"] = stage.principles(entry.get("principles", []))
    return texts  # type: ignore[no-any-return]


def _term(entry: Entry, said_on: date) -> Promised:
    words = entry.get("term", "")
    if "latest" in entry:
        earliest = date.fromisoformat(entry["earliest"]) if "earliest" in entry else None
        return picked(words, said_on, earliest, date.fromisoformat(entry["latest"]))
    return promised(words, said_on)


def _draft(key: str, owner: str, entry: Entry, stage: Stage) -> None:
    said_on = date.fromisoformat(entry["said"]) if "said" in entry else clock.today()
    by = _by(entry, {}, stage)
    texts = _texts(entry, stage)
    if by is None:
        texts["source_title"] = entry.get("source_title", _source_of(owner))
    commitment = actions.draft(
        stage.find(Organisation, f"organisation:{owner}"),
        term=_term(entry, said_on),
        promised_on=said_on,
        by=by,
        **texts,
    )
    stage.keep(key, commitment)


def _source_of(owner: str) -> str:
    """Return the title of the text from which the vereniging took what it enters of `owner`."""
    return str(next((one["source"] for one in _signatures(owner) if "source" in one), ""))


def _signatures(owner: str) -> Sequence[Entry]:
    signatures: Sequence[Entry] = organisations()[owner].get("signatures", ())
    return signatures


def _publish(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    by = _by(entry, step, stage)
    actor = None if by is not None else ENTERED_BY
    actions.publish(stage.find(Commitment, key), by=by, actor=actor)


def _discard(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    actions.discard(stage.find(Commitment, key), by=_by(entry, step, stage))


def _edit(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    texts: Any = {name: step[name].strip() for name in TEXTS if name in step}
    actions.edit(stage.find(Commitment, key), by=_by(entry, step, stage), **texts)


def _report(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    by = _by(entry, step, stage)
    evidence = None
    if "paper" in step:
        upload = stage.files[step["paper"]]
        evidence = documents.keep(upload, title=actions.title_of(upload), by=by)
    actions.report(
        stage.find(Commitment, key),
        progress=step["progress"],
        body=step["body"].strip(),
        told_on=date.fromisoformat(step["told"]) if "told" in step else clock.today(),
        evidence_url=step.get("link") if by is not None else None,
        evidence=evidence,
        source=NO_SOURCE if by is not None else Source(_source_of(key.split(":")[1]), step["link"]),
        by=by,
    )


def _move(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    actions.move_term(
        stage.find(Commitment, key),
        term=_term(step, clock.today()),
        reason=step["reason"].strip(),
        by=_by(entry, step, stage),
    )


def _withdraw(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    commitment = stage.find(Commitment, key)
    source = Source(step["source"], step["link"]) if "link" in step else NO_SOURCE
    by = _by(entry, step, stage)
    actions.withdraw(commitment, reason=step["reason"].strip(), source=source, by=by)


def _hide_report(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    update = latest_update(stage.find(Commitment, key).id)
    if update is None:
        raise LookupError(f"{key}: no message to hide")
    by = stage.player(step["by"])
    actions.hide_update(update, ground=step["ground"], reason=step["reason"], by=by)


def _disown(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    by = stage.player(step["by"])
    actions.disown(stage.find(Commitment, key), reason=step["reason"], by=by)


def _hide_disowning(key: str, _entry: Entry, step: Entry, stage: Stage) -> None:
    commitment = stage.find(Commitment, key)
    disowning = newest_disowning(commitment.thing, commitment.id)
    if disowning is None:
        raise LookupError(f"{key}: nobody disowned it")
    by = stage.player(step["by"])
    hide_reason(disowning, ground=step["ground"], reason=step["reason"], by=by)


def _add_paper(key: str, entry: Entry, step: Entry, stage: Stage) -> None:
    commitment, upload = stage.find(Commitment, key), stage.files[step["paper"]]
    by = _by(entry, step, stage)
    if "newer_than" in step:
        document = stage.find(Document, f"paper:{step['newer_than']}")
        actions.add_version(commitment, document, upload, by=by)
    else:
        document = actions.add_document(commitment, upload, title=step.get("title", ""), by=by)
        stage.keep(f"paper:{step['paper']}", document)


STEPS: dict[str, Callable[..., None]] = {
    "add_paper": _add_paper,
    "discard": _discard,
    "disown": _disown,
    "edit": _edit,
    "hide_disowning": _hide_disowning,
    "hide_report": _hide_report,
    "move": _move,
    "publish": _publish,
    "report": _report,
    "withdraw": _withdraw,
}
