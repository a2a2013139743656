"""The parents of all forms: key against forgery, one-time key, version, and drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from flask import request, session
from flask.sessions import SessionMixin
from markupsafe import Markup, escape
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, FileField, Form, HiddenField, IntegerField, PasswordField
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import HiddenInput

from portal.core.db import Base, lock_row
from portal.core.errors import StaleVersion
from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings
from portal.web.address import here
from portal.web.forms.differences import Difference, in_words
from portal.web.forms.fields import DayField
from portal.web.forms.key import SessionKey

NOT_KEPT = ("csrf_token", "once", "version", "seen", "verder")


class LibraryWords:
    """The messages of the form library itself, replaced by the portal's own."""

    def gettext(self, string: str) -> str:
        """Return the portal's message for an English sentence of the library."""
        return str(LIBRARY_WORDS.get(string, _l("Dit klopt niet. Kijk na wat u hebt ingevuld.")))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message for several choices of which one is not on offer."""
        return str(LIBRARY_WORDS["Not a valid choice."])


LIBRARY_WORDS = {
    "Not a valid choice.": _l("Kies iets uit de lijst."),
    "Invalid Choice: could not coerce.": _l("Kies iets uit de lijst."),
    "Not a valid integer value.": _l("Vul een heel getal in."),
}


class PortalForm(Form):
    """The parent of every form; the door opens it, validates it, and shows it again when it must.

    `used_up` names the quiet limits of the door that were passed. The subject is what the door
    loaded: each form knows of which type, all forms together know of none.
    """

    # The form stands on the page of its subject: only the subject knows that address.
    is_below_subject = False
    # What is typed is remembered, though its permission also covers passwords and codes.
    is_remembered = False
    # The fields that its page has first and last, where those of its parents come otherwise.
    page_order: ClassVar[tuple[str, ...]] = ()
    page_end: tuple[str, ...] = ()
    is_stale = False
    differences: tuple[Difference, ...] = ()
    used_up: frozenset[str] = frozenset()
    # The address of the draft that its fields were filled from, or of one that was thrown away.
    filled_from = ""
    dropped_from = ""

    class Meta:
        csrf = True
        csrf_class = SessionKey
        csrf_time_limit = None
        # The key to look with; None: the newest of the portal.
        csrf_key: str | None = None

        @property
        def csrf_secret(self) -> bytes:
            return (self.csrf_key or settings().secret_key).encode()

        @property
        def csrf_context(self) -> SessionMixin:
            return session

        def get_translations(self, form: Form) -> LibraryWords:
            return LibraryWords()

    def __iter__(self) -> Iterator[Field]:
        """Yield the fields in the order of the page, which is that of its list of errors."""
        places = {name: n for n, name in enumerate((*self.page_order, "", *self.page_end))}
        return iter(sorted(super().__iter__(), key=lambda x: places.get(x.short_name, places[""])))

    @classmethod
    def open(cls, subject: object = None) -> Self:
        """Return the form as a reader first sees it, filled from `subject`."""
        form = cls(obj=subject)
        form.prepare(subject)
        return form

    @classmethod
    def from_request(cls, subject: object = None) -> Self:
        """Return the form as it was sent."""
        form = cls.as_typed(subject)
        form.prepare(subject)
        return form

    @classmethod
    def as_typed(cls, subject: object = None) -> Self:
        """Return the form as it was sent, without `prepare`: enough for a draft."""
        return cls(CombinedMultiDict([request.form, request.files]), obj=subject)

    def prepare(self, subject: Any) -> None:
        """Fill choices that depend on the subject or the person; called before anything else."""

    def has_key(self) -> bool:
        """Return whether the form was sent with the key of this session."""
        return "csrf_token" in self and bool(self["csrf_token"].validate(self))

    def work_before_writing(self, subject: Any) -> None:
        """Do what is slow, hashing for one, before the write section; may add errors."""

    def receive_files(self) -> None:
        """Inspect and store the files that were sent; they survive an error in another field."""
        for field in self:
            if hasattr(field, "receive"):
                field.receive(self)

    def draft_address(self, subject: Any) -> str:
        """Return the page on which the typed text is to stand again after sign-in."""
        return here()

    def draft_fields(self) -> dict[str, object]:
        """Return what a draft holds of this form, by field: no secrets, no files, no ticks."""
        return {
            field.short_name: field.data.isoformat() if isinstance(field.data, date) else field.data
            for field in self
            if field.short_name not in NOT_KEPT
            and not isinstance(field, PasswordField | FileField | BooleanField)
            and isinstance(field.data, str | int | list | date)
        }

    def put_back(self, draft: dict[str, object]) -> None:
        """Fill the fields from a draft: a JSON value for the name of each field."""
        for name, value in draft.items():
            if name in self:
                is_day = isinstance(self[name], DayField) and isinstance(value, str)
                self[name].data = date.fromisoformat(str(value)) if is_day else value

    def refuse(self, field: str, message: str) -> None:
        """Add an error that came up during the act; without such a field it stands on top."""
        target = self[field].errors if field in self else self.form_errors
        if isinstance(target, tuple):
            self[field].errors = [message]
        else:
            target.append(message)

    def meet_conflict(self, theirs: Any) -> bool:
        """Show what stands there now beside what was typed; False for a form that cannot."""
        return False

    def hidden_fields(self) -> list[Field]:
        """Return the fields that are rendered without a label."""
        return [field for field in self if isinstance(field.widget, HiddenInput)]

    def hidden_tag(self) -> Markup:
        """Return the hidden fields as markup, without ids: a page may hold several forms."""
        written = [
            f'<input name="{field.name}" type="hidden" value="{escape(_hidden_value(field))}">'
            for field in self.hidden_fields()
        ]
        # The names are those of our own fields. The library's way takes a tenth of a page.
        return Markup("".join(written))  # noqa: S704


def _hidden_value(field: Field) -> object:
    """Return what a hidden field sends: a new key against forgery, the data of all others."""
    value = field.current_token if isinstance(field, CSRFTokenField) else field.data
    return "" if value is None else value


class CreatingForm(PortalForm):
    """A form that makes something: sent twice, it makes one."""

    once = HiddenField(default=lambda: uuid4().hex)

    def validate_once(self, field: Field) -> None:
        if not field.data or len(field.data) > 64 or not field.data.isalnum():
            field.data = uuid4().hex
            raise ValidationError(
                _l("Wij hebben niet het hele formulier ontvangen. Verstuur het opnieuw.")
            )


class OnceForm(CreatingForm):
    """A button that would act a second time, or find nothing there, when it is pressed again."""


class EditingForm(PortalForm):
    """A form on something that two people can edit at once; the subject has a `version`."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @property
    def seen_version(self) -> int | None:
        """The version that the sender saw; None, which equals no version, when none was sent."""
        # When none was sent the field holds the version of the subject, as on a first page.
        version: int | None = self.version.data if self.version.raw_data else None
        return version

    def claim_version(self, subject: Any) -> None:
        """Give the subject its next version; StaleVersion when the sender saw an older one.

        A subject can name in `locked_before` what its acts lock before it.
        """
        for row in getattr(subject, "locked_before", ()):
            lock_row(row)
        lock_row(subject)
        if self.seen_version != subject.version:
            raise StaleVersion(subject)
        subject.version += 1

    def meet_conflict(self, theirs: Any) -> bool:
        """Show both texts, with the version that is seen now."""
        self.is_stale = True
        self.differences = self.differences_from(theirs)
        self.version.data = theirs.version
        self.version.raw_data = None
        return True

    def differences_from(self, theirs: Any) -> tuple[Difference, ...]:
        """Return every field in which the subject now differs from what was typed."""
        differences = []
        for field in self:
            if field.short_name in NOT_KEPT or not hasattr(theirs, field.short_name):
                continue
            now = getattr(theirs, field.short_name)
            standing, typed = in_words(field, now), in_words(field, field.data)
            if isinstance(now, str | int | date | None) and standing != typed:
                differences.append(Difference(field, standing, typed))
        return tuple(differences)


class KeylessForm(PortalForm):
    """A form without a key against forgery: the key in its address, from a mail, is the proof."""

    class Meta(PortalForm.Meta):
        csrf = False


class ButtonForm(PortalForm):
    """A form that is only a button."""


class SeenForm(PortalForm):
    """A button under a text: it counts for what stood there when the page was opened.

    The subject says what that is by `seen_as`.
    """

    seen = HiddenField(default="")

    def prepare(self, subject: Any) -> None:
        """Remember what stands on the page."""
        if self.seen.raw_data is None:
            self.seen.data = subject.seen_as

    def refuse_unseen(self, subject: Any, item: Base) -> None:
        """Raise StaleVersion when `item`, which it locks, is no longer what the sender saw."""
        lock_row(item)
        if self.seen.data != subject.seen_as:
            raise StaleVersion(item)
