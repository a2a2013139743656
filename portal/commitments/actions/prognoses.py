"""A prognosis: what a signatory expects of its promise, said in public and taken back in public."""

from __future__ import annotations

from portal.accounts.queries import name_of
from portal.commitments.models import Commitment, Prognosis
from portal.core import clock
from portal.core.db import db, row_id
from portal.core.errors import FieldRefused
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.markdown import render_typed
from portal.organisations.queries import capacity_of
from portal.policy import Person
from portal.services.entered import NO_SOURCE, Source
from portal.services.history import hold, last_row, record


def foretell(
    commitment: Commitment,
    *,
    expected: str,
    body: str,
    source: Source = NO_SOURCE,
    by: Person | None,
) -> Prognosis:
    """Return a new prognosis beside a promise, of which term and progress stay as they are.

    FieldRefused for one that is done; StepNotOpen unless it is published.
    """
    hold(commitment, "foretold")
    if not commitment.is_unfinished:
        raise FieldRefused("expected", _("Deze toezegging is gereed. Geef geen prognose meer."))
    prognosis = _written(commitment, expected.strip(), body.strip(), by)
    prognosis.source_title, prognosis.source_url = source.title, source.url
    record(commitment, "foretold", by=by)
    row = last_row(commitment.thing, row_id(commitment), "foretold")
    prognosis.history_id = row.id if row is not None else None
    commitment.updated_at = prognosis.created_at
    db.session.add(prognosis)
    return prognosis


def _written(commitment: Commitment, expected: str, body: str, by: Person | None) -> Prognosis:
    return Prognosis(
        commitment=commitment,
        expected=expected,
        body=body,
        html=render_typed(body),
        language=current_locale(),
        created_at=clock.now(),
        author_id=by.id if by is not None else None,
        author_name=name_of(by),
        entered_as=capacity_of(by, commitment.organisation_id),
    )


def recall(prognosis: Prognosis, *, by: Person | None) -> None:
    """Take a prognosis back: it stays to be read; FieldRefused for one that was before."""
    hold(prognosis, "recalled")
    if prognosis.recalled_at is not None:
        raise FieldRefused("", _("Deze prognose is al ingetrokken."))
    prognosis.recalled_at = clock.now()
    prognosis.commitment.updated_at = prognosis.recalled_at
    record(prognosis, "recalled", by=by)
