"""The README names every setting and every command that there is, with its default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.config import LIMITS, SECRETS, read_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = "".join(path.read_text() for path in (ROOT / "portal/config").glob("*.py"))
ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| ([^|]*) \|", re.MULTILINE)
ASKED = re.compile(r'(?:env(?:\.get)?[\[(]"|\(env, "|minutes\("|, ")([A-Z][A-Z_]{3,})"')


def settings_told() -> dict[str, str]:
    """Return variable -> default, as the README has it."""
    told = {}
    for names, default in ROW.findall(README):
        for name in re.findall(r"[A-Z_]+", names):
            told[name] = default.strip().strip("`")
    return told


def test_it_names_every_setting_and_no_other() -> None:
    asked = set(ASKED.findall(CONFIG))
    assert len(asked) > 25
    assert set(settings_told()) == asked | {f"{name}_FILE" for name in SECRETS}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", lambda found: found.port),
        ("WEB_PROCESSES", lambda found: found.web_processes),
        ("WEB_THREADS", lambda found: found.web_threads),
        ("MAX_CONNECTIONS", lambda found: found.front.connections),
        ("HEADER_SECONDS", lambda found: found.front.header_seconds),
        ("READING_SECONDS", lambda found: found.front.reading_seconds),
        ("MAX_BODIES_MB", lambda found: found.front.bodies_bytes // 1024**2),
        ("MAX_BODIES_ADDRESS_MB", lambda found: found.front.client_bodies_bytes // 1024**2),
        ("BODY_SECONDS", lambda found: found.front.body_seconds),
        ("BODY_KB_SECOND", lambda found: found.front.body_bytes_second // 1024),
        ("TRUSTED_PROXY_HOPS", lambda found: found.trusted_hops),
        ("MAIL_PORT", lambda found: found.mail_port),
        ("MAIL_SENDER", lambda found: found.mail_sender),
        ("MAX_FILE_MB", lambda found: found.max_file_bytes // 1024 // 1024),
        ("FILE_READERS", lambda found: found.file_readers),
        ("MAX_COMMENT_CHARACTERS", lambda found: found.max_comment_characters),
        ("DECISION_MAIL_SECONDS", lambda found: found.decision_mail_wait.seconds),
        ("JOB_LEASE_SECONDS", lambda found: found.job_lease.seconds),
        ("WATCH_SECONDS", lambda found: found.watching.interval.seconds),
        ("BACKUP_DAYS", lambda found: found.watching.backup_age.days),
        ("LOW_DISK_MB", lambda found: found.watching.low_space // 1_000_000),
        ("GRACE_DAYS", lambda found: found.grace_days),
        ("END_PERIOD_DAYS", lambda found: found.end_period_days),
        ("STAKE_DAYS", lambda found: found.stake_days),
        ("SESSION_IDLE_MINUTES", lambda found: found.session_idle.seconds // 60),
        (
            "SESSION_IDLE_MODERATOR_MINUTES",
            lambda found: found.session_idle_moderator.seconds // 60,
        ),
        ("SESSION_ABSOLUTE_MINUTES", lambda found: found.session_absolute.seconds // 60),
        ("CODE_MINUTES", lambda found: found.code_lifetime.seconds // 60),
        ("CONFIRM_MINUTES", lambda found: int(found.confirm_lifetime.total_seconds()) // 60),
        ("RESET_MINUTES", lambda found: found.reset_lifetime.seconds // 60),
        (
            "SIGNATORY_LINK_MINUTES",
            lambda found: int(found.signatory_link_lifetime.total_seconds()) // 60,
        ),
        ("INVITATION_MINUTES", lambda found: int(found.invitation_lifetime.total_seconds()) // 60),
        ("OBJECTION_MINUTES", lambda found: int(found.objection_period.total_seconds()) // 60),
    ],
)
def test_it_tells_the_defaults_as_they_are(name: str, value: object) -> None:
    found = read_settings({"PORTAL_ENV": "test"})
    assert settings_told()[name] == str(value(found))  # type: ignore[operator]


def test_it_tells_every_limit_as_it_is() -> None:
    told = settings_told()
    for limit in LIMITS.values():
        count, _in, number, unit = told[limit.env].split()
        hours = {"minutes": 1 / 60, "hour": 1, "hours": 1, "day": 24}[unit]
        assert int(count) == limit.count
        assert round(int(number) * hours * 3600) == limit.window.total_seconds()


def test_it_names_every_command(app: Flask) -> None:
    own = set(app.cli.commands) - {"db", "routes", "run", "shell"}
    named = set(re.findall(r"^\| `([a-z-]+)` \|", README, re.MULTILINE))
    assert own == named


def test_it_leads_to_files_that_are_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]
