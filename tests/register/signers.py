"""Signatories as these tests want them: named as they are, and sorted as the portal sorts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from portal.core.db import db
from portal.core.folding import sort_key
from portal.core.slugs import slugify
from portal.organisations.likeness import match_name
from portal.organisations.models import Organisation
from portal.signatures.models import Signature
from tests.factories import make_organisation, make_profile, make_signature
from tests.factories.states import add, committed


@committed
def make_signer(
    name: str,
    *,
    kind_slug: str = "gemeente",
    province: str | None = None,
    state: str = "admitted",
    signed_on: date | None = None,
    profile: str | None = None,
) -> Organisation:
    """Return an organisation that signed, under its own name and address."""
    organisation = make_organisation(name=name, kind_slug=kind_slug, province=province)
    organisation.slug = slugify(name)
    organisation.sort_name, organisation.match_name = sort_key(name), match_name(name)
    organisation.names[0].match_name = organisation.match_name
    # Entered by the vereniging: that takes no text, no link and no other people.
    make_signature(organisation, state=state, signed_on=signed_on, is_historic=True)
    if profile is not None:
        make_profile(organisation, body=profile)
    add(organisation)
    return organisation


def signature_of(organisation: Organisation) -> Signature:
    """Return the signature of an organisation that has one."""
    found = select(Signature).where(Signature.organisation_id == organisation.id)
    return db.session.scalars(found).one()
