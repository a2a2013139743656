"""Taking the short description or the logo of an organisation out of sight, and back."""

from __future__ import annotations

from sqlalchemy import select

from portal.core.addresses import path_to
from portal.core.db import db
from portal.documents.models import Picture
from portal.lifecycle import TextState
from portal.organisations import queries
from portal.organisations.models import Organisation, ProfileText
from portal.policy import Person
from portal.services import hiding
from portal.services.hiding import Notice


def hide_profile(version: ProfileText, *, ground: str, reason: str, by: Person) -> None:
    """Take a placed description off the page; its organisation may write another."""
    organisation = queries.get_organisation(version.organisation_id)
    notice = _notice(organisation, version.body)
    hiding.hide(version, notice, ground=ground, reason=reason, by=by)


def restore_profile(version: ProfileText, *, reason: str = "", by: Person) -> None:
    """Bring a hidden description back; one that was replaced meanwhile stays replaced."""
    organisation = queries.get_organisation(version.organisation_id)
    is_back = version.state == TextState.PLACED
    notice = _notice(organisation, version.body) if is_back else None
    hiding.restore(version, notice, reason=reason, by=by)


def hide_logo(picture: Picture, *, ground: str, reason: str, by: Person) -> None:
    """Take a logo out of sight: its address gives it no more; another can be chosen."""
    hiding.hide(picture, _notice_of_logo(picture), ground=ground, reason=reason, by=by)


def restore_logo(picture: Picture, *, reason: str = "", by: Person) -> None:
    """Bring a hidden logo back."""
    hiding.restore(picture, _notice_of_logo(picture), reason=reason, by=by)


def _notice_of_logo(picture: Picture) -> Notice:
    """Return what the people of the organisation are told; nobody, of a logo of none."""
    query = select(Organisation).where(Organisation.logo_id == picture.id)
    organisation = db.session.scalars(query).first()
    return _notice(organisation) if organisation is not None else Notice((), "", "/")


def _notice(organisation: Organisation, text: str = "") -> Notice:
    path = path_to("organisation", organisation_id=organisation.id)
    readers = queries.writers_and_mailbox(organisation.id)
    return Notice(readers, organisation.name, path, text, organisation.id)
