"""What a portal lacks is said once, with a remedy: a sound portal lacks nothing."""

from __future__ import annotations

import contextvars
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, text, update

from portal.accounts.models import Account
from portal.admin import checklist, running_checks
from portal.admin.checklist import findings
from portal.admin.findings import Weight
from portal.backup.models import BackupMade
from portal.config import Demand, Settings
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.core.version import VERSION
from portal.documents.sandbox import SandboxFailed
from portal.services.heartbeat import Heartbeat
from portal.services.jobs import enqueue
from portal.services.models import Job, JobState
from portal.services.vereniging import UNSET_NAME, Vereniging
from portal.vereniging.models import LegalText
from portal.vereniging.queries import SLUGS
from tests.factories import (
    make_beheerder,
    make_moderator,
    make_pact_version,
    make_process,
    make_telephone,
    make_vereniging,
)
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

HOUR = timedelta(hours=1)
SignIn = Callable[[Account | None], Client]


@pytest.fixture
def sound(app: Flask) -> Settings:
    """A portal that lacks nothing, and the settings with which it is so."""
    make_vereniging(security_contact="lek@example.nl").name = "Vereniging van voorbeelden"
    make_pact_version(is_example=False)
    for account in (make_moderator(), make_moderator(), make_beheerder(), make_beheerder()):
        make_telephone(account)
    now = clock.now()
    for slug in SLUGS:
        words = dict.fromkeys(("title_nl", "title_en", "body_nl", "body_en"), "Tekst")
        pages = {"html_nl": "<p>Tekst</p>", "html_en": "<p>Text</p>"}
        db.session.add(LegalText(slug=slug, edited_at=now, version=1, **words, **pages))
    db.session.add(BackupMade(made_at=now, size=1, is_encrypted=True, missing=0))
    db.session.commit()
    return replace(
        settings(),
        mode="production",
        public_url="https://example.nl",
        mail_sender="portaal@example.nl",
        second_factor=Demand.REQUIRED,
        limits_enabled=True,
        backup_recipients=("age1",),
    )


def names(found: Settings) -> list[str]:
    db.session.commit()
    return [finding.name for finding in findings(found)]


def test_it_finds_nothing_in_a_sound_portal(sound: Settings) -> None:
    assert names(sound) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("mode", {"mode": "demo"}),
        ("https", {"public_url": "http://example.nl"}),
        ("mail_server", {"mail_server": None}),
        ("mail_sender", {"mail_sender": "groeipact@localhost.localdomain"}),
        ("second_factor", {"second_factor": Demand.OFFERED}),
        ("rate_limits", {"limits_enabled": False}),
        ("backup_key", {"backup_recipients": ()}),
    ],
)
def test_it_finds_each_setting_that_is_unsafe(
    sound: Settings, name: str, change: dict[str, Any]
) -> None:
    assert names(replace(sound, **change)) == [name]


def _only_one(role: str) -> None:
    first = db.session.query(Account).filter(getattr(Account, role)).first()
    assert first is not None
    setattr(first, role, False)


def _vereniging(**values: str) -> None:
    for name, value in values.items():
        setattr(db.session.query(Vereniging).one(), name, value)


def _job(**values: object) -> None:
    enqueue("nothing", {})
    db.session.flush()
    for name, value in values.items():
        setattr(db.session.query(Job).one(), name, value)


def _backup(**values: object) -> None:
    for name, value in values.items():
        setattr(db.session.query(BackupMade).one(), name, value)


BROKEN: dict[str, Callable[[], object]] = {
    "name": lambda: _vereniging(name=UNSET_NAME),
    "contact": lambda: _vereniging(email=""),
    "security_contact": lambda: _vereniging(security_contact=""),
    "pact": lambda: db.session.execute(text("UPDATE pact_version SET is_example = true")),
    "legal_texts": lambda: db.session.execute(delete(LegalText).where(LegalText.slug == "privacy")),
    "moderators": lambda: _only_one("is_moderator"),
    "beheerders": lambda: _only_one("is_beheerder"),
    "second_factor_unset": lambda: make_moderator(),
    "backup": lambda: _backup(made_at=clock.now() - timedelta(days=3)),
    "backup_incomplete": lambda: _backup(missing=1),
    "jobs_parked": lambda: _job(state=JobState.PARKED),
    "worker": lambda: _job(run_at=clock.now() - HOUR),
    "mail_stuck": lambda: _job(kind="mail", last_error="x", created_at=clock.now() - HOUR),
    "versions": lambda: make_process(kind="web", version="0.0.9"),
}


def test_it_finds_a_worker_that_stands_still(sound: Settings) -> None:
    make_process(kind="worker", ended_at=clock.now())
    assert names(sound) == [], "one that was stopped a moment ago is started again"
    make_process(kind="worker", beat_at=clock.now() - HOUR)
    assert names(sound) == [], "another one works"
    db.session.execute(update(Heartbeat).values(beat_at=clock.now() - HOUR))
    assert names(sound) == ["worker"]


@pytest.mark.parametrize("name", BROKEN)
def test_it_finds_each_thing_that_is_missing(sound: Settings, name: str) -> None:
    BROKEN[name]()
    assert names(sound) == [name]


def test_it_finds_an_address_for_leaks_that_nobody_looked_at_for_a_year(
    sound: Settings, sign_in: SignIn, set_clock: Callable[[Any], None]
) -> None:
    now = clock.now()
    sign_in(make_beheerder()).get("vereniging.vereniging").form().submit()
    for days, is_old in ((300, False), (340, True), (400, True)):
        set_clock(now + timedelta(days=days))
        assert ("security_txt" in names(sound)) is is_old


def test_it_finds_a_clock_that_is_slow(sound: Settings, set_clock: Callable[[Any], None]) -> None:
    set_clock(clock.now() - timedelta(hours=1))
    assert "clock" in names(sound)


def test_it_finds_a_clock_that_differs_from_that_of_the_database(
    sound: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(sound) == []
    monkeypatch.setattr(running_checks, "_moment_of_database", lambda: clock.now() + HOUR)
    assert names(sound) == ["clock"]


def test_it_finds_a_full_disk_and_readers_without_walls(
    sound: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = replace(sound, watching=replace(sound.watching, low_space=10**18))
    assert names(full) == ["disk"]

    def fails(_limits: object) -> list[str]:
        raise SandboxFailed

    monkeypatch.setattr(checklist, "missing", fails)
    assert names(full) == ["sandbox", "disk"]


def test_it_never_had_a_backup(sound: Settings) -> None:
    db.session.execute(delete(BackupMade))
    (finding,) = findings(sound)
    assert (finding.weight, finding.words) == (
        Weight.UNSAFE,
        "Er is nog nooit een back-up gemaakt.",
    )


class TestChecklist:
    def test_it_leads_the_beheerder_to_each_remedy(self, sign_in: SignIn) -> None:
        beheerder = sign_in(make_beheerder())
        page = beheerder.get("/beheer").follow("Bekijk de controlelijst")
        assert "Er is nog nooit een back-up gemaakt." in page.main
        assert "Er zijn geen twee moderatoren" in page.main
        heads = [head.get_text() for head in page.soup.select("main h2")]
        assert heads == ["Onveilig", "Ontbreekt", "Advies", "Versie"], "what matters most first"
        assert f"Dit is versie {VERSION} van het portaal" in page.main
        for path in ("/beheer/vereniging", "/beheer/groeipact", "/beheer/rollen/uitnodigen"):
            assert page.soup.select(f'main a[href="{path}"]')
        assert "No backup has ever been made." in beheerder.get("/en/beheer/controlelijst").main

    def test_it_sends_a_test_mail_once_and_says_what_came_of_it(
        self, sign_in: SignIn, mailbox: Mailbox
    ) -> None:
        beheerder = sign_in(make_beheerder())
        form = beheerder.get("/beheer/testmail").form()
        assert "@" in (form.fields["email"] or ""), "one's own address stands there"
        assert "Vul een e-mailadres in" in form.submit(email="").main
        waits = form.submit(email="bea@example.nl")
        assert "Staat klaar" in waits.main
        form.submit(email="bea@example.nl")
        assert [mail.to for mail in mailbox.deliver()] == ["bea@example.nl"]
        assert "De mailserver heeft de mail aangenomen." in beheerder.get("/beheer/testmail").main

    def test_it_says_what_the_mail_server_refused(self, sign_in: SignIn, mailbox: Mailbox) -> None:
        mailbox.refuse("weg@example.nl")
        beheerder = sign_in(make_beheerder())
        beheerder.get("/beheer/testmail").form().submit(email="weg@example.nl")
        mailbox.deliver()
        page = beheerder.get("/beheer/testmail")
        assert "Niet gelukt." in page.main
        assert "refuses the address for good" in page.main


class TestDoctor:
    @pytest.fixture
    def run(self, app: Flask) -> Callable[..., Result]:
        def typed(*words: str, on: Flask = app) -> Result:
            db.session.rollback()
            return contextvars.Context().run(on.test_cli_runner().invoke, args=[*words])

        return typed

    def test_it_says_everything_at_once_and_ends_with_1(self, run: Callable[..., Result]) -> None:
        told = run("doctor")
        assert f"portal {VERSION}, schema " in told.output.splitlines()[0]
        assert told.exit_code == 1
        assert "unsafe   No backup has ever been made.\n         -> Run flask backup" in told.output
        found = json.loads(run("doctor", "--json").output)
        assert {"backup", "https", "moderators"} <= {finding["name"] for finding in found}
        assert all(finding["remedy"] for finding in found)

    def test_it_says_that_the_schema_is_another(self, run: Callable[..., Result]) -> None:
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
        assert "db upgrade" in run("doctor").output

    def test_it_sends_a_mail_and_says_what_the_server_answers(
        self, run: Callable[..., Result], make_app: Callable[..., Flask], mailbox: Mailbox
    ) -> None:
        assert "took the mail" in run("mail-test", "bea@example.nl").output
        mailbox.refuse("weg@example.nl")
        refused = run("mail-test", "weg@example.nl")
        assert (refused.exit_code, "for good" in refused.output) == (1, True)
        assert run("mail-test", "nobody").exit_code == 1
        nowhere = run("mail-test", "bea@example.nl", on=make_app(MAIL_PORT="1"))
        assert "ConnectionRefusedError" in nowhere.output
