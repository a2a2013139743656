"""A row of a signatory, read: who it is, when it signed, and by which source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from portal.core import clock
from portal.core.folding import fold
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.core.web_addresses import WEB_LINK, read_homepage
from portal.core.words import date_words
from portal.intake.checking.cells import Cells, Lists
from portal.organisations import identifiers
from portal.organisations.facts import Facts
from portal.organisations.provinces import find_province
from portal.pact.models import SigningEvent
from portal.services.entered import Source
from portal.signatures.signed import Signed
from portal.terms import Term, read

NAME, WEBSITE, PLACE = 200, 300, 200


@dataclass(frozen=True, slots=True)
class Signatory:
    """What a row says; what it leaves out is None, and keeps what stands here."""

    name: str
    kind_id: int | None
    province: str | None
    website: str | None
    numbers: Mapping[str, str]
    when: Term | None
    event: SigningEvent | None
    town: str
    is_fictional: bool
    source: Source

    def facts(self) -> Facts:
        """Return who it is, for an organisation that is not here yet."""
        assert self.kind_id is not None  # noqa: S101
        return Facts(self.name, self.kind_id, self.province, self.website, numbers=self.numbers)

    def signed(self) -> Signed:
        """Return its signature, of a row that says when that was set."""
        assert self.when is not None  # noqa: S101
        return Signed(
            when=self.when,
            source_url=self.source.url or "",
            source_title=self.source.title,
            event=self.event,
            town=self.town,
        )


def read_signatory(cells: Cells, lists: Lists, source: Source) -> Signatory:
    """Return what a row says; `cells.faults` tells what in it cannot be."""
    event = _event(cells, lists)
    return Signatory(
        name=_name(cells),
        kind_id=_kind(cells, lists),
        province=_province(cells),
        website=cells.read("website", partial(read_homepage, most=WEBSITE), most=WEBSITE),
        numbers=_numbers(cells),
        when=_when(cells, event),
        event=event,
        town=cells.line("plaats", most=PLACE),
        is_fictional=cells.is_true("verzonnen"),
        source=cells.source(source),
    )


def _name(cells: Cells) -> str:
    name = cells.line("naam", most=NAME)
    cells.needed("naam", name, _("Vul de naam van de organisatie in."))
    if name and sum(sign.isalnum() for sign in name) < 2:
        cells.refuse("naam", _("Een naam heeft minstens twee letters of cijfers."))
    if WEB_LINK.search(name):
        cells.refuse("naam", _("Vul hier geen webadres in."))
    return name


def _kind(cells: Cells, lists: Lists) -> int | None:
    text = cells.line("soort", most=80)
    kind_id = lists.kinds.get(fold(text))
    if text and kind_id is None:
        cells.refuse("soort", _("Deze soort organisatie kent het portaal niet."))
    return kind_id


def _province(cells: Cells) -> str | None:
    text = cells.line("provincie", most=40)
    province = find_province(text) if text else None
    if text and province is None:
        cells.refuse("provincie", _("Dit is geen provincie van Nederland."))
    return province


def _numbers(cells: Cells) -> dict[str, str]:
    numbers = {}
    for scheme in identifiers.SCHEMES:
        number = cells.read(scheme, partial(identifiers.read, scheme), most=200)
        if number is not None:
            numbers[scheme] = number
    return numbers


def _event(cells: Cells, lists: Lists) -> SigningEvent | None:
    text = cells.line("gelegenheid", most=200)
    event = lists.events.get(fold(text))
    if text and event is None:
        message = _("Deze gelegenheid kent het portaal niet. Voeg die eerst toe, of laat dit leeg.")
        cells.refuse("gelegenheid", message)
    return event


def _when(cells: Cells, event: SigningEvent | None) -> Term | None:
    """Return when it signed: as the row says, or on the day of the event."""
    when = cells.when("getekend")
    if when is None:
        if event is None or cells.row.cells.get("getekend"):
            return None
        with speak("nl"):
            return read(date_words(event.held_on), clock.today(), "nl")
    if when.earliest is None or when.latest is None:
        message = _(
            "Schrijf een dag, een maand of een jaar, bijvoorbeeld 3 juli 2019 of juli 2019."
        )
        cells.refuse("getekend", message)
    elif when.earliest > clock.today():
        cells.refuse("getekend", _("Deze datum ligt in de toekomst."))
    elif event is not None and not when.earliest <= event.held_on <= when.latest:
        day = date_words(event.held_on)
        cells.refuse("getekend", _("De gelegenheid was op %(day)s. Controleer de datum.", day=day))
    return when
