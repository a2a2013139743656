"""Kept files on a disk."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.services.storage import (
    BadKey,
    KeyTaken,
    LocalStorage,
    NotStored,
    StorageFull,
    new_key,
)

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path / "files")


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestNewKey:
    def test_has_two_levels_of_folders_and_cannot_be_guessed(self):
        keys = {new_key("pdf") for _ in range(1000)}
        assert len(keys) == 1000
        for key in keys:
            assert re.fullmatch(r"(..)/(..)/\1\2[0-9a-f]{28}\.pdf", key)

    @pytest.mark.parametrize("extension", ["", "../x", "PDF", "p/f", "exe\n", "toolong"])
    def test_refuses_an_extension_that_could_lead_elsewhere(self, extension):
        with pytest.raises(BadKey):
            new_key(extension)


class TestLocalStorage:
    def test_gives_back_what_was_put(self, storage, tmp_path):
        source = tmp_path / "upload"
        source.write_bytes(b"uit een bestand" * 100_000)
        from_bytes, from_file = new_key("webp"), new_key("pdf")
        storage.put(from_bytes, b"uit het geheugen")
        storage.put(from_file, source)
        with storage.open(from_bytes) as file:
            assert file.read() == b"uit het geheugen"
        assert storage.path(from_file).read_bytes() == source.read_bytes()
        assert storage.exists(from_bytes)

    def test_never_replaces_a_file(self, storage):
        key = new_key("pdf")
        storage.put(key, b"eerste")
        with pytest.raises(KeyTaken):
            storage.put(key, b"tweede")
        assert storage.path(key).read_bytes() == b"eerste"
        assert len(files_under(storage.root)) == 1

    def test_lets_one_of_many_put_under_the_same_key(self, storage):
        key = new_key("pdf")

        def put(number: int) -> bool:
            try:
                storage.put(key, b"%d" % number * 1000)
            except KeyTaken:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            won = [number for number, is_first in enumerate(pool.map(put, range(8))) if is_first]
        assert [b"%d" % number * 1000 for number in won] == [storage.path(key).read_bytes()]

    def test_forgets_a_file_and_minds_not_when_it_is_gone(self, storage):
        key = new_key("pdf")
        storage.put(key, b"x")
        storage.delete(key)
        storage.delete(key)
        assert not storage.exists(key)
        with pytest.raises(NotStored):
            storage.open(key)

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "../../etc/passwd",
            "/etc/passwd",
            "ab/cd/../../../x.pdf",
            "ab/cd/abcd.pdf",
            "ab/cd/" + "0" * 32 + ".pdf",
            "ab/cd/abcd" + "0" * 28 + ".pdf\n",
            "ab/cd/abcd" + "0" * 28 + ".pdf\0",
            "ab/cd/abcd" + "0" * 28,
            "AB/CD/ABCD" + "0" * 28 + ".pdf",
            ".unfinished/x",
        ],
    )
    def test_refuses_a_key_that_it_cannot_have_given_out(self, storage, key):
        for use in (storage.open, storage.path, storage.exists, storage.delete):
            with pytest.raises(BadKey):
                use(key)
        with pytest.raises(BadKey):
            storage.put(key, b"x")

    def test_keeps_nothing_when_the_disk_is_full(self, tmp_path):
        full = LocalStorage(tmp_path, keep_free=10**18)
        with pytest.raises(StorageFull):
            full.put(new_key("pdf"), b"x")
        assert full.free_space() == 0
        assert files_under(tmp_path) == []

    def test_leaves_a_part_of_the_disk_to_the_database(self, tmp_path):
        disk = shutil.disk_usage(tmp_path)
        room = LocalStorage(tmp_path, keep_free=0).free_space()
        assert room <= disk.free - min(disk.total // 50, 200 * 1024 * 1024)

    def test_takes_files_again_when_there_is_room(self, tmp_path):
        key = new_key("pdf")
        with pytest.raises(StorageFull):
            LocalStorage(tmp_path, keep_free=10**18).put(key, b"x")
        LocalStorage(tmp_path).put(key, b"x")
        assert LocalStorage(tmp_path).path(key).read_bytes() == b"x"

    def test_leaves_nothing_behind_when_the_source_cannot_be_read(self, storage, tmp_path):
        with pytest.raises(IsADirectoryError):
            storage.put(new_key("pdf"), tmp_path)
        assert files_under(storage.root) == []

    def test_tells_the_room_before_its_folder_exists(self, tmp_path):
        assert LocalStorage(tmp_path / "a" / "b").free_space() > 0

    def test_lists_what_is_kept_and_nothing_else(self, storage):
        key = new_key("pdf")
        storage.put(key, b"vijf!")
        (storage.root / "ab" / "cd").mkdir(parents=True, exist_ok=True)
        (storage.root / "ab" / "cd" / "vreemd.txt").write_bytes(b"x")
        (file,) = storage.files()
        assert (file.key, file.size) == (key, 5)
        assert abs(datetime.now(UTC) - file.stored_at) < timedelta(minutes=5)


def test_keeps_every_acknowledged_file_when_its_process_is_killed(tmp_path):
    content = b"toezegging" * 50_000
    program = (
        "import sys; from pathlib import Path\n"
        "from portal.services.storage import LocalStorage, new_key\n"
        "storage = LocalStorage(Path(sys.argv[1]))\n"
        "while True:\n"
        "    key = new_key('pdf'); storage.put(key, b'toezegging' * 50_000)\n"
        "    print(key, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE
    ) as writer:
        first = [writer.stdout.readline() for _ in range(20)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged = b"".join([*first, writer.stdout.read()]).decode().split()
    storage = LocalStorage(tmp_path)
    whole = hashlib.sha256(content).digest()
    assert len(acknowledged) >= 20
    for key in acknowledged:
        assert hashlib.sha256(storage.path(key).read_bytes()).digest() == whole
    # A name that was only claimed is empty; half a file never stands under a key.
    assert {file.size for file in storage.files()} <= {0, len(content)}


def test_removes_what_a_killed_process_left_unfinished_but_not_what_is_being_written(storage):
    storage.put(new_key("pdf"), b"x")
    now = datetime.now(UTC)
    unfinished = storage.root / ".unfinished"
    old, young = unfinished / "old", unfinished / "young"
    for draft in (old, young):
        draft.write_bytes(b"half")
    yesterday = (now - timedelta(days=1)).timestamp()
    os.utime(old, (yesterday, yesterday))
    assert storage.remove_unfinished(now - timedelta(hours=1)) == 1
    assert files_under(unfinished) == [young]
    assert len(list(storage.files())) == 1
