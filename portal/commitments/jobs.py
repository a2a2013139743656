"""What the worker does for commitments: keep the HTML of their texts as it is rendered today."""

from __future__ import annotations

from portal.commitments.models import Commitment, Update
from portal.core.folding import fold, sort_key
from portal.core.markdown import render_typed
from portal.services.rendering import keeps_folded, keeps_html

keeps_folded(Commitment.folded, (Commitment.title, Commitment.what), fold)
keeps_folded(Commitment.sort_title, (Commitment.title,), sort_key)
keeps_html(Commitment.what_html, Commitment.what, render_typed)
keeps_html(Update.html, Update.body, render_typed)
