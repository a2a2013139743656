"""Stands in for the four programs that reach outside an empty machine, under their own names.

`apt-get` has nothing to fetch: what the machine needs is on the one below it. `git` hands over the
code as it stands here. `certbot` signs a certificate itself, and lets the machine trust it.
`systemctl` starts what the unit files say, as whom and with which settings they say.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
PIDS = Path("/run/stand-in")
LOGS = Path("/var/log/units")
LINKED = (".venv", "node_modules")


def apt_get(*words: str) -> None:
    """Fetch nothing; start what Debian starts when it is installed."""
    if "nginx" in words:
        _nginx("start")


def git(verb: str, _source: str, target: str) -> None:
    """Hand over the files that git knows, with what `make build` would install here once more."""
    assert verb == "clone", verb
    source, place = Path(os.environ["HANDBOOK_CODE"]), Path(target)
    listed = subprocess.run(
        ["/usr/bin/git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=source, capture_output=True, check=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (source / name).is_file() and not name.startswith(LINKED):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, place / name)
    for name in LINKED:
        (place / name).mkdir()
        subprocess.run(["mount", "--bind", (source / name).resolve(), place / name], check=True)
    (place / ".stamps").mkdir()
    for name in ("base", "node"):
        (place / ".stamps" / name).touch()


def certbot(*words: str) -> None:
    """Sign a certificate for the name after --domain, and let this machine trust it."""
    name = words[words.index("--domain") + 1]
    place = Path("/etc/letsencrypt/live") / name
    place.mkdir(parents=True)
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    files = ["-keyout", place / "privkey.pem", "-out", place / "fullchain.pem"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(
        ["openssl", "req", "-x509", "-days", "2", *curve, *subject, *files],
        check=True, capture_output=True,
    )  # fmt: skip
    with Path("/etc/ssl/certs/ca-certificates.crt").open("a") as trusted:
        trusted.write((place / "fullchain.pem").read_text())


def systemctl(verb: str, *words: str) -> None:
    """Do to each unit what systemd would."""
    for name in (word.removesuffix(".service") for word in words if not word.startswith("-")):
        if name == "nginx":
            _nginx(verb)
        elif verb in ("stop", "restart"):
            _stop(name)
        if name != "nginx" and verb in ("enable", "start", "restart"):
            _start(name)


def _nginx(verb: str) -> None:
    if verb == "stop":
        subprocess.run(["nginx", "-s", "quit"], check=True)
    elif verb == "reload":
        subprocess.run(["nginx", "-s", "reload"], check=True)
    else:
        subprocess.run(["nginx"], check=True)


def settings_of(unit: Path) -> dict[str, list[str]]:
    """Return what a unit file says: a name may stand in it several times."""
    said: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.MULTILINE):
        said.setdefault(name, []).append(value)
    return said


def _environment(said: dict[str, list[str]]) -> dict[str, str]:
    found = dict(pair.split("=", 1) for pair in said.get("Environment", []))
    for file in said.get("EnvironmentFile", []):
        lines = Path(file).read_text().splitlines()
        found.update(line.split("=", 1) for line in lines if re.match(r"[A-Z]\w*=", line))
    return {"PATH": "/usr/bin:/bin", **found}


def _start(name: str) -> None:
    if name.endswith(".timer"):
        assert (UNITS / name).is_file()
        return
    said = settings_of(UNITS / f"{name}.service")
    user, group = said["User"][0], said["Group"][0]
    for folder in said.get("StateDirectory", []):
        place = Path("/var/lib") / folder
        place.mkdir(mode=int(said["StateDirectoryMode"][0], 8), exist_ok=True)
        shutil.chown(place, user, group)
    how = {"user": user, "group": group, "extra_groups": [], "env": _environment(said)}
    how |= {"cwd": said["WorkingDirectory"][0], "umask": int(said["UMask"][0], 8)}
    LOGS.mkdir(exist_ok=True)
    with (LOGS / f"{name}.log").open("ab") as log:
        command = shlex.split(said["ExecStart"][0])
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **how)
        if said.get("Type") == ["oneshot"]:
            assert process.wait() == 0, f"{name}: {(LOGS / f'{name}.log').read_text()}"
            for after in said.get("ExecStartPost", []):
                subprocess.run(shlex.split(after), check=True, **how)
            return
    PIDS.mkdir(exist_ok=True)
    (PIDS / name).write_text(str(process.pid))


def _stop(name: str) -> None:
    note = PIDS / name
    if not note.exists():
        return
    pid = int(note.read_text())
    os.kill(pid, signal.SIGTERM)
    while (
        Path(f"/proc/{pid}").exists() and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    ):
        time.sleep(0.05)
    note.unlink()


def _is_there(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


if __name__ == "__main__":
    called = Path(sys.argv[1]).name.replace("-", "_")
    {"apt_get": apt_get, "git": git, "certbot": certbot, "systemctl": systemctl}[called](
        *sys.argv[2:]
    )
