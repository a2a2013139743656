"""Every write of commitments."""

from portal.commitments.actions.claiming import disown, take_back_disowning, take_over
from portal.commitments.actions.documents import (
    add_document,
    add_version,
    describe_document,
    link_document,
    remove_document,
    title_of,
    write_out,
)
from portal.commitments.actions.hiding import (
    hide,
    hide_prognosis,
    hide_text,
    hide_update,
    hide_version,
    restore,
    restore_prognosis,
    restore_text,
    restore_update,
    restore_version,
)
from portal.commitments.actions.prognoses import foretell, recall
from portal.commitments.actions.progress import (
    close_commitments,
    move_term,
    refuse_undoing_admission,
    report,
    retract,
    withdraw,
)
from portal.commitments.actions.writing import discard, draft, edit, publish, undo_entry

__all__ = [
    "add_document",
    "add_version",
    "close_commitments",
    "describe_document",
    "discard",
    "disown",
    "draft",
    "edit",
    "foretell",
    "hide",
    "hide_prognosis",
    "hide_text",
    "hide_update",
    "hide_version",
    "link_document",
    "move_term",
    "publish",
    "recall",
    "refuse_undoing_admission",
    "remove_document",
    "report",
    "restore",
    "restore_prognosis",
    "restore_text",
    "restore_update",
    "restore_version",
    "retract",
    "take_back_disowning",
    "take_over",
    "title_of",
    "undo_entry",
    "withdraw",
    "write_out",
]
