"""Whom a rappel asks about what, as it would go out on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from portal.accounts.addresses import address_key
from portal.commitments.queries.reminding import (
    RunningRow,
    WriterRow,
    running_until,
    writers_for,
)
from portal.commitments.schedule import months_after
from portal.core.db import Columnar, read_as
from portal.lifecycle import SignatureState
from portal.organisations.models import Organisation
from portal.organisations.queries import MailboxReader, all_stand_ins, mailbox_readers
from portal.policy import WRITERS, editor_of_organisation
from portal.rappels.outcomes import Reach
from portal.services.stand_ins import StandIn
from portal.signatures.models import Signature

AHEAD_MONTHS = 6


class SignatoryRow(NamedTuple):
    """A signatory as it is now."""

    id: int
    name: str
    slug: str
    is_frozen: bool


class Letter(NamedTuple):
    """One mail of a rappel: to somebody who writes for a signatory, or stands in for them."""

    organisation_id: int
    writer: WriterRow
    instead: StandIn | None = None

    @property
    def email(self) -> str:
        return self.instead.email if self.instead else self.writer.email

    @property
    def account_id(self) -> int:
        return self.instead.account_id if self.instead else self.writer.account_id


@dataclass(frozen=True, slots=True)
class Asked:
    """A signatory with what a rappel asks it, and to whom that goes."""

    organisation: SignatoryRow
    reach: Reach
    lapsed: Sequence[RunningRow] = ()
    coming: Sequence[RunningRow] = ()
    letters: Sequence[Letter] = ()
    # Who reads the mailbox of the signatory, unless they get one of the letters.
    mailbox: MailboxReader | None = None

    @property
    def mail_count(self) -> int:
        return len(self.letters) + (self.mailbox is not None)

    @property
    def stand_in_count(self) -> int:
        """How many of its mails go to somebody who stands in for another."""
        return sum(letter.instead is not None for letter in self.letters)

    @property
    def writer_count(self) -> int:
        return len(self.letters) - self.stand_in_count


@dataclass(frozen=True, slots=True)
class Round:
    """A whole rappel: every signatory, in the order of their names."""

    parties: Sequence[Asked]

    def of(self, reach: str) -> Sequence[Asked]:
        """Return the signatories of one kind of reach."""
        return [party for party in self.parties if party.reach == reach]

    @property
    def mail_count(self) -> int:
        return sum(party.mail_count for party in self.parties)

    @property
    def promise_count(self) -> int:
        asked = self.of(Reach.ASKED)
        return sum(len(party.lapsed) + len(party.coming) for party in asked)


_SIGNATORIES: Columnar = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.slug,
        Organisation.frozen_at.is_not(None),
    )
    .join(Signature, Signature.organisation_id == Organisation.id)
    .where(Signature.state == SignatureState.ADMITTED)
    .order_by(Organisation.sort_name, Organisation.id)
)


def round_on(on: date) -> Round:
    """Return what a rappel that goes out on `on` asks of whom; in a fixed number of queries."""
    signatories = read_as(SignatoryRow, _SIGNATORIES)
    numbers = [row.id for row in signatories]
    promises = _by_organisation(running_until(months_after(on, AHEAD_MONTHS)))
    writers = defaultdict(list)
    for writer in writers_for(numbers):
        writers[writer.organisation_id].append(writer)
    stand_ins, mailboxes = all_stand_ins(on=on), mailbox_readers(numbers)
    parties = [
        _asked(row, promises.get(row.id, ()), writers[row.id], stand_ins, on) for row in signatories
    ]
    return Round([_with_mailbox(party, mailboxes) for party in parties])


def _with_mailbox(party: Asked, mailboxes: Mapping[int, MailboxReader]) -> Asked:
    mailbox = mailboxes.get(party.organisation.id)
    if mailbox is None or party.reach != Reach.ASKED:
        return party
    reached = {address_key(letter.email) for letter in party.letters}
    return party if address_key(mailbox.email) in reached else replace(party, mailbox=mailbox)


def _by_organisation(rows: Iterable[RunningRow]) -> Mapping[int, Sequence[RunningRow]]:
    found: dict[int, list[RunningRow]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return found


def _asked(
    row: SignatoryRow,
    promises: Sequence[RunningRow],
    writers: Sequence[WriterRow],
    stand_ins: Mapping[tuple[int, str], Sequence[StandIn]],
    on: date,
) -> Asked:
    if row.is_frozen:
        return Asked(row, Reach.FROZEN)
    if not writers:
        return Asked(row, Reach.UNCLAIMED)
    if not promises:
        return Asked(row, Reach.IDLE)
    lapsed = [promise for promise in promises if _is_before(promise, on)]
    coming = [promise for promise in promises if not _is_before(promise, on)]
    letters = letters_to(writers, stand_ins)
    return Asked(row, Reach.ASKED, lapsed, coming, letters)


def _is_before(promise: RunningRow, on: date) -> bool:
    return promise.term_latest is not None and promise.term_latest < on


def letters_to(
    writers: Sequence[WriterRow], stand_ins: Mapping[tuple[int, str], Sequence[StandIn]]
) -> list[Letter]:
    """Return the mails to the writers of one signatory and their stand-ins; nobody gets two."""
    letters = [Letter(writer.organisation_id, writer) for writer in writers]
    told = {writer.account_id for writer in writers}
    roles = [str(role) for role in WRITERS[editor_of_organisation]]
    for writer in writers:
        for one in stand_ins.get((writer.organisation_id, writer.email), ()):
            if one.account_id not in told and one.role not in roles:
                told.add(one.account_id)
                letters.append(Letter(writer.organisation_id, writer, one))
    return letters
