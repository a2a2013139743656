"""Settings from the environment: sensible by themselves, and never unsafe in production."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from portal.config import (
    DEMO_SECRET,
    LIMITS,
    SECRETS,
    Demand,
    Settings,
    UnsafeSettings,
    read_settings,
)

ROOT = Path(__file__).parents[1]
SAFE = {
    "SECRET_KEY": "x" * 40,
    "PUBLIC_URL": "https://groeipact.example",
    "MAIL_SERVER": "mail.example.org",
}
UNSAFE = [
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY is missing or the default"),
    ({"SECRET_KEY": "x" * 31}, "SECRET_KEY is shorter"),
    ({"SECRET_KEY_FALLBACKS": DEMO_SECRET}, "SECRET_KEY_FALLBACKS holds a key"),
    ({"SECRET_KEY_FALLBACKS": f"{'y' * 40},{'z' * 31}"}, "SECRET_KEY_FALLBACKS holds a key"),
    ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on"),
    ({"FLASK_DEBUG": "true"}, "FLASK_DEBUG is on"),
    ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing"),
    ({"PUBLIC_URL": "http://groeipact.example"}, "PUBLIC_URL begins with http://"),
    ({"MAIL_SERVER": ""}, "MAIL_SERVER is missing"),
    ({"PUBLIC_URL": "groeipact.example"}, "PUBLIC_URL must start with"),
    ({"PUBLIC_URL": "javascript:alert(1)"}, "PUBLIC_URL must start with"),
    ({"SECOND_FACTOR": "off"}, "SECOND_FACTOR is off"),
    ({"SECOND_FACTOR": "soms"}, "SECOND_FACTOR must be one of"),
    ({"PORTAL_ENV": "productie"}, "PORTAL_ENV must be one of"),
    ({"PORT": "tachtig"}, "PORT must be a whole number"),
    ({"METRICS_TOKEN": "x" * 15}, "METRICS_TOKEN is shorter"),
    ({"METRICS_NETWORKS": "tien"}, "METRICS_NETWORKS must hold addresses"),
    ({"METRICS_NETWORKS": "10.0.0.1, ::/0"}, "METRICS_NETWORKS holds every address"),
    ({"WATCH_SECONDS": "0"}, "WATCH_SECONDS must be at least 1"),
    ({"MAX_FILE_MB": "-1"}, "MAX_FILE_MB must be a whole number"),
    ({"MAX_CONNECTIONS": "0"}, "MAX_CONNECTIONS must be 1 or more"),
    ({"FILE_READERS": "0"}, "FILE_READERS must be at least 1"),
    ({"RATE_LIMITS": "soms"}, "RATE_LIMITS must be on or off"),
    ({"LIMIT_SIGN_IN": "veel"}, "LIMIT_SIGN_IN must be a whole number"),
    ({"MAIL_STARTTLS": "misschien"}, "MAIL_STARTTLS must be on or off"),
    (
        {"ALLOW_HTTP": "ooit", "PUBLIC_URL": "http://groeipact.example"},
        "ALLOW_HTTP must be on or off",
    ),
]
# Variable -> where it ends up, and what one of it is.
AGES = {
    "SESSION_IDLE_MINUTES": "session_idle",
    "SESSION_IDLE_MODERATOR_MINUTES": "session_idle_moderator",
    "SESSION_ABSOLUTE_MINUTES": "session_absolute",
    "KNOWN_BROWSER_MINUTES": "known_browser_lifetime",
    "CODE_MINUTES": "code_lifetime",
    "CONFIRM_MINUTES": "confirm_lifetime",
    "RESET_MINUTES": "reset_lifetime",
    "SIGNATORY_LINK_MINUTES": "signatory_link_lifetime",
    "INVITATION_MINUTES": "invitation_lifetime",
    "OBJECTION_MINUTES": "objection_period",
    "DRAFT_MINUTES": "draft_lifetime",
}


def _read(**environment: str) -> Settings:
    return read_settings({**SAFE, **environment})


@pytest.mark.parametrize(("environment", "words"), UNSAFE, ids=str)
def test_it_refuses_what_is_unsafe_or_makes_no_sense(
    environment: dict[str, str], words: str
) -> None:
    with pytest.raises(UnsafeSettings, match=f"^{words}") as refused:
        _read(**environment)
    assert "\n" not in str(refused.value)


# Every refusal takes the same way from there on, and a process takes long to start.
@pytest.mark.parametrize(
    ("command", "environment"),
    [("serve", {"SECRET_KEY": ""}), ("serve", {"PUBLIC_URL": ""}), ("worker", {"SECRET_KEY": ""})],
    ids=str,
)
def test_it_does_not_start_in_production_and_says_why_in_one_line(
    tmp_path: Path, command: str, environment: dict[str, str]
) -> None:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    started = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", command],
        cwd=ROOT,
        env={**kept, **SAFE, "DATA_DIR": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode != 0
    said = [line for line in started.stderr.splitlines() if line.strip()]
    assert len(said) == 1, started.stderr
    [variable] = environment
    assert said[0].startswith(variable)
    assert not (tmp_path / "data").exists(), "nothing was begun"


def test_it_is_production_unless_something_else_is_said() -> None:
    assert _read().mode == "production"
    with pytest.raises(UnsafeSettings):
        read_settings({})


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_it_needs_nothing_for_a_demo_or_a_test(mode: str) -> None:
    found = read_settings({"PORTAL_ENV": mode, "PORT": "8123", "FLASK_DEBUG": "1"})
    assert found.secret_key == DEMO_SECRET
    assert found.public_url == "http://127.0.0.1:8123"


def test_it_reads_former_keys_the_newest_first_and_signs_with_the_key_of_today() -> None:
    found = _read(SECRET_KEY_FALLBACKS=f" {'y' * 40}, {'z' * 40},")
    assert found.secret_keys == ("x" * 40, "y" * 40, "z" * 40)
    assert found.signing_keys == ["z" * 40, "y" * 40, "x" * 40]
    assert _read().secret_keys == ("x" * 40,)


def test_it_asks_the_vereniging_for_a_second_factor_unless_it_is_a_demo_or_a_test() -> None:
    assert _read().second_factor is Demand.REQUIRED
    assert _read(SECOND_FACTOR="Offered").second_factor is Demand.OFFERED
    assert read_settings({"PORTAL_ENV": "demo"}).second_factor is Demand.OFFERED
    assert read_settings({"PORTAL_ENV": "test"}).second_factor is Demand.OFF


def test_it_keeps_cookies_to_https_where_readers_come_by_https() -> None:
    assert _read().is_https
    assert not _read(PUBLIC_URL="http://localhost:8000", ALLOW_HTTP="on").is_https


def test_it_keeps_mails_as_files_in_production_for_whoever_says_so() -> None:
    assert _read(MAIL_SERVER="", MAIL_TO_FILES="on").mail_server is None


def test_it_puts_the_database_into_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    own = _read(DATA_DIR=str(tmp_path))
    assert own.database_url == f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    assert own.is_sqlite
    assert {own.mail_dir.parent, own.files_dir.parent} == {tmp_path}
    for scheme in ("postgres", "postgresql", "postgresql+psycopg2"):
        other = _read(DATABASE_URL=f"{scheme}://portal@db/portal")
        assert other.database_url == "postgresql+psycopg2://portal@db/portal"
    assert not other.is_sqlite


def test_it_reads_switches_and_numbers() -> None:
    found = _read(
        RATE_LIMITS="off",
        MAIL_STARTTLS="on",
        MAIL_SERVER="mail.example.org",
        MAIL_PORT="587",
        TRUSTED_PROXY_HOPS="2",
        LIMIT_SIGN_IN="7",
    )
    assert (found.limits_enabled, found.mail_starttls, found.mail_port) == (False, True, 587)
    assert found.trusted_hops == 2
    assert {name for name, limit in found.limits.items() if limit.count == 7} == {
        "sign_in_known",
        "sign_in_pair",
    }
    assert {name: limit.window for name, limit in found.limits.items()} == {
        name: limit.window for name, limit in LIMITS.items()
    }


def test_it_trusts_nobody_and_counts_everything_by_itself() -> None:
    found = _read()
    assert (found.trusted_hops, found.limits_enabled) == (0, True)


@pytest.mark.parametrize(("variable", "name"), AGES.items())
def test_it_lets_the_environment_set_every_age(variable: str, name: str) -> None:
    assert getattr(_read(**{variable: "7"}), name) == timedelta(minutes=7)


def test_it_documents_every_age_and_size_with_its_number() -> None:
    text = (ROOT / "docs/limits.md").read_text()
    rows = re.findall(r"^\| [^|]+ \| (\d+) (\w+) \| `(\w+)` \|$", text, re.MULTILINE)
    told = {variable: int(number) for number, _unit, variable in rows}
    found = _read()
    wanted = {
        **{env: getattr(found, name) // timedelta(minutes=1) for env, name in AGES.items()},
        "DECISION_MAIL_SECONDS": found.decision_mail_wait // timedelta(seconds=1),
        "JOB_LEASE_SECONDS": found.job_lease // timedelta(seconds=1),
        "GRACE_DAYS": found.grace_days,
        "END_PERIOD_DAYS": found.end_period_days,
        "STAKE_DAYS": found.stake_days,
        "FILE_READERS": found.file_readers,
        "MAX_FILE_MB": found.max_file_bytes // 1024**2,
        "MAX_COMMENT_CHARACTERS": found.max_comment_characters,
        "MAX_CONNECTIONS": found.front.connections,
        "HEADER_SECONDS": found.front.header_seconds,
        "READING_SECONDS": found.front.reading_seconds,
        "MAX_BODIES_MB": found.front.bodies_bytes // 1024**2,
        "MAX_BODIES_ADDRESS_MB": found.front.client_bodies_bytes // 1024**2,
        "BODY_SECONDS": found.front.body_seconds,
        "BODY_KB_SECOND": found.front.body_bytes_second // 1024,
        "KEPT_PAGES_MB": found.front.kept_bytes // 1024**2,
        "KEPT_AWAY_SECONDS": found.front.kept_away_seconds,
        "DATABASE_SECONDS": found.database_seconds,
        "WATCH_SECONDS": found.watching.interval // timedelta(seconds=1),
        "BACKUP_DAYS": found.watching.backup_age.days,
        "LOW_DISK_MB": found.watching.low_space // 1_000_000,
    }
    assert told == wanted
    for length in (found.password_min, found.password_min_staff):
        assert f"| {length} tekens | |" in text


class TestSecretsInFiles:
    HELD = {
        "SECRET_KEY": ("k" * 40, lambda found: found.secret_key),
        "SECRET_KEY_FALLBACKS": (f"{'y' * 40},{'z' * 40}", lambda found: found.secret_keys[1:]),
        "DATABASE_URL": ("postgresql+psycopg2://db/portal", lambda found: found.database_url),
        "MAIL_PASSWORD": (" een geheim met spaties ", lambda found: found.mail_password),
        "METRICS_TOKEN": ("t" * 20, lambda found: found.watching.token),
    }

    def test_every_secret_is_tried(self) -> None:
        assert set(self.HELD) == set(SECRETS)

    @pytest.mark.parametrize("name", SECRETS)
    @pytest.mark.parametrize("end", ["", "\n", "\r\n"], ids=repr)
    def test_it_reads_one_line_without_its_end(self, tmp_path: Path, name: str, end: str) -> None:
        text, read = self.HELD[name]
        file = tmp_path / "secret"
        file.write_bytes((text + end).encode())
        in_file = read_settings({**SAFE, name: "", f"{name}_FILE": str(file)})
        assert read(in_file) == read(_read(**{name: text}))

    @pytest.mark.parametrize("name", SECRETS)
    def test_it_refuses_a_setting_and_its_file_by_name(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / "secret"
        file.write_text(self.HELD[name][0])
        with pytest.raises(UnsafeSettings, match=f"^{name} and {name}_FILE are both given"):
            _read(**{name: self.HELD[name][0], f"{name}_FILE": str(file)})

    @pytest.mark.parametrize(
        ("held", "words"),
        [
            (None, "cannot be read"),
            (b"", "is empty"),
            (b"\n", "is empty"),
            (b"a\nb\n", "more than one line"),
            (b"\xff\xfe", "is not text"),
        ],
    )
    def test_it_names_a_file_that_holds_no_secret(
        self, tmp_path: Path, held: bytes | None, words: str
    ) -> None:
        file = tmp_path / "secret"
        if held is not None:
            file.write_bytes(held)
        with pytest.raises(UnsafeSettings, match=rf"^MAIL_PASSWORD_FILE .*{words}") as refused:
            _read(MAIL_PASSWORD_FILE=str(file))
        assert str(file) in str(refused.value)
        assert "\n" not in str(refused.value)

    def test_it_refuses_what_a_file_holds_as_it_refuses_a_setting(self, tmp_path: Path) -> None:
        file = tmp_path / "key"
        file.write_text("kort")
        with pytest.raises(UnsafeSettings, match=r"^SECRET_KEY is shorter"):
            read_settings({**SAFE, "SECRET_KEY": "", "SECRET_KEY_FILE": str(file)})
