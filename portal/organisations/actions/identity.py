"""Who an organisation is, put into its row, its names in time and its numbers; and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core import clock
from portal.core.db import db
from portal.core.errors import FieldRefused
from portal.core.folding import sort_key
from portal.core.i18n import gettext as _
from portal.organisations import queries
from portal.organisations.events import OrganisationRenamed
from portal.organisations.identifiers import SCHEMES, Numbers
from portal.organisations.identity import Identity, identity_of
from portal.organisations.likeness import match_name
from portal.organisations.models import Identifier, Organisation, OrganisationName
from portal.services.events import tell


def apply_identity(
    organisation: Organisation, after: Identity, *, renamed_on: date | None = None
) -> str:
    """Let an organisation be who `after` says, and return what became different, for the log.

    With `renamed_on` a new name is valid from that day and the old one stays known; without it the
    name is corrected. The listeners of OrganisationRenamed may refuse.
    """
    before = identity_of(organisation)
    if after.name != before.name:
        _rename(organisation, after.name, renamed_on)
    return _apply_rest(organisation, before, after)


def take_back_identity(
    organisation: Organisation, before: Identity, *, renamed_on: date | None = None
) -> str:
    """Let an organisation be again who `before` says; return what became different, for the log.

    A name that it got on `renamed_on` is forgotten: it was never its name.
    """
    now = identity_of(organisation)
    if before.name != now.name:
        _forget_name(organisation, before.name, renamed_on)
    return _apply_rest(organisation, now, before)


def _apply_rest(organisation: Organisation, before: Identity, after: Identity) -> str:
    if after.kind_id != organisation.kind_id:
        organisation.kind = queries.get_kind(after.kind_id)
    organisation.website, organisation.mail_domain = after.website, after.mail_domain
    set_numbers(organisation, after.numbers)
    db.session.flush()
    old, new = before.values(), after.values()
    return "; ".join(
        f"{name}: {old[name] or '-'} > {new[name] or '-'}" for name in after.changes_from(before)
    )


def set_numbers(organisation: Organisation, numbers: Numbers) -> None:
    """Give an organisation these numbers; those of registers that are not named stay."""
    for scheme in SCHEMES:
        new = numbers.get(scheme) or None
        if scheme not in numbers or new == organisation.number(scheme):
            continue
        others = [each for each in organisation.identifiers if each.scheme != scheme]
        organisation.identifiers = others + ([Identifier(scheme=scheme, value=new)] if new else [])


def _rename(organisation: Organisation, name: str, renamed_on: date | None) -> None:
    current = organisation.names[-1]
    if renamed_on is None:
        _correct(organisation, current, name)
        return
    refuse_day(organisation, renamed_on)
    current.valid_until = renamed_on - timedelta(days=1)
    organisation.names.append(
        OrganisationName(name=name, match_name=match_name(name), valid_from=renamed_on)
    )
    _carry(organisation, name)
    tell(OrganisationRenamed(organisation))


def _correct(organisation: Organisation, current: OrganisationName, name: str) -> None:
    wrong = organisation.name
    current.name, current.match_name = name, match_name(name)
    _carry(organisation, name)
    tell(OrganisationRenamed(organisation, never_named=wrong))


def _forget_name(organisation: Organisation, name: str, renamed_on: date | None) -> None:
    current = organisation.names[-1]
    if renamed_on is None or current.valid_from != renamed_on:
        _correct(organisation, current, name)
        return
    wrong, earlier = current.name, organisation.names[-2]
    organisation.names.remove(current)
    db.session.delete(current)
    earlier.valid_until = None
    _carry(organisation, name)
    tell(OrganisationRenamed(organisation, never_named=wrong))


def _carry(organisation: Organisation, name: str) -> None:
    organisation.name = name
    organisation.sort_name, organisation.match_name = sort_key(name), match_name(name)


def refuse_day(organisation: Organisation, renamed_on: date) -> None:
    """Refuse a day on which the organisation cannot have got a new name, with FieldRefused."""
    current = organisation.names[-1]
    if renamed_on > clock.today():
        raise FieldRefused(
            "renamed_on", _("Deze datum ligt in de toekomst. Wijzig de naam zodra die geldt.")
        )
    if current.valid_from is not None and renamed_on <= current.valid_from:
        raise FieldRefused(
            "renamed_on", _("Deze datum ligt voor de vorige naamswijziging. Controleer de datum.")
        )


def refuse_taken(organisation: Organisation, before: Identity, after: Identity) -> None:
    """Refuse a new name or number that another public organisation has, with FieldRefused."""
    for taken in queries.taken_by_others(organisation.id, before, after):
        raise FieldRefused(taken.field, taken.words())
