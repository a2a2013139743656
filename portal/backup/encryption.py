"""Backups that only the holder of a key can read: age, by its recipients and identities."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage

from portal.backup.archive import Damaged, NoBackup

_MAGIC = b"age-encryption.org/"


class BadKey(NoBackup):
    """A recipient or an identity that cannot be used; the words say why."""


class NoIdentity(NoBackup):
    """The backup is encrypted, and no key was given that opens it."""


def recipient(written: str) -> pyrage.x25519.Recipient | pyrage.ssh.Recipient:
    """Return who may read: `age1...`, or a public key of SSH; BadKey for anything else."""
    try:
        if written.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(written)
        return pyrage.x25519.Recipient.from_str(written)
    except pyrage.RecipientError as fault:
        raise BadKey(f"{written[:16]}... is no public key of age or SSH.") from fault


def identities(file: Path) -> list[pyrage.x25519.Identity | pyrage.ssh.Identity]:
    """Return the keys in a file of age or SSH; BadKey without any."""
    written = file.read_bytes()
    lines = [line.strip() for line in written.decode(errors="replace").splitlines()]
    try:
        if written.startswith(b"-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(written)]
        keys = [line for line in lines if line and not line.startswith("#")]
        found = [pyrage.x25519.Identity.from_str(line) for line in keys]
    except pyrage.IdentityError as fault:
        raise BadKey(f"{file} holds no key of age or SSH.") from fault
    if not found:
        raise BadKey(f"{file} holds no key of age or SSH.")
    return list(found)


def new_identity(file: Path) -> str:
    """Write a new key into `file`, which must not be there yet; return its recipient."""
    key = pyrage.x25519.Identity.generate()
    public = str(key.to_public())
    with file.open("x") as target:
        target.write(f"# public key: {public}\n{key}\n")
    file.chmod(0o600)
    return public


class _Beside(threading.Thread):
    """Work at the other end of a pipe, which it closes; `fault` is what stopped it."""

    def __init__(self, work: Callable[[], object], end: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._work, self._end = work, end
        self.fault: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self._work()
        except Exception as fault:
            self.fault = fault
        finally:
            with suppress(OSError):
                self._end.close()


@contextmanager
def encrypted(target: IO[bytes], recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """Give a place to write to: what is written stands in `target`, for these recipients only."""
    readers = [recipient(written) for written in recipients]
    if not readers:
        yield target
        return
    numbers = os.pipe()
    end, plain = os.fdopen(numbers[0], "rb"), os.fdopen(numbers[1], "wb")
    beside = _Beside(lambda: pyrage.encrypt_io(end, target, readers), end)
    try:
        yield plain
        plain.close()
    except BrokenPipeError:
        # The other end stopped, and says why.
        pass
    finally:
        with suppress(OSError):
            plain.close()
        beside.join()
    if beside.fault is not None:
        raise beside.fault


@contextmanager
def decrypted(path: Path, identity_file: Path | None) -> Iterator[IO[bytes]]:
    """Open a backup to be read; NoIdentity or Damaged for one that the key does not open."""
    with path.open("rb") as source:
        is_encrypted = source.read(len(_MAGIC)) == _MAGIC
        source.seek(0)
        if not is_encrypted:
            yield source
            return
        if identity_file is None:
            raise NoIdentity("It is encrypted: give the file with its key as --identity.")
        keys = identities(identity_file)
        numbers = os.pipe()
        plain, end = os.fdopen(numbers[0], "rb"), os.fdopen(numbers[1], "wb")
        beside = _Beside(lambda: pyrage.decrypt_io(source, end, keys), end)
        try:
            yield plain
        except Damaged as fault:
            # What stopped halfway looks cut off: the other end knows better.
            plain.close()
            beside.join()
            if isinstance(beside.fault, pyrage.DecryptError):
                raise NoIdentity("The key in this file does not open it.") from fault
            if beside.fault is not None and not isinstance(beside.fault, BrokenPipeError):
                raise Damaged(
                    "It cannot be decrypted: bytes were changed, or its end is missing."
                ) from fault
            raise
        finally:
            plain.close()
            beside.join()
