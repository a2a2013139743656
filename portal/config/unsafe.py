"""What production refuses to start with, in one line each."""

from __future__ import annotations

from collections.abc import Mapping

from portal.config.environment import UnsafeSettings, switch, words_of

DEMO_SECRET = "demo-secret-that-production-refuses"  # noqa: S105


def refuse_unsafe(env: Mapping[str, str], mode: str) -> None:
    """Refuse with UnsafeSettings what is no way to run in production."""
    if mode != "production":
        return
    if env.get("SECRET_KEY", "") in ("", DEMO_SECRET):
        raise UnsafeSettings("SECRET_KEY is missing or the default one: set a long random value.")
    if len(env["SECRET_KEY"]) < 32:
        raise UnsafeSettings("SECRET_KEY is shorter than 32 characters: set a long random value.")
    if switch(env, "FLASK_DEBUG", False):
        raise UnsafeSettings("FLASK_DEBUG is on: debug is never allowed in production.")
    if not env.get("PUBLIC_URL", ""):
        raise UnsafeSettings("PUBLIC_URL is missing: set the address that readers use.")
    if env["PUBLIC_URL"].startswith("http://") and not switch(env, "ALLOW_HTTP", False):
        raise UnsafeSettings(
            "PUBLIC_URL begins with http://: passwords would travel in the open. Use https://, "
            "or say ALLOW_HTTP=on."
        )
    if not env.get("MAIL_SERVER", "") and not switch(env, "MAIL_TO_FILES", False):
        raise UnsafeSettings(
            "MAIL_SERVER is missing: nobody would get a mail. Set it, or say MAIL_TO_FILES=on "
            "to keep mails with their links as files."
        )


def former_keys(env: Mapping[str, str], mode: str) -> tuple[str, ...]:
    """Return the former keys; in production each must be as safe as the key itself."""
    former = words_of(env, "SECRET_KEY_FALLBACKS")
    if mode == "production" and any(key == DEMO_SECRET or len(key) < 32 for key in former):
        raise UnsafeSettings(
            "SECRET_KEY_FALLBACKS holds a key of less than 32 characters, or the default one."
        )
    return former
