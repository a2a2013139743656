"""Changes what stands here as a row says, and remembers what it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import select

from portal.commitments import actions as commitment_actions
from portal.commitments.models import Commitment, Texts
from portal.core.db import db, row_id
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.intake.checking.commitments import Promise
from portal.intake.checking.signatories import Signatory
from portal.intake.models import IntakeRow
from portal.organisations import actions as organisation_actions
from portal.organisations.facts import Facts
from portal.organisations.identifiers import SCHEMES
from portal.organisations.models import Organisation
from portal.pact.models import Layer, Principle
from portal.policy import Person
from portal.services.entered import Source
from portal.services.history import last_row

TEXTS = ("kind", "title", "what", "for_whom", "why", "result", "source_title", "source_url")


def change_organisation(
    row: IntakeRow, organisation: Organisation, said: Signatory, reason: str, *, by: Person | None
) -> None:
    """Let an organisation that the vereniging entered be who the row says; empty cells keep."""
    assert by is not None  # noqa: S101
    before = _facts(organisation)
    row.before = {"facts": asdict(before), "source": asdict(_source(organisation))}
    facts = Facts(
        name=said.name if "naam" in row.changes else organisation.name,
        kind_id=said.kind_id or organisation.kind_id,
        province=said.province or organisation.province,
        website=said.website or organisation.website,
        numbers={**before.numbers, **said.numbers},
    )
    organisation_actions.correct(organisation, facts, source=said.source, reason=reason, by=by)
    _remember(row, organisation)


def change_organisation_back(row: IntakeRow, reason: str, *, by: Person) -> None:
    """Let it be again who it was before the row."""
    organisation = db.session.get_one(Organisation, row.organisation_id)
    facts, source = Facts(**row.before["facts"]), Source(**row.before["source"])
    organisation_actions.correct(organisation, facts, source=source, reason=reason, by=by)


def _facts(organisation: Organisation) -> Facts:
    return Facts(
        name=organisation.name,
        kind_id=organisation.kind_id,
        province=organisation.province,
        website=organisation.website,
        mail_domain=organisation.mail_domain,
        numbers={scheme: organisation.number(scheme) for scheme in SCHEMES},
    )


def _source(thing: Organisation | Commitment) -> Source:
    return Source(thing.source_title, thing.source_url)


def change_commitment(row: IntakeRow, said: Promise, reason: str, *, by: Person | None) -> None:
    """Let a promise that the vereniging entered say what the row says; the old text stays read."""
    commitment = db.session.get_one(Commitment, row.commitment_id)
    row.before = {name: getattr(commitment, name) for name in TEXTS}
    row.before |= {
        "layers": commitment.layer_ids,
        "principles": commitment.principle_ids,
        "language": commitment.language,
    }
    commitment_actions.edit(commitment, by=by, reason=reason, **said.texts)
    _remember(row, commitment)


def change_commitment_back(row: IntakeRow, reason: str, *, by: Person) -> None:
    """Let it say again what it said before the row."""
    commitment = db.session.get_one(Commitment, row.commitment_id)
    texts: Mapping[str, Any] = {
        **{name: row.before[name] for name in TEXTS},
        "layers": db.session.scalars(select(Layer).where(Layer.id.in_(row.before["layers"]))).all(),
        "principles": db.session.scalars(
            select(Principle).where(Principle.id.in_(row.before["principles"]))
        ).all(),
    }
    with speak(row.before["language"]):
        commitment_actions.edit(commitment, by=by, reason=reason, **cast(Texts, texts))


def _remember(row: IntakeRow, thing: Organisation | Commitment) -> None:
    last = last_row(thing.thing, row_id(thing))
    row.history_id = last.id if last is not None else None


def refuse_changed_since(
    row: IntakeRow, thing: str, number: int | None, *, but: tuple[str, ...]
) -> None:
    """Refuse with FieldRefused what somebody changed after the row was brought in."""
    last = last_row(thing, number or 0)
    if last is None or (last.id != row.history_id and last.step not in but):
        raise FieldRefused("", _("Dit is daarna nog gewijzigd."))
