"""Upgrades the database while everybody else waits outside: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.db import db
from portal.core.gate import StillAtWork, UpgradeUnderWay, alone
from portal.core.log import logger
from portal.core.schema import OnStep, migrate, revision_of
from portal.upgrade.planning import CannotUpgrade, Plan

# A job or a request that began before may take so long; a worker finishes the one that it has.
PATIENCE_SECONDS = 60.0


class Failed(Exception):
    """A step failed: the words say which and why."""

    def __init__(self, words: str, schema: str | None) -> None:
        super().__init__(words)
        # That of the database now.
        self.schema = schema


@contextmanager
def kept_out() -> Iterator[None]:
    """Let nobody else work on the database meanwhile; CannotUpgrade when somebody does not stop."""
    try:
        with alone(PATIENCE_SECONDS):
            yield
    except UpgradeUnderWay as refusal:
        raise CannotUpgrade("Another upgrade or restore is under way here.") from refusal
    except StillAtWork as refusal:
        raise CannotUpgrade(
            "A process of the portal is still at work. Stop the portal, and try again."
        ) from refusal


def run(plan: Plan, on_step: OnStep) -> None:
    """Take every step of a plan; Failed when one cannot be taken."""
    db.session.remove()
    taken = 0

    def count(number: str) -> None:
        nonlocal taken
        taken += 1
        on_step(number)

    try:
        migrate(plan.target, count)
    except (Exception, KeyboardInterrupt) as fault:
        logger.error("upgrade_failed", exc_info=fault)
        raise Failed(_words(plan, taken, fault), _schema_now()) from fault


def _words(plan: Plan, taken: int, fault: BaseException) -> str:
    reason = str(getattr(fault, "orig", None) or fault).partition("\n")[0]
    said = f"{type(fault).__name__}{f': {reason}' if reason else ''}"
    if taken == len(plan.steps):
        return f"The steps could not be kept. {said}"
    return f"Step {plan.steps[taken].number} failed. {said}"


def _schema_now() -> str | None:
    with db.engine.connect() as connection:
        return revision_of(connection)
