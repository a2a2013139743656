"""The texts that a commitment had before, beside what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from portal.commitments.models import Revision
from portal.commitments.queries import CommitmentPage, Parts, tag_names
from portal.commitments.words import KINDS
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render

LABELS = {
    "title": _l("Titel"),
    "kind": _l("Soort toezegging"),
    "what": _l("Wat"),
    "for_whom": _l("Voor wie"),
    "why": _l("Waarom"),
    "result": _l("Resultaat"),
    "layers": _l("Laag van Common Ground"),
    "principles": _l("Thema"),
    "source_url": _l("Bron"),
}


@dataclass(frozen=True, slots=True)
class OldPart:
    """One part of an older text; `is_changed`: it was written anew after this text."""

    label: str
    words: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class OldText:
    """A text that stood on the page until `replaced_at`."""

    number: int
    replaced_at: datetime
    parts: Sequence[OldPart]


def old_texts(page: CommitmentPage, parts: Parts, revisions: Sequence[Revision]) -> list[OldText]:
    """Return the older texts, the latest first, each compared with the one that came after it."""
    names = tag_names()
    after: Mapping[str, Any] = {
        **{name: getattr(page.row, name) for name in LABELS if hasattr(page.row, name)},
        "layers": [slug for slug, _name in parts.layers],
        "principles": [slug for slug, _name in parts.principles],
    }
    found = []
    for revision in revisions:
        found.append(_old_text(revision, after, names))
        after = revision.fields
    return found


def _old_text(revision: Revision, after: Mapping[str, Any], names: Mapping[str, str]) -> OldText:
    fields = revision.fields
    parts = [
        OldPart(str(label), _words(name, fields[name], names), fields[name] != after.get(name))
        for name, label in LABELS.items()
        if fields.get(name) or after.get(name)
    ]
    return OldText(revision.number, revision.replaced_at, parts)


def _words(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name == "kind":
        return str(KINDS.get(value, value))
    if name in ("layers", "principles"):
        return ", ".join(names.get(slug, slug) for slug in value)
    if name == "what":
        return Markup(render(value))  # noqa: S704
    return value or ""
