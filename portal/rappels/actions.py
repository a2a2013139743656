"""The steps of a rappel: ready, sent, out, reminded once, published; and taking each back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select, update

from portal.commitments.models import SentReminder
from portal.commitments.queries.reminding import RunningRow
from portal.commitments.schedule import months_after
from portal.core import clock
from portal.core.db import db, read_rows
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.policy import Person
from portal.rappels import mails
from portal.rappels.models import Rappel, RappelParty, RappelPlan, RappelPromise
from portal.rappels.queries import (
    Asked,
    answers_to,
    find_running,
    lines_of,
    name_of_next,
    round_on,
    unanswered,
)
from portal.services.history import advance, create, hold, record
from portal.services.jobs import enqueue

# How long sending, and reminding, can be stopped.
WAIT = timedelta(minutes=10)
MONTHS_BETWEEN = 6


def prepare(*, by: Person | None) -> Rappel:
    """Put a rappel ready, so that somebody can look at what would go out.

    FieldRefused while another one runs. By the plan (`by` is None) the vereniging hears of it.
    """
    if find_running() is not None:
        raise FieldRefused("", _("Er loopt al een rappel. Rond die eerst af."))
    rappel = Rappel(name=name_of_next(clock.today()), is_running=True, created_at=clock.now())
    create(rappel, "prepare", by=by, actor=None if by is not None else "portaal")
    if by is None:
        mails.tell_ready(rappel)
    return rappel


def drop(rappel: Rappel, *, by: Person | None) -> None:
    """Let a rappel that was put ready go out never."""
    advance(rappel, "drop", by=by)
    rappel.is_running = None


def send(rappel: Rappel, *, by: Person | None) -> None:
    """Let a rappel go out after WAIT, in which it can be stopped; FieldRefused without a mail."""
    hold(rappel, "send")
    if not round_on(clock.today()).mail_count:
        raise FieldRefused("", _("Er is nu niemand om te vragen."))
    advance(rappel, "send", by=by)
    _let_go(rappel, "rappel_out")


def stop(rappel: Rappel, *, by: Person | None) -> None:
    """Keep a rappel that was sent from going out: it is ready again."""
    advance(rappel, "stop", by=by)
    rappel.goes_at = None


def remind(rappel: Rappel, *, by: Person | None) -> None:
    """Ask those who did not answer once more, after WAIT; FieldRefused for a second time."""
    hold(rappel, "remind")
    if not rappel.is_remindable:
        raise FieldRefused("", _("U hebt al een keer herinnerd."))
    if not unanswered(rappel):
        raise FieldRefused("", _("Iedereen heeft geantwoord."))
    advance(rappel, "remind", by=by)
    _let_go(rappel, "rappel_again")


def stop_reminding(rappel: Rappel, *, by: Person | None) -> None:
    """Keep the reminder from going out."""
    advance(rappel, "stop_reminding", by=by)
    rappel.goes_at = None


def _let_go(rappel: Rappel, kind: str) -> None:
    rappel.goes_at = clock.now() + WAIT
    moment = rappel.goes_at.isoformat()
    payload = {"rappel": rappel.name, "goes_at": moment}
    enqueue(kind, payload, key=f"{kind}:{rappel.name}:{moment}", run_at=rappel.goes_at)


def go_out(rappel: Rappel) -> None:
    """Fix whom the rappel asks about what, as of today: from now on they can answer."""
    advance(rappel, "go_out", by=None, actor="portaal")
    rappel.went_at, rappel.goes_at = clock.now(), None
    for party in round_on(clock.today()).parties:
        number = party.organisation.id
        db.session.add(RappelParty(rappel_id=rappel.id, organisation_id=number, reach=party.reach))
        db.session.add_all(_promises_of(rappel, party))
    db.session.flush()


def _promises_of(rappel: Rappel, party: Asked) -> Sequence[RappelPromise]:
    both: Sequence[tuple[bool, Sequence[RunningRow]]] = (
        (True, party.lapsed),
        (False, party.coming),
    )
    return [
        RappelPromise(
            rappel_id=rappel.id,
            organisation_id=row.organisation_id,
            commitment_id=row.id,
            is_lapsed=is_lapsed,
            term_words=row.term_words,
            term_language=row.term_language,
            term_earliest=row.term_earliest,
            term_latest=row.term_latest,
        )
        for is_lapsed, rows in both
        for row in rows
    ]


def go_again(rappel: Rappel) -> None:
    """Note that the reminder goes out now; there is no second one."""
    advance(rappel, "go_again", by=None, actor="portaal")
    rappel.again_at, rappel.goes_at = clock.now(), None


def mail_party(rappel: Rappel, party: Asked, *, is_again: bool) -> None:
    """Mail the people and mailbox of one signatory what is asked, and note who was reminded.

    So nobody gets a reminder of a promise on the same day.
    """
    for letter in party.letters:
        mails.ask(rappel, party, letter, is_again=is_again)
    if party.mailbox is not None:
        mails.ask_mailbox(rappel, party, party.mailbox, is_again=is_again)
    occasion = f"rappel-{rappel.name}" + ("-2" if is_again else "")
    _note_sent(party, occasion)
    db.session.flush()


def _note_sent(party: Asked, occasion: str) -> None:
    """Note which promises the mails to the writers of a signatory were about, each once."""
    rows = (*party.lapsed, *party.coming)
    known = select(SentReminder.commitment_id, SentReminder.account_id).where(
        SentReminder.occasion == occasion, SentReminder.commitment_id.in_([row.id for row in rows])
    )
    noted = {tuple(row) for row in read_rows(known)}
    for account_id in sorted({letter.writer.account_id for letter in party.letters}):
        new = [row for row in rows if (row.id, account_id) not in noted]
        db.session.add_all(_sent(row, account_id, occasion) for row in new)


def _sent(row: RunningRow, account_id: int, occasion: str) -> SentReminder:
    today = clock.today()
    return SentReminder(
        commitment_id=row.id,
        account_id=account_id,
        occasion=occasion,
        about=row.term_latest or today,
        due_on=today,
        sent_on=today,
        sent_at=clock.now(),
    )


def publish(rappel: Rappel, *, by: Person | None) -> None:
    """Close a rappel and fix what came of it, for everybody to read."""
    advance(rappel, "publish", by=by)
    _fix(rappel)
    rappel.closed_at, rappel.is_running = clock.now(), None


def _fix(rappel: Rappel) -> None:
    answers = answers_to(rappel)
    for line in lines_of(rappel):
        answer = answers.get(line.commitment_id)
        is_it = (
            RappelPromise.rappel_id == rappel.id,
            RappelPromise.commitment_id == line.commitment_id,
        )
        outcome = answer.outcome if answer else line.shown
        at = answer.at if answer else None
        fixed = update(RappelPromise).where(*is_it).values(outcome=outcome, answered_at=at)
        db.session.execute(fixed)


def reopen(rappel: Rappel, *, by: Person | None) -> None:
    """Take a published outcome back: answers count again; FieldRefused while another one runs."""
    hold(rappel, "reopen")
    if find_running() is not None:
        raise FieldRefused("", _("Er loopt al een rappel. Rond die eerst af."))
    advance(rappel, "reopen", by=by)
    rappel.closed_at, rappel.is_running = None, True
    emptied = {"outcome": None, "answered_at": None}
    db.session.execute(
        update(RappelPromise).where(RappelPromise.rappel_id == rappel.id).values(**emptied)
    )


def plan(row: RappelPlan, *, next_on: date | None, by: Person | None) -> None:
    """Set the day on which a rappel is put ready by itself, and half a year later again."""
    row.next_on = next_on
    record(row, "edited", by=by)


def prepare_as_planned(row: RappelPlan) -> None:
    """Put the planned rappel ready, unless one runs, and plan the next."""
    today = clock.today()
    if find_running() is None:
        prepare(by=None)
    while row.next_on is not None and row.next_on <= today:
        row.next_on = months_after(row.next_on, MONTHS_BETWEEN)
