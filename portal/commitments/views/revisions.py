"""The texts that a commitment had before, beside what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.commitments.models import Revision
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.parts import Parts
from portal.commitments.queries.subjects import tag_names
from portal.commitments.texts import STORED_TEXTS, TEXT_FIELDS, Shown
from portal.commitments.words import KINDS
from portal.core.markdown import render_typed
from portal.lifecycle.claims import EnteredAs


@dataclass(frozen=True, slots=True)
class OldPart:
    """One part of an older text; `is_changed`: it was written anew after this text."""

    label: str
    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class OldText:
    """A text that stood on the page until `replaced_at`."""

    number: int
    replaced_at: datetime
    parts: Sequence[OldPart]
    entered_as: EnteredAs
    # Why the vereniging corrected it; "" when it was the signatory who changed it.
    reason: str
    language: str
    reason_language: str


def old_texts(page: CommitmentPage, parts: Parts, revisions: Sequence[Revision]) -> list[OldText]:
    """Return the older texts, the latest first, each compared with the one that came after it."""
    names = tag_names()
    after: Mapping[str, object] = {
        **{field.name: getattr(page.row, field.name) for field in STORED_TEXTS},
        "layers": [slug for slug, _name in parts.layers],
        "principles": [slug for slug, _name in parts.principles],
    }
    texts = []
    for revision in revisions:
        texts.append(_old_text(revision, after, names))
        after = revision.fields
    return texts


def _old_text(revision: Revision, after: Mapping[str, object], names: Mapping[str, str]) -> OldText:
    # A revision that is older than a field does not have it.
    before = {field.name: revision.fields.get(field.name) for field in TEXT_FIELDS}
    parts = [
        OldPart(
            str(field.label),
            _shown(field.shown, before[field.name], names),
            before[field.name] != after.get(field.name),
        )
        for field in TEXT_FIELDS
        if before[field.name] or after.get(field.name)
    ]
    return OldText(
        revision.number,
        revision.replaced_at,
        parts,
        revision.entered_as,
        revision.reason,
        revision.language,
        revision.reason_language,
    )


def _shown(shown: Shown, value: str | list[str] | None, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(names.get(slug, slug) for slug in value)
    if value and shown == Shown.KIND:
        return str(KINDS.get(value, value))
    if value and shown == Shown.MARKDOWN:
        return Markup(render_typed(value))  # noqa: S704
    return value or ""
