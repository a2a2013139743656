"""The versions of a promise as pages show them: one as it stood, and what each changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from portal.commitments.models import Revision
from portal.commitments.queries.page import CommitmentPage
from portal.commitments.queries.part_rows import MoveRow, PartRows
from portal.commitments.queries.subjects import CommitmentSubject, tag_names
from portal.commitments.texts import STORED_TEXTS, TEXT_FIELDS, Shown, TextField
from portal.commitments.versions import (
    Begun,
    Change,
    Version,
    VersionTerm,
    VersionText,
    versions_of,
)
from portal.commitments.words import KINDS
from portal.core.differences import ChangedPart, Fate, Stretch, whole_changed, words_changed
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.policy import Permission, Person, can
from portal.terms import wording

# Of a typed text the words are compared; anything else is another one as a whole.
_COMPARED = {Shown.LINE, Shown.MARKDOWN, Shown.PART}
Names = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version, and what became different with it; nothing did with the first."""

    version: Version
    changes: Sequence[ChangedPart]


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text of a version under its label; `is_rendered`: it was typed with marks."""

    label: str
    words: str
    is_rendered: bool = False


@dataclass(slots=True)
class NumberedVersion(CommitmentSubject):
    """A version of a promise that an address asks for; there may be none with this number."""

    row: Any
    state: str
    organisation_id: int
    page: CommitmentPage
    number: int


@dataclass(frozen=True, slots=True)
class Newest:
    """The number of the newest version, and when it began."""

    number: int
    begun_at: datetime | None


def newest_of(page: CommitmentPage, rows: PartRows) -> Newest:
    """Return which version the page of a promise shows."""
    moments = [page.row.published_at, page.row.edited_at, *(move.moved_at for move in rows.moves)]
    return Newest(page.version_number, max(filter(None, moments), default=None))


def versions_for(
    page: CommitmentPage, rows: PartRows, revisions: Sequence[Revision], person: Person
) -> list[Version]:
    """Return every version of a public promise, the newest first, as `person` may read them.

    A text that is hidden reads so, but for the people of its organisation.
    """
    row = page.row
    fields: dict[str, object] = {f.name: getattr(row, f.name) for f in STORED_TEXTS}
    fields["layers"] = [tag.slug for tag in rows.tags if tag.of == "laag"]
    fields["principles"] = [tag.slug for tag in rows.tags if tag.of == "thema"]
    term = VersionTerm(row.term_words, row.term_language, row.term_earliest, row.term_latest)
    is_inside = can(person, Permission.COMMITMENT_EDIT, page)
    edits = [_edit(old, is_shown=is_inside or not old.is_hidden) for old in revisions]
    changes = [*edits, *map(_move, rows.moves)]
    text = VersionText(fields, row.language, row.entered_as)
    return versions_of(text, term, changes, published_at=row.published_at)


def _edit(old: Revision, *, is_shown: bool) -> Change:
    fields: Names = old.fields if is_shown else {"title": _("Verborgen tekst")}
    language = old.language if is_shown else current_locale()
    ground = old.hidden_ground or ""
    text = VersionText(fields, language, old.entered_as, old.id, ground, is_shown=is_shown)
    why = (old.reason, old.reason_language)
    return Change(old.replaced_at, Begun.TEXT, old.replaced_as, *why, text=text)


def _move(move: MoveRow) -> Change:
    old = (move.old_words, move.old_language, move.old_earliest, move.old_latest)
    why = (move.reason, move.language)
    return Change(move.moved_at, Begun.TERM, move.entered_as, *why, term=VersionTerm(*old))


def with_changes(versions: Sequence[Version], most: int) -> list[ShownVersion]:
    """Return at most so many of these versions, which follow each other, with what they changed."""
    names = tag_names()
    pairs = list(zip(versions, [*versions[1:], None], strict=True))
    return [
        ShownVersion(version, changed(before, version, names) if before is not None else ())
        for version, before in pairs[:most]
    ]


def shown_version(versions: Sequence[Version]) -> ShownVersion:
    """Return the first of these versions, with what it changed of the one behind it."""
    return with_changes(versions, 1)[0]


def changed(before: Version, after: Version, names: Names) -> list[ChangedPart]:
    """Return each text that is another than before, and the term when that is."""
    old, new = before.text, after.text
    if not (old.is_shown and new.is_shown):
        return [*_unread(before, after), *_term_changed(before, after)]
    parts = []
    for field in TEXT_FIELDS:
        # A text that is older than a field does not have it.
        was, became = old.fields.get(field.name), new.fields.get(field.name)
        if (was or "") == (became or ""):
            continue
        compare = words_changed if field.shown in _COMPARED else whole_changed
        words = compare(_plain(field.shown, was, names), _plain(field.shown, became, names))
        parts.append(ChangedPart(str(field.label), words, old.language, new.language))
    return [*parts, *_term_changed(before, after)]


def _term_changed(before: Version, after: Version) -> Iterator[ChangedPart]:
    if before.term != after.term:
        words = whole_changed(term_words(before.term), term_words(after.term))
        languages = (before.term.language, after.term.language)
        yield ChangedPart(_("Termijn"), words, *languages)


def _unread(before: Version, after: Version) -> Iterator[ChangedPart]:
    """Yield that nobody reads what became different, of two texts of which one is hidden."""
    if before.text.revision_id != after.text.revision_id:
        words = _("Verborgen: de tekst ervoor of erna is door de vereniging verborgen.")
        yield ChangedPart(_("Tekst"), [Stretch(Fate.KEPT, words)], *[current_locale()] * 2)


def texts_of(version: Version) -> list[ShownText]:
    """Return everything that was filled in but the title, as pages show it."""
    names, fields = tag_names(), version.text.fields
    words = [
        (field, _plain(field.shown, fields.get(field.name), names)) for field in TEXT_FIELDS[1:]
    ]
    return [_shown(field, text) for field, text in words if text]


def _shown(field: TextField, text: str) -> ShownText:
    if field.shown == Shown.MARKDOWN:
        return ShownText(str(field.label), Markup(render_typed(text)), is_rendered=True)  # noqa: S704
    return ShownText(str(field.label), text)


def term_dates(term: VersionTerm) -> str:
    """Return what is understood of a term, in the language of the page; "" without a date."""
    return wording.dates(term.earliest, term.latest, current_locale())


def term_words(term: VersionTerm) -> str:
    """Return the words of a term with what is understood of them."""
    dates = term_dates(term)
    if not term.words:
        return dates or _("geen datum")
    return term.words if dates in ("", term.words) else f"{term.words} ({dates})"


def _plain(shown: Shown, value: object, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(names.get(slug, slug) for slug in value)
    if value and shown == Shown.KIND:
        return str(KINDS.get(str(value), value))
    return str(value or "")
