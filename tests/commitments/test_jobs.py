"""Reminders: when each falls, to whom it goes, and three years in which none goes twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Account
from portal.commitments import actions
from portal.commitments.actions.reminding import remind
from portal.commitments.jobs import remind_of_promises
from portal.commitments.models import Commitment, SentReminder
from portal.commitments.promise import promised
from portal.commitments.queries.reminding import due_by_person
from portal.commitments.queries.subjects import get_commitment
from portal.commitments.schedule import Promise, due_reminder, months_after
from portal.core import clock
from portal.core.db import db, write_section
from portal.lifecycle import SignatureState
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.services.models import Job
from portal.signatures.models import Signature
from tests import factories as make
from tests.commitments.scenes import moment
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

SetClock = Callable[[datetime | None], None]
GRACE = 30
LATEST = date(2027, 10, 10)
LONG_AGO = moment(2026, 1, 5)


def due(promise: Promise, on: date) -> tuple[str, date] | None:
    found = due_reminder(promise, on, GRACE)
    return None if found is None else (found.occasion, found.due_on)


class TestSchedule:
    @pytest.mark.parametrize(
        ("on", "occasion"),
        [
            (date(2027, 8, 10), None),
            (date(2027, 8, 11), "60-dagen"),
            (date(2027, 9, 10), "60-dagen"),
            (date(2027, 9, 11), None),
            (date(2027, 9, 26), "14-dagen"),
            (date(2027, 10, 9), "14-dagen"),
            (date(2027, 10, 10), "laatste-dag"),
            (date(2027, 11, 9), "respijt-om"),
            (date(2027, 12, 9), "maand-1"),
            (date(2028, 1, 9), "maand-2"),
            (date(2028, 2, 9), "maand-3"),
            (date(2028, 3, 12), None),
        ],
    )
    def test_it_falls_around_the_last_day_of_a_term(self, on: date, occasion: str | None) -> None:
        found = due_reminder(Promise(LATEST, LONG_AGO, None, None), on, GRACE)
        assert (found.occasion if found else None) == occasion

    def test_it_collapses_what_was_missed_into_the_newest(self) -> None:
        promise = Promise(LATEST, LONG_AGO, None, None)
        assert due(promise, date(2027, 10, 12)) == ("laatste-dag", LATEST)
        # Without grace there is nothing at its end.
        found = due_reminder(promise, LATEST, 0)
        assert found is not None and found.occasion == "laatste-dag"

    @pytest.mark.parametrize(
        ("reported_at", "stands_since", "is_due"),
        [
            (moment(2027, 8, 10), LONG_AGO, True),
            (moment(2027, 8, 11), LONG_AGO, False),
            (moment(2027, 8, 20), moment(2027, 8, 21), True),
            (None, moment(2027, 9, 26), False),
            (None, moment(2027, 9, 25), True),
        ],
    )
    def test_it_stops_at_a_report_and_starts_at_a_move(
        self, reported_at: datetime | None, stands_since: datetime, is_due: bool
    ) -> None:
        promise = Promise(LATEST, stands_since, reported_at, None)
        assert (due(promise, date(2027, 9, 26)) is not None) == is_due

    def test_it_comes_each_year_where_there_is_no_date(self) -> None:
        promise = Promise(None, moment(2028, 2, 29), None, date(2028, 2, 29))
        assert due(promise, date(2029, 2, 27)) is None
        assert due(promise, date(2029, 2, 28)) == ("jaar-1", date(2029, 2, 28))
        assert due(promise, date(2032, 2, 29)) == ("jaar-4", date(2032, 2, 29))
        reported = promise._replace(reported_at=moment(2029, 1, 15))
        assert due(reported, date(2029, 2, 28)) is None
        assert due(reported, date(2030, 1, 15)) == ("jaar-1", date(2030, 1, 15))

    def test_it_keeps_the_day_of_a_month_where_it_has_one(self) -> None:
        assert months_after(date(2028, 1, 30), 1) == date(2028, 2, 29)
        assert months_after(date(2027, 12, 31), -13) == date(2026, 11, 30)


class World:
    """Two signatories with an eigenaar in common, and those who hear nothing."""

    def __init__(self, set_clock: SetClock) -> None:
        set_clock(moment(2027, 1, 4, 9))
        self.owner = make.make_account(name="Noor", email="noor@lindewoude.example")
        self.editor = make.make_account(name="Pim", email="pim@lindewoude.example")
        self.first = self._signatory(self.owner, self.editor)
        self.second = self._signatory(self.owner)
        reader, blocked = make.make_account(), make.make_account()
        make.make_membership(self.first, reader, role=Role.READER)
        make.make_membership(self.first, blocked)
        with write_section():
            db.session.get_one(Account, blocked.id).blocked_at = clock.now()
        self.expected: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))

    def _signatory(self, *people: Account) -> Organisation:
        organisation = make.make_signature().organisation
        for person, role in zip(people, (Role.OWNER, Role.EDITOR), strict=False):
            make.make_membership(organisation, person, role=role)
        return organisation

    def promise(
        self, organisation: Organisation, title: str, term: str, *days: tuple[int, int, int]
    ) -> int:
        """Make a promise, of which its people hear on these days; return its number."""
        made = make.make_commitment(organisation, title=title, term=term, promised_on=clock.today())
        people = (self.owner, self.editor) if organisation is self.first else (self.owner,)
        for person in people:
            for day in days:
                self.expected[person.email][date(*day)].add(title)
        return made.id


def report(number: int, progress: str, by: Account) -> None:
    with write_section():
        actions.report(
            get_commitment(number),
            progress=progress,
            body="Wij zijn bezig.",
            told_on=clock.today(),
            by=by,
        )


def move(number: int, term: str, by: Account) -> None:
    with write_section():
        moved = promised(term, clock.today())
        actions.move_term(get_commitment(number), term=moved, reason="Het duurt langer.", by=by)


def withdraw(number: int, by: Account) -> None:
    with write_section():
        actions.withdraw(get_commitment(number), reason="Het gaat niet door.", by=by)


# The worker stands still from the first to the last of these days.
STOPPED = (date(2028, 9, 24), date(2028, 10, 1))
CLOCK_CHANGES = (date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26))


def moments() -> Iterator[datetime]:
    """Give when the worker looks: once a day, every hour of a day on which the clock changes."""
    day = date(2027, 1, 5)
    while day < date(2030, 1, 4):
        if not STOPPED[0] <= day <= STOPPED[1]:
            hours = range(24) if day in CLOCK_CHANGES else (10,)
            yield from (datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for hour in hours)
        day += timedelta(days=1)


def mailed() -> list[tuple[str, date, list[str]]]:
    """Return to whom, on which day, and about what every mail was."""
    query = select(Job.payload, Job.created_at).where(Job.kind == "mail").order_by(Job.id)
    rows = [(payload, at) for payload, at in db.session.execute(query)]
    return [
        (payload["to"], clock.day_of(at), [each["title"] for each in payload["words"]["promises"]])
        for payload, at in rows
        if payload["template"] == "commitment_reminder"
    ]


def test_it_reminds_for_three_years_and_never_twice(app: Flask, set_clock: SetClock) -> None:
    world = World(set_clock)
    late = (2027, 11, 1), (2027, 12, 17), (2027, 12, 31), (2028, 1, 30), (2028, 2, 29)
    later = (2028, 3, 30), (2028, 4, 30)
    world.promise(world.first, "Zonder bericht", "uiterlijk 31 december 2027", *late, *later)
    world.promise(world.second, "Van de ander", "uiterlijk 31 december 2027", *late, *later)
    answered = world.promise(world.first, "Beantwoord", "uiterlijk 30 juni 2027", (2027, 5, 1))
    moved = world.promise(
        world.first,
        "Verschoven",
        "uiterlijk 31 maart 2027",
        *((2027, 1, 30), (2027, 3, 17), (2027, 8, 1), (2027, 9, 16)),
    )
    world.promise(world.first, "Doorlopend", "doorlopend", (2028, 1, 4), (2029, 1, 4))
    # The reminder of 26 September 2028 falls while the worker stands still.
    stood = (2028, 8, 11), (2028, 10, 2), (2028, 10, 10), (2028, 11, 9)
    after = (2028, 12, 9), (2029, 1, 9), (2029, 2, 9)
    world.promise(world.second, "Stilstand", "uiterlijk 10 oktober 2028", *stood, *after)
    spring = world.promise(
        world.second,
        "Zomertijd",
        "uiterlijk 28 maart 2027",
        *((2027, 1, 27), (2027, 3, 14), (2027, 3, 28)),
    )
    done = world.promise(world.second, "Gereed", "uiterlijk 30 juni 2028")
    acts: dict[date, Callable[[], Any]] = {
        date(2027, 3, 20): lambda: move(moved, "uiterlijk 30 september 2027", world.editor),
        date(2027, 3, 29): lambda: report(spring, "gereed", world.owner),
        date(2027, 4, 10): lambda: report(done, "gereed", world.owner),
        date(2027, 5, 10): lambda: report(answered, "loopt", world.editor),
        date(2027, 9, 20): lambda: withdraw(moved, world.owner),
        date(2028, 2, 28): lambda: world.promise(
            world.second, "Schrikkeljaar", "doorlopend", (2029, 2, 28)
        ),
    }
    for at in moments():
        set_clock(at)
        remind_of_promises()
        act = acts.pop(at.date(), None)
        if act is not None:
            act()

    found: dict[str, dict[date, set[str]]] = defaultdict(dict)
    every = mailed()
    for to, day, titles in every:
        assert day not in found[to], f"two mails on {day} to {to}"
        assert len(set(titles)) == len(titles)
        found[to][day] = set(titles)
    assert found == {to: dict(days) for to, days in world.expected.items()}
    rows = db.session.scalars(select(SentReminder)).all()
    assert len(rows) == sum(len(titles) for _to, _day, titles in every)
    assert not acts


@pytest.fixture
def world(app: Flask, set_clock: SetClock) -> World:
    return World(set_clock)


class TestMail:
    def test_it_leads_to_the_form_filled_in(
        self, world: World, set_clock: SetClock, mailbox: Mailbox, sign_in: Callable[..., Client]
    ) -> None:
        number = world.promise(world.first, "Plan van aanpak", "begin oktober")
        set_clock(moment(2027, 9, 26, 9))
        remind_of_promises()
        mailbox.deliver()
        mail = mailbox.last(world.editor.email)
        assert mail.subject == "Hoe staat het met: Plan van aanpak"
        assert "Termijn: begin oktober (1 tot en met 10 oktober 2027)" in mail.text
        assert "Nog 14 dagen" in mail.text
        assert all(len(line) <= 72 for line in mail.text.splitlines() if "http" not in line)
        running, finished, moving = mail.paths[:3]
        reader = sign_in(world.editor)
        assert reader.get(running).form().fields["progress"] == "loopt"
        assert reader.get(finished).form().fields["progress"] == "gereed"
        assert moving == f"/toezeggingen/{number}/termijn"

    def test_it_says_all_of_a_day_in_one_mail(
        self, world: World, set_clock: SetClock, mailbox: Mailbox
    ) -> None:
        for organisation in (world.first, world.second):
            world.promise(organisation, f"Van {organisation.id}", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 10, 9))
        remind_of_promises()
        remind_of_promises()
        mails = [mail for mail in mailbox.deliver() if mail.to == world.owner.email]
        assert [mail.subject for mail in mails] == ["Hoe staat het met 2 toezeggingen?"]
        assert mails[0].text.count("Vandaag de laatste dag") == 2

    def test_who_stands_in_gets_those_of_that_organisation(
        self, world: World, set_clock: SetClock, mailbox: Mailbox
    ) -> None:
        stand_in = make.make_account(name="Vera Vervanger")
        make.make_membership(world.first, stand_in, role=Role.READER)
        make.make_absence(
            world.first,
            world.owner,
            stand_in=stand_in,
            first_on=date(2027, 10, 1),
            last_on=date(2027, 10, 20),
        )
        world.promise(world.first, "Van de eerste", "uiterlijk 10 oktober 2027")
        world.promise(world.second, "Van de tweede", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 10, 9))
        remind_of_promises()
        remind_of_promises()
        mailbox.deliver()
        (mail,) = mailbox.to(stand_in.email)
        assert "Van de eerste" in mail.text and "Van de tweede" not in mail.text
        assert "Noor vervangt" in mail.text
        assert "Van de tweede" in mailbox.last(world.owner.email).text
        # The days are over: the next reminder goes to Noor alone.
        set_clock(moment(2027, 11, 9, 9))
        remind_of_promises()
        mailbox.deliver()
        assert len(mailbox.to(stand_in.email)) == 1 and len(mailbox.to(world.owner.email)) == 2

    def test_who_stands_in_and_writes_there_is_reminded_once(
        self, world: World, set_clock: SetClock
    ) -> None:
        make.make_absence(
            world.first, world.owner, stand_in=world.editor, first_on=date(2027, 10, 10)
        )
        world.promise(world.first, "Plan", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 10, 9))
        remind_of_promises()
        assert sorted(to for to, _day, _titles in mailed()) == [
            world.owner.email,
            world.editor.email,
        ]

    def test_the_mailbox_is_reminded_once_a_day_of_its_own_promises(
        self, world: World, set_clock: SetClock, mailbox: Mailbox
    ) -> None:
        shared = "communicatie@lindewoude.example"
        make.make_mailbox(world.first, shared)
        for title in ("Een", "Twee"):
            world.promise(world.first, title, "uiterlijk 10 oktober 2027")
        world.promise(world.second, "Van de tweede", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 10, 9))
        remind_of_promises()
        remind_of_promises()
        assert [titles for to, _day, titles in mailed() if to == shared] == [["Een", "Twee"]]
        mailbox.deliver()
        assert "de mailbox is van" in mailbox.last(shared).text

    def test_it_wakes_nobody(self, world: World, set_clock: SetClock) -> None:
        world.promise(world.first, "Plan", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 10, 4, 59))
        remind_of_promises()
        assert mailed() == []
        set_clock(moment(2027, 10, 10, 5))
        remind_of_promises()
        assert len(mailed()) == 2

    @pytest.mark.parametrize("why", ["frozen", "former", "hidden", "of a source", "unclaimed"])
    def test_it_goes_to_nobody_who_cannot_answer(
        self, world: World, set_clock: SetClock, why: str
    ) -> None:
        organisation = world.first
        if why == "unclaimed":
            organisation = make.make_signature().organisation
        entered_as = EnteredAs.VERENIGING if why == "of a source" else EnteredAs.SIGNATORY
        made = make.make_commitment(
            organisation,
            term="uiterlijk 10 oktober 2027",
            promised_on=clock.today(),
            entered_as=entered_as,
        )
        with write_section():
            if why == "hidden":
                db.session.get_one(Commitment, made.id).hidden_at = clock.now()
            if why == "former":
                signatures = select(Signature).where(Signature.organisation_id == organisation.id)
                for signature in db.session.scalars(signatures):
                    signature.state = SignatureState.ENDED
        if why == "frozen":
            make.make_frozen(organisation)
        set_clock(moment(2027, 10, 10, 9))
        remind_of_promises()
        assert mailed() == []

    def test_it_leaves_out_what_was_answered_at_the_last_moment(
        self, world: World, set_clock: SetClock
    ) -> None:
        numbers = [
            world.promise(world.first, title, "uiterlijk 10 oktober 2027")
            for title in ("Een", "Twee")
        ]
        set_clock(moment(2027, 10, 10, 9))
        found = due_by_person(on=clock.today(), grace_days=GRACE)
        report(numbers[0], "loopt", world.owner)
        for writer, dues in found.items():
            with write_section():
                remind(writer, dues)
        assert [titles for _to, _day, titles in mailed()] == [["Twee"], ["Twee"]]
        with write_section():
            actions.withdraw(get_commitment(numbers[1]), reason="Het stopt.", by=world.owner)
        for writer, dues in found.items():
            with write_section():
                remind(writer, dues)
        assert len(mailed()) == 2

    def test_it_leaves_out_who_joined_after_it_was_due(
        self, world: World, set_clock: SetClock
    ) -> None:
        world.promise(world.first, "Plan", "uiterlijk 10 oktober 2027")
        set_clock(moment(2027, 10, 12, 9))
        joined = make.make_account()
        make.make_membership(world.first, joined)
        remind_of_promises()
        assert {to for to, _day, _titles in mailed()} == {world.owner.email, world.editor.email}
