"""Secret settings that stand in a file of their own, as containers and systemd hand them out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portal.config.environment import UnsafeSettings

SECRETS = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "MAIL_PASSWORD",
    "METRICS_TOKEN",
)


def with_files(env: Mapping[str, str]) -> Mapping[str, str]:
    """Return `env` with every secret that a file holds; UnsafeSettings names what cannot be."""
    return {**env, **{name: secret(env, name) for name in SECRETS if env.get(f"{name}_FILE")}}


def secret(env: Mapping[str, str], name: str) -> str:
    """Return the secret in `name`, or in the file that `name`_FILE names; empty without either."""
    place = env.get(f"{name}_FILE", "")
    if not place:
        return env.get(name, "")
    if env.get(name):
        raise UnsafeSettings(f"{name} and {name}_FILE are both given: leave out one of them.")
    return _only_line(Path(place), f"{name}_FILE")


def _only_line(file: Path, name: str) -> str:
    try:
        text = file.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as refusal:
        said = f"{name} names a file that cannot be read: {file} ({refusal.strerror})."
        raise UnsafeSettings(said) from None
    except UnicodeDecodeError:
        raise UnsafeSettings(f"{name} names a file that is not text: {file}.") from None
    if not text.strip():
        raise UnsafeSettings(f"{name} names a file that is empty: {file}.")
    if "\n" in text:
        raise UnsafeSettings(f"{name} names a file of more than one line: {file}.")
    return text
