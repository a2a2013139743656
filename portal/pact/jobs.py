"""What the worker does for the pact: keep the HTML of its texts as it is rendered today."""

from __future__ import annotations

from portal.pact.actions import html_of
from portal.pact.models import PactVersion
from portal.services.rendering import keeps_html

keeps_html(PactVersion.html, PactVersion.body, html_of)
