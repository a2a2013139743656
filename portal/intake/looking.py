"""Looks at rows of a file in one go: against what stands here, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from portal.core.i18n import speak
from portal.intake.checking.cells import Cells, Lists, read_lists
from portal.intake.checking.commitments import Promise, check_commitment
from portal.intake.checking.facts import read_signatory
from portal.intake.checking.signatories import Signatory, check_signatory
from portal.intake.checking.texts import Tags, read_promise, read_tags
from portal.intake.checking.whose import Whose
from portal.intake.columns import Sheet
from portal.intake.models import Intake
from portal.intake.queries.intakes import (
    WaitingRow,
    chosen_organisations,
    coming_signatories,
    find_beside,
    twin_of,
)
from portal.intake.queries.known import Known, known_organisations
from portal.intake.verdicts import Outcome, Row
from portal.policy import Person
from portal.services.entered import Source


@dataclass(slots=True)
class Look:
    """What rows are held against, read once for many of them."""

    intake_id: int
    source: Source
    language: str
    known: Known
    lists: Lists
    tags: Tags
    whose: Whose
    by: Person | None

    def at(
        self, row: WaitingRow, *, is_near_asked: bool = True
    ) -> tuple[Outcome, Signatory | Promise]:
        """Return what bringing the row in would do, and what it says.

        Without `is_near_asked` names that only look like others are let be, which is quick.
        """
        typed = _typed(row)
        twin = twin_of(self.intake_id, row)
        with speak(self.language):
            if row.sheet is Sheet.SIGNATORIES:
                return check_signatory(
                    typed,
                    self.known,
                    self.lists,
                    self.source,
                    twin=twin,
                    by=self.by,
                    is_near_asked=is_near_asked,
                )
            return check_commitment(
                typed,
                self.whose,
                self.tags,
                self.source,
                twin=twin,
                is_near_asked=is_near_asked,
            )

    def read(self, row: WaitingRow) -> Signatory | Promise:
        """Return what a row says that was looked at before."""
        cells = Cells(_typed(row))
        if row.sheet is Sheet.SIGNATORIES:
            return read_signatory(cells, self.lists, self.source)
        return read_promise(cells, self.tags, self.source)


def _typed(row: WaitingRow) -> Row:
    return Row(row.number, row.cells, row.choice, tuple(row.cut))


def look_of(intake: Intake, *, by: Person | None) -> Look:
    """Return what the rows of a file are held against now."""
    known = known_organisations()
    whose = Whose(
        known,
        partial(find_beside, intake.id),
        by,
        coming_signatories(intake.id),
        chosen_organisations(intake.id),
    )
    return Look(
        intake_id=intake.id,
        source=Source(intake.source_title, intake.source_url),
        language=intake.language,
        known=known,
        lists=read_lists(),
        tags=read_tags(),
        whose=whose,
        by=by,
    )


def outcomes(look: Look, rows: Sequence[WaitingRow]) -> Iterator[tuple[int, Outcome]]:
    """Yield the id of each row, and what was seen in it."""
    for row in rows:
        yield row.id, look.at(row)[0]
