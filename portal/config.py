"""Settings from the environment; unsafe production settings are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

DEMO_SECRET = "demo-secret-that-production-refuses"  # noqa: S105
MODES = ("production", "demo", "test")


class UnsafeSettings(SystemExit):
    """A setting that the chosen mode refuses: the start ends with one line that says why."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` acts in `window` for one key; `env` names the variable that changes it."""

    count: int
    window: timedelta
    env: str


LIMITS: dict[str, Limit] = {
    "sign_in_account": Limit(10, timedelta(minutes=5), "LIMIT_SIGN_IN"),
    "sign_in_address": Limit(10, timedelta(minutes=5), "LIMIT_SIGN_IN"),
    "sign_in_all": Limit(1000, timedelta(minutes=5), "LIMIT_SIGN_IN_ALL"),
    "register_address": Limit(10, timedelta(hours=3), "LIMIT_REGISTER"),
    "known_account": Limit(3, timedelta(days=1), "LIMIT_REGISTER_KNOWN"),
    "confirm_account": Limit(5, timedelta(hours=6), "LIMIT_CONFIRM"),
    "reset_account": Limit(5, timedelta(days=1), "LIMIT_RESET"),
    "reset_address": Limit(20, timedelta(hours=1), "LIMIT_RESET_ADDRESS"),
    "comment_account": Limit(10, timedelta(minutes=10), "LIMIT_COMMENT"),
    "application_account": Limit(20, timedelta(days=1), "LIMIT_APPLICATION"),
    "invitation_account": Limit(50, timedelta(days=1), "LIMIT_INVITATION"),
    "upload_account": Limit(60, timedelta(hours=1), "LIMIT_UPLOAD"),
    "draft_address": Limit(30, timedelta(hours=1), "LIMIT_DRAFT"),
    "link_address": Limit(60, timedelta(minutes=10), "LIMIT_LINK"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment sets, read once at the start."""

    mode: str
    secret_key: str
    public_url: str
    data_dir: Path
    database_url: str
    port: int
    web_processes: int
    web_threads: int
    trusted_hops: int
    limits_enabled: bool
    limits: Mapping[str, Limit]
    mail_server: str | None
    mail_port: int
    mail_username: str | None
    mail_password: str | None
    mail_starttls: bool
    mail_sender: str
    max_file_bytes: int
    max_comment_characters: int
    signatory_link_lifetime: timedelta
    invitation_lifetime: timedelta
    confirm_lifetime: timedelta
    reset_lifetime: timedelta
    session_idle: timedelta
    session_idle_moderator: timedelta
    session_absolute: timedelta
    grace_days: int
    end_period_days: int
    stake_days: int
    objection_period: timedelta
    password_min: int
    password_min_staff: int
    slow_request_seconds: float

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
    def max_body_bytes(self) -> int:
        """The largest request body: one file of the largest size, and room for the form around."""
        return self.max_file_bytes + 1024 * 1024


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "")
    if not value:
        return default
    if not value.isdigit():
        raise UnsafeSettings(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    value = env.get(name, "").lower()
    if value not in ("", "1", "0", "on", "off", "true", "false", "yes", "no"):
        raise UnsafeSettings(f"{name} must be on or off, not {value!r}.")
    return default if value == "" else value in ("1", "on", "true", "yes")


def _limits(env: Mapping[str, str]) -> dict[str, Limit]:
    return {
        name: Limit(_number(env, limit.env, limit.count), limit.window, limit.env)
        for name, limit in LIMITS.items()
    }


def _mode(env: Mapping[str, str]) -> str:
    mode = env.get("PORTAL_ENV", "production")
    if mode not in MODES:
        raise UnsafeSettings(f"PORTAL_ENV must be one of {', '.join(MODES)}, not {mode!r}.")
    return mode


def _refuse_unsafe(env: Mapping[str, str], mode: str) -> None:
    if mode != "production":
        return
    if env.get("SECRET_KEY", "") in ("", DEMO_SECRET):
        raise UnsafeSettings("SECRET_KEY is missing or the default one: set a long random value.")
    if len(env["SECRET_KEY"]) < 32:
        raise UnsafeSettings("SECRET_KEY is shorter than 32 characters: set a long random value.")
    if _switch(env, "FLASK_DEBUG", False):
        raise UnsafeSettings("FLASK_DEBUG is on: debug is never allowed in production.")
    if not env.get("PUBLIC_URL", ""):
        raise UnsafeSettings("PUBLIC_URL is missing: set the address that readers use.")


def _public_url(env: Mapping[str, str], port: int) -> str:
    url = (env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise UnsafeSettings(f"PUBLIC_URL must start with http:// or https://, not {url!r}.")
    return url


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'portal.sqlite3'}"
    # An address without a driver would mean SQLAlchemy's default one, not the installed one.
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg2://", url)


class _Lifetimes(TypedDict):
    signatory_link_lifetime: timedelta
    invitation_lifetime: timedelta
    confirm_lifetime: timedelta
    reset_lifetime: timedelta
    session_idle: timedelta
    session_idle_moderator: timedelta
    session_absolute: timedelta
    objection_period: timedelta


def _lifetimes(env: Mapping[str, str]) -> _Lifetimes:
    def minutes(name: str, default: int) -> timedelta:
        return timedelta(minutes=_number(env, name, default))

    return {
        "signatory_link_lifetime": minutes("SIGNATORY_LINK_MINUTES", 14 * 24 * 60),
        "invitation_lifetime": minutes("INVITATION_MINUTES", 14 * 24 * 60),
        "confirm_lifetime": minutes("CONFIRM_MINUTES", 3 * 24 * 60),
        "reset_lifetime": minutes("RESET_MINUTES", 60),
        "session_idle": minutes("SESSION_IDLE_MINUTES", 60),
        "session_idle_moderator": minutes("SESSION_IDLE_MODERATOR_MINUTES", 30),
        "session_absolute": minutes("SESSION_ABSOLUTE_MINUTES", 12 * 60),
        "objection_period": minutes("OBJECTION_MINUTES", 10 * 24 * 60),
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
        "mail_port": _number(env, "MAIL_PORT", 25),
        "mail_username": env.get("MAIL_USERNAME") or None,
        "mail_password": env.get("MAIL_PASSWORD") or None,
        "mail_starttls": _switch(env, "MAIL_STARTTLS", False),
        "mail_sender": env.get("MAIL_SENDER") or "groeipact@localhost.localdomain",
    }


def read_settings(env: Mapping[str, str]) -> Settings:
    """Return the settings in `env`; UnsafeSettings says in one line which of them is refused."""
    mode = _mode(env)
    _refuse_unsafe(env, mode)
    port = _number(env, "PORT", 8000)
    data_dir = Path(env.get("DATA_DIR") or "data").resolve()
    return Settings(
        mode=mode,
        secret_key=env.get("SECRET_KEY") or DEMO_SECRET,
        public_url=_public_url(env, port),
        data_dir=data_dir,
        database_url=_database_url(env, data_dir),
        port=port,
        web_processes=_number(env, "WEB_PROCESSES", 2),
        web_threads=_number(env, "WEB_THREADS", 8),
        trusted_hops=_number(env, "TRUSTED_PROXY_HOPS", 0),
        limits_enabled=_switch(env, "RATE_LIMITS", True),
        limits=_limits(env),
        max_file_bytes=_number(env, "MAX_FILE_MB", 20) * 1024 * 1024,
        max_comment_characters=_number(env, "MAX_COMMENT_CHARACTERS", 2000),
        grace_days=_number(env, "GRACE_DAYS", 30),
        end_period_days=_number(env, "END_PERIOD_DAYS", 7),
        stake_days=_number(env, "STAKE_DAYS", 365),
        password_min=12,
        password_min_staff=15,
        slow_request_seconds=1.0,
        **_lifetimes(env),
        **_mail(env),
    )
