"""The columns of documents in tables that people take along, and the cells of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.commitments.queries.documents_taken import TakenDocument, taken_documents
from portal.commitments.taking import WHOSE
from portal.core import clock
from portal.core.addresses import full_address, own_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.services.tables import Cell, Column, Kind, Table, table_of


def columns() -> Sequence[Column]:
    """Return the columns of documents, in the language of the page."""
    return (*_told(), *_file(), *_whose())


def _told() -> Iterator[Column]:
    yield Column("nummer", _("Nummer"), _("Blijft altijd hetzelfde."), Kind.NUMBER)
    yield Column("titel", _("Titel"), _("De titel van het document."))
    yield Column("taal", _("Taal"), _("De taal van het document: nl of en."))
    yield Column("datum", _("Datum"), _("De dag die op het document staat."), Kind.DAY)
    yield Column("licentie", _("Licentie"), _("Wat anderen met het document mogen doen."))
    yield Column("toegankelijk", _("Toegankelijk opgemaakt"), _("Wat een computer daarvan ziet."))
    yield Column("bevindingen", _("Bevindingen"), _("Wat er ontbreekt, met ; ertussen."))
    yield Column("tekst", _("Tekst"), _("Wat er in staat, voor zover iemand dat uitschreef."))


def _file() -> Iterator[Column]:
    yield Column("versie", _("Versie"), _("De versie die nu is te zien."), Kind.NUMBER)
    yield Column("geplaatst_op", _("Geplaatst op"), _("De dag van deze versie."), Kind.DAY)
    yield Column("bestand", _("Bestand"), _("De naam van het bestand."))
    yield Column("bestandssoort", _("Soort bestand"), _("Het mediatype."))
    yield Column("bytes", _("Grootte"), _("Hoeveel bytes het zijn."), Kind.NUMBER)
    yield Column("paginas", _("Pagina’s"), _("Leeg als het bestand dat niet zegt."), Kind.NUMBER)
    yield Column("sha256", _("Controlegetal"), _("SHA-256 van het bestand."))


def _whose() -> Iterator[Column]:
    yield Column("toezegging", _("Toezegging"), _("De titel van de toezegging."))
    yield Column("ondertekenaar", _("Ondertekenaar"), _("Van wie de toezegging is."))
    yield Column("opgave", _("Opgave"), _("Wie het document plaatste."))
    yield Column("adres", _("Adres"), _("De pagina van het document."))
    yield Column("bestandsadres", _("Adres van het bestand"), _("Waar het bestand staat."))


def cells(taken: Iterable[TakenDocument]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each document for `columns`, in the language of the page."""
    for one in taken:
        yield (*_told_cells(one), *_file_cells(one), *_whose_cells(one))


def _told_cells(one: TakenDocument) -> Sequence[Cell]:
    check = one.check
    return (
        one.id,
        one.title,
        one.language,
        one.dated,
        str(one.licence.words),
        str(check.answer),
        "; ".join(str(advice.short) for advice in check.advice),
        one.written or "",
    )


def _file_cells(one: TakenDocument) -> Sequence[Cell]:
    return (
        one.number,
        clock.day_of(one.created_at),
        one.file_name,
        one.media_type,
        one.size,
        one.page_count,
        one.sha256,
    )


def _whose_cells(one: TakenDocument) -> Sequence[Cell]:
    locale = current_locale()
    at = {"slug": one.slug, "document_id": one.id, "number": one.number}
    return (
        one.commitment,
        one.organisation,
        str(WHOSE[one.entered_as]),
        full_address("commitments.read_document", locale, **at),
        full_address("commitments.document", "nl", file_name=one.file_name, **at),
    )


def whole() -> Table:
    """Return every document that everybody may read, in the language that is spoken."""
    name, path = ("documenten", _("Documenten")), own_path("commitments.index")
    return table_of(*name, path, columns(), cells(taken_documents()))
