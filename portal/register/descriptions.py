"""The short descriptions that an organisation had, each with what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from portal.core.differences import ChangedPart, words_changed
from portal.core.i18n import gettext as _
from portal.lifecycle import TextState
from portal.organisations.queries import PlacedProfile


class DescriptionVersion(NamedTuple):
    """A description as everybody could read it; without words when it is out of sight."""

    number: int
    placed_at: datetime
    # None for the newest.
    replaced_at: datetime | None
    body: str
    html: str
    language: str
    is_withdrawn: bool
    # "" while it is in sight.
    hidden_ground: str
    changes: Sequence[ChangedPart]

    @property
    def is_shown(self) -> bool:
        return not (self.is_withdrawn or self.hidden_ground)


def versions_of(rows: Sequence[PlacedProfile]) -> list[DescriptionVersion]:
    """Return every description that was placed, the newest first; `rows` in their order."""
    versions: list[DescriptionVersion] = []
    before: DescriptionVersion | None = None
    for number, row in enumerate(rows, start=1):
        version = DescriptionVersion(
            number=number,
            placed_at=row.placed_at,
            replaced_at=rows[number].placed_at if number < len(rows) else None,
            body=row.body,
            html=row.html,
            language=row.language,
            is_withdrawn=row.state == TextState.WITHDRAWN,
            hidden_ground=row.hidden_ground or "",
            changes=(),
        )
        before = version._replace(changes=_changes(before, version))
        versions.append(before)
    return versions[::-1]


def _changes(before: DescriptionVersion | None, after: DescriptionVersion) -> Sequence[ChangedPart]:
    if before is None or not (before.is_shown and after.is_shown):
        return ()
    words = words_changed(before.body, after.body)
    return (ChangedPart(_("Korte omschrijving"), words, before.language, after.language),)
