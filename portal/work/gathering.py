"""Everything that waits for somebody, gathered from the queries of this desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from portal.lifecycle import SignatureState
from portal.organisations.queries import InvitationRow, invitations_to
from portal.policy import Person
from portal.work.part import Part
from portal.work.queries.people import (
    ClaimRow,
    MailboxRow,
    RequestRow,
    open_claims,
    open_requests,
    unreached_mailboxes,
)
from portal.work.queries.promises import (
    DraftRow,
    PromiseRow,
    drafts_of,
    due_promises,
    quiet_promises,
)
from portal.work.queries.rappels import RappelRow, open_questions
from portal.work.queries.signatures import (
    SignatureRow,
    signatures_to_affirm,
    signatures_to_do,
    signatures_waiting,
    usual_waits,
)
from portal.work.queries.texts import (
    ChangeRow,
    ProfileRow,
    QuestionRow,
    asked_changes,
    asked_profiles,
    asked_proposals,
    unanswered,
)
from portal.work.reach import reach_of


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for somebody, by kind, in the order of the page."""

    due: Part[PromiseRow]
    rappels: Part[RappelRow]
    questions: Part[QuestionRow]
    requests: Part[RequestRow]
    changes: Part[ChangeRow]
    profiles: Part[ProfileRow]
    proposals: Part[ProfileRow]
    mailboxes: Part[MailboxRow]
    invitations: Part[InvitationRow]
    affirm: Part[SignatureRow]
    to_sign: Part[SignatureRow]
    quiet: Part[PromiseRow]
    claims: Part[ClaimRow]
    drafts: Part[DraftRow]
    # Nothing to do for these people: somebody else has it.
    elsewhere: Part[SignatureRow]
    usual: dict[SignatureState, timedelta]

    @property
    def count(self) -> int:
        """How much there is to do: what waits for somebody else is no work."""
        parts = (getattr(self, each.name) for each in fields(self) if each.name not in _NO_WORK)
        return sum(part.count for part in parts)


_NO_WORK = ("elsewhere", "usual")


def work_of(person: Person, organisation_id: int | None, *, on: date, now: datetime) -> Work:
    """Return what waits for `person`; with an organisation only what waits for that."""
    reach = reach_of(person, organisation_id)
    is_all = organisation_id is None
    elsewhere = signatures_waiting(reach.all)
    return Work(
        due=due_promises(reach.writes, on=on),
        rappels=open_questions(reach.writes),
        questions=unanswered(reach.writes, now=now),
        requests=open_requests(reach.owns),
        changes=asked_changes(person.id) if is_all and person.id is not None else Part(),
        profiles=asked_profiles(reach.writes),
        proposals=asked_proposals(reach.owns),
        mailboxes=unreached_mailboxes(reach.owns),
        invitations=_all(invitations_to(person.email_key or "")) if is_all else Part(),
        affirm=signatures_to_affirm(reach.owns),
        to_sign=signatures_to_do(reach.writes),
        quiet=quiet_promises(reach.writes, on=on),
        claims=open_claims(reach.owns),
        drafts=drafts_of(reach.writes),
        elsewhere=elsewhere,
        usual=usual_waits() if elsewhere else {},
    )


def _all(rows: Sequence[InvitationRow]) -> Part[InvitationRow]:
    return Part(tuple(rows), len(rows))
