"""Whom an act concerns: who is told of it by mail, and whether those who follow may hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.core.db import Bound
from portal.lifecycle import LIFECYCLES


class Audience(StrEnum):
    """Somebody whom an act concerns, seen from the thing that is acted upon."""

    # Whose account, role, question or invitation it is.
    PERSON = "person"
    # Who wrote the text, or prepared the signature.
    WRITER = "writer"
    # Who wrote the article below which something is said.
    HOST = "host"
    OWNERS = "owners"
    EDITORS = "editors"
    # The address that an organisation named for its mails.
    MAILBOX = "mailbox"
    SIGNATORY = "signatory"
    MODERATORS = "moderators"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that an act causes: the folder of its template, and who gets it."""

    template: str
    to: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes known of an act: mails at once to those addressed, and whether it is news.

    `is_news`: those who follow the thing may hear of it, by their own rhythm.
    """

    mails: tuple[Mail, ...] = ()
    is_news: bool = False


Table = Mapping[tuple[str, str], Told]

NOBODY = Told()
NEWS = Told(is_news=True)

# Mails that no act in the log causes: links for what is not proven yet, what a visitor tells the
# vereniging, news of many acts for those who follow, and upkeep.
WITHOUT_ACT = frozenset(
    {
        "account_confirm",
        "account_exists",
        "account_new_browser",
        "account_reset",
        "admin_test",
        "admin_trouble",
        "commitment_reminder",
        "follow_confirm",
        "follow_news",
        "moderation_waiting",
        # To all signatories, in batches after the act.
        "rappel_letter",
        "vereniging_barrier",
    }
)

who_is_told: Bound[Table] = Bound("who_is_told")


class Untold(RuntimeError):
    """An act that no table names, or one that no lifecycle knows: the app does not start."""


def mail(template: str, *to: Audience, is_news: bool = False) -> Told:
    """Return that one mail tells of an act, to those named."""
    return Told((Mail(template, to),), is_news)


def both(*told: Told) -> Told:
    """Return that several mails tell of one act."""
    mails = tuple(each for one in told for each in one.mails)
    return Told(mails, any(one.is_news for one in told))


def told_of(thing: str, acts: Mapping[str, Told]) -> Table:
    """Return a part of the table: who is told of the acts of one thing."""
    return {(thing, act): told for act, told in acts.items()}


def joined(*tables: Table) -> Table:
    """Return the tables of all domains as one; Untold when an act is missing, or is none."""
    table = {act: told for part in tables for act, told in part.items()}
    acts = {(thing, name) for thing, rows in LIFECYCLES.items() for name in rows}
    if table.keys() != acts or len(table) != sum(map(len, tables)):
        unequal = sorted(":".join(act) for act in table.keys() ^ acts)
        raise Untold(", ".join(unequal) or "an act is named twice")
    return table


def audience_of(template: str) -> frozenset[Audience]:
    """Return who gets a mail, by all acts that cause it; nobody of one that no act causes."""
    mails = (each for told in who_is_told().values() for each in told.mails)
    return frozenset(to for each in mails if each.template == template for to in each.to)


def is_known_mail(template: str) -> bool:
    """Return whether an act causes this mail, or one of the few that tell of none."""
    named = {each.template for told in who_is_told().values() for each in told.mails}
    return template in named | WITHOUT_ACT
