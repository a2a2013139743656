"""The kinds of things that moderators hide: one object each, which form, pages and list follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from portal.comments import actions as comments
from portal.comments.models import Comment
from portal.comments.queries.places import address_of
from portal.commitments import actions as commitments
from portal.commitments.models import Commitment, Prognosis, Revision, Update
from portal.core.db import Base, Columnar, db
from portal.core.i18n import lazy_gettext as _l
from portal.documents.models import DocumentVersion, Picture
from portal.moderation import hidable_promises as promises
from portal.moderation import hidable_rows as rows
from portal.moderation.waiting import Act, Label
from portal.news import actions as news
from portal.news.models import Article
from portal.organisations import actions as organisations
from portal.organisations.models import ProfileText
from portal.services.models import Disowning


class HidableRow(NamedTuple):
    """Something public, hidden or not, as every select of `hidable_rows` reads it."""

    # The word of its kind in addresses.
    path: str
    id: int
    title: str
    # The path of the page where it stands, without language.
    address: str
    html: str | None
    # Without markup.
    text: str | None
    # Of that text, and of the title; None where there is none, or only names.
    language: str | None
    title_language: str | None
    picture_key: str | None
    file_name: str | None
    author_id: int | None
    author_name: str | None
    # The organisations that it concerns.
    organisation_id: int | None
    discussed_id: int | None
    hidden_at: datetime | None
    hidden_by: int | None
    hidden_by_name: str | None
    hidden_ground: str | None
    # Since when a second moderator has said that it stays hidden; None until then.
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HidableKind:
    """A kind of thing that can be hidden: its word in addresses, its rows, and its two actions.

    `rows` selects the columns of HidableRow of what is public but for being hidden. `hide` gets
    the model, `ground`, `reason` and `by`; `restore` the same without a ground.
    """

    path: str
    model: type[Base]
    rows: Columnar
    name: Label
    # Who gets a mail.
    hears: Label
    # What readers see in its place.
    leaves: Label
    hide: Act
    restore: Act
    # Where it stands now, when that takes more than the row to know.
    find_address: Callable[[Any], str] | None = None
    # Its own page says that it is hidden, so the moderator goes on to the list.
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Hidable:
    """One thing that can be hidden, or is; what rules ask of a subject, and its action."""

    kind: HidableKind
    row: HidableRow

    @property
    def author_id(self) -> int | None:
        return self.row.author_id

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        numbers = (self.row.organisation_id, self.row.discussed_id)
        return tuple(number for number in numbers if number is not None)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        return ()

    @property
    def is_hidden(self) -> bool:
        return self.row.hidden_at is not None

    @property
    def hidden_by(self) -> int | None:
        return self.row.hidden_by

    @property
    def address(self) -> str:
        """The path where it stands, without language."""
        find = self.kind.find_address
        return self.row.address if find is None else find(self.item)

    @property
    def item(self) -> Any:
        """The row of the model."""
        return db.session.get_one(self.kind.model, self.row.id)


_TO_WRITERS = _l("De eigenaren en redacteuren krijgen een mail met de reden en uw toelichting.")
_TO_WRITER = _l("De schrijver krijgt een mail met de reden en uw toelichting.")

COMMENT = HidableKind(
    path="reactie",
    model=Comment,
    rows=rows.COMMENTS,
    name=_l("Reactie"),
    hears=_TO_WRITER,
    leaves=_l(
        "De tekst verdwijnt van de site. Staan er antwoorden onder? Dan staat op die plaats dat "
        "de reactie is verborgen, met de reden."
    ),
    hide=comments.hide,
    restore=comments.restore,
    find_address=address_of,
)

COMMITMENT = HidableKind(
    path="toezegging",
    model=Commitment,
    rows=promises.COMMITMENTS,
    name=_l("Toezegging"),
    hears=_TO_WRITERS,
    leaves=_l(
        "De pagina zegt dan alleen dat de vereniging de toezegging heeft verborgen, en waarom. "
        "Documenten en reacties zijn dan ook verborgen. De toezegging telt niet mee in lijsten en "
        "cijfers."
    ),
    hide=commitments.hide,
    restore=commitments.restore,
    is_page=True,
)
UPDATE = HidableKind(
    path="bericht",
    model=Update,
    rows=promises.UPDATES,
    name=_l("Voortgangsbericht"),
    hears=_TO_WRITERS,
    leaves=_l(
        "Op de plaats van het bericht staat dan dat de vereniging het heeft verborgen, en waarom. "
        "Hoe ver de toezegging is, verandert niet. Een bewijsstuk bij dit bericht telt niet mee."
    ),
    hide=commitments.hide_update,
    restore=commitments.restore_update,
)
PROGNOSIS = HidableKind(
    path="prognose",
    model=Prognosis,
    rows=promises.PROGNOSES,
    name=_l("Prognose"),
    hears=_TO_WRITERS,
    leaves=_l(
        "Op de plaats van de prognose staat dan dat de vereniging die heeft verborgen, en waarom."
    ),
    hide=commitments.hide_prognosis,
    restore=commitments.restore_prognosis,
)
OLD_TEXT = HidableKind(
    path="tekst",
    model=Revision,
    rows=promises.REVISIONS,
    name=_l("Oude tekst van een toezegging"),
    hears=_TO_WRITERS,
    leaves=_l(
        "Bij de versies met deze tekst staat dan dat de vereniging die heeft verborgen, en waarom. "
        "De nummers van de versies blijven. De toezegging zoals die nu is, verandert niet. "
        "De oude tekst verdwijnt in zijn geheel, met de titel: wat weg moet, staat vaak op meer "
        "plaatsen. Staat het ook in een andere versie? Verberg die dan apart."
    ),
    hide=commitments.hide_text,
    restore=commitments.restore_text,
)
DOCUMENT = HidableKind(
    path="document",
    model=DocumentVersion,
    rows=promises.DOCUMENTS,
    name=_l("Versie van een document"),
    hears=_TO_WRITERS,
    leaves=_l(
        "Lezers kunnen deze versie niet meer openen. Bij de toezegging staat dat de versie is "
        "verborgen."
    ),
    hide=commitments.hide_version,
    restore=commitments.restore_version,
)
ARTICLE = HidableKind(
    path="artikel",
    model=Article,
    rows=rows.ARTICLES,
    name=_l("Artikel"),
    hears=_TO_WRITER,
    leaves=_l(
        "De pagina zegt dan alleen dat de vereniging dit heeft verborgen, en waarom. De reacties "
        "zijn dan ook verborgen."
    ),
    hide=news.hide,
    restore=news.restore,
)
PHOTO = HidableKind(
    path="foto",
    model=Picture,
    rows=rows.PHOTOS,
    name=_l("Foto bij een artikel"),
    hears=_TO_WRITER,
    leaves=_l("Het artikel staat er dan zonder foto."),
    hide=news.hide_photo,
    restore=news.restore_photo,
)
DISOWNING = HidableKind(
    path="toelichting",
    model=Disowning,
    rows=rows.DISOWNINGS,
    name=_l("Toelichting bij “niet van ons”"),
    hears=_TO_WRITERS,
    leaves=_l(
        "De toelichting is dan verborgen. Er staat nog wel dat de ondertekenaar zegt: niet van ons."
    ),
    hide=organisations.hide_reason,
    restore=organisations.restore_reason,
)
PROFILE = HidableKind(
    path="omschrijving",
    model=ProfileText,
    rows=rows.PROFILES,
    name=_l("Korte omschrijving"),
    hears=_TO_WRITERS,
    leaves=_l(
        "De omschrijving staat dan niet meer op de pagina. De organisatie kan een andere schrijven."
    ),
    hide=organisations.hide_profile,
    restore=organisations.restore_profile,
)
LOGO = HidableKind(
    path="logo",
    model=Picture,
    rows=rows.LOGOS,
    name=_l("Logo"),
    hears=_TO_WRITERS,
    leaves=_l("Op de plaats van het logo staan dan de letters van de naam."),
    hide=organisations.hide_logo,
    restore=organisations.restore_logo,
)

HIDABLE_KINDS = (
    COMMENT,
    COMMITMENT,
    UPDATE,
    PROGNOSIS,
    OLD_TEXT,
    DOCUMENT,
    DISOWNING,
    ARTICLE,
    PHOTO,
    PROFILE,
    LOGO,
)
BY_PATH = {kind.path: kind for kind in HIDABLE_KINDS}
