"""A process that writes: python -m tests.core.writer ACCOUNT TIMES."""

from __future__ import annotations

import sys

from portal import create_app
from portal.accounts.models import Account
from portal.core.db import db, lock_row, write_section
from portal.services.history import record


def main(account_id: int, times: int) -> None:
    with create_app().app_context():
        for _ in range(times):
            with write_section():
                account = db.session.get_one(Account, account_id)
                lock_row(account)
                # Read, then written: what another process wrote in between would be lost.
                account.version = account.version + 1
                record(account, "renamed", by=None, actor="portaal")
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
