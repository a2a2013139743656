"""The order of the fields on a page is that of its form: so is that of the errors on top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, template_rendered

from portal.web.forms import PortalForm

NAMES = re.compile(r"<(?:input|select|textarea)\b[^>]*? name=\"([^\"]+)\"")
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


@contextmanager
def forms_shown(app: Flask) -> Iterator[list[PortalForm]]:
    """Collect the forms of the templates that are rendered inside the block."""
    shown: list[PortalForm] = []

    def note(_app: Flask, *, context: dict[str, object], **_more: object) -> None:
        # A form that is made when a page asks for it is none that a door has shown.
        shown.extend(value for value in context.values() if issubclass(type(value), PortalForm))

    with template_rendered.connected_to(note, app):
        yield shown


def out_of_order(text: str, form: PortalForm) -> list[str]:
    """Return the names of a form's fields as a page has them, when the form has another order."""
    hidden = {field.name for field in form.hidden_fields()}
    own = [field.name for field in form if field.name not in hidden]
    for part in FORM.findall(text):
        names = list(dict.fromkeys(NAMES.findall(part)))
        on_page = [name for name in names if name in own]
        if "csrf_token" in names and on_page != [name for name in own if name in on_page]:
            return on_page
    return []
