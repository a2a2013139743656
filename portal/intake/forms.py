"""The forms with which a file is brought in, and with which one row of it is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.core import web_addresses
from portal.core.i18n import LOCALES
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.core.settings import settings
from portal.documents.fields import DocumentField
from portal.documents.reasons import DocumentRefused, Reason
from portal.documents.storing import reader_limits, store
from portal.documents.upload import KeptUpload
from portal.intake.checking.facts import WEBSITE
from portal.intake.columns import COLUMNS, Sheet, Taken
from portal.intake.models import IntakeRow
from portal.intake.queries.known import names_of, titles_of
from portal.intake.reading import MOST_CHARACTERS, FileRefused, ReadSheet, read_file
from portal.intake.verdicts import NEW, SKIP
from portal.services.entered import Source
from portal.services.storage import storage
from portal.web.forms import (
    AtMost,
    CreatingForm,
    EditingForm,
    Filled,
    Look,
    OnceForm,
    Previewed,
    Previewing,
    WebAddressField,
    no_link,
    one_line,
    stripped,
)
from portal.web.forms.differences import Difference, in_words
from portal.web.forms.previews import Part

ACCEPTED = ".csv,.ods,.txt,.tsv"
# Before the number of an organisation that is chosen for a promise.
OF_ORGANISATION = "org"
# Cells that hold more than a line.
LONG = ("wat", "voor_wie", "waarom", "resultaat")
# Cells that hold a web address, and the most characters of each.
WEB_ADDRESSES = {"website": WEBSITE, "bronadres": web_addresses.MOST_CHARACTERS}


class SheetField(DocumentField):
    """A file with rows, as it is; what is in it is read afterwards."""

    def take_in(self, path: Path, name: str) -> KeptUpload:
        """Store the file; DocumentRefused when it is too large or empty."""
        size = path.stat().st_size
        if size > settings().max_file_bytes:
            raise DocumentRefused(Reason.TOO_LARGE)
        if not size:
            raise DocumentRefused(Reason.EMPTY)
        return KeptUpload(store("bin", path), name, "application/octet-stream", size, "")


class UploadForm(CreatingForm):
    """A file, and the source of everything in it."""

    file = SheetField(
        _l("Bestand"),
        required=_l("Kies een bestand."),
        description=_l("Een CSV- of ODS-bestand met ondertekenaars, toezeggingen of allebei."),
        render_kw={"accept": ACCEPTED},
    )
    source_title = StringField(
        _l("Titel van de bron"),
        [Filled(_l("Vul de titel van de bron in.")), AtMost(200), no_link],
        filters=[one_line],
        description=_l("Waar de gegevens uit komen. Iedereen leest dit bij elke regel."),
    )
    source_url = WebAddressField(
        _l("Bron"),
        [Filled(_l("Vul het webadres in waar dit te lezen is.")), AtMost(500)],
        filters=[one_line],
        description=_l("Het webadres waar deze gegevens te lezen zijn."),
    )
    # What was read, once the file is one of rows.
    sheets: Sequence[ReadSheet] = ()

    def work_before_writing(self, subject: object) -> None:
        """Read the file; what cannot be read is refused beside the field."""
        upload = self.file.upload
        path = storage().path(upload.storage_key) if upload is not None else None
        if path is None:
            return
        try:
            self.sheets = read_file(path, limits=reader_limits())
        except FileRefused as refusal:
            self.file.upload = None
            self.refuse("file", refusal.message)

    @property
    def file_name(self) -> str:
        """What the file is called; "" without one."""
        return self.file.upload.file_name if self.file.upload is not None else ""

    def source(self) -> Source:
        """Return the source of every row that names none of its own."""
        return Source(self.source_title.data, self.source_url.data)


def field_name(sheet: Sheet, column: str) -> str:
    """Return the name of the field of a cell."""
    return f"{sheet}_{column}"


def _seen(column: str, look: Look, render: Callable[[str], str] | None = None) -> Previewed:
    return Previewed(field_name(Sheet.COMMITMENTS, column), look, render)


class RowForm(Previewing, OnceForm, EditingForm):
    """One row: what it says, and what it is where that is in doubt."""

    # As a promise that is written on the site has them.
    previews = (
        _seen("titel", Look.TITLE),
        _seen("wat", Look.TEXT, render_typed),
        *(_seen(column, Look.ANSWER) for column in LONG if column != "wat"),
    )
    page_order = ("choice",)

    choice = RadioField(_l("Wat is dit?"), choices=[], validate_choice=True, default="")

    # The sheet of the row.
    sheet = Sheet.SIGNATORIES

    def prepare(self, subject: IntakeRow) -> None:
        """Leave the cells of its sheet, filled with what was typed, and offer what it could be."""
        self.sheet = subject.sheet
        for sheet in Sheet:
            for column in COLUMNS[sheet]:
                field = self[field_name(sheet, column.name)]
                if sheet is not subject.sheet:
                    del self[field.name]
                elif field.raw_data is None:
                    field.data = subject.cells.get(column.name, "")
        self.choice.choices = _choices(subject)
        if self.choice.raw_data is None:
            chosen = self.choice.data or ""
            offered = {choice.value for choice in self.choice.choices}
            self.choice.data = chosen if chosen in offered else ""

    @property
    def has_preview(self) -> bool:
        """Return whether the row holds texts that everybody will read: those of a promise."""
        return self.sheet is Sheet.COMMITMENTS

    def shown(self, part: Previewed) -> Part | None:
        """Return a text as it will stand, in the language that the row names."""
        named = self[field_name(Sheet.COMMITMENTS, "taal")].data
        language = named if named in LOCALES else "nl"
        return super().shown(replace(part, language=language))

    def differences_from(self, theirs: IntakeRow) -> tuple[Difference, ...]:
        """Return what somebody else chose, and each cell that they wrote otherwise."""
        self.choice.choices = _choices(theirs)
        chosen = theirs.choice
        if theirs.chosen_organisation_id is not None:
            chosen = f"{OF_ORGANISATION}{theirs.chosen_organisation_id}"
        named = {column.name: theirs.cells.get(column.name, "") for column in COLUMNS[self.sheet]}
        standing = [(self.choice, chosen)]
        standing += [(self[field_name(self.sheet, name)], text) for name, text in named.items()]
        both = (
            (field, in_words(field, now), in_words(field, field.data)) for field, now in standing
        )
        return tuple(Difference(*each) for each in both if each[1] != each[2])

    def fields_of_row(self) -> list[Any]:
        """Return the fields of its cells, in the order of the sheet."""
        return [self[field_name(self.sheet, column.name)] for column in COLUMNS[self.sheet]]

    def cells(self) -> dict[str, str]:
        """Return the name of each column -> what was typed."""
        return {
            column.name: self[field_name(self.sheet, column.name)].data or ""
            for column in COLUMNS[self.sheet]
        }

    @property
    def chosen_organisation_id(self) -> int | None:
        """The organisation that was chosen for a promise."""
        chosen = str(self.choice.data or "")
        is_one = chosen.startswith(OF_ORGANISATION)
        return int(chosen.removeprefix(OF_ORGANISATION)) if is_one else None

    @property
    def chosen(self) -> str:
        """What was chosen otherwise; "" for nothing."""
        return "" if self.chosen_organisation_id is not None else str(self.choice.data or "")


def _choices(row: IntakeRow) -> list[SelectChoice]:
    is_of_organisation = row.sheet is Sheet.COMMITMENTS and row.organisation_id is None
    is_promise = row.sheet is Sheet.COMMITMENTS and not is_of_organisation
    numbers = list(row.candidates)
    if row.choice.isdigit() and int(row.choice) not in numbers:
        numbers.append(int(row.choice))
    named = titles_of(numbers) if is_promise else names_of(numbers)
    before = OF_ORGANISATION if is_of_organisation else ""
    offered = [
        SelectChoice(f"{before}{number}", named[number]) for number in numbers if number in named
    ]
    if (row.candidates or row.choice) and not is_of_organisation:
        words = (
            _l("Nee, dit is een nieuwe toezegging")
            if is_promise
            else _l("Nee, dit is een nieuwe organisatie")
        )
        offered.append(SelectChoice(NEW, words))
    as_it_is = _l("Nog niet gekozen") if row.candidates else _l("Zoals het hieronder staat")
    return [
        SelectChoice("", as_it_is),
        *offered,
        SelectChoice(SKIP, _l("Deze regel overslaan")),
    ]


def _cell(column: Taken) -> Field:
    """Return the field of a cell, unbound: of one kind with that of the same elsewhere."""
    words: dict[str, Any] = {"filters": [one_line], "description": column.meaning}
    if column.name in WEB_ADDRESSES:
        most = WEB_ADDRESSES[column.name]
        is_homepage = column.name == "website"
        return WebAddressField(
            column.label, [AtMost(most)], most=most, is_homepage=is_homepage, **words
        )
    if column.name in LONG:
        return TextAreaField(
            column.label, [AtMost(MOST_CHARACTERS)], **{**words, "filters": [stripped]}
        )
    return StringField(column.label, [AtMost(MOST_CHARACTERS)], **words)


for _sheet, _columns in COLUMNS.items():
    for _column in _columns:
        setattr(RowForm, field_name(_sheet, _column.name), _cell(_column))
