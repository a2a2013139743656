"""The texts of a commitment: one list that pages, revisions and forms follow.

A new text is a column and a key of `Texts` (models.py), a line here, and a field of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l


class Shown(StrEnum):
    """What a text is, and with that how it is shown."""

    LINE = "line"
    # One of `KINDS`.
    KIND = "kind"
    MARKDOWN = "markdown"
    # Plain text under its label, and a small box in the form.
    PART = "part"
    # Layers or themes; stored in a revision as a list of their slugs.
    TAGS = "tags"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class TextField:
    """One text: the attribute of a commitment, its label for readers, and how it is shown."""

    name: str
    label: object
    shown: Shown


TEXT_FIELDS = (
    TextField("title", _l("Titel"), Shown.LINE),
    TextField("kind", _l("Soort toezegging"), Shown.KIND),
    TextField("what", _l("Wat"), Shown.MARKDOWN),
    TextField("for_whom", _l("Voor wie"), Shown.PART),
    TextField("why", _l("Waarom"), Shown.PART),
    TextField("result", _l("Resultaat"), Shown.PART),
    TextField("layers", _l("Laag van Common Ground"), Shown.TAGS),
    TextField("principles", _l("Thema"), Shown.TAGS),
    TextField("source_title", _l("Titel van de bron"), Shown.LINE),
    TextField("source_url", _l("Bron"), Shown.LINK),
)
# Those that are columns of the commitment itself.
STORED_TEXTS = tuple(field for field in TEXT_FIELDS if field.shown != Shown.TAGS)
TEXT_PARTS = tuple(field for field in TEXT_FIELDS if field.shown == Shown.PART)
