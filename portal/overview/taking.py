"""The figures of where we stand, as a table that people take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.core.addresses import full_path
from portal.core.i18n import gettext as _
from portal.services.tables import Cell, Column, Kind
from portal.web.drawing import Picture


def columns() -> Sequence[Column]:
    """Return the columns of figures, in the language of the page."""
    return (
        Column("figuur", _("Figuur"), _("De titel boven het plaatje.")),
        Column("verdeling", _("Verdeling"), _("Waarnaar is verdeeld.")),
        Column("groep", _("Groep"), _("Welke groep is geteld.")),
        Column("telling", _("Telling"), _("Wat er van die groep is geteld.")),
        Column("aantal", _("Aantal"), _("Hoeveel dat er zijn."), Kind.NUMBER),
        Column("adres", _("Adres"), _("De lijst die is geteld.")),
    )


def cells(pictures: Iterable[Picture]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of every figure in these pictures for `columns`."""
    for picture in pictures:
        for row in picture.rows:
            shown = [(part.words, part.number, part.address) for part in row.parts]
            marks = [(mark.words, mark.number, mark.address) for mark in row.marks]
            for words, number, address in shown + marks:
                about = (picture.title, picture.column, row.label)
                yield (*about, words, number, full_path(address))
