"""Whom the acts of the vereniging on its settings concern: nobody hears of them."""

from __future__ import annotations

from portal.services.telling import NOBODY, told_of

WHO_IS_TOLD = {
    **told_of("vereniging", {"edited": NOBODY}),
    **told_of("legal_text", {"edited": NOBODY}),
}
