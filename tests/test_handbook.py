"""The handbook for the beheerder names only commands and settings that there are."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from portal import create_app
from portal.config import read_settings

ROOT = Path(__file__).parents[1]
HANDBOOK = sorted((ROOT / "docs/beheer").glob("*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A portal whose commands are looked at and not run."""
    folder = str(tmp_path_factory.mktemp("data"))
    return create_app(read_settings({"PORTAL_ENV": "test", "DATA_DIR": folder}))


def commands_in(text: str) -> list[str]:
    """Return what is to be typed after `flask`, in blocks and in sentences."""
    written = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    written += re.findall(r"`(flask [^`]+)`", text)
    return [
        line.split("flask ", 1)[1].removeprefix("--app wsgi ")
        for line in written
        if "flask " in line
    ]


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


@pytest.mark.parametrize("page", HANDBOOK, ids=lambda page: page.stem)
def test_it_names_commands_as_they_are(commands: Flask, page: Path) -> None:
    typed = commands_in(page.read_text())
    assert typed
    for line in typed:
        command, words = resolve(commands, line)
        known = {name for option in command.params for name in option.opts}
        options = {word.split("=")[0] for word in words if word.startswith("-")}
        assert options <= known, f"flask {line}"
        assert not isinstance(command, click.Group), f"flask {line} is not whole"
