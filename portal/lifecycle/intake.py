"""The acts of a file of signatories and promises that the beheerder brings in."""

from __future__ import annotations

from portal.lifecycle.states import IntakeState
from portal.lifecycle.steps import SAME, step, table
from portal.policy import Permission

P, I = Permission, IntakeState  # noqa: E741

INTAKE = table(
    "intake",
    step("stage", None, I.LOOKING, P.INTAKE_RUN),
    step("looked", I.LOOKING, I.READY, None),
    # A row was corrected, or a choice was made.
    step("row_edited", I.READY, SAME, P.INTAKE_RUN),
    step("look_again", I.READY, I.LOOKING, P.INTAKE_RUN),
    step("bring_in", I.READY, I.PLACING, P.INTAKE_RUN),
    step("brought_in", I.PLACING, I.IN_PLACE, None),
    step("call_back", I.IN_PLACE, I.TAKING_BACK, P.INTAKE_RUN),
    step("called_back", I.TAKING_BACK, I.TAKEN_BACK, None),
    step("drop", I.READY, I.DROPPED, P.INTAKE_RUN),
)
