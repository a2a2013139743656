"""What the worker does for organisations: keep the HTML of descriptions as it is rendered today."""

from __future__ import annotations

from portal.core.markdown import render
from portal.organisations.models import ProfileText
from portal.services.rendering import keeps_html

keeps_html(ProfileText.html, ProfileText.body, render)
