"""Every write of organisations and of people in them."""

from portal.organisations.actions.access import (
    approve,
    give_due,
    object_to,
    propose_access,
    propose_owner,
    refuse_access_proposal,
    withdraw_access_proposal,
)
from portal.organisations.actions.arrivals import see_arrival
from portal.organisations.actions.claiming import (
    disown_facts,
    hide_reason,
    restore_reason,
    take_back_disowning_facts,
    take_over_facts,
)
from portal.organisations.actions.freezing import freeze, unfreeze
from portal.organisations.actions.hiding import (
    hide_logo,
    hide_profile,
    restore_logo,
    restore_profile,
)
from portal.organisations.actions.kinds import add_kind, edit_kind
from portal.organisations.actions.organisations import (
    correct,
    create,
    edit,
    enter,
    move,
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
    mail_again,
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
from portal.organisations.actions.proposals import (
    ask_proposal_change,
    drop_proposer,
    place_proposal,
    propose,
    refuse_proposal,
    set_back,
    withdraw_proposal,
)
from portal.organisations.actions.requests import ask_access, grant, refuse_access, take_back
from portal.organisations.actions.staff import drop_staff_role

__all__ = [
    "accept",
    "add_kind",
    "approve",
    "ask_access",
    "ask_profile_change",
    "ask_proposal_change",
    "change_role",
    "correct",
    "create",
    "describe",
    "disown_facts",
    "drop_proposer",
    "drop_staff_role",
    "edit",
    "edit_kind",
    "enter",
    "freeze",
    "give_due",
    "grant",
    "hand_over",
    "hide_logo",
    "hide_profile",
    "hide_reason",
    "invite",
    "leave",
    "mail_again",
    "move",
    "object_to",
    "place_profile",
    "place_proposal",
    "propose",
    "propose_access",
    "propose_owner",
    "publish",
    "refuse_access",
    "refuse_access_proposal",
    "refuse_profile",
    "refuse_proposal",
    "remove",
    "remove_logo",
    "restore_logo",
    "restore_profile",
    "restore_reason",
    "revoke",
    "see_arrival",
    "set_back",
    "set_logo",
    "take_back",
    "take_back_disowning_facts",
    "take_over_facts",
    "unfreeze",
    "withdraw_access_proposal",
    "withdraw_profile",
    "withdraw_proposal",
]
