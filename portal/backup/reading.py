"""Reads a backup part by part, and refuses one that is damaged."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, cast

from portal.backup.archive import (
    CONTENTS,
    MANIFEST,
    PIECE,
    SEAL,
    SEAL_LENGTH,
    Damaged,
    Gives,
    TalliedReading,
    Tally,
    line_of,
)
from portal.backup.manifest import Manifest, read_manifest

# More than any manifest has: a stranger's file must not fill the memory.
LONGEST_MANIFEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a backup, to be read before the next one is asked for."""

    name: str
    size: int
    source: TalliedReading


class _BeforeSeal:
    """The bytes of a backup without the seal, which is `tail` when all of them were read."""

    def __init__(self, source: Gives) -> None:
        self.tally = Tally()
        self.tail = b""
        self._source = source

    def read(self, size: int = PIECE) -> bytes:
        while len(self.tail) < size + SEAL_LENGTH:
            piece = self._source.read(PIECE)
            if not piece:
                break
            self.tail += piece
        there = max(0, min(size, len(self.tail) - SEAL_LENGTH))
        piece, self.tail = self.tail[:there], self.tail[there:]
        return self.tally.add(piece)


class Reading:
    """A backup that is being read: `parts` first, then its manifest."""

    def __init__(self, source: Gives) -> None:
        self._source = _BeforeSeal(source)
        self._manifest = b""
        self._last = "its beginning"

    @property
    def manifest(self) -> Manifest:
        """What the whole is; only when all parts were read."""
        return read_manifest(self._manifest)

    def parts(self) -> Iterator[Part]:
        """Yield every part; after the last one Damaged says what is wrong, if anything is."""
        with TemporaryFile() as found, TemporaryFile() as contents:
            # What a flipped byte makes of a tar is told at the end, when the seal is known.
            with suppress(tarfile.TarError, EOFError, UnicodeError):
                yield from self._read(found, contents)
            while self._source.read():
                pass
            self._judge(found, contents)

    def _read(self, found: IO[bytes], contents: IO[bytes]) -> Iterator[Part]:
        with tarfile.open(fileobj=cast(Any, self._source), mode="r|") as tar:
            for member in tar:
                body = tar.extractfile(member)
                if body is None:
                    continue
                reading = TalliedReading(body)
                if member.name == CONTENTS:
                    while piece := reading.read():
                        contents.write(piece)
                elif member.name == MANIFEST:
                    self._manifest = reading.read(LONGEST_MANIFEST)
                else:
                    yield Part(member.name, member.size, reading)
                    while reading.read():
                        pass
                    found.write(line_of(member.name, reading.tally))
                self._last = member.name

    def _judge(self, found: IO[bytes], contents: IO[bytes]) -> None:
        seal = self._source.tail
        if not seal.startswith(SEAL):
            raise Damaged("It is cut off, or it is no backup of this portal.")
        wrong = list(_differences(_lines(contents), _lines(found)))
        is_sealed = seal == SEAL + self._source.tally.sha256.encode() + b"\n"
        if is_sealed and not wrong and self._manifest:
            return
        if self._last != MANIFEST:
            raise Damaged(f"It cannot be read any further than {self._last}.")
        raise Damaged("\n".join(wrong) or "Bytes between its parts, or its seal, were changed.")


def _lines(file: IO[bytes]) -> dict[str, str]:
    """Return what a list of parts says of each by its name."""
    file.seek(0)
    said = {}
    for line in file.read().decode(errors="replace").splitlines():
        words, _, name = line.rpartition(" ")
        said[name] = words
    return said


def _differences(wanted: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    for name in wanted.keys() - found.keys():
        yield f"{name} is missing."
    for name, words in found.items():
        if wanted.get(name) != words:
            yield f"{name} is not what was written." if name in wanted else f"{name} is not listed."
