"""Follows the handbook on an empty machine; run by `run_on_a_machine`.

`python -m tests.handbook.rehearsal FOLDER first DATABASE_URL` installs a portal, fills it and
backs it up. `... FOLDER second DATABASE_URL FIRST_FOLDER` puts that back on another machine. Both
write what they saw into `FOLDER/report.json`.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from pathlib import Path

from tests.factories.telephones import SECRET
from tests.handbook.filling import MODERATOR, PASSWORD
from tests.handbook.machine import NAME, Machine
from tests.handbook.pages import Block, blocks_of
from tests.handbook.visitor import Visitor, everything_shown, wait_for_documents
from tests.harness.mailbox import Mailbox, MailServer

BEHEERDER = "beheerder@vereniging.example"
SETTINGS = Path("/etc/groeipact/groeipact.env")
BACKUPS = Path("/var/backups/groeipact")
# What the page says of this command: it ends with 1 as long as something is missing.
UNFINISHED = "flask --app wsgi doctor"
# Whoever looks at everything takes more along in five minutes than one reader may, and how often
# that was is in the backup.
TAKES_ALL = "LIMIT_TAKE=1000\nLIMIT_PAPER=1000\n"


class Rehearsal:
    """One machine, and the person who follows the handbook on it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.machine = Machine(folder)
        self._database_url = self.machine.reach(database_url)
        self._mail = MailServer()
        self.mailbox = Mailbox(self._mail)
        self.secret_key = ""

    def type(self, block: Block) -> str:
        """Type a block: what begins with `flask` in the shell that `groeipact` opens."""
        typed, status = block.typed, int(UNFINISHED in block.typed)
        if typed.startswith("flask "):
            return self.machine.type("groeipact", answers=f"set -eu\n{typed}", expected=status)
        answers = "Esther Kamara (fictief)\n" + BEHEERDER + "\n"
        return self.machine.type(typed, answers=answers, expected=status, PORTAL_PASSWORD=PASSWORD)

    def fill_in(self, **values: str) -> None:
        """Fill in settings, as the page says where."""
        text = SETTINGS.read_text()
        for name, value in values.items():
            text, count = re.subn(rf"(?m)^#?{name}=.*$", f"{name}={value}", text)
            assert count == 1, f"{SETTINGS} has no line for {name}"
        SETTINGS.write_text(text)

    def install(self, *, without: str = "") -> None:
        """Follow installeren.md, but for the step whose number is `without`."""
        for block in blocks_of("installeren"):
            number = block.heading.split(".")[0]
            if number != without:
                self.type(block)
            if number == "4" and SETTINGS.exists():
                self._set()
            if number == without:
                self.instead()

    def instead(self) -> None:
        """What this machine does in place of the step that is left out."""

    def _set(self) -> None:
        text = SETTINGS.read_text()
        assert re.search(r"(?m)^SECRET_KEY=[0-9a-f]{64}$", text)
        assert f"PUBLIC_URL=https://{NAME}\n" in text
        self.fill_in(
            MAIL_SERVER=self._mail.host,
            MAIL_PORT=str(self._mail.port),
            MAIL_SENDER=f"groeipact@{NAME}",
            DATABASE_URL=self._database_url,
        )
        SETTINGS.write_text(SETTINGS.read_text().rstrip("\n") + f"\n{TAKES_ALL}")


# What the filling puts a document below.
WITH_DOCUMENTS = ("/toezeggingen/toezegging-0", "/toezeggingen/toezegging-1")


class First(Rehearsal):
    """Installs a portal, gives it two moderators with telephones, fills it, and backs it up."""

    def run(self) -> dict[str, object]:
        """Return what was shown, and what the second machine needs."""
        self.install()
        told = self.machine.type("groeipact python -m tests.handbook.filling")
        assert not told, told
        secret = self._first_day()
        visitor = Visitor(NAME)
        wait_for_documents(visitor, WITH_DOCUMENTS)
        shown = everything_shown(visitor)
        backup, identity = self._back_up()
        return {
            "shown": shown,
            "backup": str(backup),
            "identity": str(identity),
            "settings": SETTINGS.read_text(),
            "secret": secret,
            "desk": desk(secret),
            "proxy": self._at_the_proxy(),
        }

    def _at_the_proxy(self) -> dict[str, str]:
        """Ask what the proxy answers by itself; return the first line and the headers of each."""
        challenge = Path("/var/www/html/.well-known/acme-challenge/proof")
        challenge.parent.mkdir(parents=True)
        challenge.write_text("proof")
        ask = "curl --silent --include --max-time 20"
        return {
            name: self.machine.type(f"{ask} {words}")
            for name, words in {
                "home": f"https://{NAME}/",
                "open": f"http://{NAME}/groeipact",
                "challenge": f"http://{NAME}/.well-known/acme-challenge/proof",
                "health": f"https://{NAME}/healthz",
                "by its side": "http://127.0.0.1:8001/readyz",
                "another name": f"-H 'Host: another.example' https://{NAME}/ || echo nothing",
            }.items()
        }

    def _first_day(self) -> str:
        visitor = Visitor(NAME)
        page = visitor.sign_in(BEHEERDER, PASSWORD)
        secret = visitor.set_up_telephone(page, PASSWORD)
        assert visitor.get("/werkvoorraad").status == 200
        return secret

    def _back_up(self) -> tuple[Path, Path]:
        by_hand, key, check, *_restore = blocks_of("back-up")
        self.type(by_hand)
        (first,) = BACKUPS.iterdir()
        told = self.type(key)
        identity = Path(key.typed.split()[-1])
        self.fill_in(BACKUP_RECIPIENT=told.split("BACKUP_RECIPIENT=")[1].strip())
        self.machine.type("systemctl start groeipact-backup")
        (nightly,) = set(BACKUPS.iterdir()) - {first}
        assert nightly.name.endswith(".age")
        typed = check.typed.replace("BESTAND", f"{nightly} --identity {identity}")
        assert "is whole" in self.type(check._replace(typed=typed))
        return nightly, identity


class Second(Rehearsal):
    """Installs a portal with what another one left: its backup, its key, its settings."""

    def __init__(self, folder: Path, database_url: str, first: Path) -> None:
        super().__init__(folder, database_url)
        self._folder, self._first = folder, first
        self._left = json.loads((first / "report.json").read_text())

    def run(self) -> dict[str, object]:
        """Return what was shown."""
        self.install(without="5")
        secret = self._left["secret"]
        return {"shown": everything_shown(Visitor(NAME)), "desk": desk(secret)}

    def instead(self) -> None:
        """Put the backup back, as back-up.md says."""
        old = re.search(r"(?m)^SECRET_KEY=(.+)$", self._left["settings"])
        assert old is not None
        self.fill_in(SECRET_KEY=old[1])
        *_others, place, restore = blocks_of("back-up")
        backup, identity = (self._first / self._left[name][1:] for name in ("backup", "identity"))
        self.machine.type(place.typed.replace("BESTAND", str(backup)))
        key = Path("/var/lib/groeipact") / identity.name
        self.machine.type(f"install -o groeipact -m 600 {identity} {key}")
        # DATA_DIR must be empty: the key stands elsewhere.
        self.machine.type(f"mv {key} {BACKUPS}")
        typed = f"{restore.typed.strip()} --identity {BACKUPS / identity.name}\n"
        assert "Put back" in self.type(restore._replace(typed=typed))


def desk(secret: str) -> list[str]:
    """Let both moderators sign in with their telephones; return what each reads at the desk."""
    read = []
    for email, known in ((BEHEERDER, secret), (MODERATOR, SECRET)):
        visitor = Visitor(NAME)
        page = visitor.give_code(visitor.sign_in(email, PASSWORD), known)
        assert page.status == 200, page.errors
        read.append(visitor.get("/werkvoorraad").main)
    return read


def main() -> None:
    """Rehearse, and write down what came of it; when it fails, say what the units wrote."""
    folder, which, database_url, *rest = sys.argv[1:]
    place = Path(folder)
    rehearsal = (
        First(place, database_url)
        if which == "first"
        else Second(place, database_url, Path(rest[0]))
    )
    try:
        report = rehearsal.run()
    except BaseException:
        print(rehearsal.machine.logs())
        raise
    shown = report["shown"]
    assert isinstance(shown, dict)
    report["shown"] = {path: base64.b64encode(body).decode() for path, body in shown.items()}
    (place / "report.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main()
