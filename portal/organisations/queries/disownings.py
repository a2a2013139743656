"""Why an organisation disowns what the vereniging entered, as a viewer may hide it."""

from __future__ import annotations

from portal.policy import Concern, Permission, Person, can
from portal.services.entered import reasons_about


def reasons_to_hide(organisation_id: int, viewer: Person) -> dict[tuple[str, int], int]:
    """Return the numbers of the reasons that `viewer` may hide or bring back, {} for most people.

    By the kind and the number of the claim beside which each stands.
    """
    if not can(viewer, Permission.QUEUE_READ):
        return {}
    return {
        claim: disowning.id
        for claim, disowning in reasons_about(organisation_id).items()
        if can(viewer, Permission.HIDING_DECIDE, Concern(disowning.author_id, (organisation_id,)))
    }
