"""The file of a backup: a tar of parts, and behind it a seal over every byte before.

Any program for tar opens it. Each part stands with its size and SHA-256 in `contents.txt`, and
`manifest.json`, the last part, says what the whole is. A seal of a fixed length ends the file:
so a byte that is flipped anywhere, and an end that is missing, show.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from typing import IO, Any, Protocol, cast

CONTENTS = "contents.txt"
MANIFEST = "manifest.json"
SEAL = b"\ngroeipact-backup sha256 "
SEAL_LENGTH = len(SEAL) + 64 + 1
PIECE = 1024 * 1024


class NoBackup(Exception):
    """No backup was made, read or put back: the words say why."""


class Damaged(NoBackup):
    """A backup that is not what was written; the words say what is wrong with which part."""


class Takes(Protocol):
    """Whatever bytes can be written to."""

    def write(self, piece: bytes, /) -> int: ...


class Gives(Protocol):
    """Whatever bytes can be read from, in their order."""

    def read(self, size: int, /) -> bytes: ...


class Tally:
    """The SHA-256 and the number of the bytes that were told to it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    def add(self, piece: bytes) -> bytes:
        """Count these bytes too, and return them."""
        self._hash.update(piece)
        self.size += len(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class TalliedWriting:
    """Somewhere to write to that keeps a tally of what was written."""

    def __init__(self, target: Takes) -> None:
        self.tally = Tally()
        self._target = target

    def write(self, piece: bytes) -> int:
        return self._target.write(self.tally.add(piece))


class TalliedReading:
    """A source that keeps a tally of what was read from it."""

    def __init__(self, source: Gives) -> None:
        self.tally = Tally()
        self._source = source

    def read(self, size: int = PIECE) -> bytes:
        return self.tally.add(self._source.read(size))


def line_of(name: str, tally: Tally) -> bytes:
    """Return how a part stands in the list of parts."""
    return f"{tally.sha256} {tally.size} {name}\n".encode()


class Writing:
    """A backup that is being written, part by part; `finish` seals it."""

    def __init__(self, target: Takes, aside: IO[bytes]) -> None:
        """Write to `target`; the list of parts grows in `aside`, an empty file of our own."""
        self._target = target
        self._sealed = TalliedWriting(target)
        sealed = cast(Any, self._sealed)
        self._tar = tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._contents = aside

    def add(self, name: str, source: Gives, size: int) -> None:
        """Add a part of exactly `size` bytes from `source`."""
        reading = TalliedReading(source)
        self._add(name, reading, size)
        self._contents.write(line_of(name, reading.tally))

    def finish(self, manifest: bytes) -> None:
        """Add the list of parts and the manifest, and seal the whole."""
        size = self._contents.tell()
        self._contents.seek(0)
        self._add(CONTENTS, self._contents, size)
        self._add(MANIFEST, io.BytesIO(manifest), len(manifest))
        self._tar.close()
        self._target.write(SEAL + self._sealed.tally.sha256.encode() + b"\n")

    def _add(self, name: str, source: Gives, size: int) -> None:
        part = tarfile.TarInfo(name)
        part.size, part.mode = size, 0o600
        self._tar.addfile(part, cast(Any, source))
