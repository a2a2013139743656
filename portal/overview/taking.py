"""The figures of where we stand, as a table that people take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portal.commitments.asked import tag_choices
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.outcomes import promised
from portal.core.addresses import build_path, full_path, own_path, path_to
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.overview.pictures import pictures_of_promises, pictures_of_signatories
from portal.services.tables import Cell, Column, Kind, Table, table_of
from portal.signatures.queries.counting import signed
from portal.signatures.queries.filtering import SignatoryFilter
from portal.web.destinations import Destination
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


class _ListsAlone:
    """The lists of today, for who takes figures along without asking for a page."""

    def of_promises(self, filters: CommitmentFilter) -> str:
        return _spoken(build_path()("commitments.index", filters.arguments()))

    def of_signatories(self, filters: SignatoryFilter) -> str:
        return _spoken(path_to(Destination.SIGNATORIES, **filters.arguments()))


def _spoken(path: str) -> str:
    return f"/en{path}" if current_locale() == "en" else path


def whole(*, on: date, grace_days: int) -> Table:
    """Return every figure of today, in the language that is spoken."""
    title, path = _("Waar staan we?"), own_path("overview.show")
    rows = cells(_pictures(on, grace_days))
    return table_of("waar-staan-we", title, path, columns(), rows, on=on)


def _pictures(on: date, grace_days: int) -> Iterator[Picture]:
    """Yield every picture of the page; nothing is counted before the first is asked for."""
    standings = promised(on=on, grace_days=grace_days, is_past=False)
    yield from pictures_of_promises(standings, tag_choices(), _ListsAlone())
    yield from pictures_of_signatories(signed(None), _ListsAlone())


def cells(pictures: Iterable[Picture]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of every figure in these pictures for `columns`."""
    for picture in pictures:
        for row in picture.rows:
            shown = [(part.words, part.number, part.address) for part in row.parts]
            marks = [(mark.words, mark.number, mark.address) for mark in row.marks]
            for words, number, address in shown + marks:
                about = (picture.title, picture.column, row.label)
                yield (*about, words, number, full_path(address))
