"""The language of a text that can change: that of the page on which it was typed last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event as database_event
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.i18n import current_locale


def keeps_language(language: InstrumentedAttribute[str], *texts: Any) -> None:
    """Let the column `language` follow as soon as a row gets another text."""

    def follow(row: object, text: object, before: object, _event: object) -> None:
        if text != before:
            setattr(row, language.key, current_locale())

    for text in texts:
        database_event.listen(text, "set", follow, active_history=True)
