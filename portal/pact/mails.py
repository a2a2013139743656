"""Whom the acts on the pact concern."""

from __future__ import annotations

from portal.services.telling import NEWS, NOBODY, told_of

WHO_IS_TOLD = {
    **told_of("pact_version", {"draft": NOBODY, "edited": NOBODY, "publish": NEWS}),
    **told_of("signing_event", {"added": NOBODY, "edited": NOBODY}),
    **told_of("layer", {"added": NOBODY, "edited": NOBODY}),
    **told_of("principle", {"added": NOBODY, "edited": NOBODY}),
}
