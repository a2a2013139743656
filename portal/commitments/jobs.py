"""What the worker does for commitments: remind their people, and keep HTML as of today."""

from __future__ import annotations

from datetime import timedelta

from portal.commitments.actions.reminding import remind
from portal.commitments.models import Commitment, Prognosis, Update
from portal.commitments.queries.reminding import due_by_person
from portal.commitments.queries.versions import (
    is_undrawn,
    is_unread,
    undrawn_versions,
    unread_versions,
)
from portal.commitments.standing import sort_group
from portal.core import clock
from portal.core.db import write_section
from portal.core.folding import sort_key
from portal.core.markdown import render_typed
from portal.core.settings import settings
from portal.documents import actions as documents
from portal.documents.models import DocumentText
from portal.documents.reading import draw_pages, read_version
from portal.documents.sandbox import SandboxBusy
from portal.services.rendering import keeps_folded, keeps_html
from portal.services.upkeep import every

keeps_folded(Commitment.sort_title, (Commitment.title,), sort_key)
keeps_folded(Commitment.sort_group, (Commitment.progress,), sort_group)
keeps_html(Commitment.what_html, Commitment.what, render_typed)
keeps_html(Update.html, Update.body, render_typed)
keeps_html(Prognosis.html, Prognosis.body, render_typed)
keeps_html(Update.ahead_html, Update.ahead, render_typed)

keeps_html(DocumentText.html, DocumentText.body, documents.shown_text)

# Nobody is woken by it.
FIRST_HOUR = 7
# Documents that are read at one go, so that other work gets its turn.
AT_ONCE = 5


@every(timedelta(hours=1))
def remind_of_promises() -> None:
    """Mail the people of signatories what their promises ask for; each at most once a day."""
    if clock.now().astimezone(clock.AMSTERDAM).hour < FIRST_HOUR:
        return
    found = due_by_person(on=clock.today(), grace_days=settings().grace_days)
    for writer, dues in found.items():
        with write_section():
            remind(writer, dues)


@every(timedelta(seconds=2), when=is_unread)
def read_documents() -> None:
    """Draw the text of documents that came in, and look at those that nobody looked at yet."""
    for version in unread_versions(AT_ONCE):
        try:
            read_version(version)
        except SandboxBusy:
            return


@every(timedelta(seconds=5), when=is_undrawn)
def draw_documents() -> None:
    """Draw the first pages of what everybody may read as pictures; of nothing else."""
    for version in undrawn_versions(AT_ONCE):
        try:
            draw_pages(version)
        except SandboxBusy:
            return
