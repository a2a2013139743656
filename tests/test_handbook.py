"""The handbook for the beheerder: its commands run, its links lead somewhere, its settings are."""

from __future__ import annotations

import contextvars
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from portal import create_app
from portal.config import read_settings
from portal.core.db import db
from tests.factories import make_account, make_beheerder, make_moderator, make_telephone
from tests.harness.mailbox import Mailbox, MailServer
from tests.harness.portal import make_portal
from tests.test_readme import settings_told

ROOT = Path(__file__).parents[1]
HANDBOOK = sorted((ROOT / "docs/beheer").glob("*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]*))?\)")
SETTING = re.compile(r"`([A-Z][A-Z_]{3,})(?:=[^`]*)?`")
# In capitals as settings are, but no settings of the portal.
NO_SETTINGS = {"BESTAND", "ADRES", "PORTAL_PASSWORD", "PORTAL_PASSWORD_FILE", "SSL_CERT_FILE"}
# What goes on until it is stopped: tests/served runs these.
LASTING = ("serve", "worker")
PASSWORD = "een wachtwoord voor deze proef"
# A portal for a test lacks much, and says so.
FOUND = {"doctor": 1}
_numbers = count(1)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A portal whose commands are looked at and not run."""
    folder = str(tmp_path_factory.mktemp("data"))
    return create_app(read_settings({"PORTAL_ENV": "test", "DATA_DIR": folder}))


def commands_in(text: str) -> list[str]:
    """Return what is to be typed after `flask`, in blocks and in sentences."""
    written = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    written += re.findall(r"`(flask [^`]+)`", text)
    typed = [line.split("flask ", 1)[1] for line in written if "flask " in line]
    return [line.removeprefix("--app wsgi ") for line in typed if line != "--app wsgi"]


def all_commands() -> list[str]:
    """Return every command that stands in the handbook, once."""
    return list(dict.fromkeys(line for page in HANDBOOK for line in commands_in(page.read_text())))


def resolve(app: Flask, typed: str) -> tuple[click.Command, list[str]]:
    """Return the command that is typed, and the words after it."""
    words = typed.split()
    command: click.Command = app.cli
    with app.app_context():
        context = click.Context(command)
        while isinstance(command, click.Group) and words:
            found = command.get_command(context, words[0])
            assert found is not None, f"there is no command: flask {typed}"
            command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("typed", all_commands())
def test_it_names_commands_as_they_are(commands: Flask, typed: str) -> None:
    command, words = resolve(commands, typed)
    known = {name for option in command.params for name in option.opts}
    options = {word.split("=")[0] for word in words if word.startswith("-")}
    assert options <= known
    assert not isinstance(command, click.Group), "it is not whole"


def _made() -> set[str]:
    """Return every target of `make` that the handbook, the README or the changes have typed."""
    pages = [*HANDBOOK, ROOT / "README.md", ROOT / "CHANGELOG.md"]
    text = "\n".join(page.read_text() for page in pages)
    return set(re.findall(r"(?:^|[`(])make (?:-C \S+ )?([a-z][a-z-]*)", text, re.MULTILINE))


def test_its_lines_for_make_name_what_the_makefile_can_make() -> None:
    # What they do is rehearsed from installeren.md, and by whoever runs these tests. Fetching from
    # npm and PyPI is not: no test goes to the network.
    assert {"build", "run", "test", "sbom"} <= _made()
    for target in sorted(_made()):
        told = subprocess.run(
            ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, f"make {target}: {told.stderr}"


def test_its_lines_for_git_only_clone_into_the_place_that_the_next_line_uses() -> None:
    # There is nothing to clone from in a test: the rehearsal hands over the code in git's place.
    blocks = [block for page in HANDBOOK for block in BLOCK.findall(page.read_text())]
    cloning = [block for block in blocks if "git " in block.replace("install --yes git", "")]
    assert len(cloning) == 2
    for block in cloning:
        first, second, *_rest = block.splitlines()
        assert re.fullmatch(r"git clone https://example\.org/\S+\.git /opt/groeipact\S*", first)
        assert first.split()[-1] in second


def answers_to(typed: str) -> str:
    """Return what is answered to the questions of a command."""
    if typed.startswith("create-beheerder"):
        return f"Esther Kamara\n{_fresh_address()}\n{PASSWORD}\n{PASSWORD}\n"
    if typed.startswith("person erase"):
        return typed.split()[-1] + "\n"
    return "Telefoon kwijt\n" if "reset-second-factor" in typed else "y\n"


def _fresh_address() -> str:
    return f"nummer{next(_numbers)}@vereniging.example"


def run(app: Flask, typed: str) -> Result:
    """Type a command at this portal, with the answers to what it asks."""
    invoke = app.test_cli_runner().invoke
    words = shlex.split(typed)
    return contextvars.Context().run(invoke, args=words, input=answers_to(typed))


class Keyboard:
    """Somebody at the server, with what the commands of the handbook speak of at hand."""

    def __init__(self, app: Flask, folder: Path, mail_server: MailServer) -> None:
        self._app, self._folder, self._mail_server = app, folder, mail_server
        self._key = folder / "sleutel.txt"
        self._elsewhere = 0

    def _portal(self, typed: str) -> Flask:
        """Return the portal to type at: one that is empty where the command wants that."""
        if not typed.startswith("restore"):
            return self._app
        self._elsewhere += 1
        place = self._folder / f"elsewhere-{self._elsewhere}"
        return make_portal(f"sqlite:///{place / 'portal.sqlite3'}", place, self._mail_server)

    def _backup(self) -> Path:
        place = self._folder / "back-up.tar"
        if not place.exists():
            assert run(self._app, f"backup {place}").exit_code == 0
        return place

    def words_for(self, typed: str) -> str:
        """Return the command with things that are there in place of those it names."""
        backups = self._folder / "back-ups"
        backups.mkdir(exist_ok=True)
        if typed.startswith(("restore", "backup --verify")):
            typed = re.sub(r"BESTAND|/var/backups/groeipact\S*", str(self._backup()), typed)
        if typed.startswith("backup-key"):
            self._key.unlink(missing_ok=True)
            return f"backup-key {self._key}"
        if typed.startswith("account") and "seal-anew" not in typed:
            account = make_account(email=_fresh_address())
            make_telephone(account)
            if "unblock" in typed:
                assert run(self._app, f"account block {account.email}").exit_code == 0
            typed = typed.replace("ADRES", account.email)
        if typed.startswith("person"):
            typed = typed.replace("ADRES", make_account(email=_fresh_address()).email)
            typed = typed.replace("MAP", str(self._folder / "kopie"))
        typed = typed.replace("ADRES", _fresh_address())
        return typed.replace("/var/backups/groeipact", str(backups))

    def type(self, typed: str) -> Result:
        """Type it; return what came of it."""
        portal = self._portal(typed)
        told = run(portal, self.words_for(typed))
        if portal is not self._app:
            with portal.app_context():
                db.engine.dispose()
        return told


def test_its_commands_do_what_they_say(
    app: Flask, mailbox: Mailbox, mail_server: MailServer, tmp_path: Path
) -> None:
    make_moderator(), make_beheerder()
    keyboard = Keyboard(app, tmp_path, mail_server)
    typed = [line for line in all_commands() if line.split()[0] not in LASTING]
    assert len(typed) > 5
    for line in typed:
        told = keyboard.type(line)
        assert told.exit_code == FOUND.get(line.split()[0], 0), f"flask {line}: {told.output}"


def _headings(page: Path) -> Iterator[str]:
    for heading in re.findall(r"(?m)^#+ (.+)$", page.read_text()):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _links(text: str, say: Callable[[str], Path]) -> list[str]:
    broken = []
    for target, part in LINK.findall(text):
        if target.startswith(("http", "mailto")):
            continue
        place = say(target)
        if not place.exists() or (part and part not in set(_headings(place))):
            broken.append(f"{target}#{part}")
    return broken


@pytest.mark.parametrize("page", HANDBOOK, ids=lambda page: page.stem)
def test_it_leads_to_pages_and_settings_that_are_there(page: Path) -> None:
    text = page.read_text()
    assert not _links(text, lambda target: page.parent / target if target else page)
    named = set(SETTING.findall(text)) - NO_SETTINGS
    assert named <= set(settings_told()), named - set(settings_told())
    assert "(" + page.name in (ROOT / "docs/beheer/README.md").read_text() or page.stem == "README"
