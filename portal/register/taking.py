"""The columns of signatories in tables that people take along, and the cells of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from portal.core.addresses import full_address, own_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.short_numbers import short_number
from portal.lifecycle import SignatureState
from portal.organisations.provinces import province_name
from portal.register.queries import TakenSignatory, taken
from portal.services.tables import Cell, Column, Kind, Table, table_of
from portal.signatures.queries.filtering import SignatoryFilter

# Registers in which an organisation has a number.
SCHEMES = ("kvk", "rsin", "oin", "cbs", "tooi")


def columns() -> Sequence[Column]:
    """Return the columns of signatories, in the language of the page."""
    return (*_who(), *_signed(), *_promised())


def _who() -> Iterator[Column]:
    yield Column("nummer", _("Nummer"), _("Blijft altijd hetzelfde."), Kind.NUMBER)
    yield Column("gp_nummer", _("GP-nummer"), _("Van de ondertekening, om naar te verwijzen."))
    yield Column("naam", _("Naam"), _("Hoe de organisatie nu heet."))
    yield Column("soort", _("Soort organisatie"), _("Wat voor organisatie het is."))
    yield Column("provincie", _("Provincie"), _("Leeg voor een organisatie van heel Nederland."))
    yield Column("website", _("Website"), _("De eigen website."))
    names = (_("KVK-nummer"), _("RSIN"), _("OIN"), _("CBS-code"), _("TOOI"))
    for scheme, name in zip(SCHEMES, names, strict=True):
        yield Column(scheme, name, _("Leeg als het hier niet is ingevuld."))


def _signed() -> Iterator[Column]:
    yield Column("status", _("Status"), _("Of de ondertekening nog geldt."))
    yield Column("getekend", _("Getekend"), _("De dag zoals die is opgeschreven."))
    yield Column(
        "getekend_vanaf", _("Getekend vanaf"), _("De eerste dag die het kan zijn."), Kind.DAY
    )
    yield Column(
        "getekend_tot", _("Getekend tot en met"), _("De laatste dag die het kan zijn."), Kind.DAY
    )
    yield Column("gelegenheid", _("Gelegenheid"), _("Waar er is getekend."))
    yield Column(
        "beeindigd_op", _("Beëindigd op"), _("De dag waarop de ondertekening eindigde."), Kind.DAY
    )


def _promised() -> Iterator[Column]:
    yield Column(
        "toezeggingen", _("Toezeggingen"), _("Aantal, zonder wat is ingetrokken."), Kind.NUMBER
    )
    yield Column("gereed", _("Gereed"), _("Hoeveel daarvan gereed zijn."), Kind.NUMBER)
    yield Column("te_laat", _("Te laat"), _("Van hoeveel de termijn voorbij is."), Kind.NUMBER)
    yield Column(
        "laatste_nieuws",
        _("Laatste nieuws"),
        _("De laatste dag met nieuws van de ondertekenaar; leeg bij een eerdere peildatum."),
        Kind.DAY,
    )
    yield Column("verzonnen", _("Verzonnen"), _("ja: bedacht om het portaal te laten zien."))
    yield Column("adres", _("Adres"), _("De pagina van de ondertekenaar."))


def cells(taken: Iterable[TakenSignatory]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each signatory for `columns`, in the language of the page."""
    states: Mapping[str, str] = {
        SignatureState.ADMITTED: _("ondertekenaar"),
        SignatureState.ENDED: _("voormalig ondertekenaar"),
    }
    for one in taken:
        yield (*_who_cells(one), *_signed_cells(one, states), *_promised_cells(one))


def _who_cells(one: TakenSignatory) -> Sequence[Cell]:
    card = one.card
    kind = card.name_en if current_locale() == "en" else card.name_nl
    numbers = (one.numbers.get(scheme, "") for scheme in SCHEMES)
    cited = short_number(one.short_number) if one.short_number else None
    return (card.id, cited, card.name, kind, province_name(card.province), one.website, *numbers)


def _signed_cells(one: TakenSignatory, states: Mapping[str, str]) -> Sequence[Cell]:
    card = one.card
    is_ended = card.state == SignatureState.ENDED
    return (
        states[card.state],
        card.signed_words,
        card.signed_earliest,
        card.signed_latest,
        one.event_name,
        one.ended_on if is_ended else None,
    )


def _promised_cells(one: TakenSignatory) -> Sequence[Cell]:
    card, counts = one.card, one.card.counts
    promised = (counts.published, counts.done, counts.late) if counts else (0, 0, 0)
    address = full_address("register.signatory", current_locale(), slug=card.slug)
    return (*promised, card.news_on, _("ja") if card.is_fictional else _("nee"), address)


def whole(*, on: date, grace_days: int) -> Table:
    """Return the list of all signatories as it is today, in the language that is spoken."""
    rows = taken(SignatoryFilter(), on=on, grace_days=grace_days)
    path = own_path("register.signatories")
    return table_of("ondertekenaars", _("Ondertekenaars"), path, columns(), cells(rows))
