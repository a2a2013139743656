"""Every write of discussions and comments."""

from portal.comments.actions.deciding import ask_change, place, refuse, undo_decision
from portal.comments.actions.discussions import (
    close_discussion,
    hide_discussion,
    open_discussion,
    show_discussion,
)
from portal.comments.actions.hiding import hide, restore
from portal.comments.actions.losing import drop_staff_voice, drop_voice
from portal.comments.actions.posting import post
from portal.comments.actions.voices import correct_voice
from portal.comments.actions.writing import edit, withdraw

__all__ = [
    "ask_change",
    "close_discussion",
    "correct_voice",
    "drop_staff_voice",
    "drop_voice",
    "edit",
    "hide",
    "hide_discussion",
    "open_discussion",
    "place",
    "post",
    "refuse",
    "restore",
    "show_discussion",
    "undo_decision",
    "withdraw",
]
