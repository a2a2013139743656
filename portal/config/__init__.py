"""Settings from the environment; unsafe production settings are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

from portal.config.environment import UnsafeSettings, number, switch, words_of
from portal.config.front import FrontBounds, read_front_bounds
from portal.config.limits import LIMITS, Limit
from portal.config.second_factor import Demand, demand
from portal.config.secrets import SECRETS, secret, with_files
from portal.config.unsafe import DEMO_SECRET, former_keys, refuse_unsafe
from portal.config.watching import Watching, read_watching

__all__ = [
    "DEMO_SECRET",
    "LIMITS",
    "SECRETS",
    "Demand",
    "FrontBounds",
    "Limit",
    "Settings",
    "UnsafeSettings",
    "Watching",
    "read_settings",
    "secret",
]

MODES = ("production", "demo", "test")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment sets, read once at the start."""

    mode: str
    secret_key: str
    # Former keys, the newest first: what they signed or sealed is still taken.
    secret_key_fallbacks: tuple[str, ...]
    public_url: str
    data_dir: Path
    database_url: str
    # Within this PostgreSQL answers whatever a page asks; else the page says that it cannot.
    database_seconds: int
    port: int
    web_processes: int
    web_threads: int
    front: FrontBounds
    watching: Watching
    trusted_hops: int
    extra_hosts: tuple[str, ...]
    limits_enabled: bool
    limits: Mapping[str, Limit]
    mail_server: str | None
    mail_port: int
    mail_username: str | None
    mail_password: str | None
    mail_starttls: bool
    mail_sender: str
    max_file_bytes: int
    file_readers: int
    max_comment_characters: int
    signatory_link_lifetime: timedelta
    invitation_lifetime: timedelta
    confirm_lifetime: timedelta
    reset_lifetime: timedelta
    session_idle: timedelta
    session_idle_moderator: timedelta
    session_absolute: timedelta
    known_browser_lifetime: timedelta
    job_lease: timedelta
    decision_mail_wait: timedelta
    grace_days: int
    end_period_days: int
    stake_days: int
    objection_period: timedelta
    draft_lifetime: timedelta
    second_factor: Demand
    code_lifetime: timedelta
    logs_access: bool
    # Who can read backups: public keys of age or SSH; none means that anybody can.
    backup_recipients: tuple[str, ...]
    password_min: int = 12
    password_min_staff: int = 15
    slow_request_seconds: float = 1.0

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The key and the former ones, the newest first."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @property
    def signing_keys(self) -> list[str]:
        """The same, as the library that signs wants them: it signs with the last."""
        return [*reversed(self.secret_keys)]

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def reset_minutes(self) -> int:
        return round(self.reset_lifetime.total_seconds() / 60)

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database; None with PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.is_sqlite else None

    @property
    def max_body_bytes(self) -> int:
        """The largest request body: one file of the largest size, and room for the form around."""
        return self.max_file_bytes + 1024 * 1024


def _limits(env: Mapping[str, str]) -> dict[str, Limit]:
    return {
        name: Limit(number(env, limit.env, limit.count), limit.window, limit.env)
        for name, limit in LIMITS.items()
    }


def _mode(env: Mapping[str, str]) -> str:
    mode = env.get("PORTAL_ENV", "production")
    if mode not in MODES:
        raise UnsafeSettings(f"PORTAL_ENV must be one of {', '.join(MODES)}, not {mode!r}.")
    return mode


def _public_url(env: Mapping[str, str], port: int) -> str:
    url = (env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise UnsafeSettings(f"PUBLIC_URL must start with http:// or https://, not {url!r}.")
    return url


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'portal.sqlite3'}"
    # An address without a driver would mean SQLAlchemy's default one, not the installed one.
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg2://", url)


class _Web(TypedDict):
    web_processes: int
    web_threads: int
    front: FrontBounds
    trusted_hops: int
    extra_hosts: tuple[str, ...]


def _web(env: Mapping[str, str]) -> _Web:
    return {
        "web_processes": number(env, "WEB_PROCESSES", 2),
        "web_threads": number(env, "WEB_THREADS", 8),
        "front": read_front_bounds(env),
        "trusted_hops": number(env, "TRUSTED_PROXY_HOPS", 0),
        "extra_hosts": tuple(env.get("EXTRA_HOSTS", "").replace(",", " ").split()),
    }


class _Sizes(TypedDict):
    max_file_bytes: int
    file_readers: int
    max_comment_characters: int


def _sizes(env: Mapping[str, str]) -> _Sizes:
    return {
        "max_file_bytes": number(env, "MAX_FILE_MB", 20) * 1024 * 1024,
        "file_readers": number(env, "FILE_READERS", 2, least=1),
        "max_comment_characters": number(env, "MAX_COMMENT_CHARACTERS", 2000),
    }


class _Lifetimes(TypedDict):
    signatory_link_lifetime: timedelta
    invitation_lifetime: timedelta
    confirm_lifetime: timedelta
    reset_lifetime: timedelta
    session_idle: timedelta
    session_idle_moderator: timedelta
    session_absolute: timedelta
    known_browser_lifetime: timedelta
    code_lifetime: timedelta
    objection_period: timedelta
    draft_lifetime: timedelta
    job_lease: timedelta
    decision_mail_wait: timedelta


def _lifetimes(env: Mapping[str, str]) -> _Lifetimes:
    def minutes(name: str, default: int) -> timedelta:
        return timedelta(minutes=number(env, name, default))

    return {
        "signatory_link_lifetime": minutes("SIGNATORY_LINK_MINUTES", 14 * 24 * 60),
        "invitation_lifetime": minutes("INVITATION_MINUTES", 14 * 24 * 60),
        "confirm_lifetime": minutes("CONFIRM_MINUTES", 3 * 24 * 60),
        "reset_lifetime": minutes("RESET_MINUTES", 60),
        "session_idle": minutes("SESSION_IDLE_MINUTES", 60),
        "session_idle_moderator": minutes("SESSION_IDLE_MODERATOR_MINUTES", 30),
        "session_absolute": minutes("SESSION_ABSOLUTE_MINUTES", 12 * 60),
        "known_browser_lifetime": minutes("KNOWN_BROWSER_MINUTES", 180 * 24 * 60),
        "code_lifetime": minutes("CODE_MINUTES", 10),
        "objection_period": minutes("OBJECTION_MINUTES", 10 * 24 * 60),
        "draft_lifetime": minutes("DRAFT_MINUTES", 14 * 24 * 60),
        "job_lease": timedelta(seconds=number(env, "JOB_LEASE_SECONDS", 60, least=1)),
        "decision_mail_wait": timedelta(seconds=number(env, "DECISION_MAIL_SECONDS", 60)),
    }


class _Mail(TypedDict):
    mail_server: str | None
    mail_port: int
    mail_username: str | None
    mail_password: str | None
    mail_starttls: bool
    mail_sender: str


def _mail(env: Mapping[str, str]) -> _Mail:
    return {
        "mail_server": env.get("MAIL_SERVER") or None,
        "mail_port": number(env, "MAIL_PORT", 25),
        "mail_username": env.get("MAIL_USERNAME") or None,
        "mail_password": env.get("MAIL_PASSWORD") or None,
        "mail_starttls": switch(env, "MAIL_STARTTLS", False),
        "mail_sender": env.get("MAIL_SENDER") or "groeipact@localhost.localdomain",
    }


def read_settings(env: Mapping[str, str]) -> Settings:
    """Return the settings in `env`; UnsafeSettings says in one line which of them is refused."""
    env, mode = with_files(env), _mode(env)
    refuse_unsafe(env, mode)
    port = number(env, "PORT", 8000)
    data_dir = Path(env.get("DATA_DIR") or "data").resolve()
    return Settings(
        mode=mode,
        secret_key=env.get("SECRET_KEY") or DEMO_SECRET,
        secret_key_fallbacks=former_keys(env, mode),
        public_url=_public_url(env, port),
        data_dir=data_dir,
        database_url=_database_url(env, data_dir),
        database_seconds=number(env, "DATABASE_SECONDS", 5, least=1),
        port=port,
        limits_enabled=switch(env, "RATE_LIMITS", True),
        limits=_limits(env),
        grace_days=number(env, "GRACE_DAYS", 30),
        end_period_days=number(env, "END_PERIOD_DAYS", 7),
        stake_days=number(env, "STAKE_DAYS", 365),
        second_factor=demand(env, mode),
        watching=read_watching(env, mode),
        logs_access=switch(env, "ACCESS_LOG", True),
        backup_recipients=words_of(env, "BACKUP_RECIPIENT"),
        **_web(env),
        **_sizes(env),
        **_lifetimes(env),
        **_mail(env),
    )
