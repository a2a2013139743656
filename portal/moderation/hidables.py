"""The kinds of things that moderators hide: one object each, which form, pages and list follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from portal.comments import actions as comments
from portal.comments.models import Comment
from portal.comments.queries.threads import address_of
from portal.core.db import Base, Columnar, db
from portal.core.i18n import lazy_gettext as _l
from portal.moderation import hidable_rows as rows
from portal.moderation.waiting import Act, Label


class HidableRow(NamedTuple):
    """Something public, hidden or not, as every select of `hidable_rows` reads it."""

    # The word of its kind in addresses.
    path: str
    id: int
    title: str
    # The path of the page where it stands, without language.
    address: str
    html: str | None
    picture_key: str | None
    author_id: int | None
    author_name: str | None
    # The organisations that it concerns.
    organisation_id: int | None
    discussed_id: int | None
    hidden_at: datetime | None
    hidden_by: int | None
    hidden_by_name: str | None
    hidden_ground: str | None


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
    def address(self) -> str:
        """The path where it stands, without language."""
        find = self.kind.find_address
        return self.row.address if find is None else find(self.item)

    @property
    def item(self) -> Any:
        """The row of the model."""
        return db.session.get_one(self.kind.model, self.row.id)


COMMENT = HidableKind(
    path="reactie",
    model=Comment,
    rows=rows.COMMENTS,
    name=_l("Reactie"),
    hears=_l("De schrijver krijgt een mail met de reden en uw toelichting."),
    leaves=_l(
        "De tekst verdwijnt van de site. Staan er antwoorden onder? Dan blijft op de plaats van de "
        "reactie staan dat zij verborgen is, met de reden."
    ),
    hide=comments.hide,
    restore=comments.restore,
    find_address=address_of,
)

HIDABLE_KINDS = (COMMENT,)
BY_PATH = {kind.path: kind for kind in HIDABLE_KINDS}
