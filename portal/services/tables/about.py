"""What a table says of itself: of which moment and day it is, whose, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from portal.core import clock
from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.services.tables.table import Cell, Column, Table
from portal.services.vereniging import current_vereniging


def table_of(
    name: str,
    title: str,
    page_path: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    labels: Sequence[str] = (),
    on: date | None = None,
) -> Table:
    """Return rows as a table that says of itself of which day it is and what was filtered.

    `page_path` shows the same to people; `labels` are the parts of its filter, and `on` is the
    day that it is about, where there is one.
    """
    facts = current_vereniging(current_locale())
    return Table(
        name=name,
        title=f"{facts.site_name}: {title}",
        language=current_locale(),
        address=full_path(page_path),
        notes=_notes(labels, facts.name, on),
        columns=columns,
        rows=rows,
    )


def licence_words() -> str:
    """Return on which conditions what is taken along may be used."""
    words: str = _(
        "De teksten van de vereniging mag u gebruiken onder CC BY 4.0, als u de bron "
        "noemt. Voor teksten van ondertekenaars gelden hun eigen voorwaarden."
    )
    return words


def _notes(labels: Sequence[str], publisher: str, on: date | None) -> list[tuple[str, str]]:
    moment = clock.now().astimezone(clock.AMSTERDAM).isoformat(timespec="seconds")
    notes = [
        (_("Opgehaald"), moment),
        (_("Filter"), ", ".join(labels) or _("geen: alles wat openbaar is")),
        (_("Uitgever"), publisher),
        (_("Licentie"), licence_words()),
        (
            _("Formules"),
            _(
                "In een CSV-bestand staat een ' voor een tekst die met =, +, - of @ begint, zodat "
                "uw programma die niet uitrekent."
            ),
        ),
    ]
    if on is not None:
        notes.insert(1, (_("Peildatum"), date_words(on, current_locale())))
    return notes
