"""The second factor: set up, asked for, renewed, turned off, reset."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, update

from portal.accounts import codes
from portal.accounts.actions.sessions import end_sessions_of
from portal.accounts.mails import second_factor as mails
from portal.accounts.models import Account, RecoveryCode, SecondFactor
from portal.accounts.queries.second_factor import (
    all_factors,
    find_factor,
    recovery_codes_left,
)
from portal.config import Demand
from portal.core import clock
from portal.core.db import connection, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.sealing import SealBroken, seal, unseal
from portal.core.settings import settings
from portal.policy import Person
from portal.services.history import record

PURPOSE = "second factor"


def must_have_factor(account: Account) -> bool:
    """Return whether the account cannot do without: it has a role in the vereniging."""
    return account.is_staff and settings().second_factor is Demand.REQUIRED


def set_factor(
    account: Account, *, secret: str, code: str, old_code: str = "", by: Person, here: int
) -> Sequence[str]:
    """Give the account the telephone that made `code`; return its recovery codes, shown once.

    Where there is a telephone already, `old_code` of it, or a recovery code, must prove that the
    change is its owner's. All sessions but `here` end: they began without the new telephone.
    """
    lock_row(account)
    if find_factor(account.id) is not None:
        take_any_code(account, old_code, field="old_code")
    step = codes.step_of_code(secret, code, clock.now())
    if step is None:
        raise FieldRefused("code", _wrong_code())
    connection().execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    connection().execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))
    values = {
        "account_id": account.id,
        "sealed_secret": seal(secret, purpose=PURPOSE, owner=account.id),
        "last_step": step,
        "confirmed_at": clock.now(),
    }
    connection().execute(insert(SecondFactor).values(values))
    end_sessions_of(account.id, but=here)
    record(account, "second_factor_set", by=by)
    mails.factor_set(account)
    return _new_codes(account)


def _new_codes(account: Account) -> Sequence[str]:
    """Return fresh recovery codes of the account; no older one is good for anything any more."""
    fresh = codes.new_recovery_codes()
    connection().execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    rows = [
        {"account_id": account.id, "code_hash": codes.recovery_code_hash(code)} for code in fresh
    ]
    connection().execute(insert(RecoveryCode), rows)
    return fresh


def _wrong_code() -> str:
    message: str = _(
        "Deze code klopt niet. Een code geldt een halve minuut: neem de nieuwste. Klopt die ook"
        " niet? Kijk dan of de klok van uw telefoon goed staat."
    )
    return message


def take_code(account: Account, typed: str, *, field: str = "code") -> None:
    """Take a code of the telephone, which is good for one time; refused beside `field`."""
    lock_row(account)
    factor = find_factor(account.id)
    if factor is None:
        raise FieldRefused("", _("Er is geen tweede stap meer. Log opnieuw in."))
    try:
        secret = unseal(factor.sealed_secret, purpose=PURPOSE, owner=account.id).text
    except SealBroken as fault:
        event("second_factor_unreadable", account=account.id)
        raise FieldRefused(
            field,
            _("Wij kunnen uw code nu niet nakijken. Gebruik een herstelcode, of bel ons."),
        ) from fault
    step = codes.step_of_code(secret, typed, clock.now())
    if step is None:
        raise FieldRefused(field, _wrong_code())
    if not _take_step(account.id, step):
        raise FieldRefused(field, _("Deze code is al gebruikt. Wacht op de volgende."))


def _take_step(account_id: int, step: int) -> bool:
    """Return whether no code of this step or a later one was taken before: in one statement."""
    newer = update(SecondFactor).where(
        SecondFactor.account_id == account_id, SecondFactor.last_step < step
    )
    return connection().execute(newer.values(last_step=step)).rowcount == 1


def take_recovery_code(account: Account, typed: str, *, field: str = "code") -> int:
    """Take a recovery code, which is good for one time; return how many are left."""
    lock_row(account)
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_hash == codes.recovery_code_hash(typed),
        RecoveryCode.used_at.is_(None),
    )
    if connection().execute(unused.values(used_at=clock.now())).rowcount != 1:
        raise FieldRefused(
            field, _("Deze herstelcode klopt niet, of is al gebruikt. Neem een andere.")
        )
    left = recovery_codes_left(account.id)
    record(account, "recovery_code_used", by=None, actor="herstelcode")
    mails.code_used(account, left=left)
    return left


def take_any_code(account: Account, typed: str, *, field: str = "code") -> None:
    """Take a code of the telephone or a recovery code: whichever it looks like."""
    if codes.is_of_telephone(typed):
        take_code(account, typed, field=field)
    else:
        take_recovery_code(account, typed, field=field)


def renew_codes(account: Account, *, code: str, by: Person) -> Sequence[str]:
    """Return fresh recovery codes, shown once; the older ones are dead."""
    take_any_code(account, code)
    record(account, "recovery_codes_renewed", by=by)
    mails.codes_renewed(account)
    return _new_codes(account)


def turn_off_factor(account: Account, *, code: str, by: Person) -> None:
    """Ask no code of the account any more; refused to who cannot do without."""
    lock_row(account)
    if must_have_factor(account):
        raise FieldRefused(
            "", _("Met uw rol in de vereniging kunt u de tweede stap niet uitzetten.")
        )
    take_any_code(account, code)
    _remove(account)
    record(account, "second_factor_off", by=by)
    mails.factor_off(account)


def _remove(account: Account) -> None:
    connection().execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    connection().execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))


def reset_factor(account: Account, *, by: Person | None, reason: str) -> None:
    """Take the second factor of somebody who lost it away; all their sessions end.

    `by` is another beheerder, None at the command line. Everybody with a role in the vereniging
    is told.
    """
    lock_row(account)
    if find_factor(account.id) is None:
        raise FieldRefused("", _("Dit account heeft geen tweede stap."))
    _remove(account)
    end_sessions_of(account.id)
    actor = "portaal" if by is None else None
    record(account, "second_factor_reset", by=by, actor=actor, reason=reason)
    mails.factor_reset(account, by=by, reason=reason)


def seal_anew() -> tuple[int, list[int]]:
    """Seal with the newest key whatever a former one sealed.

    Return how many were sealed anew, and the ids of the accounts whose seal no key opens.
    """
    renewed, broken = 0, []
    for factor in all_factors():
        try:
            opened = unseal(factor.sealed_secret, purpose=PURPOSE, owner=factor.account_id)
        except SealBroken:
            broken.append(factor.account_id)
            continue
        if opened.is_outdated:
            sealed = seal(opened.text, purpose=PURPOSE, owner=factor.account_id)
            this = update(SecondFactor).where(SecondFactor.account_id == factor.account_id)
            connection().execute(this.values(sealed_secret=sealed))
            renewed += 1
    return renewed, broken
