"""Every write of what is brought in."""

from portal.intake.actions.looking import look_at
from portal.intake.actions.placing import prepare, publish
from portal.intake.actions.staging import correct, drop, look_again, stage
from portal.intake.actions.starting import begin, call_back
from portal.intake.actions.taking_back import take_back

__all__ = [
    "begin",
    "call_back",
    "correct",
    "drop",
    "look_again",
    "look_at",
    "prepare",
    "publish",
    "stage",
    "take_back",
]
