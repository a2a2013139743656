"""Telephones that make codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyotp

from portal.accounts.actions.second_factor import PURPOSE
from portal.accounts.codes import new_recovery_codes, recovery_code_hash
from portal.accounts.models import Account, RecoveryCode, SecondFactor
from portal.core import clock
from portal.core.sealing import seal
from tests.factories.states import add, committed

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Telephone:
    """Somebody's telephone, and the paper with the recovery codes."""

    secret: str = SECRET
    paper: list[str] = field(default_factory=new_recovery_codes)

    def code(self, *, late: timedelta = timedelta(0)) -> str:
        """Return what it shows; `late` is how far its clock runs behind."""
        moment: datetime = clock.now() - late
        return pyotp.TOTP(self.secret).at(int(moment.timestamp()))


@committed
def make_telephone(account: Account) -> Telephone:
    """Return the telephone of an account, of which no code was used."""
    telephone = Telephone()
    add(
        SecondFactor(
            account_id=account.id,
            sealed_secret=seal(telephone.secret, purpose=PURPOSE, owner=account.id),
            last_step=0,
            confirmed_at=clock.now(),
        )
    )
    for code in telephone.paper:
        add(RecoveryCode(account_id=account.id, code_hash=recovery_code_hash(code)))
    return telephone
