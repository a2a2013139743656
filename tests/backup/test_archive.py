"""The file of a backup: whatever is wrong with it is seen, and named."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from portal.backup.archive import MANIFEST, SEAL_LENGTH, Damaged, Writing
from portal.backup.encryption import BadKey, NoIdentity, decrypted, encrypted, new_identity
from portal.backup.manifest import FORMAT, Manifest
from portal.backup.reading import Reading

PARTS = {"rows/account.jsonl.gz": b"[1]\n" * 200, "files/one.pdf": b"%PDF-1.7 \x00\xff" * 99}


def manifest(**changes: object) -> bytes:
    """Return the manifest of a backup without tables."""
    said = {
        "format": FORMAT,
        "portal": "0.1.0",
        "made_at": "2026-11-29T10:00:00+00:00",
        "schema": "0001",
        "database": "sqlite 3.40.1",
        "key_names": ("a1",),
        "sealed_secrets": 0,
        "tables": {},
        "files": 1,
        "file_bytes": 9,
        "missing": (),
    }
    return Manifest(**{**said, **changes}).written()  # type: ignore[arg-type]


def archive(*listed: str, told: bytes | None = None) -> bytes:
    """Return a backup of PARTS; `listed` are names that stand in its list without being there."""
    target, aside = io.BytesIO(), io.BytesIO()
    writing = Writing(target, aside)
    for name in listed:
        aside.write(f"{'0' * 64} 3 {name}\n".encode())
    for name, body in PARTS.items():
        writing.add(name, io.BytesIO(body), len(body))
    writing.finish(manifest() if told is None else told)
    return target.getvalue()


def read(written: bytes) -> dict[str, bytes]:
    """Return the parts of a backup, by their names."""
    reading = Reading(io.BytesIO(written))
    parts = {part.name: part.source.read(part.size) for part in reading.parts()}
    assert reading.manifest.files == 1
    return parts


def flipped(written: bytes, place: int) -> bytes:
    return written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :]


def refusal(written: bytes) -> str:
    with pytest.raises(Damaged) as refused:
        read(written)
    return str(refused.value)


class TestArchive:
    def test_it_gives_back_what_was_put_in(self) -> None:
        assert read(archive()) == PARTS

    def test_any_program_for_tar_opens_it(self) -> None:
        with tarfile.open(fileobj=io.BytesIO(archive())) as tar:
            assert tar.getnames() == [*PARTS, "contents.txt", "manifest.json"]
            assert b'"schema": "0001"' in (tar.extractfile(MANIFEST) or io.BytesIO()).read()

    def test_it_sees_each_flipped_byte(self) -> None:
        written = archive()
        places = {*range(0, len(written), 61), *range(len(written) - SEAL_LENGTH, len(written))}
        whole = [place for place in places if not refusal(flipped(written, place))]
        assert whole == []

    def test_it_sees_a_missing_end(self) -> None:
        written = archive()
        for length in (0, 1, 600, len(written) // 2, len(written) - SEAL_LENGTH, len(written) - 1):
            assert refusal(written[:length]) == "It is cut off, or it is no backup of this portal."

    def test_it_names_the_part_that_was_changed(self) -> None:
        written = archive()
        assert refusal(flipped(written, written.index(b"%PDF") + 5)) == (
            "files/one.pdf is not what was written."
        )

    def test_it_names_a_part_that_is_gone(self) -> None:
        assert refusal(archive("files/two.pdf")) == "files/two.pdf is missing."

    def test_it_sees_bytes_behind_the_seal(self) -> None:
        assert refusal(archive() + b"more")

    @pytest.mark.parametrize("told", [b"", b"[]", b"{", b'{"format": 1}', b'{"format": 1, "a": 2}'])
    def test_it_refuses_a_manifest_that_says_nothing(self, told: bytes) -> None:
        assert refusal(archive(told=told))

    def test_it_says_which_format_it_cannot_read(self) -> None:
        assert "format 2" in refusal(archive(told=manifest(format=2)))

    def test_it_is_no_backup(self) -> None:
        assert "no backup" in refusal(b"Something else entirely. " * 40)


class TestEncryption:
    @pytest.fixture
    def key(self, tmp_path: Path) -> tuple[Path, str]:
        """A file with a key, and its recipient."""
        return tmp_path / "key", new_identity(tmp_path / "key")

    def _written(self, tmp_path: Path, *recipients: str) -> Path:
        place = tmp_path / "backup.age"
        with place.open("wb") as file, encrypted(file, recipients) as target:
            target.write(archive())
        return place

    def test_it_is_read_with_the_key_only(self, tmp_path: Path, key: tuple[Path, str]) -> None:
        place = self._written(tmp_path, key[1])
        assert b"%PDF" not in place.read_bytes()
        with decrypted(place, key[0]) as source:
            assert source.read() == archive()
        with pytest.raises(NoIdentity), decrypted(place, None):
            pass
        other = tmp_path / "other"
        new_identity(other)
        with pytest.raises(NoIdentity), decrypted(place, other) as source:
            list(Reading(source).parts())

    def test_its_key_is_for_its_owner_alone(self, key: tuple[Path, str]) -> None:
        assert key[0].stat().st_mode & 0o077 == 0
        with pytest.raises(FileExistsError):
            new_identity(key[0])

    def test_it_sees_a_flipped_byte_and_a_missing_end(
        self, tmp_path: Path, key: tuple[Path, str]
    ) -> None:
        place = self._written(tmp_path, key[1])
        whole = place.read_bytes()
        for damaged in (flipped(whole, len(whole) // 2), whole[:-200]):
            place.write_bytes(damaged)
            with pytest.raises(Damaged), decrypted(place, key[0]) as source:
                list(Reading(source).parts())

    @pytest.mark.parametrize("written", ["", "age1nobody", "ssh-ed25519 nothing", "a@example.org"])
    def test_it_refuses_what_is_no_recipient(self, tmp_path: Path, written: str) -> None:
        with pytest.raises(BadKey):
            self._written(tmp_path, written)

    def test_it_refuses_a_file_without_a_key(self, tmp_path: Path, key: tuple[Path, str]) -> None:
        place = self._written(tmp_path, key[1])
        key[0].write_text("# nothing\n")
        with pytest.raises(BadKey), decrypted(place, key[0]):
            pass
