"""The key against forgery in every form: one for each session, looked at with every secret."""

from __future__ import annotations

from contextlib import suppress

from flask import g, session
from wtforms import Form
from wtforms.csrf.core import CSRFTokenField
from wtforms.csrf.session import SessionCSRF
from wtforms.fields import Field
from wtforms.validators import ValidationError

from portal.core.i18n import lazy_gettext as _l
from portal.core.settings import settings


class SessionKey(SessionCSRF):
    """The key against forgery, with a message for a reader whose page stood open too long."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """Return the key of this session, made once for all forms of a page."""
        known, key = g.get("portal_form_key", ("", ""))
        if not known or known != session.get("csrf"):
            key = super().generate_csrf_token(csrf_token_field)
            g.portal_form_key = session["csrf"], key
        return str(key)

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        try:
            self._validate_with_any(form, field)
        except ValidationError as refusal:
            message = _l("Deze pagina stond te lang open. Verstuur het formulier nog een keer.")
            raise ValidationError(str(message)) from refusal

    def _validate_with_any(self, form: Form, field: Field) -> None:
        """Look with the newest key of the portal first, then with each former one."""
        *newer, oldest = settings().secret_keys
        for key in newer:
            with suppress(ValidationError):
                return self._validate_with(key, form, field)
        return self._validate_with(oldest, form, field)

    def _validate_with(self, key: str, form: Form, field: Field) -> None:
        self.form_meta.csrf_key = key
        try:
            super().validate_csrf_token(form, field)
        finally:
            self.form_meta.csrf_key = None
