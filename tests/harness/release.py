"""What the demo of this version left: rows, files and the heads of its pages, for later versions.

`make release-snapshot` writes it into tests/releases, and every later version is tried on it.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from portal import create_app
from portal.config import read_settings
from portal.core.schema import newest_revision
from portal.core.version import VERSION
from tests.harness.client import Client

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/releases"
PACKED, HEADS = ".tar.xz", ".json"
HEAD = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
LINK = re.compile(r'href="(/[^"#?]*)')
LISTS = re.compile(r"/(ondertekenaars|toezeggingen|nieuws)")
# Addresses that stay the same for ever, of pages whose head was typed by people.
LASTING = re.compile(rf"{LISTS.pattern}/[\w-]+")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A filled portal of an earlier version; `name` is that version and its schema."""

    name: str

    def unpack(self, place: Path) -> None:
        """Write its backup to `place`."""
        with lzma.open(FOLDER / f"{self.name}{PACKED}") as packed, place.open("wb") as backup:
            shutil.copyfileobj(packed, backup)

    @property
    def heads(self) -> dict[str, str]:
        """Address -> the head of the page that a visitor saw there."""
        heads: dict[str, str] = json.loads((FOLDER / f"{self.name}{HEADS}").read_text())
        return heads


def snapshots() -> list[Snapshot]:
    """Return those that are kept, the oldest first."""
    names = (path.name.removesuffix(PACKED) for path in FOLDER.glob(f"*{PACKED}"))
    return [Snapshot(name) for name in sorted(names)]


def heads_at(app: Flask, addresses: Iterable[str]) -> dict[str, str]:
    """Return address -> head, for each address that shows a visitor a page."""
    client = Client(app)
    heads = {}
    for address in addresses:
        answer = client.raw.get(address, follow_redirects=True)
        head = HEAD.search(answer.get_data(as_text=True))
        if answer.status_code == 200 and head is not None:
            # A soft hyphen says where a long word may be broken: it is no letter of it.
            heads[address] = re.sub(r"\s+", " ", head[1].replace("\u00ad", "")).strip()
    return heads


def lasting_addresses(app: Flask) -> list[str]:
    """Return the addresses of everything public that a visitor finds by following links."""
    client, waiting, known = Client(app), ["/"], {"/"}
    while waiting:
        page = client.raw.get(waiting.pop()).get_data(as_text=True)
        links = {
            link for link in LINK.findall(page) if LISTS.fullmatch(link) or LASTING.fullmatch(link)
        }
        waiting += sorted(links - known)
        known |= links
    return sorted(filter(LASTING.fullmatch, known))


def make() -> None:
    """Fill a demo of this version, and keep what it left."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PORTAL_ENV": "demo", "DATA_DIR": folder}
        place = Path(folder) / "snapshot.tar"
        for words in (("db", "upgrade"), ("demo",), ("backup", str(place))):
            command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
            subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
        app = create_app(read_settings(environment))
        with app.app_context():
            name = f"{VERSION}-{newest_revision()}"
        FOLDER.mkdir(exist_ok=True)
        packed = lzma.compress(place.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (FOLDER / f"{name}{PACKED}").write_bytes(packed)
        heads = heads_at(app, lasting_addresses(app))
        written = json.dumps(heads, ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / f"{name}{HEADS}").write_text(f"{written}\n")
    print(f"tests/releases/{name}: {len(packed) / 1000:.0f} kB, {len(heads)} pages")


if __name__ == "__main__":
    make()
