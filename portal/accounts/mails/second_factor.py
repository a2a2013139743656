"""The mails about the second factor."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.accounts.queries import find_account_by_id, staff_accounts
from portal.policy import Person
from portal.services import mail


def factor_set(account: Account) -> None:
    """Tell that a code of a telephone is asked from now on."""
    _tell("account_factor_set", account)


def factor_off(account: Account) -> None:
    """Tell that no code is asked any more."""
    _tell("account_factor_off", account)


def codes_renewed(account: Account) -> None:
    """Tell that there are other recovery codes."""
    _tell("account_recovery_renewed", account)


def code_used(account: Account, *, left: int) -> None:
    """Tell that somebody came in with a recovery code, and how many are left."""
    _tell("account_recovery_used", account, left=left)


def factor_reset(account: Account, *, by: Person | None, reason: str) -> None:
    """Tell the account, and everybody else with a role in the vereniging, who reset it and why.

    Without a person it was done at the command line.
    """
    doer = find_account_by_id(by.id) if by is not None and by.id is not None else None
    name = doer.name if doer is not None else ""
    _tell("account_factor_reset", account, by=name, reason=reason)
    for reader in staff_accounts():
        if reader.id not in (account.id, doer.id if doer is not None else None):
            mail.send(
                "account_factor_reset_news",
                to=reader.email,
                locale=reader.locale,
                addressee=reader.name,
                name=account.name,
                email=account.email,
                by=name,
                reason=reason,
            )


def _tell(template: str, account: Account, **words: Any) -> None:
    mail.send(template, to=account.email, locale=account.locale, addressee=account.name, **words)
