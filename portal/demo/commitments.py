"""The promises of the demo: written, published, told about, moved, kept or taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from portal.comments.models import Discussion
from portal.commitments import actions
from portal.commitments.models import Commitment, Texts
from portal.commitments.promise import Promised, picked, promised
from portal.core import clock
from portal.demo import discussions
from portal.demo.script import Act, Words, moment, organisations, steps_of
from portal.demo.stage import Stage
from portal.documents import actions as documents
from portal.documents.models import Document
from portal.organisations.models import Organisation

# Who entered it when an organisation has no people here yet.
ENTERED_BY = "de vereniging"
TEXTS = ("kind", "title", "what", "for_whom", "why", "result", "source_url")


def acts(now: datetime) -> Iterator[Act]:
    """Yield everything that happens to promises, comments on them included."""
    for owner, organisation in organisations().items():
        for place, said in enumerate(organisation.get("commitments", ())):
            own = f"commitment:{owner}:{place}"
            at = moment(said["at"], now)
            yield Act(at, partial(_draft, own, owner, said))
            for then, step in steps_of(said, at, now):
                yield Act(then, partial(STEPS[step["do"]], own, said, step))
            where = partial(_discussion, own)
            yield from discussions.acts(said.get("comments", ()), own, where, now)


def _discussion(own: str, stage: Stage) -> Discussion:
    return stage.find(Commitment, own).discussion


def _by(said: Words, step: Words, stage: Stage) -> Any:
    key = step.get("by", said.get("by"))
    return stage.player(key) if key else None


def _texts(said: Words, stage: Stage) -> Texts:
    texts: Any = {name: said[name].strip() for name in TEXTS if name in said}
    texts["layers"] = stage.layers(said.get("layers", []))
    texts["principles"] = stage.principles(said.get("principles", []))
    return texts  # type: ignore[no-any-return]


def _term(said: Words, said_on: date) -> Promised:
    words = said.get("term", "")
    if "latest" in said:
        earliest = date.fromisoformat(said["earliest"]) if "earliest" in said else None
        return picked(words, said_on, earliest, date.fromisoformat(said["latest"]))
    return promised(words, said_on)


def _draft(own: str, owner: str, said: Words, stage: Stage) -> None:
    said_on = date.fromisoformat(said["said"]) if "said" in said else clock.today()
    commitment = actions.draft(
        stage.find(Organisation, f"organisation:{owner}"),
        term=_term(said, said_on),
        promised_on=said_on,
        by=_by(said, {}, stage),
        **_texts(said, stage),
    )
    stage.keep(own, commitment)


def _publish(own: str, said: Words, step: Words, stage: Stage) -> None:
    by = _by(said, step, stage)
    actor = None if by is not None else ENTERED_BY
    actions.publish(stage.find(Commitment, own), by=by, actor=actor)


def _discard(own: str, said: Words, step: Words, stage: Stage) -> None:
    actions.discard(stage.find(Commitment, own), by=_by(said, step, stage))


def _edit(own: str, said: Words, step: Words, stage: Stage) -> None:
    texts: Any = {name: step[name].strip() for name in TEXTS if name in step}
    actions.edit(stage.find(Commitment, own), by=_by(said, step, stage), **texts)


def _report(own: str, said: Words, step: Words, stage: Stage) -> None:
    by = _by(said, step, stage)
    evidence = None
    if "paper" in step:
        upload = stage.files[step["paper"]]
        evidence = documents.keep(upload, title=actions.title_of(upload), by=by)
    actions.report(
        stage.find(Commitment, own),
        progress=step["progress"],
        body=step["body"].strip(),
        told_on=date.fromisoformat(step["told"]) if "told" in step else clock.today(),
        evidence_url=step.get("link"),
        evidence=evidence,
        by=by,
    )


def _move(own: str, said: Words, step: Words, stage: Stage) -> None:
    actions.move_term(
        stage.find(Commitment, own),
        term=_term(step, clock.today()),
        reason=step["reason"].strip(),
        by=_by(said, step, stage),
    )


def _withdraw(own: str, said: Words, step: Words, stage: Stage) -> None:
    commitment = stage.find(Commitment, own)
    actions.withdraw(commitment, reason=step["reason"].strip(), by=_by(said, step, stage))


def _add_paper(own: str, said: Words, step: Words, stage: Stage) -> None:
    commitment, upload = stage.find(Commitment, own), stage.files[step["paper"]]
    by = _by(said, step, stage)
    if "newer_than" in step:
        document = stage.find(Document, f"paper:{step['newer_than']}")
        actions.add_version(commitment, document, upload, by=by)
    else:
        document = actions.add_document(commitment, upload, title=step.get("title", ""), by=by)
        stage.keep(f"paper:{step['paper']}", document)


STEPS: dict[str, Callable[..., None]] = {
    "add_paper": _add_paper,
    "discard": _discard,
    "edit": _edit,
    "move": _move,
    "publish": _publish,
    "report": _report,
    "withdraw": _withdraw,
}
