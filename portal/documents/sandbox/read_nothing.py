"""Reads nothing: to see how the kernel holds a reader of files."""

from __future__ import annotations


def read(_argument: str) -> dict[str, object]:
    """Return an empty answer."""
    return {}
