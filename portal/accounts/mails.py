"""Whom the acts of accounts concern."""

from __future__ import annotations

from portal.services.telling import NOBODY, Audience, both, mail, told_of

WHO_IS_TOLD = told_of(
    "account",
    {
        "created": NOBODY,
        "confirmed": NOBODY,
        "renamed": NOBODY,
        "password_changed": mail("account_password", Audience.PERSON),
        "password_reset": mail("account_password", Audience.PERSON),
        # The link to the new address, and word of it to the one that is left.
        "email_asked": both(
            mail("account_email_confirm", Audience.PERSON),
            mail("account_email_asked", Audience.PERSON),
        ),
        "email_changed": mail("account_email", Audience.PERSON),
        "moderator_given": mail("account_roles", Audience.PERSON),
        "moderator_taken": mail("account_roles", Audience.PERSON),
        "beheerder_given": mail("account_roles", Audience.PERSON),
        "beheerder_taken": mail("account_roles", Audience.PERSON),
    },
)
