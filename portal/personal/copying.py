"""The copy of what is kept of one person: a file for programs, and a page that explains it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.core.i18n import render_text, speak
from portal.core.private import make_folder
from portal.core.words import moment_words
from portal.personal.queries import Found, all_of
from portal.services.vereniging import current_vereniging

FILE, PAGE = "gegevens.json", "LEESMIJ.txt"


class FolderTaken(Exception):
    """There is something in the folder already: a copy of one person lands among nothing else."""


def write_copy(account: Account, folder: Path) -> int:
    """Write what is kept of a person into a new folder; return how many rows that were.

    Refused with FolderTaken when the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(str(folder))
    with speak("nl"):
        found = [one for one in all_of(account) if one.rows]
        page = _page(account, found)
        told = json.dumps(_told(account, found), ensure_ascii=False, indent=1, default=_written)
    make_folder(folder)
    for name, text in ((FILE, told), (PAGE, page)):
        (folder / name).touch(mode=0o600)
        (folder / name).write_text(f"{text.rstrip()}\n", encoding="utf-8")
    return sum(len(one.rows) for one in found)


def _told(account: Account, found: list[Found]) -> dict[str, Any]:
    holdings = [
        {
            "titel": one.holding.title,
            "tabel": one.holding.table,
            "uitleg": one.holding.note,
            "rijen": one.rows,
        }
        for one in found
    ]
    return {"e-mailadres": account.email, "gemaakt_op": clock.now(), "onderdelen": holdings}


def _page(account: Account, found: list[Found]) -> str:
    return render_text(
        "personal/leesmij.txt",
        "nl",
        account=account,
        found=found,
        file=FILE,
        made=moment_words(clock.now(), "nl"),
        vereniging=current_vereniging("nl"),
    )


def _written(value: object) -> str:
    """Return a moment or a day as JSON has no word for it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
