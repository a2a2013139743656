"""Every write of organisations and of people in them."""

from portal.organisations.actions.hiding import (
    hide_logo,
    hide_profile,
    restore_logo,
    restore_profile,
)
from portal.organisations.actions.kinds import add_kind, edit_kind
from portal.organisations.actions.organisations import (
    create,
    edit,
    enter,
    publish,
    remove_logo,
    set_logo,
)
from portal.organisations.actions.people import (
    accept,
    change_role,
    hand_over,
    invite,
    leave,
    remove,
    revoke,
)
from portal.organisations.actions.profiles import (
    ask_profile_change,
    describe,
    place_profile,
    refuse_profile,
    withdraw_profile,
)
from portal.organisations.actions.requests import ask_access, grant, refuse_access, take_back

__all__ = [
    "accept",
    "add_kind",
    "ask_access",
    "ask_profile_change",
    "change_role",
    "create",
    "describe",
    "edit",
    "edit_kind",
    "enter",
    "grant",
    "hand_over",
    "hide_logo",
    "hide_profile",
    "invite",
    "leave",
    "place_profile",
    "publish",
    "refuse_access",
    "refuse_profile",
    "remove",
    "remove_logo",
    "restore_logo",
    "restore_profile",
    "revoke",
    "set_logo",
    "take_back",
    "withdraw_profile",
]
