"""The columns of commitments in tables that people take along, and the cells of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from portal.commitments.asked import TagChoices, tag_choices
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.rows import Stored
from portal.commitments.queries.taking import Taken, taken
from portal.commitments.saying import said_of
from portal.commitments.standing import Progress
from portal.commitments.words import KINDS, PROGRESS
from portal.core import clock
from portal.core.addresses import full_address, own_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.short_numbers import short_number
from portal.lifecycle.claims import EnteredAs, Stance
from portal.services.tables import Cell, Column, Kind, Table, table_of

WHOSE: Mapping[EnteredAs, object] = {
    EnteredAs.SIGNATORY: _l("opgave van de ondertekenaar"),
    EnteredAs.VERENIGING: _l("ingevoerd door de vereniging"),
}
STANCES: Mapping[Stance, object] = {
    Stance.CONFIRMED: _l("bevestigd"),
    Stance.CORRECTED: _l("verbeterd"),
    Stance.DISOWNED: _l("niet van ons"),
}


def columns() -> Sequence[Column]:
    """Return the columns of commitments, in the language of the page."""
    return (*_what(), *_terms(), *_whose())


def _what() -> Iterator[Column]:
    yield Column("nummer", _("Nummer"), _("Blijft altijd hetzelfde."), Kind.NUMBER)
    yield Column("gp_nummer", _("GP-nummer"), _("Om naar te verwijzen; blijft altijd hetzelfde."))
    yield Column("titel", _("Titel"), _("De toezegging in één zin, zoals die nu is."))
    yield Column("taal", _("Taal"), _("De taal van titel en tekst: nl of en."))
    yield Column("soort", _("Soort"), _("Wat voor toezegging het is."))
    yield Column("ondertekenaar", _("Ondertekenaar"), _("Van wie de toezegging is."))
    yield Column(
        "organisatiesoort", _("Soort organisatie"), _("Wat voor organisatie de ondertekenaar is.")
    )
    yield Column("wat", _("Wat"), _("Wat er is toegezegd, zoals het nu is getypt."))
    yield Column("voor_wie", _("Voor wie"), _("Voor wie het bedoeld is."))
    yield Column("waarom", _("Waarom"), _("Waarom de ondertekenaar dit doet."))
    yield Column("resultaat", _("Resultaat"), _("Wat er is als het gereed is."))
    yield Column("lagen", _("Lagen"), _("Lagen van Common Ground, met ; ertussen."))
    yield Column("themas", _("Thema’s"), _("Thema’s van het Groeipact, met ; ertussen."))


def _terms() -> Iterator[Column]:
    yield Column("status", _("Status"), _("Hoe ver de toezegging is."))
    yield Column(
        "te_laat", _("Te laat"), _("Hoe lang de termijn voorbij is; leeg als dat niet zo is.")
    )
    yield Column("toegezegd_op", _("Toegezegd op"), _("De dag van de toezegging."), Kind.DAY)
    yield Column("termijn", _("Termijn"), _("De termijn zoals die is gezegd."))
    yield Column(
        "termijn_vanaf", _("Termijn vanaf"), _("De eerste dag die bedoeld kan zijn."), Kind.DAY
    )
    yield Column(
        "termijn_tot", _("Termijn tot en met"), _("De laatste dag die bedoeld kan zijn."), Kind.DAY
    )
    yield Column(
        "keer_verschoven", _("Keer verschoven"), _("Hoe vaak de termijn is gewijzigd."), Kind.NUMBER
    )
    yield Column("eerste_termijn", _("Eerste termijn"), _("De termijn voor de eerste wijziging."))
    yield Column(
        "berichten", _("Berichten"), _("Aantal voortgangsberichten tot nu toe."), Kind.NUMBER
    )
    yield Column("gereed_op", _("Gereed op"), _("De dag waarop het gereed was."), Kind.DAY)
    yield Column("ingetrokken_op", _("Ingetrokken op"), _("De dag van de intrekking."), Kind.DAY)
    yield Column(
        "prognose",
        _("Prognose"),
        _("Wanneer de ondertekenaar het nu verwacht; de termijn blijft zoals die is."),
    )


def _whose() -> Iterator[Column]:
    yield Column("opgave", _("Opgave"), _("Wie de toezegging invoerde."))
    yield Column(
        "oordeel", _("Oordeel"), _("Wat de ondertekenaar zegt van wat de vereniging invoerde.")
    )
    yield Column("bron", _("Bron"), _("De titel van de bron."))
    yield Column("bronadres", _("Adres van de bron"), _("Waar de bron staat."))
    yield Column(
        "gepubliceerd_op", _("Gepubliceerd op"), _("Sinds welke dag het hier staat."), Kind.DAY
    )
    yield Column(
        "bijgewerkt_op",
        _("Bijgewerkt op"),
        _("De dag van de laatste wijziging tot nu toe, ook bij een eerdere peildatum."),
        Kind.DAY,
    )
    yield Column("adres", _("Adres"), _("De pagina van de toezegging."))


def cells(
    taken: Iterable[Taken], tags: TagChoices, *, on: date, grace_days: int
) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each commitment for `columns`, in the language of the page."""
    for one in taken:
        stands = _standing_cells(one, on, grace_days)
        yield (*_text_cells(one, tags), *stands, *_source_cells(one))


def _text_cells(one: Taken, tags: TagChoices) -> Sequence[Cell]:
    row, told = one.row, one.told
    return (
        row.id,
        short_number(row.short_number) if row.short_number else None,
        row.title,
        row.language,
        str(KINDS[row.kind]),
        row.organisation_name,
        tags.organisation_kinds.get(told.organisation_kind, ""),
        told.what,
        told.for_whom,
        told.why,
        told.result,
        _named(one.layers, tags.layers),
        _named(one.principles, tags.principles),
    )


def _standing_cells(one: Taken, on: date, grace_days: int) -> Sequence[Cell]:
    row = one.row
    return (
        str(PROGRESS[row.progress]),
        said_of(row, on, grace_days).late_words,
        one.told.promised_on,
        row.term_words,
        row.term_earliest,
        row.term_latest,
        row.move_count,
        row.first_words,
        row.update_count,
        row.done_on,
        one.told.withdrawn_on if row.progress == Progress.WITHDRAWN else None,
        one.told.expected or "",
    )


def _source_cells(one: Taken) -> Sequence[Cell]:
    row = one.row
    return (
        str(WHOSE[row.entered_as]),
        str(STANCES[row.stance]) if row.stance else "",
        row.source_title,
        row.source_url,
        clock.day_of(row.published_at) if row.published_at else None,
        clock.day_of(one.told.updated_at),
        _address(row),
    )


def _address(row: Stored) -> str:
    return full_address("commitments.show", current_locale(), slug=row.slug)


def _named(slugs: Sequence[str], names: Mapping[str, str]) -> str:
    return "; ".join(names[slug] for slug in slugs if slug in names)


def whole(*, on: date, grace_days: int) -> Table:
    """Return the list of all commitments as it is today, in the language that is spoken."""
    tags = tag_choices()
    rows = taken(CommitmentFilter(), on=on, grace_days=grace_days)
    path = own_path("commitments.index")
    return table_of(
        *("toezeggingen", _("Toezeggingen"), path, columns()),
        cells(rows, tags, on=on, grace_days=grace_days),
    )
