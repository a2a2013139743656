"""How the portal runs, in words for the beheerder: calm when all is well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from portal.accounts.models import Account
from portal.admin.models import Trouble
from portal.backup.models import BackupMade
from portal.core import clock
from portal.core.db import db
from portal.services.jobs import enqueue
from portal.services.models import Job, JobState
from tests import factories as make
from tests.harness.client import Client

SignIn = Callable[[Account | None], Client]


def test_it_says_of_each_thing_that_it_is_well(sign_in: SignIn) -> None:
    db.session.add(BackupMade(made_at=clock.now(), size=3_100_000, is_encrypted=True, missing=0))
    make.make_process(kind="worker")
    make.make_process(kind="web")
    make.make_comment(state="pending")
    beheerder = sign_in(make.make_beheerder())
    page = beheerder.get("/beheer/controlelijst").follow("Hoe het draait")
    assert "Alles draait zoals het hoort. U hoeft niets te doen." in page.main
    for words in (
        "1 webproces werkt.",
        "De werker werkt. Het laatst gezien op",
        "Er wacht geen taak, en er is geen taak mislukt.",
        "3,1 MB.",
        "1 tekst of aanvraag wacht op een moderator.",
        "Portaal 0.1.0, Python 3.",
    ):
        assert words in page.main
    assert len(page.soup.select("main .rows > li")) == page.main.count("in orde") == 10
    assert "Everything runs as it should." in beheerder.get("/en/beheer/draaien").main


def test_it_puts_first_what_needs_a_person_and_says_what_to_do(sign_in: SignIn) -> None:
    now = clock.now()
    make.make_process(kind="worker", beat_at=now - timedelta(hours=2))
    enqueue("nothing", {})
    db.session.flush()
    db.session.query(Job).one().state = JobState.PARKED
    day = now - timedelta(days=1)
    db.session.add(Trouble(name="jobs_parked", began_at=day, seen_at=now, told_at=day))
    page = sign_in(make.make_beheerder()).get("/beheer").follow("Hoe het draait")
    heads = [head.get_text() for head in page.soup.select("main h2")]
    assert heads[:3] == ["Werker", "Taken", "Back-up"]
    assert "3 punten vragen om iemand" in page.main
    assert "Start flask worker, of start het portaal opnieuw." in page.main
    assert page.soup.select('main a[href="/beheer/taken"]')
    assert "De beheerders kregen een mail op" in page.main


def test_it_says_what_waits_too_long_for_a_moderator(sign_in: SignIn) -> None:
    comment = make.make_comment_version(make.make_comment(), state="pending")
    comment.created_at = clock.now() - timedelta(days=9)
    page = sign_in(make.make_beheerder()).get("/beheer/draaien")
    assert "De moderatoren krijgen daar zelf een mail over." in page.main
