"""What the beheerder types for the rights of one person."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.personal.holdings import ERASED_NAME
from tests.factories import PASSWORD, make_account, make_beheerder, make_comment
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `flask person ...`; `typed` is what the operator answers."""

    def person(*arguments: str | Path, typed: str | None = None) -> Result:
        words = ["person", *map(str, arguments)]
        return app.test_cli_runner().invoke(args=words, input=typed)

    return person


class TestExport:
    def test_it_writes_a_file_for_programs_and_one_to_read(self, run: Run, tmp_path: Path) -> None:
        noor = make_account(name="Noor", email="noor@example.org")
        make_comment(author=noor, body="Wat een plan.")
        folder = tmp_path / "noor"
        result = run("export", "NOOR@example.org", folder)
        assert result.exit_code == 0, result.output
        told = json.loads((folder / "gegevens.json").read_text())
        rows = {holding["tabel"]: holding["rijen"] for holding in told["onderdelen"]}
        assert rows["comment_version"][0]["body"] == "Wat een plan."
        assert "password_hash" not in (folder / "gegevens.json").read_text()
        page = (folder / "LEESMIJ.txt").read_text()
        for words in (
            "noor@example.org",
            "\n- Reacties: 1\n  Dit blijft",
            "Autoriteit\nPersoonsgegevens",
        ):
            assert words in page
        assert "- Ondertekeningen" not in page, "of which there are none"
        assert stat.S_IMODE((folder / "gegevens.json").stat().st_mode) == 0o600

    def test_it_refuses_a_folder_with_something_in_it_and_an_address_nobody_has(
        self, run: Run, tmp_path: Path
    ) -> None:
        noor = make_account()
        (tmp_path / "iets").touch()
        result = run("export", noor.email, tmp_path)
        assert result.exit_code == 1
        assert "is not empty" in result.output
        assert [path.name for path in tmp_path.iterdir()] == ["iets"]
        result = run("export", "niemand@example.org", tmp_path / "leeg")
        assert result.exit_code == 1
        assert "There is no account" in result.output


class TestErase:
    def test_it_says_what_goes_and_what_stays_and_changes_nothing_yet(self, run: Run) -> None:
        noor = make_account(name="Noor")
        make_comment(author=noor)
        result = run("erase", noor.email, "--dry-run")
        assert result.exit_code == 0
        assert "1 comment            stays, loses author_name, job_title" in result.output
        assert "Nothing was changed." in result.output
        db.session.refresh(noor)
        assert noor.name == "Noor"

    def test_it_erases_for_whoever_types_the_address_and_mails_the_person_at_once(
        self, run: Run, client: Client, mailbox: Mailbox
    ) -> None:
        noor = make_account(name="Noor", email="noor@example.org")
        result = run("erase", noor.email, typed="noor@example.org\n")
        assert result.exit_code == 0, result.output
        db.session.expire_all()
        assert db.session.get_one(Account, noor.id).name == ERASED_NAME
        [mail] = mailbox.to("noor@example.org")
        assert "Uw naam staat er niet meer bij" in mail.text
        page = client.get("accounts.sign_in").form().submit(
            email="noor@example.org", password=PASSWORD
        )  # fmt: skip
        assert page.status == 422

    @pytest.mark.parametrize("typed", ["iemand@example.org\n", "\n", ""])
    def test_it_does_nothing_for_another_address(self, run: Run, typed: str) -> None:
        noor = make_account(name="Noor")
        assert run("erase", noor.email, typed=typed).exit_code == 1
        db.session.refresh(noor)
        assert noor.name == "Noor"

    def test_it_refuses_the_last_beheerder_before_it_asks(self, run: Run) -> None:
        result = run("erase", make_beheerder().email)
        assert result.exit_code == 1
        assert "This is the last beheerder" in result.output
