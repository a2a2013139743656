"""The mail to the moderators when something waits too long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.core.clock import AMSTERDAM
from portal.moderation.jobs import tell_of_long_waiting
from tests import factories as make
from tests.harness.mailbox import Mailbox

SetClock = Callable[[datetime | None], None]


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=AMSTERDAM)


@pytest.fixture
def told(mailbox: Mailbox, set_clock: SetClock) -> Callable[[str], list[str]]:
    """Let the worker look at this moment; return who got a mail."""

    def looked(words: str) -> list[str]:
        set_clock(at(words))
        tell_of_long_waiting()
        return sorted(mail.to for mail in mailbox.deliver())

    return looked


def test_it_tells_every_moderator_and_nobody_else(
    told: Any, set_clock: SetClock, mailbox: Mailbox
) -> None:
    set_clock(at("2026-11-23 15:00"))
    first, second = make.make_moderator(), make.make_moderator()
    make.make_account(is_moderator=True, is_confirmed=False)
    make.make_beheerder()
    make.make_comment(make.make_discussion(title="Het plan"), state="pending")
    assert told("2026-11-24 14:59") == []
    assert told("2026-11-24 15:01") == sorted([first.email, second.email])
    mail = mailbox.last(first.email)
    assert mail.subject == "1 tekst of aanvraag wacht op een moderator"
    assert "Het plan" in mail.text
    assert "23 november 2026 om 15.00 uur" in mail.text
    assert "/werkvoorraad" in mail.paths


def test_it_tells_once_a_working_day(told: Any, set_clock: SetClock) -> None:
    set_clock(at("2026-11-26 10:00"))
    moderator = make.make_moderator()
    make.make_comment(state="pending")
    assert told("2026-11-27 10:05") == [moderator.email]
    assert told("2026-11-27 16:00") == []
    assert told("2026-11-28 12:00") == []  # Saturday
    assert told("2026-11-30 09:00") == [moderator.email]


def test_it_lets_the_weekend_pass(told: Any, set_clock: SetClock) -> None:
    set_clock(at("2026-11-27 16:00"))
    moderator = make.make_moderator()
    make.make_comment(state="pending")
    assert told("2026-11-29 16:30") == []
    assert told("2026-11-30 15:30") == []
    assert told("2026-11-30 16:30") == [moderator.email]


def test_it_is_silent_when_nothing_waits(told: Any, set_clock: SetClock) -> None:
    set_clock(at("2026-11-23 15:00"))
    make.make_moderator()
    make.make_comment()
    make.make_signature(state="more_asked")
    assert told("2026-11-27 15:00") == []
