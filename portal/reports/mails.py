"""Whom the acts on yearly reports concern."""

from __future__ import annotations

from portal.services.telling import NEWS, NOBODY, told_of

WHO_IS_TOLD = told_of(
    "yearly_report", {"draft": NOBODY, "edited": NOBODY, "establish": NEWS, "discard": NOBODY}
)
