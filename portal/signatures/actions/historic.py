"""Signatures from before there was a portal, entered by the vereniging."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.core.words import date_words
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services.history import advance, create, history_of, last_row
from portal.signatures import mails, queries
from portal.signatures.actions.deciding import make_public
from portal.signatures.models import Signature
from portal.signatures.signed import Signed
from portal.terms import Term


def enter(organisation: Organisation, signed: Signed, *, by: Person | None) -> Signature:
    """Return a signature of the past; the organisation is public and a signatory from now on.

    Of an organisation that has an eigenaar nobody sees it before that person says that it is right.
    Refused with FieldRefused: a date in the future, with an open end or before the end of an
    earlier signature, a text that was not valid yet, no source. Refused with AlreadyExists: an
    organisation that has an open signature.
    """
    _check(signed)
    previous = _previous(organisation, signed)
    signature = Signature(
        organisation=organisation,
        is_historic=True,
        **_signed_on(signed.when),
        signatory_name=signed.signatory_name,
        signatory_function=signed.signatory_function,
        mandate_note="",
        pact_version=signed.pact,
        pact_sha256=signed.pact.sha256 if signed.pact is not None else None,
        event=signed.event,
        place=signed.town or None,
        source_url=signed.source_url,
        source_title=signed.source_title,
        entered_as=EnteredAs.VERENIGING,
        previous_id=previous.id if previous is not None else None,
        discussion_id=previous.discussion_id if previous is not None else None,
        created_at=clock.now(),
    )
    _create(signature, by)
    return signature


def affirm(signature: Signature, *, by: Person) -> None:
    """Say as eigenaar that a signature of the past is right: from now on everybody sees it.

    FieldRefused when who the organisation is was changed since the vereniging entered it: nobody
    of the vereniging has seen that.
    """
    lock_row(signature.organisation)
    advance(signature, "affirm", by=by)
    _refuse_changed(signature)
    make_public(signature, by=by)


def _refuse_changed(signature: Signature) -> None:
    entered = last_row(signature.thing, signature.id, "put_forward")
    organisation = signature.organisation
    edits = (row for row in history_of(organisation.thing, organisation.id) if row.step == "edited")
    # The reason of an edit holds what became different of who it is; a province is none of that.
    if entered is not None and any(row.id > entered.id and row.reason_sha256 for row in edits):
        message = _(
            "De gegevens van uw organisatie zijn veranderd nadat de vereniging dit invoerde. Zeg "
            "dat de ondertekening niet klopt, en vraag de vereniging om de ondertekening opnieuw "
            "in te voeren."
        )
        raise FieldRefused("", message)


def deny(signature: Signature, *, reason: str, by: Person) -> None:
    """Say as eigenaar that it is not right, with the reason; the moderators get a mail."""
    advance(signature, "deny", by=by, reason=reason)
    mails.denied(signature, reason)


def take_back_entered(signature: Signature, *, by: Person) -> None:
    """Take back a signature of the past on which no eigenaar has answered yet."""
    advance(signature, "take_back", by=by)


def _signed_on(when: Term) -> dict[str, object]:
    latest = when.latest
    return {
        "signed_words": when.text,
        "signed_earliest": when.earliest,
        "signed_latest": min(latest, clock.today()) if latest is not None else None,
    }


def _create(signature: Signature, by: Person | None) -> None:
    has_owner = signature.organisation.has_owner
    try:
        with db.session.begin_nested():
            create(signature, "put_forward" if has_owner else "enter", by=by)
    except IntegrityError as clash:
        raise AlreadyExists(_("Deze organisatie heeft al een ondertekening.")) from clash
    if has_owner:
        mails.to_affirm(signature, by=by)
    else:
        make_public(signature, by=by)


def _check(signed: Signed) -> None:
    """Refuse what cannot be true, or cannot be read anywhere."""
    earliest, latest = signed.when.earliest, signed.when.latest
    if not signed.source_url:
        raise FieldRefused("source_url", _("Vul in waar dit te lezen is."))
    if earliest is None or latest is None:
        message = _(
            "Schrijf een dag, een maand of een jaar, bijvoorbeeld 3 juli 2019 of juli 2019."
        )
        raise FieldRefused("signed_words", message)
    if earliest > clock.today():
        raise FieldRefused("signed_words", _("Deze datum ligt in de toekomst."))
    valid_from = signed.pact.valid_from if signed.pact is not None else None
    if valid_from is not None and valid_from > latest:
        message = _(
            "Deze tekst gold nog niet toen werd ondertekend. "
            "Weet u niet welke tekst het was? Kies dan “tekst niet vastgelegd”."
        )
        raise FieldRefused("pact_version_id", message)


def _previous(organisation: Organisation, signed: Signed) -> Signature | None:
    """Return the signature that ended before this one; FieldRefused when it ended later.

    Only who signed again afterwards is a signatory again.
    """
    previous = queries.last_ended(organisation.id)
    ended_on = previous.ended_on if previous is not None else None
    latest = signed.when.latest
    if ended_on is not None and latest is not None and latest < ended_on:
        message = _(
            "De vorige ondertekening van deze organisatie eindigde op %(day)s. Deze kan niet van "
            "daarvoor zijn.",
            day=date_words(ended_on),
        )
        raise FieldRefused("signed_words", message)
    return previous
