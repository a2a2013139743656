"""What is known at this moment of how it stood on a day, written down for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, delete, func, insert, literal, select, union_all

from portal.commitments.models import Commitment, commitment_layer, commitment_principle
from portal.commitments.queries.during import happened
from portal.commitments.queries.filtering import WITHOUT
from portal.commitments.queries.outcomes import KIND, LAYER, PRINCIPLE, YEAR, stood_on
from portal.commitments.queries.standing import columns_on
from portal.core.db import db
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.queries import kinds
from portal.pact.models import Layer, Principle, SigningEvent
from portal.pact.queries import all_words
from portal.reports.models import PinnedGroup, PinnedPromise, PinnedSignatory, YearlyReport
from portal.reports.moderating import moderated
from portal.reports.queries import HAPPENED
from portal.signatures.models import Signature
from portal.signatures.queries.counting import SIGNED_YEAR
from portal.signatures.queries.filtering import STANDING, matching


def pin(report: YearlyReport) -> None:
    """Write down the promises and signatories of a report as they stood on its day.

    What it had before is forgotten. In a few statements, however many there are.
    """
    unpin(report)
    report.labels = _labels()
    report.moderation = moderated(date(report.year, 1, 1), report.counted_on)
    db.session.flush()
    _pin_promises(report)
    db.session.execute(
        insert(PinnedGroup).from_select(["promise_id", "by", "slug"], union_all(*_groups(report)))
    )
    _pin_signatories(report)


def unpin(report: YearlyReport) -> None:
    """Forget what a draft had written down."""
    mine = select(PinnedPromise.id).where(PinnedPromise.report_id == report.id)
    db.session.execute(delete(PinnedGroup).where(PinnedGroup.promise_id.in_(mine)))
    db.session.execute(delete(PinnedPromise).where(PinnedPromise.report_id == report.id))
    db.session.execute(delete(PinnedSignatory).where(PinnedSignatory.report_id == report.id))


def _labels() -> dict[str, list[list[str]]]:
    return {
        KIND: [[kind.slug, kind.name_nl, kind.name_en] for kind in kinds()],
        LAYER: _names("lagen"),
        PRINCIPLE: _names("themas"),
    }


def _names(kind: str) -> list[list[str]]:
    used = [word for word in all_words(kind) if word.is_active]
    return [[word.slug, word.name_nl, word.name_en] for word in used]


def _pin_promises(report: YearlyReport) -> None:
    columns = columns_on(report.counted_on)
    stood = stood_on(report.counted_on, report.grace_days)
    shown: dict[str, Any] = {
        "report_id": literal(report.id),
        "commitment_id": Commitment.id,
        "title": Commitment.title,
        "language": Commitment.language,
        "organisation_name": Organisation.name,
        "term_words": columns.term_words,
        "term_language": columns.term_language,
        "outcome": stood.c.outcome,
        "moved": stood.c.moved,
    }
    query = (
        select(*shown.values())
        .select_from(stood)
        .join(Commitment, Commitment.id == stood.c.id)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .order_by(Organisation.sort_name, Organisation.id, Commitment.sort_title, Commitment.id)
    )
    db.session.execute(insert(PinnedPromise).from_select(list(shown), query))


def _groups(report: YearlyReport) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield the selects of every group of every pinned promise: its number, by what, and which."""
    yield (
        _of(report, KIND, OrganisationKind.slug)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
    )
    yield (
        _of(report, LAYER, Layer.slug)
        .join(commitment_layer, commitment_layer.c.commitment_id == Commitment.id)
        .join(Layer, Layer.id == commitment_layer.c.layer_id)
    )
    yield (
        _of(report, PRINCIPLE, Principle.slug)
        .join(commitment_principle, commitment_principle.c.commitment_id == Commitment.id)
        .join(Principle, Principle.id == commitment_principle.c.principle_id)
    )
    stood = stood_on(report.counted_on, report.grace_days)
    yield _of(report, YEAR, func.coalesce(stood.c.year, WITHOUT)).join(
        stood, stood.c.id == Commitment.id
    )
    first = date(report.year, 1, 1)
    for happening, is_one in happened(first, report.counted_on).items():
        yield _of(report, HAPPENED, literal(str(happening))).where(is_one)


def _of(report: YearlyReport, by: str, slug: Any) -> Select[*tuple[Any, ...]]:
    group = (PinnedPromise.id, cast(literal(by), String), cast(slug, String))
    promises = select(*group).select_from(PinnedPromise)
    mine = promises.join(Commitment, Commitment.id == PinnedPromise.commitment_id)
    return mine.where(PinnedPromise.report_id == report.id)


def _pin_signatories(report: YearlyReport) -> None:
    shown: dict[str, Any] = {
        "report_id": literal(report.id),
        "organisation_id": Organisation.id,
        "name": Organisation.name,
        "province": Organisation.province,
        "signed_year": SIGNED_YEAR,
        "event_id": Signature.event_id,
        "event_name": SigningEvent.name,
        "held_on": SigningEvent.held_on,
    }
    signed: Select[*tuple[Any, ...]] = select(*shown.values())
    query = matching(signed, STANDING, report.counted_on).outerjoin(
        SigningEvent, SigningEvent.id == Signature.event_id
    )
    ordered = query.order_by(Organisation.sort_name, Organisation.id)
    db.session.execute(insert(PinnedSignatory).from_select(list(shown), ordered))
