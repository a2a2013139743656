"""Single values out of the environment, and the word for one that is refused."""

from __future__ import annotations

from collections.abc import Mapping


class UnsafeSettings(SystemExit):
    """A setting that the chosen mode refuses: the start ends with one line that says why."""


def number(env: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    """Return the whole number of at least `least` in `name`, `default` when that is empty."""
    value = env.get(name, "")
    if not value:
        return default
    if not value.isdigit():
        raise UnsafeSettings(f"{name} must be a whole number, not {value!r}.")
    if int(value) < least:
        raise UnsafeSettings(f"{name} must be at least {least}, not {value}.")
    return int(value)


def switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    """Return whether `name` is on, `default` when it is empty."""
    value = env.get(name, "").lower()
    if value not in ("", "1", "0", "on", "off", "true", "false", "yes", "no"):
        raise UnsafeSettings(f"{name} must be on or off, not {value!r}.")
    return default if value == "" else value in ("1", "on", "true", "yes")


def words_of(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return what `name` lists, apart by commas."""
    parts = (part.strip() for part in env.get(name, "").split(","))
    return tuple(part for part in parts if part)
