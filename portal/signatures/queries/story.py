"""What happened to a signature, step by step, in plain language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, and_, bindparam, or_, select

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.i18n import LazyString
from portal.core.i18n import lazy_gettext as _l
from portal.services.grounds import ADMISSION_GROUNDS, ALONE_GROUNDS, SIGNATURE_GROUNDS
from portal.services.models import HistoryReason, HistoryRow
from portal.signatures.models import Ending, Signature, SignatureLink

HAPPENINGS = {
    "prepare": _l("Ondertekening begonnen"),
    "filled_in": _l("Gegevens ingevuld"),
    "sourced": _l("Gegevens ingevuld"),
    "taken_over": _l("Bevestigd door de organisatie"),
    "disowned": _l("De organisatie zegt: niet van ons"),
    "disown_undone": _l("De organisatie zegt: toch van ons"),
    "send": _l("Link gemaild aan de tekenbevoegde"),
    "sent_again": _l("Nieuwe link gemaild aan de tekenbevoegde"),
    "bounced": _l("De mail aan de tekenbevoegde kwam terug"),
    "recall": _l("Verzoek teruggehaald"),
    "turn_down": _l("De tekenbevoegde tekent niet"),
    "confirm": _l("Ondertekend door de tekenbevoegde"),
    "ask_more": _l("Aanvulling gevraagd"),
    "complete": _l("Aanvulling verstuurd"),
    "admit": _l("Toegelaten als ondertekenaar"),
    "decline": _l("Afgewezen"),
    "undo": _l("Besluit ongedaan gemaakt: wacht weer op beoordeling"),
    "correct": _l("Aanvraag weer geopend"),
    "cancel": _l("Aanvraag geannuleerd"),
    "enter": _l("Historische ondertekening ingevoerd"),
    "put_forward": _l("Historische ondertekening ingevoerd: de eigenaar kijkt of die klopt"),
    "affirm": _l("De eigenaar zegt dat de ondertekening klopt"),
    "deny": _l("De eigenaar zegt dat de ondertekening niet klopt"),
    "take_back": _l("Invoer teruggehaald"),
    "undo_entry": _l("Invoer ongedaan gemaakt"),
    "undo_import": _l("Invoer ongedaan gemaakt"),
    # Only in older rows: an ending has rows of its own now.
    "end_requested": _l("Opzegging gevraagd: link gemaild aan de tekenbevoegde"),
    "end_called_off": _l("Verzoek om op te zeggen teruggehaald"),
    "end": _l("Opgezegd door de tekenbevoegde"),
    "end_by_vereniging": _l("Beëindigd door de vereniging"),
}
ENDING_HAPPENINGS = {
    "ask": _l("Opzegging gevraagd: link gemaild aan de tekenbevoegde"),
    "propose": _l("Beëindiging voorgesteld door de vereniging"),
    "sent_again": _l("Nieuwe link voor de opzegging gemaild"),
    "confirm": _l("Opzegging bevestigd door de tekenbevoegde"),
    "confirm_with_proof": _l("Opzegging bevestigd door een andere tekenbevoegde"),
    "ask_more": _l("Aanvulling gevraagd bij de opzegging"),
    "complete": _l("Aanvulling bij de opzegging verstuurd"),
    "agree": _l("De vereniging is akkoord met de opzegging"),
    "refuse": _l("De opzegging is niet aangenomen"),
    "undo": _l("Besluit ongedaan gemaakt: wacht weer op beoordeling"),
    "call_off": _l("Verzoek om op te zeggen teruggehaald"),
    "stop": _l("Opzegging gestopt"),
    "end": _l("De tijd om te stoppen is voorbij"),
    "lapse": _l("De opzegging is vervallen"),
}
BY_VERENIGING = (
    "ask_more",
    "admit",
    "decline",
    "undo",
    "enter",
    "put_forward",
    "take_back",
    "undo_entry",
    "undo_import",
    "sourced",
    "end_by_vereniging",
)
ENDING_BY_VERENIGING = ("propose", "ask_more", "agree", "refuse", "undo")
# Done with a mailed link, by somebody without an account.
BY_LINK = ("confirm", "confirm_with_proof", "turn_down")
GROUNDS: Mapping[str, LazyString] = {
    **ADMISSION_GROUNDS,
    **SIGNATURE_GROUNDS,
    **{str(ground): words for ground, words in ALONE_GROUNDS.items()},
}

# A step that is taken with a link comes just before the moment at which the link is used up.
_NAME_ON_LINK = (
    select(SignatureLink.name)
    .where(
        SignatureLink.signature_id == bindparam("signature_id"),
        SignatureLink.used_at >= HistoryRow.at,
    )
    .order_by(SignatureLink.used_at)
    .limit(1)
    .scalar_subquery()
)
_ROWS = (
    select(
        HistoryRow.subject,
        HistoryRow.step,
        HistoryRow.at,
        HistoryRow.ground,
        HistoryReason.reason,
        HistoryReason.language,
        HistoryRow.account_id,
        Account.name,
        _NAME_ON_LINK.label("name_on_link"),
    )
    .outerjoin(HistoryReason, HistoryReason.history_id == HistoryRow.id)
    .outerjoin(Account, Account.id == HistoryRow.account_id)
    .where(
        or_(
            and_(
                HistoryRow.subject == Signature.thing,
                HistoryRow.subject_id == bindparam("signature_id"),
            ),
            and_(
                HistoryRow.subject == Ending.thing,
                HistoryRow.subject_id.in_(
                    select(Ending.id).where(Ending.signature_id == bindparam("signature_id"))
                ),
            ),
        )
    )
    .order_by(HistoryRow.id)
)


class Happening(NamedTuple):
    """One thing that happened; `name` is None where nobody is known, or where it is not shown."""

    title: LazyString
    at: datetime
    name: str | None
    is_by_vereniging: bool
    ground: LazyString | None
    reason: str | None
    # None without a reason.
    language: str | None


def story_of(signature_id: int, *, names_moderators: bool = False) -> list[Happening]:
    """Return what happened, oldest first.

    `names_moderators` is for moderators only: others read that the vereniging did it.
    """
    rows = db.session.execute(_ROWS, {"signature_id": signature_id})
    return [_happening(row, names_moderators) for row in rows]


def _happening(
    row: Row[str, str, datetime, str | None, str | None, str | None, int | None, str, str | None],
    names_moderators: bool,
) -> Happening:
    step, is_ending = row.step, row.subject == Ending.thing
    is_by_vereniging = step in (ENDING_BY_VERENIGING if is_ending else BY_VERENIGING)
    if not is_ending and step == "recall" and row.account_id is None:
        # Older rows say "recall" where the signatory, who has no account, did not sign.
        step = "turn_down"
    name = row.name or (row.name_on_link if step in BY_LINK else None)
    return Happening(
        title=ENDING_HAPPENINGS[step] if is_ending else HAPPENINGS[step],
        at=row.at,
        name=name if names_moderators or not is_by_vereniging else None,
        is_by_vereniging=is_by_vereniging,
        ground=GROUNDS[row.ground] if row.ground else None,
        reason=row.reason,
        language=row.language,
    )
