"""What is typed into a form, shown as it will stand before it is saved or sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from markupsafe import Markup
from wtforms import DateField, HiddenField, IntegerField, PasswordField, StringField
from wtforms.fields import Field
from wtforms.widgets import HiddenInput

from portal.core.i18n import LOCALES, current_locale
from portal.core.words import date_words

# The name of the button that asks for it.
BUTTON = "voorbeeld"


class Look(StrEnum):
    """How a field stands on the page to which it belongs."""

    TITLE = "title"
    LEAD = "lead"
    TEXT = "text"
    # A short answer below its question.
    ANSWER = "answer"
    # What a form makes of more than one field: see `shown`.
    PICTURE = "picture"
    VOICE = "voice"


MADE_BY_FORMS = frozenset({Look.PICTURE, Look.VOICE})


@dataclass(frozen=True, slots=True)
class Previewed:
    """A field that has a preview: its look, and what makes HTML of it; none: it stands as typed.

    `language` is that of the field; "": that which the form names, or else that of the page.
    """

    name: str
    look: Look = Look.TEXT
    render: Callable[[str], str] | None = None
    language: str = ""
    # Above an answer, where that is not the label of the field.
    label: object = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it will stand."""

    label: str
    look: Look
    content: str | Markup
    language: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as it will stand, and the words for whoever does not see it."""

    url: str
    width: int | None
    height: int | None
    alt: str
    look: Look = Look.PICTURE


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """Who will be said to say it: a name, and the organisation for which it speaks."""

    name: str
    job_title: str
    # None: on their own behalf.
    organisation: str | None
    is_admitted: bool
    is_official: bool
    is_of_vereniging: bool
    look: Look = Look.VOICE


Part = Shown | ShownPicture | ShownVoice


class Previewing:
    """A form of which texts can be seen as they will stand; `previews` in the order of the page.

    Whatever else is typed stands below them, each under its question. `preview` is None until that
    is asked; a field that does not hold has none.
    """

    previews: ClassVar[tuple[Previewed, ...]] = ()
    # What is typed and stands nowhere by itself: why the vereniging enters something is in the log.
    unseen: ClassVar[frozenset[str]] = frozenset({"entry_reason"})
    preview: tuple[Part, ...] | None = None

    def show_preview(self) -> None:
        """Make the preview of every field that holds; the errors of the others stand beside them.

        An empty field is no error yet.
        """
        form: Any = self
        parts = [
            self.shown(part)
            for part in self.previews
            if part.name in form and self._is_filled(part) and form[part.name].validate(form)
        ]
        rest = [field for field in self._rest() if field.data is not None and field.validate(form)]
        is_told = any(isinstance(part, Shown) for part in parts)
        # A day is filled in before anybody types.
        if is_told or any(isinstance(field, StringField) for field in rest):
            answers = [_answered(form, field) for field in rest]
            self.preview = tuple(part for part in (*parts, *answers) if part is not None)
        else:
            self.preview = ()

    def _rest(self) -> Iterator[Field]:
        """Yield what is typed and is no part of `previews`, in the order of the page."""
        form: Any = self
        seen = {part.name for part in self.previews}
        for field in form:
            name, is_empty = field.short_name, field.data in (None, "")
            if _is_typed(field) and not is_empty and name not in seen and not self.is_unseen(name):
                yield field

    def is_unseen(self, name: str) -> bool:
        """Return whether what is typed into a field stands nowhere by itself."""
        return name in self.unseen

    def _is_filled(self, part: Previewed) -> bool:
        form: Any = self
        return part.look in MADE_BY_FORMS or bool(form[part.name].data)

    def shown(self, part: Previewed) -> Part | None:
        """Return a field that holds as it will stand; None where nothing will stand."""
        return _shown(self, part)


def _shown(form: Any, part: Previewed) -> Shown:
    field = form[part.name]
    text: str = field.data
    # What `render` gives is safe HTML.
    content = Markup(part.render(text)) if part.render is not None else text  # noqa: S704
    return Shown(
        str(part.label or field.label.text), part.look, content, part.language or _language(form)
    )


def _is_typed(field: Field) -> bool:
    is_aside = isinstance(field, HiddenField | PasswordField)
    is_aside = is_aside or isinstance(field.widget, HiddenInput)
    return not is_aside and isinstance(field, StringField | DateField | IntegerField)


def _answered(form: Any, field: Field) -> Shown:
    is_day = isinstance(field.data, date)
    content = date_words(field.data) if is_day else str(field.data)
    language = _language(form) if isinstance(field, StringField) else current_locale()
    return Shown(field.label.text, Look.ANSWER, content, language)


def _language(form: Any) -> str:
    """Return the language that a form names for its text; without one it is that of the page."""
    named = form["language"].data if "language" in form else current_locale()
    return named if named in LOCALES else current_locale()
