"""What was found, as a table that people take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.search.kinds import NAMES, Kind
from portal.search.queries import Hit
from portal.search.snippets import snippet
from portal.services import tables
from portal.services.tables import Cell, Column


def columns() -> Sequence[Column]:
    """Return the columns of what was found, in the language of the page."""
    return (
        Column("soort", _("Soort"), _("Wat er is gevonden.")),
        Column("titel", _("Titel"), _("De naam of titel; van een reactie die van de pagina.")),
        Column(
            "pagina",
            _("Pagina"),
            _("De pagina van het document, of leeg."),
            tables.Kind.NUMBER,
        ),
        Column("van", _("Van"), _("Wie het schreef of toezegde; leeg als de titel dat zegt.")),
        Column("dag", _("Dag"), _("De dag waarop het is gezegd."), tables.Kind.DAY),
        Column("taal", _("Taal"), _("De taal van titel en tekst: nl of en.")),
        Column("tekst", _("Tekst"), _("De woorden die zijn gevonden, met de tekst eromheen.")),
        Column("adres", _("Adres"), _("Waar het staat.")),
    )


def cells(hits: Iterable[Hit]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each hit for `columns`, in the language of the page."""
    prefix = "/en" if current_locale() == "en" else ""
    for source, meant in hits:
        yield (
            str(NAMES[source.kind]),
            source.title,
            source.page,
            source.by,
            None if source.kind == Kind.SIGNATORY else source.dated,
            source.language,
            "".join(piece.text for piece in snippet(source.body, meant)),
            full_path(prefix + source.path),
        )
