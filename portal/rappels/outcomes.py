"""What a signatory answered to a rappel of a promise: told by what it did since, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from portal.core.i18n import lazy_gettext as _l


class Outcome(StrEnum):
    """The last that a signatory did with a promise since it was asked, as addresses name it."""

    FINISHED = "gereed"
    PROGRESS = "voortgang"
    MOVED = "termijn"
    PROGNOSIS = "prognose"
    TAKEN_BACK = "ingetrokken"
    NOTHING = "geen-antwoord"


class Reach(StrEnum):
    """Whether a signatory is asked, and why not."""

    ASKED = "gevraagd"
    # Every promise of it has a later term, or none.
    IDLE = "niets-te-vragen"
    # Nobody writes for it: no account, or none that gets mail.
    UNCLAIMED = "geen-account"
    FROZEN = "bevroren"


LABELS: Mapping[Outcome, object] = {
    Outcome.FINISHED: _l("gereed gemeld"),
    Outcome.PROGRESS: _l("voortgang gemeld"),
    Outcome.MOVED: _l("termijn verschoven"),
    Outcome.PROGNOSIS: _l("prognose gegeven"),
    Outcome.TAKEN_BACK: _l("toezegging ingetrokken"),
    Outcome.NOTHING: _l("geen antwoord"),
}
REACH_LABELS: Mapping[Reach, object] = {
    Reach.ASKED: _l("kreeg het rappel"),
    Reach.IDLE: _l("niets te vragen: alles valt later, of heeft geen datum"),
    Reach.UNCLAIMED: _l("krijgt geen mail: niemand schrijft hier nog voor deze ondertekenaar"),
    Reach.FROZEN: _l("krijgt geen mail: bevroren door de vereniging"),
}


class Answer(NamedTuple):
    """What a signatory did with a promise, and when."""

    outcome: Outcome
    at: datetime


def newest(answers: Iterable[Answer], since: datetime | None) -> Answer | None:
    """Return the last answer that was given after `since`; None without one."""
    given = (answer for answer in answers if since is not None and answer.at >= since)
    return max(given, key=lambda answer: answer.at, default=None)
