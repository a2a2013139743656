"""An empty machine on top of this one: its own /etc, /opt, /var and network, and root in it.

Whatever is typed there stays there, and ends with it. Only inside namespaces of its own: see
`run_on_a_machine`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.harness.databases import RUN

ROOT = Path(__file__).parents[2]
STAND_INS = ("apt-get", "git", "certbot", "systemctl")
NAME = "groeipact.example"
FRESH = ("opt", "var/lib", "var/log", "var/backups", "var/www", "run")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Debian's nginx, as its package leaves it.
NGINX = ("var/lib/nginx", "var/log/nginx", "var/www/html")


def run_on_a_machine(folder: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the tests as root of an empty machine, whose disk is `folder`."""
    alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() != 0:
        alone += ["--map-root-user", "--map-auto"]
    command = [*alone, sys.executable, "-m", module, str(folder), *words]
    environment = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    return subprocess.run(
        command,
        cwd=ROOT,
        # A folder of its own: seen from in there, every other run of tests looks dead.
        env={"PATH": PATH, "PYTHONPATH": str(ROOT), RUN: str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class Machine:
    """The machine that this process stands on, made empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _mount("--make-rprivate", "/")
        self._own_etc()
        for name in FRESH:
            self._own(name)
        for name in NGINX:
            (Path("/") / name).mkdir(parents=True)
        self._own_programs()
        _open_ways([Path(sys.base_prefix), Path(sys.prefix)], folder)
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)

    def _own(self, name: str) -> Path:
        place = self._folder / name
        place.mkdir(parents=True, mode=0o755)
        _mount("--bind", place, Path("/") / name)
        return place

    def reach(self, database_url: str) -> str:
        """Let every user reach a PostgreSQL whose socket lies in a closed folder; return where."""
        address = urlsplit(database_url)
        folder = parse_qs(address.query).get("host")
        if folder is None:
            return database_url
        place = Path("/run/postgresql")
        place.mkdir()
        for socket in Path(folder[0]).glob(".s.PGSQL.*[0-9]"):
            (place / socket.name).touch()
            _mount("--bind", socket, place / socket.name)
        return f"{address.scheme}://{address.netloc}{address.path}?host={place}"

    def _own_etc(self) -> None:
        copied = self._folder / "etc"
        shutil.copytree("/etc", copied, symlinks=True)
        with (copied / "hosts").open("a") as hosts:
            hosts.write(f"\n127.0.0.1 {NAME}\n")
        _mount("--bind", copied, "/etc")

    def _own_programs(self) -> None:
        below = self._folder / "below"
        below.mkdir()
        _mount("--bind", "/usr/local/bin", below)
        place = self._own("usr/local/bin")
        for program in below.iterdir():
            (place / program.name).symlink_to(program)
        code = Path(__file__).with_name("stand_in.py")
        for name in STAND_INS:
            (place / name).unlink(missing_ok=True)
            (place / name).write_text(f'#!/bin/sh\nexec {sys.executable} {code} "$0" "$@"\n')
            (place / name).chmod(0o755)

    def type(self, typed: str, *, answers: str = "", expected: int = 0, **environment: str) -> str:
        """Type lines as root, in one shell that stops at the first that fails; return the words."""
        told = subprocess.run(
            ["/bin/sh", "-eu", "-c", typed],
            cwd="/",
            input=answers,
            env={
                "PATH": f"{PATH}:{sys.base_prefix}/bin",
                "HOME": "/",
                "LANG": "C.UTF-8",
                "HANDBOOK_CODE": str(ROOT),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert told.returncode == expected, f"{typed}\n-> {told.returncode}: {told.stdout}"
        return told.stdout

    def logs(self) -> str:
        """What the units wrote."""
        found = sorted(Path("/var/log/units").glob("*.log"))
        return "".join(f"{path.name}:\n{path.read_text()[-3000:]}" for path in found)


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *map(str, words)], check=True)


def _open_ways(targets: Sequence[Path], stash: Path) -> None:
    """Let every user of this machine reach these folders, also where a folder above is closed."""
    for number, target in enumerate(targets):
        closed = [one for one in reversed(target.parents) if not one.stat().st_mode & 0o001]
        if closed:
            kept = stash / f"way-{number}"
            kept.mkdir()
            _mount("--bind", target, kept)
            _mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", closed[0])
            target.mkdir(parents=True)
            _mount("--bind", kept, target)
