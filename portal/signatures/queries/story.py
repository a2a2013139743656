"""What happened to a signature, step by step, in plain language."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, bindparam, select

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import LazyString
from portal.core.i18n import lazy_gettext as _l
from portal.services.grounds import SIGNATURE_GROUNDS
from portal.services.models import HistoryReason, HistoryRow

HAPPENINGS = {
    "prepare": _l("Ondertekening begonnen"),
    "filled_in": _l("Gegevens ingevuld"),
    "sourced": _l("Gegevens ingevuld"),
    "send": _l("Link gemaild aan de tekenbevoegde"),
    "sent_again": _l("Nieuwe link gemaild aan de tekenbevoegde"),
    "bounced": _l("De mail aan de tekenbevoegde kwam terug"),
    "recall": _l("Verzoek teruggehaald"),
    "turn_down": _l("De tekenbevoegde tekent niet"),
    "confirm": _l("Ondertekend door de tekenbevoegde"),
    "ask_more": _l("Aanvulling gevraagd"),
    "complete": _l("Aanvulling ingestuurd"),
    "admit": _l("Toegelaten als ondertekenaar"),
    "decline": _l("Afgewezen"),
    "correct": _l("Aanvraag weer geopend"),
    "cancel": _l("Aanvraag geannuleerd"),
    "enter": _l("Historische ondertekening ingevoerd"),
    "end_requested": _l("Opzegging gevraagd: link gemaild aan de tekenbevoegde"),
    "end_called_off": _l("Verzoek om op te zeggen teruggehaald"),
    "end": _l("Opgezegd door de tekenbevoegde"),
    "end_by_vereniging": _l("Beëindigd door de vereniging"),
}
BY_VERENIGING = ("ask_more", "admit", "decline", "enter", "sourced", "end_by_vereniging")

_ROWS = (
    select(
        HistoryRow.step,
        HistoryRow.at,
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryRow.account_id,
        Account.name,
    )
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
    .outerjoin(Account, Account.id == HistoryRow.account_id)
    .where(HistoryRow.subject == "signature", HistoryRow.subject_id == bindparam("signature_id"))
    .order_by(HistoryRow.id)
)


class Happening(NamedTuple):
    """One thing that happened; `name` is None without an account, or where it is not shown."""

    title: LazyString
    at: datetime
    name: str | None
    is_by_vereniging: bool
    ground: LazyString | None
    reason: str | None


def story_of(signature_id: int, *, names_moderators: bool = False) -> list[Happening]:
    """Return what happened, oldest first.

    `names_moderators` is for moderators only: others read that the vereniging did it.
    """
    rows = db.session.execute(_ROWS, {"signature_id": signature_id})
    return [_happening(row, names_moderators) for row in rows]


def _happening(
    row: Row[str, datetime, str | None, str | None, int | None, str], names_moderators: bool
) -> Happening:
    is_by_vereniging = row.step in BY_VERENIGING
    step = row.step
    if step == "recall" and row.account_id is None:
        # Older rows say "recall" where the signatory, who has no account, did not sign.
        step = "turn_down"
    return Happening(
        title=HAPPENINGS[step],
        at=row.at,
        name=row.name if names_moderators or not is_by_vereniging else None,
        is_by_vereniging=is_by_vereniging,
        ground=SIGNATURE_GROUNDS[row.ground] if row.ground else None,
        reason=row.reason,
    )
