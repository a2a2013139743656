"""What the worker does for the vereniging: keep the HTML of legal texts as it is rendered today."""

from __future__ import annotations

from portal.services.rendering import keeps_html
from portal.vereniging.models import LegalText
from portal.vereniging.queries import html_of

keeps_html(LegalText.html_nl, LegalText.body_nl, html_of)
keeps_html(LegalText.html_en, LegalText.body_en, html_of)
