"""Files of the portal are for its own user alone: they hold passwords, addresses and links."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

FOLDER = 0o700
FILE = 0o600
_OTHERS = 0o077
# A folder with one of these was given to several users on purpose.
_SHARED = stat.S_ISGID | stat.S_ISVTX


class NoFolder(SystemExit):
    """The folder for data cannot be made: the start ends with one line that says why."""


def keep_private() -> None:
    """Let this process and its children make files that nobody else can read."""
    os.umask(_OTHERS)


def make_folder(folder: Path) -> None:
    """Make a folder for this user alone; NoFolder when the disk does not let it."""
    try:
        folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    except OSError as fault:
        raise NoFolder(f"The folder {folder} cannot be made: {fault.strerror}.") from fault


def close_to_others(folder: Path, own: Collection[str]) -> list[Path]:
    """Take the rights of others from what is called `own` in a folder; return what stays open.

    The folder itself is closed when nothing else is in it: it may be somebody else's as well.
    """
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    kept = [folder / name for name in sorted(names.intersection(own))]
    still_open = [path for path in kept if not _closed(path)]
    if names and names.issubset(own) and not still_open and not _closed(folder):
        return [folder]
    return still_open


def _closed(path: Path) -> bool:
    """Close `path`, with all in it if it was an open folder; return whether it is closed now."""
    try:
        if path.stat().st_mode & _SHARED:
            return False
        if _is_open(path):
            for inner in path.rglob("*") if path.is_dir() else ():
                if _is_open(inner):
                    _close(inner)
            _close(path)
    except FileNotFoundError:
        # SQLite removes its own files while others look.
        return True
    except OSError:
        return False
    return True


def _is_open(path: Path) -> bool:
    return not path.is_symlink() and bool(path.stat().st_mode & _OTHERS)


def _close(path: Path) -> None:
    path.chmod(FOLDER if path.is_dir() else FILE)
