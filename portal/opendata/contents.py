"""What the archive holds: every list in both languages and each format, and what explains it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import IO, Any, NamedTuple

from portal.commitments import document_taking as documents
from portal.commitments import taking as commitments
from portal.core import clock
from portal.core.addresses import full_address
from portal.core.db import Bound
from portal.core.i18n import LOCALES, render_text, speak
from portal.core.words import moment_words
from portal.register import taking as register
from portal.services import tables
from portal.services.tables import Column, Format, Kind, Table, licence_words
from portal.services.vereniging import current_vereniging

# The figures of where we stand: what counts them knows pages.
figures_table: Bound[Callable[..., Table]] = Bound("figures_table")


def _documents(*, on: date, grace_days: int) -> Table:
    """Return the list of documents, which is that of this moment."""
    del on, grace_days
    return documents.whole()


def _figures(*, on: date, grace_days: int) -> Table:
    """Return the figures of a day, each with the address of the list that it counts."""
    return figures_table()(on=on, grace_days=grace_days)


# Each returns a list of the register as it is on a day, in the language that is spoken.
LISTS: Sequence[Callable[..., Table]] = (
    register.whole,
    commitments.whole,
    _documents,
    _figures,
)
READMES = {"nl": "LEESMIJ.txt", "en": "README.txt"}
_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.NUMBER: {"type": ["integer", "null"]},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
}


class Part(NamedTuple):
    """One file of the archive: its name there, and what writes it."""

    name: str
    write: Callable[[IO[bytes]], None]


def parts(*, began: datetime, grace_days: int) -> Iterator[Part]:
    """Yield every file of the archive but the checksums; `began` is when reading began."""
    on = clock.day_of(began)
    lists = [partial(list_of, on=on, grace_days=grace_days) for list_of in LISTS]
    for locale, name in READMES.items():
        yield Part(name, partial(_write_text, _readme(locale, lists, began)))
    for locale in LOCALES:
        for list_of in lists:
            yield from _list_parts(locale, list_of)


def _readme(locale: str, lists: Sequence[Callable[[], Table]], began: datetime) -> str:
    with speak(locale):
        licence = licence_words()
        titles = [(table.name, table.title) for table in (list_of() for list_of in lists)]
    return render_text(
        "opendata/readme.txt",
        locale,
        vereniging=current_vereniging(locale),
        folder=locale,
        lists=titles,
        licence=licence,
        moment=moment_words(began, locale),
        page=full_address("opendata.show", locale),
    )


def _list_parts(locale: str, list_of: Callable[[], Table]) -> Iterator[Part]:
    with speak(locale):
        table = list_of()
    folder = f"{locale}/{table.name}"
    for form in Format:
        yield Part(f"{folder}.{form}", partial(_write_table, locale, list_of, form))
    yield Part(f"{folder}.schema.json", partial(_write_text, _schema(table)))


def _write_table(locale: str, list_of: Callable[[], Table], form: Format, file: IO[bytes]) -> None:
    with speak(locale):
        tables.write(list_of(), form, file)


def _write_text(text: str, file: IO[bytes]) -> None:
    file.write(text.encode())


def _schema(table: Table) -> str:
    """Return the JSON Schema of a list as JSON."""
    about = {"type": "string"}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.title,
        "type": "object",
        "required": ["titel", "taal", "adres", "toelichting", "kolommen", "rijen"],
        "properties": {
            "titel": about,
            "taal": {"const": table.language},
            "adres": {"type": "string", "format": "uri"},
            "toelichting": {"type": "object", "additionalProperties": about},
            "kolommen": {"type": "array"},
            "rijen": {"type": "array", "items": _row_schema(table.columns)},
        },
        "additionalProperties": False,
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _row_schema(columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [column.name for column in columns],
        "properties": {
            column.name: {
                "title": column.label,
                "description": column.meaning,
                **_TYPES[column.kind],
            }
            for column in columns
        },
        "additionalProperties": False,
    }
